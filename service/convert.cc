#include "service/convert.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "graph/status.h"

namespace newsgraph {
namespace {

// The maxima that query.proto states.
constexpr uint32_t kMaxEntities = 100'000;
constexpr uint32_t kMaxEdges = 500'000;
constexpr uint64_t kMaxVisited = 50'000'000;
constexpr uint32_t kMaxPaths = 1'000;
constexpr uint32_t kMaxHops = 16;

// Enums of the wire have "not given" as 0, and the model's values moved up by one where those
// begin at 0.
v1::Field ToWire(Field field) { return static_cast<v1::Field>(static_cast<int>(field) + 1); }
v1::MentionForm ToWire(MentionForm form) { return static_cast<v1::MentionForm>(static_cast<int>(form) + 1); }
v1::Factuality ToWire(Factuality factuality) { return static_cast<v1::Factuality>(static_cast<int>(factuality) + 1); }
v1::TimePrecision ToWire(TimePrecision precision) { return static_cast<v1::TimePrecision>(precision); }

static_assert(static_cast<int>(EntityType::kUnknown) == v1::ENTITY_TYPE_UNSPECIFIED);
static_assert(static_cast<int>(EntityType::kOrdinal) == v1::ENTITY_TYPE_ORDINAL);
static_assert(static_cast<int>(EntityType::kPosition) == v1::ENTITY_TYPE_POSITION);
static_assert(static_cast<int>(Field::kText) + 1 == v1::FIELD_TEXT);
static_assert(static_cast<int>(MentionForm::kPronoun) + 1 == v1::MENTION_FORM_PRONOUN);
static_assert(static_cast<int>(Factuality::kQuestion) + 1 == v1::FACTUALITY_QUESTION);
static_assert(static_cast<int>(TimePrecision::kDay) == v1::TIME_PRECISION_DAY);
static_assert(static_cast<int>(Verdict::kUnsure) + 1 == v1::VERDICT_UNSURE);
static_assert(static_cast<int>(TruncationReason::kMaxPerEntity) == v1::TRUNCATION_REASON_MAX_PER_ENTITY);

absl::StatusOr<std::optional<int32_t>> ParseDayField(std::string_view field, const std::string& text, bool last) {
  if (text.empty()) return std::optional<int32_t>();
  const std::optional<int32_t> day = last ? ParseLastDay(text) : ParseDay(text);
  if (!day) {
    return absl::InvalidArgumentError(
        fmt::format("filter.{} {}: no date; write it as 2024, 2024-07 or 2024-07-24", field, Quoted(text)));
  }
  return day;
}

std::string_view SpanText(const Document& document, const Span& span) {
  const std::string_view text = span.field == Field::kTitle ? document.title : document.text;
  if (span.begin > text.size() || span.end < span.begin) return {};
  return text.substr(span.begin, span.end - span.begin);
}

}  // namespace

v1::EntityType ToWire(EntityType type) { return static_cast<v1::EntityType>(type); }

v1::Verdict ToWire(Verdict verdict) { return static_cast<v1::Verdict>(static_cast<int>(verdict) + 1); }

v1::Truncation ToWire(const Truncation& truncation) {
  v1::Truncation out;
  out.set_reason(static_cast<v1::TruncationReason>(truncation.reason));
  out.set_returned(truncation.returned);
  out.set_visited(truncation.visited);
  return out;
}

v1::Judgement ToWire(const Judgement& judgement, bool detached) {
  v1::Judgement out;
  out.set_left(ToString(judgement.left));
  out.set_right(ToString(judgement.right));
  out.set_verdict(ToWire(judgement.verdict));
  out.set_reason(judgement.reason);
  out.set_author(judgement.author);
  out.set_time(judgement.time);
  const auto write_place = [](const JudgementPlace& place, v1::JudgementPlace* to) {
    to->set_document(place.document);
    to->mutable_span()->set_field(ToWire(place.span.field));
    to->mutable_span()->set_begin(place.span.begin);
    to->mutable_span()->set_end(place.span.end);
    to->mutable_span()->set_text(place.surface);
  };
  write_place(judgement.left_place, out.mutable_left_place());
  write_place(judgement.right_place, out.mutable_right_place());
  out.set_detached(detached);
  return out;
}

absl::StatusOr<Verdict> FromWire(v1::Verdict verdict) {
  if (verdict < v1::VERDICT_SAME || verdict > v1::VERDICT_UNSURE) {
    return absl::InvalidArgumentError("verdict: not given; it is SAME, DIFFERENT or UNSURE");
  }
  return static_cast<Verdict>(static_cast<int>(verdict) - 1);
}

absl::StatusOr<Filter> FromWire(const v1::Filter& filter, const Snapshot& snapshot) {
  Filter out;
  for (const std::string& predicate : filter.predicates()) {
    NEWSGRAPH_RETURN_IF_ERROR(CheckPredicate(snapshot.ontology(), predicate));
    out.predicates.push_back(predicate);
  }
  switch (filter.direction()) {
    case v1::DIRECTION_OUT:
      out.follow = Follow::kOut;
      break;
    case v1::DIRECTION_IN:
      out.follow = Follow::kIn;
      break;
    default:
      out.follow = Follow::kBoth;
  }
  for (const int type : filter.types()) {
    if (type == v1::ENTITY_TYPE_UNSPECIFIED || !v1::EntityType_IsValid(type)) {
      return absl::InvalidArgumentError(fmt::format("filter.types: {} is no type of entity", type));
    }
    out.types.push_back(static_cast<EntityType>(type));
  }
  NEWSGRAPH_ASSIGN_OR_RETURN(out.valid_from_day, ParseDayField("valid_from", filter.valid_from(), false));
  NEWSGRAPH_ASSIGN_OR_RETURN(out.valid_to_day, ParseDayField("valid_to", filter.valid_to(), true));
  NEWSGRAPH_ASSIGN_OR_RETURN(out.as_of_day, ParseDayField("as_of", filter.as_of(), true));
  if (out.valid_from_day && out.valid_to_day && *out.valid_from_day > *out.valid_to_day) {
    return absl::InvalidArgumentError(fmt::format("filter: valid_from {} is after valid_to {}; exchange the two",
                                                  filter.valid_from(), filter.valid_to()));
  }
  out.sources.assign(filter.sources().begin(), filter.sources().end());
  for (const std::string& speaker : filter.speakers()) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const EntityId entity, ResolveEntity(snapshot, "filter.speakers", speaker));
    out.speakers.push_back(entity);
  }
  out.own_voice_only = filter.own_voice_only();
  out.spoken_only = filter.spoken_only();
  if (out.own_voice_only && (out.spoken_only || !out.speakers.empty())) {
    return absl::InvalidArgumentError(
        "filter: own_voice_only leaves nothing of spoken_only and speakers; ask for one of them");
  }
  for (const int factuality : filter.factualities()) {
    if (factuality == v1::FACTUALITY_UNSPECIFIED || !v1::Factuality_IsValid(factuality)) {
      return absl::InvalidArgumentError(fmt::format("filter.factualities: {} is no factuality", factuality));
    }
    out.factualities.push_back(static_cast<Factuality>(factuality - 1));
  }
  if (!(filter.min_confidence() >= 0 && filter.min_confidence() <= 1)) {
    return absl::InvalidArgumentError(
        fmt::format("filter.min_confidence {}: not between 0 and 1", filter.min_confidence()));
  }
  out.min_confidence = filter.min_confidence();
  out.min_support = filter.min_support();
  return out;
}

