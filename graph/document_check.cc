#include "graph/document_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "graph/day.h"
#include "graph/name_folding.h"
#include "graph/status.h"

namespace newsgraph {
namespace {

std::string ToText(const Span& span) { return fmt::format("{} {}-{}", ToString(span.field), span.begin, span.end); }

bool StartsCodePoint(std::string_view text, size_t offset) {
  return offset == text.size() || (static_cast<unsigned char>(text[offset]) & 0xc0) != 0x80;
}

class Checker {
 public:
  Checker(const DocumentGraph& graph, const Ontology& ontology)
      : graph_(graph), ontology_(ontology), document_(graph.document) {}

  absl::Status Check() {
    NEWSGRAPH_RETURN_IF_ERROR(CheckFields());
    NEWSGRAPH_RETURN_IF_ERROR(CheckAtoms());
    NEWSGRAPH_RETURN_IF_ERROR(CheckMentions());
    NEWSGRAPH_RETURN_IF_ERROR(CheckTurns());
    for (size_t i = 0; i < graph_.statements.size(); ++i) {
      NEWSGRAPH_RETURN_IF_ERROR(CheckStatement(i, graph_.statements[i]));
    }
    return absl::OkStatus();
  }

 private:
  template <typename... Parts>
  absl::Status Refuse(fmt::format_string<Parts...> message, Parts&&... parts) const {
    return absl::InvalidArgumentError(
        fmt::format("put document {}: {}", document_.id, fmt::format(message, std::forward<Parts>(parts)...)));
  }

  absl::Status CheckUtf8(const std::string& place,
                         std::initializer_list<std::pair<std::string_view, std::string_view>> texts) const {
    for (const auto& [name, text] : texts) {
      if (!IsUtf8(text)) return Refuse("{}{} is not valid UTF-8", place, name);
    }
    return absl::OkStatus();
  }

  absl::Status CheckFields() const {
    if (!IsUtf8(document_.id)) return absl::InvalidArgumentError("put document: its id is not valid UTF-8");
    if (document_.id.empty()) return absl::InvalidArgumentError("put document: it has no id");
    if (document_.text.size() > kMaxTextBytes || document_.title.size() > kMaxTextBytes) {
      return Refuse("it has more than {} bytes of text; split it", kMaxTextBytes);
    }
    return CheckUtf8("", {{"uri", document_.uri},
                          {"title", document_.title},
                          {"publisher", document_.publisher},
                          {"author", document_.author},
                          {"published", document_.published},
                          {"language", document_.language},
                          {"text", document_.text},
                          {"analyser", document_.analyser}});
  }

  absl::Status CheckAtoms() const {
    for (size_t i = 0; i < graph_.atoms.size(); ++i) {
      const Atom& atom = graph_.atoms[i];
      const std::string place = fmt::format("atom {} ({}): ", i, ToString(atom.id));
      if (i > 0 && !(graph_.atoms[i - 1].id < atom.id)) return Refuse("{}atoms are not sorted by id", place);
      NEWSGRAPH_RETURN_IF_ERROR(
          CheckUtf8(place, {{"name", atom.name}, {"subtype", atom.subtype}, {"occupation", atom.occupation}}));
      if (atom.name.empty()) return Refuse("{}it has no name", place);
      if (atom.type > EntityType::kOrdinal) {
        return Refuse("{}{} is no type of an entity", place, static_cast<int>(atom.type));
      }
      if (atom.id != MakeAtomId(document_.id, FoldName(atom.name), atom.number)) {
        return Refuse("{}the id is not that of {}, number {}", place, atom.name, atom.number);
      }
      if (!atom.occupation.empty() && atom.type != EntityType::kPerson) {
        return Refuse("{}a {} has the occupation {}", place, ToString(atom.type), atom.occupation);
      }
      for (const auto& [scheme, id] : atom.external_ids) {
        NEWSGRAPH_RETURN_IF_ERROR(CheckUtf8(place, {{"external id", scheme}, {"external id", id}}));
        if (scheme.empty() || id.empty()) return Refuse("{}an external id is empty", place);
      }
      for (size_t j = 0; j < atom.observations.size(); ++j) {
        const Observation& observation = atom.observations[j];
        NEWSGRAPH_RETURN_IF_ERROR(
            CheckUtf8(place, {{"observation", observation.kind}, {"observation", observation.value}}));
        if (observation.kind.empty() || observation.value.empty()) return Refuse("{}an observation is empty", place);
        if (j > 0 && !(atom.observations[j - 1] < observation)) {
          return Refuse("{}observations are not sorted and distinct at {} {}", place, observation.kind,
                        observation.value);
        }
      }
    }
    return absl::OkStatus();
  }

