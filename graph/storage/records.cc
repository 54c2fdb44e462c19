#include "graph/storage/records.h"

#include <flatbuffers/flatbuffers.h>
#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <limits>

#include "graph/status.h"
#include "graph/storage/records_generated.h"

namespace newsgraph {
namespace {

namespace fb = ::flatbuffers;
using fb::FlatBufferBuilder;
using fb::Offset;

constexpr uint32_t kNoAtom = 4294967295u;
constexpr size_t kAdjacencyEntrySize = 56;

absl::Status Broken(std::string_view record) {
  return absl::DataLossError(fmt::format(
      "read a {} record: its bytes are damaged; run verify, then restore the store or ingest anew", record));
}

template <typename T>
std::string Finish(FlatBufferBuilder& builder, Offset<T> root) {
  builder.Finish(root);
  return {reinterpret_cast<const char*>(builder.GetBufferPointer()), builder.GetSize()};
}

// A verified record. FlatBuffers reads words in place, so bytes that a scan hands over
// at an odd address are copied first.
template <typename T>
class Verified {
 public:
  Verified(std::string_view bytes, std::string_view record) : record_(record) {
    if (reinterpret_cast<uintptr_t>(bytes.data()) % alignof(uint64_t) != 0) {
      copy_.resize((bytes.size() + 7) / 8);
      std::memcpy(copy_.data(), bytes.data(), bytes.size());
      bytes = {reinterpret_cast<const char*>(copy_.data()), bytes.size()};
    }
    const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
    fb::Verifier verifier(data, bytes.size(), 64, std::numeric_limits<fb::uoffset_t>::max());
    if (bytes.size() >= 8 && verifier.VerifyBuffer<T>(nullptr)) root_ = fb::GetRoot<T>(data);
  }
  Verified(const Verified&) = delete;
  Verified& operator=(const Verified&) = delete;

  bool ok() const { return root_ != nullptr; }
  absl::Status broken() const { return Broken(record_); }
  const T* operator->() const { return root_; }
  const T& operator*() const { return *root_; }