Limits FromWire(const v1::Limits& limits) {
  Limits out;
  out.max_entities = std::min(limits.max_entities(), kMaxEntities);
  out.max_edges = std::min(limits.max_edges(), kMaxEdges);
  out.max_visited = std::min<uint64_t>(limits.max_visited(), kMaxVisited);
  out.max_paths = std::min(limits.max_paths(), kMaxPaths);
  out.max_hops = std::min(limits.max_hops(), kMaxHops);
  out.max_per_entity = limits.max_per_entity();
  return out;
}

absl::StatusOr<Document> FromWire(const v1::Document& document, uint64_t max_bytes) {
  if (document.text().empty()) return absl::InvalidArgumentError("document.text: empty; a document needs some text");
  if (document.text().size() > max_bytes) {
    return absl::InvalidArgumentError(
        fmt::format("document.text: {} bytes; at most {} are read", document.text().size(), max_bytes));
  }
  Document out;
  out.id = document.id();
  out.uri = document.uri();
  out.title = document.title();
  out.publisher = document.publisher();
  out.author = document.author();
  out.published = document.published();
  out.language = document.language();
  out.text = document.text();
  return out;
}

std::string Quoted(std::string_view text) {
  constexpr size_t kMaxBytes = 80;
  if (text.size() <= kMaxBytes) return std::string(text);
  size_t end = kMaxBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

absl::StatusOr<AtomId> ParseId(std::string_view field, const std::string& id) {
  if (id.empty()) {
    return absl::InvalidArgumentError(fmt::format("{}: not given; SearchEntities finds ids by name", field));
  }
  const std::optional<AtomId> atom = ParseEntityOrAtomId(id);
  if (!atom) {
    return absl::InvalidArgumentError(
        fmt::format("{} {}: no id, which is \"e\" or \"a\" and 32 hexadecimal digits; SearchEntities finds ids by name",
                    field, Quoted(id)));
  }
  return *atom;
}

absl::StatusOr<EntityId> ResolveEntity(const Snapshot& snapshot, std::string_view field, const std::string& id) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const AtomId atom, ParseId(field, id));
  const absl::StatusOr<Resolution> resolution = snapshot.Resolve(atom);
  if (absl::IsNotFound(resolution.status())) {
    return absl::NotFoundError(fmt::format("{} {}: nothing has this id; SearchEntities finds ids by name", field, id));
  }
  NEWSGRAPH_RETURN_IF_ERROR(resolution.status());
  if (resolution->candidates.size() > 1) {
    std::string names;
    for (const EntityId candidate : resolution->candidates) names += (names.empty() ? "" : ", ") + ToString(candidate);
    return absl::FailedPreconditionError(
        fmt::format("{} {}: was split and may mean {}; ask for one of them", field, id, names));
  }
  return resolution->entity;
}