  absl::Status CheckMentions() const {
    std::vector<bool> mentioned(graph_.atoms.size());
    for (size_t i = 0; i < graph_.mentions.size(); ++i) {
      const Mention& mention = graph_.mentions[i];
      const std::string place = fmt::format("mention {} ({}): ", i, ToText(mention.span));
      NEWSGRAPH_RETURN_IF_ERROR(CheckSpan(place, mention.span));
      if (i > 0 && !(graph_.mentions[i - 1].span < mention.span)) {
        return Refuse("{}mentions are not sorted by span, one for each", place);
      }
      if (Read(mention.span) != mention.surface) {
        return Refuse("{}the surface is {}, the text has {}", place, mention.surface, Read(mention.span));
      }
      if (mention.form > MentionForm::kPronoun || mention.type > EntityType::kOrdinal) {
        return Refuse("{}its form or type is unknown", place);
      }
      const auto atom = FindAtom(mention.atom);
      if (!atom) return Refuse("{}atom {} is not in the document", place, ToString(mention.atom));
      mentioned[*atom] = true;
    }
    for (size_t i = 0; i < mentioned.size(); ++i) {
      if (!mentioned[i]) {
        return Refuse("atom {} ({}, {}): nothing in the document mentions it", i, ToString(graph_.atoms[i].id),
                      graph_.atoms[i].name);
      }
    }
    return absl::OkStatus();
  }

  absl::Status CheckTurns() const {
    for (size_t i = 0; i < graph_.turns.size(); ++i) {
      const Turn& turn = graph_.turns[i];
      const std::string place = fmt::format("turn {} ({}): ", i, ToText(turn.span));
      if (turn.index != i) return Refuse("{}its index is {}", place, turn.index);
      NEWSGRAPH_RETURN_IF_ERROR(CheckSpan(place, turn.span));
      if (turn.span.field != Field::kText) return Refuse("{}it is not in the text", place);
      if (i > 0 && turn.span.begin < graph_.turns[i - 1].span.end) {
        return Refuse("{}it begins before the turn before it ends", place);
      }
      NEWSGRAPH_RETURN_IF_ERROR(CheckAtomOrNone(place, "speaker", turn.speaker));
    }
    return absl::OkStatus();
  }

  absl::Status CheckStatement(size_t i, const Statement& statement) const {
    const std::string place = fmt::format("statement {} ({}): ", i, statement.predicate);
    if (statement.index != i) return Refuse("{}its index is {}", place, statement.index);
    NEWSGRAPH_RETURN_IF_ERROR(CheckUtf8(place, {{"predicate", statement.predicate},
                                                {"valid_from", statement.valid_from},
                                                {"valid_to", statement.valid_to},
                                                {"said_at", statement.said_at},
                                                {"rule", statement.rule}}));
    const auto subject = FindAtom(statement.subject);
    if (!subject) return Refuse("{}its subject {} is not in the document", place, ToString(statement.subject));
    NEWSGRAPH_RETURN_IF_ERROR(CheckAtomOrNone(place, "object", statement.object));
    NEWSGRAPH_RETURN_IF_ERROR(CheckAtomOrNone(place, "speaker", statement.speaker));
    if (statement.object.is_zero() != statement.literal.has_value()) {
      return Refuse("{}it has {} an object and a literal", place, statement.literal ? "both" : "neither");
    }
    if (ontology_.Find(statement.predicate) == nullptr) {
      return Refuse("{}there is no such predicate in the ontology", place);
    }
    const auto object = FindAtom(statement.object);
    const Atom& from = graph_.atoms[*subject];
    for (const std::optional<size_t>& end : {subject, object}) {
      if (end && IsValueType(graph_.atoms[*end].type)) {
        return Refuse("{}its end {} is a value; values stand as literals", place, graph_.atoms[*end].name);
      }
    }
    const absl::Status ends = ontology_.Check(
        statement.predicate, from.type, from.subtype, object ? graph_.atoms[*object].type : EntityType::kUnknown,
        object ? graph_.atoms[*object].subtype : "", statement.literal ? statement.literal->type : "");
    if (!ends.ok()) return Refuse("{}{}", place, std::string(ends.message()));
    if (statement.literal) {
      const Literal& literal = *statement.literal;
      NEWSGRAPH_RETURN_IF_ERROR(CheckUtf8(place, {{"literal", literal.type},
                                                  {"literal", literal.text},
                                                  {"literal", literal.value},
                                                  {"literal", literal.unit}}));
    }
    for (const Qualifier& qualifier : statement.qualifiers) {
      NEWSGRAPH_RETURN_IF_ERROR(CheckUtf8(
          place, {{"qualifier", qualifier.name}, {"qualifier", qualifier.text}, {"qualifier", qualifier.value}}));
      NEWSGRAPH_RETURN_IF_ERROR(CheckAtomOrNone(place, "qualifier " + qualifier.name, qualifier.atom));
    }
    if (statement.factuality > Factuality::kQuestion || statement.precision > TimePrecision::kDay) {
      return Refuse("{}its factuality or precision is unknown", place);
    }
    for (const auto& [name, date] :
         {std::pair<std::string_view, const std::string*>("valid_from", &statement.valid_from),
          {"valid_to", &statement.valid_to},
          {"said_at", &statement.said_at}}) {
      if (!date->empty() && !ParseDay(*date)) return Refuse("{}{} {} is no ISO 8601 date", place, name, *date);
    }
    if (!(statement.confidence >= 0 && statement.confidence <= 1)) {
      return Refuse("{}confidence {} is not between 0 and 1", place, statement.confidence);
    }
    NEWSGRAPH_RETURN_IF_ERROR(CheckSpan(place + "evidence ", statement.evidence));
    for (const auto& [name, span] :
         {std::pair<std::string_view, const std::optional<Span>*>("subject", &statement.subject_span),
          {"cue", &statement.cue_span},
          {"object", &statement.object_span},
          {"literal", &statement.literal_span}}) {
      if (*span) NEWSGRAPH_RETURN_IF_ERROR(CheckSpan(fmt::format("{}{} ", place, name), **span));
    }
    return absl::OkStatus();
  }