 private:
  std::string_view record_;
  std::vector<uint64_t> copy_;
  const T* root_ = nullptr;
};

std::string Text(const fb::String* text) { return text == nullptr ? std::string() : text->str(); }

// Absent when empty.
Offset<fb::String> Put(FlatBufferBuilder& builder, std::string_view text) {
  return text.empty() ? Offset<fb::String>() : builder.CreateString(text.data(), text.size());
}

records::Id Put(Id128 id) { return records::Id(id.high, id.low); }
Id128 Get(const records::Id& id) { return {id.high(), id.low()}; }
Id128 Get(const records::Id* id) { return id == nullptr ? Id128{} : Get(*id); }

records::SpanEntry Put(const Span& span) {
  return records::SpanEntry(span.begin, span.end, static_cast<uint8_t>(span.field));
}

// False when it is not of this version.
bool Get(const records::SpanEntry* entry, std::optional<Span>& span) {
  if (entry == nullptr) return true;
  if (entry->field() > static_cast<uint8_t>(Field::kText)) return false;
  span = Span{static_cast<Field>(entry->field()), entry->begin(), entry->end()};
  return true;
}

uint32_t NumberOf(AtomId atom, const std::vector<AtomId>& atoms) {
  if (atom.is_zero()) return kNoAtom;
  const auto found = std::lower_bound(atoms.begin(), atoms.end(), atom);
  assert(found != atoms.end() && *found == atom);
  return static_cast<uint32_t>(found - atoms.begin());
}

bool AtomOf(uint32_t number, const std::vector<AtomId>& atoms, AtomId& atom) {
  if (number == kNoAtom) return true;
  if (number >= atoms.size()) return false;
  atom = atoms[number];
  return true;
}

bool IsEntityType(uint8_t type) { return type <= static_cast<uint8_t>(EntityType::kOrdinal); }

template <typename Pairs>
Offset<fb::Vector<Offset<records::NamedText>>> PutNamed(FlatBufferBuilder& builder, const Pairs& pairs) {
  if (pairs.empty()) return {};
  std::vector<Offset<records::NamedText>> entries;
  for (const auto& [name, text] : pairs) {
    const auto name_offset = Put(builder, name);
    const auto text_offset = Put(builder, text);
    entries.push_back(records::CreateNamedText(builder, name_offset, text_offset));
  }
  return builder.CreateVector(entries);
}

std::map<std::string, std::string> GetIds(const fb::Vector<Offset<records::NamedText>>* entries) {
  std::map<std::string, std::string> ids;
  if (entries == nullptr) return ids;
  for (const records::NamedText* entry : *entries) ids.emplace(Text(entry->name()), Text(entry->text()));
  return ids;
}

Offset<records::JudgementPlaceRecord> Put(FlatBufferBuilder& builder, const JudgementPlace& place) {
  const auto document = Put(builder, place.document);
  const auto surface = Put(builder, place.surface);
  const auto span = Put(place.span);
  return records::CreateJudgementPlaceRecord(builder, document, &span, surface);
}

Offset<records::JudgementRecord> Put(FlatBufferBuilder& builder, const Judgement& judgement) {
  const auto reason = Put(builder, judgement.reason);
  const auto author = Put(builder, judgement.author);
  const auto time = Put(builder, judgement.time);
  const auto left_place = Put(builder, judgement.left_place);
  const auto right_place = Put(builder, judgement.right_place);
  const auto left = Put(judgement.left.value);
  const auto right = Put(judgement.right.value);
  return records::CreateJudgementRecord(builder, &left, &right, static_cast<uint8_t>(judgement.verdict), reason, author,
                                        time, left_place, right_place);
}

bool Get(const records::JudgementPlaceRecord* record, JudgementPlace& place) {
  std::optional<Span> span;
  if (record == nullptr || !Get(record->span(), span)) return false;
  place.document = Text(record->document());
  place.span = span.value_or(Span());
  place.surface = Text(record->surface());
  return true;
}

bool Get(const records::JudgementRecord& record, Judgement& judgement) {
  if (record.verdict() > static_cast<uint8_t>(Verdict::kUnsure)) return false;
  judgement.left = {Get(record.left())};
  judgement.right = {Get(record.right())};
  judgement.verdict = static_cast<Verdict>(record.verdict());
  judgement.reason = Text(record.reason());
  judgement.author = Text(record.author());
  judgement.time = Text(record.time());
  return Get(record.left_place(), judgement.left_place) && Get(record.right_place(), judgement.right_place);
}

template <typename T>
void AppendPacked(std::string& bytes, T value) {
  for (size_t i = 0; i < sizeof(T); ++i) bytes.push_back(static_cast<char>(static_cast<uint64_t>(value) >> (8 * i)));
}

template <typename T>
T ReadPacked(const char*& bytes) {
  uint64_t value = 0;
  for (size_t i = 0; i < sizeof(T); ++i) value |= uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  bytes += sizeof(T);
  return static_cast<T>(value);
}

}  // namespace

std::string Encode(const DocumentRecord& record) {
  FlatBufferBuilder builder(1024);
  const Document& document = record.document;
  const auto id = Put(builder, document.id);
  const auto uri = Put(builder, document.uri);
  const auto title = Put(builder, document.title);
  const auto publisher = Put(builder, document.publisher);
  const auto author = Put(builder, document.author);
  const auto published = Put(builder, document.published);
  const auto language = Put(builder, document.language);
  const auto analyser = Put(builder, document.analyser);
  std::vector<records::Id> ids;
  ids.reserve(record.atoms.size());
  for (const AtomId atom : record.atoms) ids.push_back(Put(atom.value));
  const auto atoms = builder.CreateVectorOfStructs(ids);
  return Finish(builder,
                records::CreateDocumentRecord(builder, id, uri, title, publisher, author, published, language, analyser,
                                              atoms, record.mentions, record.turns, record.statements));
}

absl::StatusOr<DocumentRecord> DecodeDocument(std::string_view bytes) {
  const Verified<records::DocumentRecord> stored(bytes, "document");
  if (!stored.ok()) return stored.broken();
  DocumentRecord record;
  record.document.id = Text(stored->id());
  record.document.uri = Text(stored->uri());
  record.document.title = Text(stored->title());
  record.document.publisher = Text(stored->publisher());
  record.document.author = Text(stored->author());
  record.document.published = Text(stored->published());
  record.document.language = Text(stored->language());
  record.document.analyser = Text(stored->analyser());
  if (stored->atoms() != nullptr) {
    record.atoms.reserve(stored->atoms()->size());
    for (const records::Id* atom : *stored->atoms()) record.atoms.push_back({Get(*atom)});
  }
  if (!std::is_sorted(record.atoms.begin(), record.atoms.end())) return stored.broken();
  record.mentions = stored->mentions();
  record.turns = stored->turns();
  record.statements = stored->statements();
  return record;
}

std::string EncodeText(std::string_view text) {
  FlatBufferBuilder builder(text.size() + 64);
  const auto offset = Put(builder, text);
  return Finish(builder, records::CreateTextRecord(builder, offset));
}

absl::StatusOr<std::string> DecodeText(std::string_view bytes) {
  const Verified<records::TextRecord> stored(bytes, "text");
  if (!stored.ok()) return stored.broken();
  return Text(stored->text());
}

std::string EncodeMentions(const std::vector<Mention>& mentions, const std::vector<AtomId>& atoms) {
  FlatBufferBuilder builder(64 + mentions.size() * sizeof(records::MentionEntry));
  std::vector<records::MentionEntry> entries;
  entries.reserve(mentions.size());
  for (const Mention& mention : mentions) {
    entries.emplace_back(mention.span.begin, mention.span.end, NumberOf(mention.atom, atoms),
                         static_cast<uint8_t>(mention.span.field), static_cast<uint8_t>(mention.form),
                         static_cast<uint8_t>(mention.type));
  }
  const auto vector = builder.CreateVectorOfStructs(entries);
  return Finish(builder, records::CreateMentionsRecord(builder, vector));
}

absl::StatusOr<std::vector<Mention>> DecodeMentions(std::string_view bytes, const std::vector<AtomId>& atoms,
                                                    const Document& document) {
  const Verified<records::MentionsRecord> stored(bytes, "mention");
  if (!stored.ok() || stored->mentions() == nullptr) return stored.broken();
  std::vector<Mention> mentions;
  mentions.reserve(stored->mentions()->size());
  for (const records::MentionEntry* entry : *stored->mentions()) {
    Mention mention;
    if (entry->field() > static_cast<uint8_t>(Field::kText) ||
        entry->form() > static_cast<uint8_t>(MentionForm::kPronoun) || !IsEntityType(entry->type()) ||
        entry->atom() >= atoms.size()) {
      return stored.broken();
    }
    mention.span = {static_cast<Field>(entry->field()), entry->begin(), entry->end()};
    const std::string& field = mention.span.field == Field::kTitle ? document.title : document.text;
    if (entry->begin() > entry->end() || entry->end() > field.size()) return stored.broken();
    mention.surface = field.substr(entry->begin(), entry->end() - entry->begin());
    mention.form = static_cast<MentionForm>(entry->form());
    mention.type = static_cast<EntityType>(entry->type());
    mention.atom = atoms[entry->atom()];
    mentions.push_back(std::move(mention));
  }
  return mentions;
}

std::string EncodeTurns(const std::vector<Turn>& turns, const std::vector<AtomId>& atoms) {
  FlatBufferBuilder builder(64 + turns.size() * sizeof(records::TurnEntry));
  std::vector<records::TurnEntry> entries;
  entries.reserve(turns.size());
  for (const Turn& turn : turns) {
    entries.emplace_back(turn.span.begin, turn.span.end, NumberOf(turn.speaker, atoms),
                         static_cast<uint8_t>(turn.span.field));
  }
  const auto vector = builder.CreateVectorOfStructs(entries);
  return Finish(builder, records::CreateTurnsRecord(builder, vector));
}

absl::StatusOr<std::vector<Turn>> DecodeTurns(std::string_view bytes, const std::vector<AtomId>& atoms) {
  const Verified<records::TurnsRecord> stored(bytes, "turn");
  if (!stored.ok() || stored->turns() == nullptr) return stored.broken();
  std::vector<Turn> turns;
  for (const records::TurnEntry* entry : *stored->turns()) {
    Turn turn;
    turn.index = static_cast<uint32_t>(turns.size());
    if (entry->field() > static_cast<uint8_t>(Field::kText)) return stored.broken();
    turn.span = {static_cast<Field>(entry->field()), entry->begin(), entry->end()};
    if (!AtomOf(entry->speaker(), atoms, turn.speaker)) return stored.broken();
    turns.push_back(turn);
  }
  return turns;
}

namespace {

// Predicates, rules, units and the like, of which a page has few that differ.
Offset<fb::String> PutShared(FlatBufferBuilder& builder, std::string_view text) {
  return text.empty() ? Offset<fb::String>() : builder.CreateSharedString(text.data(), text.size());
}

Offset<records::StatementRecord> Put(FlatBufferBuilder& builder, const Statement& statement,
                                     const std::vector<AtomId>& atoms) {
  Offset<records::LiteralRecord> literal;
  if (statement.literal) {
    const auto type = PutShared(builder, statement.literal->type);
    const auto text = Put(builder, statement.literal->text);
    const auto value = Put(builder, statement.literal->value);
    const auto unit = PutShared(builder, statement.literal->unit);
    literal = records::CreateLiteralRecord(builder, type, text, value, unit);
  }
  Offset<fb::Vector<Offset<records::QualifierRecord>>> qualifiers;
  if (!statement.qualifiers.empty()) {
    std::vector<Offset<records::QualifierRecord>> entries;
    for (const Qualifier& qualifier : statement.qualifiers) {
      const auto name = PutShared(builder, qualifier.name);
      const auto text = Put(builder, qualifier.text);
      const auto value = Put(builder, qualifier.value);
      entries.push_back(records::CreateQualifierRecord(builder, name, text, value, NumberOf(qualifier.atom, atoms)));
    }
    qualifiers = builder.CreateVector(entries);
  }
  const auto predicate = PutShared(builder, statement.predicate);
  const auto valid_from = PutShared(builder, statement.valid_from);
  const auto valid_to = PutShared(builder, statement.valid_to);
  const auto said_at = PutShared(builder, statement.said_at);
  const auto rule = PutShared(builder, statement.rule);
  const auto span = [](const std::optional<Span>& from, records::SpanEntry& to) {
    if (from) to = Put(*from);
    return from ? &to : nullptr;
  };
  records::SpanEntry subject_span, cue_span, object_span, literal_span;
  const records::SpanEntry evidence = Put(statement.evidence);
  return records::CreateStatementRecord(
      builder, NumberOf(statement.subject, atoms), predicate, NumberOf(statement.object, atoms), literal, qualifiers,
      NumberOf(statement.speaker, atoms), static_cast<uint8_t>(statement.factuality), valid_from, valid_to,
      static_cast<uint8_t>(statement.precision), said_at, statement.confidence, &evidence,
      span(statement.subject_span, subject_span), span(statement.cue_span, cue_span),
      span(statement.object_span, object_span), span(statement.literal_span, literal_span), rule);
}

// False when it is damaged.
bool Get(const records::StatementRecord* stored, const std::vector<AtomId>& atoms, Statement& statement) {
  std::optional<Span> evidence;
  const bool whole =
      AtomOf(stored->subject(), atoms, statement.subject) && AtomOf(stored->object(), atoms, statement.object) &&
      AtomOf(stored->speaker(), atoms, statement.speaker) &&
      stored->factuality() <= static_cast<uint8_t>(Factuality::kQuestion) &&
      stored->precision() <= static_cast<uint8_t>(TimePrecision::kDay) && Get(stored->evidence(), evidence) &&
      evidence.has_value() && Get(stored->subject_span(), statement.subject_span) &&
      Get(stored->cue_span(), statement.cue_span) && Get(stored->object_span(), statement.object_span) &&
      Get(stored->literal_span(), statement.literal_span);
  if (!whole) return false;
  statement.predicate = Text(stored->predicate());
  if (const records::LiteralRecord* literal = stored->literal()) {
    statement.literal =
        Literal{Text(literal->type()), Text(literal->text()), Text(literal->value()), Text(literal->unit())};
  }
  if (stored->qualifiers() != nullptr) {
    for (const records::QualifierRecord* entry : *stored->qualifiers()) {
      Qualifier qualifier{Text(entry->name()), Text(entry->text()), Text(entry->value()), {}};
      if (!AtomOf(entry->atom(), atoms, qualifier.atom)) return false;
      statement.qualifiers.push_back(std::move(qualifier));
    }
  }
  statement.factuality = static_cast<Factuality>(stored->factuality());
  statement.valid_from = Text(stored->valid_from());
  statement.valid_to = Text(stored->valid_to());
  statement.precision = static_cast<TimePrecision>(stored->precision());
  statement.said_at = Text(stored->said_at());
  statement.confidence = stored->confidence();
  statement.evidence = *evidence;
  statement.rule = Text(stored->rule());
  return true;
}

}  // namespace

std::string EncodeStatementPage(std::span<const Statement> page, const std::vector<AtomId>& atoms) {
  FlatBufferBuilder builder(256 * page.size());
  std::vector<Offset<records::StatementRecord>> statements;
  statements.reserve(page.size());
  for (const Statement& statement : page) statements.push_back(Put(builder, statement, atoms));
  return Finish(builder, records::CreateStatementPageRecord(builder, builder.CreateVector(statements)));
}

absl::StatusOr<std::vector<Statement>> DecodeStatementPage(std::string_view bytes, uint32_t first,
                                                           const std::vector<AtomId>& atoms) {
  const Verified<records::StatementPageRecord> stored(bytes, "statement");
  if (!stored.ok() || stored->statements() == nullptr) return stored.broken();
  std::vector<Statement> page;
  page.reserve(stored->statements()->size());
  for (const records::StatementRecord* record : *stored->statements()) {
    Statement& statement = page.emplace_back();
    statement.index = first++;
    if (!Get(record, atoms, statement)) return stored.broken();
  }
  return page;
}

absl::StatusOr<uint32_t> CountStatementsOfPage(std::string_view bytes) {
  const Verified<records::StatementPageRecord> stored(bytes, "statement");
  if (!stored.ok() || stored->statements() == nullptr) return stored.broken();
  return stored->statements()->size();
}

std::string Encode(const AtomRecord& record) {
  FlatBufferBuilder builder(512);
  const Atom& atom = record.atom;
  const auto subtype = Put(builder, atom.subtype);
  const auto name = Put(builder, atom.name);
  const auto occupation = Put(builder, atom.occupation);
  const auto external_ids = PutNamed(builder, atom.external_ids);
  std::vector<std::pair<std::string_view, std::string_view>> pairs;
  for (const Observation& observation : atom.observations) pairs.emplace_back(observation.kind, observation.value);
  const auto observations = PutNamed(builder, pairs);
  const records::Id document = Put(record.document.value);
  const records::Id profile = Put(record.profile.value);
  return Finish(builder,
                records::CreateAtomRecord(builder, &document, &profile, static_cast<uint8_t>(atom.type), subtype, name,
                                          occupation, atom.bare, atom.number, external_ids, observations));
}

absl::StatusOr<AtomRecord> DecodeAtom(std::string_view bytes, AtomId id) {
  const Verified<records::AtomRecord> stored(bytes, "atom");
  if (!stored.ok() || !IsEntityType(stored->type())) return stored.broken();
  AtomRecord record;
  record.document = {Get(stored->document())};
  record.profile = {Get(stored->profile())};
  record.atom.id = id;
  record.atom.type = static_cast<EntityType>(stored->type());
  record.atom.subtype = Text(stored->subtype());
  record.atom.name = Text(stored->name());
  record.atom.occupation = Text(stored->occupation());
  record.atom.bare = stored->bare();
  record.atom.number = stored->number();
  record.atom.external_ids = GetIds(stored->external_ids());
  if (stored->observations() != nullptr) {
    for (const records::NamedText* entry : *stored->observations()) {
      record.atom.observations.push_back({Text(entry->name()), Text(entry->text())});
    }
  }
  return record;
}

std::string Encode(const ProfileRecord& record) {
  FlatBufferBuilder builder(256);
  const auto name = Put(builder, record.fields.name);
  const auto external_ids = PutNamed(builder, record.fields.external_ids);
  const auto occupation = Put(builder, record.fields.occupation);
  const records::Id judged = Put(record.fields.judged.value);
  return Finish(builder, records::CreateProfileRecord(builder, static_cast<uint8_t>(record.fields.type), name,
                                                      record.fields.bare, external_ids, occupation,
                                                      record.fields.judged.is_zero() ? nullptr : &judged,
                                                      record.documents, record.atoms));
}

absl::StatusOr<ProfileRecord> DecodeProfile(std::string_view bytes) {
  const Verified<records::ProfileRecord> stored(bytes, "profile");
  if (!stored.ok() || !IsEntityType(stored->type())) return stored.broken();
  ProfileRecord record;
  record.fields.type = static_cast<EntityType>(stored->type());
  record.fields.name = Text(stored->name());
  record.fields.bare = stored->bare();
  record.fields.external_ids = GetIds(stored->external_ids());
  record.fields.occupation = Text(stored->occupation());
  record.fields.judged = {Get(stored->judged_atom())};
  record.documents = stored->documents();
  record.atoms = stored->atoms();
  return record;
}

std::string EncodeCount(uint64_t count) {
  FlatBufferBuilder builder(64);
  return Finish(builder, records::CreateCountRecord(builder, count));
}

absl::StatusOr<uint64_t> DecodeCount(std::string_view bytes) {
  const Verified<records::CountRecord> stored(bytes, "count");
  if (!stored.ok()) return stored.broken();
  return stored->count();
}

std::string Encode(const NameRecord& record) {
  FlatBufferBuilder builder(64);
  return Finish(builder, records::CreateNameRecord(builder, record.mentions, record.atoms));
}

absl::StatusOr<NameRecord> DecodeName(std::string_view bytes) {
  const Verified<records::NameRecord> stored(bytes, "name");
  if (!stored.ok()) return stored.broken();
  return NameRecord{stored->mentions(), stored->atoms()};
}

std::string EncodeCluster(EntityId entity) {
  FlatBufferBuilder builder(64);
  const records::Id id = Put(entity.value);
  return Finish(builder, records::CreateClusterRecord(builder, &id));
}

absl::StatusOr<EntityId> DecodeCluster(std::string_view bytes) {
  const Verified<records::ClusterRecord> stored(bytes, "cluster");
  if (!stored.ok() || stored->entity() == nullptr) return stored.broken();
  return EntityId{Get(stored->entity())};
}

std::string Encode(const Judgement& judgement) {
  FlatBufferBuilder builder(512);
  return Finish(builder, Put(builder, judgement));
}

absl::StatusOr<Judgement> DecodeJudgement(std::string_view bytes) {
  const Verified<records::JudgementRecord> stored(bytes, "judgement");
  Judgement judgement;
  if (!stored.ok() || !Get(*stored, judgement)) return stored.broken();
  return judgement;
}

std::string Encode(const Attachment& attachment) {
  FlatBufferBuilder builder(64);
  const records::Id left = Put(attachment.left.value);
  const records::Id right = Put(attachment.right.value);
  return Finish(builder, records::CreateAttachmentRecord(builder, attachment.left.is_zero() ? nullptr : &left,
                                                         attachment.right.is_zero() ? nullptr : &right));
}

absl::StatusOr<Attachment> DecodeAttachment(std::string_view bytes) {
  const Verified<records::AttachmentRecord> stored(bytes, "attachment");
  if (!stored.ok()) return stored.broken();
  return Attachment{{Get(stored->left())}, {Get(stored->right())}};
}

std::string Encode(const CountsRecord& record) {
  FlatBufferBuilder builder(1024);
  const auto predicates = builder.CreateVector(record.statements_by_predicate);
  return Finish(builder, records::CreateCountsRecord(builder, record.documents, record.atoms, record.mentions,
                                                     record.turns, predicates));
}

absl::StatusOr<CountsRecord> DecodeCounts(std::string_view bytes) {
  const Verified<records::CountsRecord> stored(bytes, "counts");
  if (!stored.ok()) return stored.broken();
  CountsRecord record{stored->documents(), stored->atoms(), stored->mentions(), stored->turns(), {}};
  if (stored->statements_by_predicate() != nullptr) {
    record.statements_by_predicate.assign(stored->statements_by_predicate()->begin(),
                                          stored->statements_by_predicate()->end());
  }
  return record;
}

std::string EncodePredicates(const std::vector<std::string>& ids) {
  FlatBufferBuilder builder(4096);
  const auto vector = builder.CreateVectorOfStrings(ids);
  return Finish(builder, records::CreatePredicatesRecord(builder, vector));
}

absl::StatusOr<std::vector<std::string>> DecodePredicates(std::string_view bytes) {
  const Verified<records::PredicatesRecord> stored(bytes, "predicates");
  if (!stored.ok() || stored->ids() == nullptr) return stored.broken();
  std::vector<std::string> ids;
  for (const fb::String* id : *stored->ids()) ids.push_back(id->str());
  return ids;
}

std::string EncodeIngestTime(std::string_view time) {
  FlatBufferBuilder builder(64);
  const auto offset = Put(builder, time);
  return Finish(builder, records::CreateIngestRecord(builder, offset));
}

absl::StatusOr<std::string> DecodeIngestTime(std::string_view bytes) {
  const Verified<records::IngestRecord> stored(bytes, "ingest time");
  if (!stored.ok()) return stored.broken();
  return Text(stored->time());
}

std::string EncodeRetired(const std::vector<AtomId>& leads) {
  FlatBufferBuilder builder(64 + 16 * leads.size());
  std::vector<records::Id> ids;
  for (const AtomId atom : leads) ids.push_back(Put(atom.value));
  const auto vector = builder.CreateVectorOfStructs(ids);
  return Finish(builder, records::CreateRetiredRecord(builder, vector));
}

absl::StatusOr<std::vector<AtomId>> DecodeRetired(std::string_view bytes) {
  const Verified<records::RetiredRecord> stored(bytes, "retired id");
  if (!stored.ok() || stored->leads() == nullptr) return stored.broken();
  std::vector<AtomId> leads;
  for (const records::Id* id : *stored->leads()) leads.push_back({Get(*id)});
  return leads;
}

std::string Encode(const UndoRecord& record) {
  FlatBufferBuilder builder(1024);
  const auto time = Put(builder, record.time);
  Offset<records::JudgementRecord> before, after;
  if (record.before) before = Put(builder, *record.before);
  if (record.after) after = Put(builder, *record.after);
  return Finish(builder, records::CreateUndoRecord(builder, time, before, after));
}

absl::StatusOr<UndoRecord> DecodeUndo(std::string_view bytes) {
  const Verified<records::UndoRecord> stored(bytes, "undo");
  if (!stored.ok()) return stored.broken();
  UndoRecord record;
  record.time = Text(stored->time());
  const auto read = [&](const records::JudgementRecord* from, std::optional<Judgement>& to) {
    return from == nullptr || Get(*from, to.emplace());
  };
  if (!read(stored->before(), record.before) || !read(stored->after(), record.after)) return stored.broken();
  return record;
}

std::string EncodeCommit(uint64_t number) {
  FlatBufferBuilder builder(64);
  return Finish(builder, records::CreateCommitRecord(builder, number));
}

absl::StatusOr<uint64_t> DecodeCommit(std::string_view bytes) {
  const Verified<records::CommitRecord> stored(bytes, "commit");
  if (!stored.ok()) return stored.broken();
  return stored->number();
}

std::string EncodeIndices(const std::vector<uint32_t>& indices) {
  std::string bytes;
  bytes.reserve(indices.size() * sizeof(uint32_t));
  for (const uint32_t index : indices) AppendPacked(bytes, index);
  return bytes;
}

absl::StatusOr<std::vector<uint32_t>> DecodeIndices(std::string_view bytes) {
  if (bytes.empty() || bytes.size() % sizeof(uint32_t) != 0) return Broken("predicate");
  std::vector<uint32_t> indices(bytes.size() / sizeof(uint32_t));
  const char* next = bytes.data();
  for (uint32_t& index : indices) index = ReadPacked<uint32_t>(next);
  return indices;
}

std::string EncodeAdjacency(const std::vector<AdjacencyEntry>& entries) {
  std::string bytes;
  bytes.reserve(entries.size() * kAdjacencyEntrySize);
  for (const AdjacencyEntry& entry : entries) {
    AppendPacked(bytes, entry.statement);
    AppendPacked(bytes, entry.other.value.high);
    AppendPacked(bytes, entry.other.value.low);
    AppendPacked(bytes, entry.speaker.value.high);
    AppendPacked(bytes, entry.speaker.value.low);
    AppendPacked(bytes, entry.published_day);
    AppendPacked(bytes, entry.valid_from_day);
    AppendPacked(bytes, entry.valid_to_day);
    AppendPacked(bytes, entry.source);
    AppendPacked(bytes, entry.confidence);
    AppendPacked(bytes, static_cast<uint16_t>(entry.factuality));
  }
  return bytes;
}

absl::StatusOr<std::vector<AdjacencyEntry>> DecodeAdjacency(std::string_view bytes) {
  if (bytes.empty() || bytes.size() % kAdjacencyEntrySize != 0) return Broken("adjacency");
  std::vector<AdjacencyEntry> entries(bytes.size() / kAdjacencyEntrySize);
  const char* next = bytes.data();
  for (AdjacencyEntry& entry : entries) {
    entry.statement = ReadPacked<uint32_t>(next);
    entry.other.value.high = ReadPacked<uint64_t>(next);
    entry.other.value.low = ReadPacked<uint64_t>(next);
    entry.speaker.value.high = ReadPacked<uint64_t>(next);
    entry.speaker.value.low = ReadPacked<uint64_t>(next);
    entry.published_day = ReadPacked<int32_t>(next);
    entry.valid_from_day = ReadPacked<int32_t>(next);
    entry.valid_to_day = ReadPacked<int32_t>(next);
    entry.source = ReadPacked<uint32_t>(next);
    entry.confidence = ReadPacked<uint16_t>(next);
    const auto factuality = ReadPacked<uint16_t>(next);
    if (factuality > static_cast<uint16_t>(Factuality::kQuestion)) return Broken("adjacency");
    entry.factuality = static_cast<Factuality>(factuality);
  }
  return entries;
}

}  // namespace newsgraph