absl::Status CheckPredicate(const Ontology& ontology, std::string_view predicate) {
  if (ontology.Find(predicate) != nullptr) return absl::OkStatus();
  return absl::InvalidArgumentError(
      fmt::format("predicate {}: the ontology has no such relation; ListPredicates has them all", Quoted(predicate)));
}

absl::Status AnswerWriter::Load(std::string_view document) {
  if (document_.id == document) return absl::OkStatus();
  NEWSGRAPH_ASSIGN_OR_RETURN(document_, snapshot_.GetDocument(document));
  absl::StatusOr<std::string> ingested_at = snapshot_.GetIngestTime(document);
  // An imported document may have no row in the journal.
  if (!ingested_at.ok() && !absl::IsNotFound(ingested_at.status())) return std::move(ingested_at).status();
  ingested_at_ = ingested_at.ok() ? *std::move(ingested_at) : std::string();
  return absl::OkStatus();
}

void AnswerWriter::WriteSpan(const Span& span, v1::Span* out) const {
  out->set_field(ToWire(span.field));
  out->set_begin(span.begin);
  out->set_end(span.end);
  out->set_text(std::string(SpanText(document_, span)));
}

absl::Status AnswerWriter::Write(EntityId id, v1::EntityRef* out) {
  if (const auto known = entities_.find(id); known != entities_.end()) {
    *out = known->second;
    return absl::OkStatus();
  }
  NEWSGRAPH_RETURN_IF_ERROR(deadline_.Check());
  NEWSGRAPH_ASSIGN_OR_RETURN(const Entity entity, snapshot_.GetEntity(id));
  out->set_id(ToString(entity.id));
  out->set_name(entity.name);
  out->set_type(ToWire(entity.type));
  out->set_subtype(entity.subtype);
  entities_.emplace(id, *out);
  return absl::OkStatus();
}