  absl::Status CheckAtomOrNone(const std::string& place, std::string_view name, AtomId atom) const {
    if (atom.is_zero() || FindAtom(atom)) return absl::OkStatus();
    return Refuse("{}its {} {} is not in the document", place, name, ToString(atom));
  }

  absl::Status CheckSpan(const std::string& place, const Span& span) const {
    if (span.field > Field::kText) return Refuse("{}its field is unknown", place);
    const std::string& field = FieldText(span.field);
    if (span.begin >= span.end || span.end > field.size()) {
      return Refuse("{}span {} is empty or outside the {}, which has {} bytes", place, ToText(span),
                    ToString(span.field), field.size());
    }
    if (!StartsCodePoint(field, span.begin) || !StartsCodePoint(field, span.end)) {
      return Refuse("{}span {} cuts a character in two", place, ToText(span));
    }
    return absl::OkStatus();
  }

  const std::string& FieldText(Field field) const { return field == Field::kTitle ? document_.title : document_.text; }
  std::string_view Read(const Span& span) const {
    return std::string_view(FieldText(span.field)).substr(span.begin, span.end - span.begin);
  }

  std::optional<size_t> FindAtom(AtomId id) const {
    const auto found = std::lower_bound(graph_.atoms.begin(), graph_.atoms.end(), id,
                                        [](const Atom& atom, AtomId wanted) { return atom.id < wanted; });
    if (found == graph_.atoms.end() || found->id != id) return std::nullopt;
    return found - graph_.atoms.begin();
  }

  const DocumentGraph& graph_;
  const Ontology& ontology_;
  const Document& document_;
};

}  // namespace

absl::Status CheckDocument(const DocumentGraph& graph, const Ontology& ontology) {
  return Checker(graph, ontology).Check();
}

bool IsUtf8(std::string_view text) {
  size_t i = 0;
  while (i < text.size()) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    const size_t size = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (size == 0 || i + size > text.size()) return false;
    uint32_t code_point = lead & (0x7f >> size);
    for (size_t j = 1; j < size; ++j) {
      const auto next = static_cast<unsigned char>(text[i + j]);
      if ((next & 0xc0) != 0x80) return false;
      code_point = code_point << 6 | (next & 0x3f);
    }
    const bool overlong = (size == 3 && code_point < 0x800) || (size == 4 && code_point < 0x10000);
    if (overlong || (code_point >= 0xd800 && code_point < 0xe000) || code_point > 0x10ffff) return false;
    i += size;
  }
  return true;
}

}  // namespace newsgraph