absl::Status AnswerWriter::Write(const Entity& entity, v1::Entity* out) {
  out->set_id(ToString(entity.id));
  out->set_type(ToWire(entity.type));
  out->set_subtype(entity.subtype);
  out->set_name(entity.name);
  for (const EntityName& name : entity.names) {
    v1::EntityName* to = out->add_names();
    to->set_text(name.text);
    to->set_language(name.language);
    to->set_count(name.count);
  }
  for (const auto& [scheme, id] : entity.external_ids) (*out->mutable_external_ids())[scheme] = id;
  out->set_documents(entity.documents);
  return absl::OkStatus();
}

absl::Status AnswerWriter::Write(const ResolvedStatement& resolved, v1::Statement* out) {
  NEWSGRAPH_RETURN_IF_ERROR(deadline_.Check());
  NEWSGRAPH_RETURN_IF_ERROR(Load(resolved.document));
  const Statement& statement = resolved.statement;
  out->set_id(resolved.id());
  out->set_document(resolved.document);
  out->set_index(statement.index);
  NEWSGRAPH_RETURN_IF_ERROR(Write(resolved.subject, out->mutable_subject()));
  out->set_predicate(statement.predicate);
  if (statement.literal) {
    out->mutable_literal()->set_type(statement.literal->type);
    out->mutable_literal()->set_text(statement.literal->text);
    out->mutable_literal()->set_value(statement.literal->value);
    out->mutable_literal()->set_unit(statement.literal->unit);
  } else {
    NEWSGRAPH_RETURN_IF_ERROR(Write(resolved.object, out->mutable_object()));
  }
  for (size_t i = 0; i < statement.qualifiers.size(); ++i) {
    const Qualifier& qualifier = statement.qualifiers[i];
    v1::Qualifier* to = out->add_qualifiers();
    to->set_name(qualifier.name);
    to->set_text(qualifier.text);
    to->set_value(qualifier.value);
    if (qualifier.atom.is_zero()) continue;
    to->set_atom(ToString(qualifier.atom));
    NEWSGRAPH_RETURN_IF_ERROR(Write(resolved.qualifier_entities[i], to->mutable_entity()));
  }
  if (!resolved.speaker.is_zero()) NEWSGRAPH_RETURN_IF_ERROR(Write(resolved.speaker, out->mutable_speaker()));
  out->set_factuality(ToWire(statement.factuality));
  out->set_valid_from(statement.valid_from);
  out->set_valid_to(statement.valid_to);
  out->set_precision(ToWire(statement.precision));
  out->set_said_at(statement.said_at);
  out->set_published(resolved.published);
  out->set_ingested_at(ingested_at_);
  out->set_publisher(resolved.publisher);
  out->set_confidence(statement.confidence);
  WriteSpan(statement.evidence, out->mutable_evidence());
  v1::StatementSpans* spans = out->mutable_spans();
  if (statement.subject_span) WriteSpan(*statement.subject_span, spans->mutable_subject());
  if (statement.cue_span) WriteSpan(*statement.cue_span, spans->mutable_cue());
  if (statement.object_span) WriteSpan(*statement.object_span, spans->mutable_object());
  if (statement.literal_span) WriteSpan(*statement.literal_span, spans->mutable_literal());
  v1::StatementAtoms* atoms = out->mutable_atoms();
  atoms->set_subject(ToString(statement.subject));
  if (!statement.object.is_zero()) atoms->set_object(ToString(statement.object));
  if (!statement.speaker.is_zero()) atoms->set_speaker(ToString(statement.speaker));
  out->set_rule(statement.rule);
  return absl::OkStatus();
}

absl::Status AnswerWriter::Write(std::string_view document, const Mention& mention, v1::Mention* out) {
  NEWSGRAPH_RETURN_IF_ERROR(deadline_.Check());
  out->set_document(std::string(document));
  v1::Span* span = out->mutable_span();
  span->set_field(ToWire(mention.span.field));
  span->set_begin(mention.span.begin);
  span->set_end(mention.span.end);
  span->set_text(mention.surface);
  out->set_form(ToWire(mention.form));
  out->set_type(ToWire(mention.type));
  NEWSGRAPH_ASSIGN_OR_RETURN(const EntityId entity, snapshot_.EntityOf(mention.atom));
  NEWSGRAPH_RETURN_IF_ERROR(Write(entity, out->mutable_entity()));
  out->set_atom(ToString(mention.atom));
  return absl::OkStatus();
}

absl::Status AnswerWriter::Write(const Turn& turn, v1::Turn* out) {
  out->set_index(turn.index);
  out->mutable_span()->set_field(ToWire(turn.span.field));
  out->mutable_span()->set_begin(turn.span.begin);
  out->mutable_span()->set_end(turn.span.end);
  if (turn.speaker.is_zero()) return absl::OkStatus();
  NEWSGRAPH_ASSIGN_OR_RETURN(const EntityId speaker, snapshot_.EntityOf(turn.speaker));
  NEWSGRAPH_RETURN_IF_ERROR(Write(speaker, out->mutable_speaker()));
  out->set_atom(ToString(turn.speaker));
  return absl::OkStatus();
}

absl::Status AnswerWriter::Write(const EdgeGroup& edge, uint32_t statements, v1::EdgeGroup* out) {
  NEWSGRAPH_RETURN_IF_ERROR(Write(edge.subject, out->mutable_subject()));
  out->set_predicate(edge.predicate);
  NEWSGRAPH_RETURN_IF_ERROR(Write(edge.object, out->mutable_object()));
  out->set_support(edge.support);
  for (size_t i = 0; i < edge.statements.size() && i < statements; ++i) {
    const auto& [document, index] = edge.statements[i];
    NEWSGRAPH_ASSIGN_OR_RETURN(const ResolvedStatement statement, snapshot_.GetStatement(document, index));
    NEWSGRAPH_RETURN_IF_ERROR(Write(statement, out->add_statements()));
  }
  return absl::OkStatus();
}

absl::Status AnswerWriter::WriteDocument(std::string_view id, v1::Document* out) {
  NEWSGRAPH_RETURN_IF_ERROR(Load(id));
  out->set_id(document_.id);
  out->set_uri(document_.uri);
  out->set_title(document_.title);
  out->set_publisher(document_.publisher);
  out->set_author(document_.author);
  out->set_published(document_.published);
  out->set_language(document_.language);
  out->set_text(document_.text);
  out->set_analyser(document_.analyser);
  out->set_ingested_at(ingested_at_);
  return absl::OkStatus();
}

absl::Status AnswerWriter::WriteSummary(std::string_view id, v1::DocumentSummary* out) {
  NEWSGRAPH_RETURN_IF_ERROR(deadline_.Check());
  NEWSGRAPH_RETURN_IF_ERROR(Load(id));
  out->set_id(document_.id);
  out->set_uri(document_.uri);
  out->set_title(document_.title);
  out->set_publisher(document_.publisher);
  out->set_author(document_.author);
  out->set_published(document_.published);
  out->set_language(document_.language);
  out->set_text_bytes(document_.text.size());
  out->set_ingested_at(ingested_at_);
  return absl::OkStatus();
}

}  // namespace newsgraph
