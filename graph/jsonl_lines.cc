#include "graph/jsonl_lines.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <utility>

namespace newsgraph {
namespace {

// Writes an object with its keys in the order of the calls.
class ObjectText {
 public:
  ObjectText() = default;
  explicit ObjectText(std::string_view kind) { Text("kind", kind); }

  ObjectText& Raw(std::string_view key, std::string_view json) {
    text_ += text_.size() == 1 ? "\"" : ",\"";
    text_ += key;
    text_ += "\":";
    text_ += json;
    return *this;
  }
  ObjectText& Text(std::string_view key, std::string_view value) { return Raw(key, JsonString(value)); }
  ObjectText& TextOrNull(std::string_view key, std::string_view value) {
    return value.empty() ? Raw(key, "null") : Text(key, value);
  }
  ObjectText& TextIfAny(std::string_view key, std::string_view value) {
    return value.empty() ? *this : Text(key, value);
  }
  ObjectText& Number(std::string_view key, uint64_t value) { return Raw(key, std::to_string(value)); }
  ObjectText& AtomOrNull(std::string_view key, AtomId atom) {
    return TextOrNull(key, atom.is_zero() ? "" : ToString(atom));
  }
  ObjectText& EntityOrNull(std::string_view key, AtomId atom, const EntityOfAtom& entities) {
    const auto found = entities.find(atom);
    return TextOrNull(key, found == entities.end() ? "" : ToString(found->second));
  }
  std::string Close() && {
    text_ += '}';
    return std::move(text_);
  }

 private:
  std::string text_ = "{";
};

// Elements are written by `write`, in the order of the list.
template <typename List, typename Write>
std::string ArrayText(const List& list, const Write& write) {
  std::string text = "[";
  for (const auto& element : list) {
    if (text.size() > 1) text += ',';
    text += write(element);
  }
  return text + "]";
}

std::string MapText(const std::map<std::string, std::string>& map) {
  std::string text = "{";
  for (const auto& [key, value] : map) {
    if (text.size() > 1) text += ',';
    text += JsonString(key) + ":" + JsonString(value);
  }
  return text + "}";
}

std::string SpanText(const Span& span) {
  return std::move(ObjectText().Text("field", ToString(span.field)).Number("begin", span.begin).Number("end", span.end))
      .Close();
}

std::string SpanOrNull(const std::optional<Span>& span) { return span ? SpanText(*span) : "null"; }

std::string LiteralText(const Literal& literal) {
  ObjectText text;
  text.Text("type", literal.type).Text("text", literal.text);
  // Dates stay text: 2021 is no quantity.
  const bool numeric = literal.type == "MONEY" || literal.type == "PERCENT" || literal.type == "QUANTITY";
  const auto number = numeric ? NumberText(literal.value) : std::nullopt;
  if (number) {
    text.Raw("value", *number);
  } else {
    text.TextOrNull("value", literal.value);
  }
  return std::move(text.TextOrNull("unit", literal.unit)).Close();
}

std::string PlaceText(const JudgementPlace& place) {
  return std::move(ObjectText()
                       .Text("document", place.document)
                       .Number("begin", place.span.begin)
                       .Number("end", place.span.end)
                       .Text("surface", place.surface)
                       .Text("field", ToString(place.span.field)))
      .Close();
}

}  // namespace

std::string JsonString(std::string_view text) {
  std::string json = "\"";
  json.reserve(text.size() + 2);
  for (const char c : text) {
    switch (c) {
      case '"':
        json += "\\\"";
        break;
      case '\\':
        json += "\\\\";
        break;
      case '\n':
        json += "\\n";
        break;
      case '\r':
        json += "\\r";
        break;
      case '\t':
        json += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          json += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
          json += c;
        }
    }
  }
  return json + "\"";
}

std::optional<std::string> NumberText(std::string_view value) {
  const char* const end = value.data() + value.size();
  int64_t integer = 0;
  if (const auto read = std::from_chars(value.data(), end, integer); read.ec == std::errc() && read.ptr == end) {
    std::string text = std::to_string(integer);
    return text == value ? std::optional(std::move(text)) : std::nullopt;
  }
  double number = 0;
  if (const auto read = std::from_chars(value.data(), end, number); read.ec == std::errc() && read.ptr == end) {
    std::string text = fmt::format("{}", number);
    if (std::isfinite(number) && text == value && text.find('.') != std::string::npos) return text;
  }
  return std::nullopt;
}

std::string DocumentLine(const Document& document) {
  return std::move(ObjectText("document")
                       .Text("id", document.id)
                       .TextOrNull("uri", document.uri)
                       .TextOrNull("title", document.title)
                       .TextOrNull("publisher", document.publisher)
                       .TextOrNull("published", document.published)
                       .TextOrNull("language", document.language)
                       .Text("text", document.text)
                       .TextOrNull("author", document.author)
                       .TextOrNull("analyser", document.analyser))
      .Close();
}

std::string EntityLine(const Entity& entity) {
  const auto name_text = [](const EntityName& name) {
    return std::move(
               ObjectText().Text("text", name.text).TextOrNull("language", name.language).Number("count", name.count))
        .Close();
  };
  return std::move(ObjectText("entity")
                       .Text("id", ToString(entity.id))
                       .Text("type", ToString(entity.type))
                       .TextOrNull("subtype", entity.subtype)
                       .Text("name", entity.name)
                       .Raw("names", ArrayText(entity.names, name_text))
                       .Raw("external_ids", MapText(entity.external_ids)))
      .Close();
}

std::string AtomLine(std::string_view document, const Atom& atom, const EntityOfAtom& entities) {
  const auto observation_text = [](const Observation& observation) {
    return std::move(ObjectText().Text("kind", observation.kind).Text("value", observation.value)).Close();
  };
  return std::move(ObjectText("atom")
                       .Text("id", ToString(atom.id))
                       .Text("document", document)
                       .Text("type", ToString(atom.type))
                       .TextOrNull("subtype", atom.subtype)
                       .Text("name", atom.name)
                       .TextOrNull("class", atom.occupation)
                       .Raw("external_ids", MapText(atom.external_ids))
                       .Raw("observations", ArrayText(atom.observations, observation_text))
                       .EntityOrNull("entity", atom.id, entities)
                       .Raw("bare", atom.bare ? "true" : "false")
                       .Number("number", atom.number))
      .Close();
}

std::string MentionLine(std::string_view document, const Mention& mention, const EntityOfAtom& entities) {
  return std::move(ObjectText("mention")
                       .Text("document", document)
                       .Text("field", ToString(mention.span.field))
                       .Number("begin", mention.span.begin)
                       .Number("end", mention.span.end)
                       .Text("surface", mention.surface)
                       .Text("form", ToString(mention.form))
                       .Text("type", ToString(mention.type))
                       .EntityOrNull("entity", mention.atom, entities)
                       .Text("atom", ToString(mention.atom)))
      .Close();
}

std::string TurnLine(std::string_view document, const Turn& turn, const EntityOfAtom& entities) {
  return std::move(ObjectText("turn")
                       .Text("document", document)
                       .Number("index", turn.index)
                       .Number("begin", turn.span.begin)
                       .Number("end", turn.span.end)
                       .EntityOrNull("speaker", turn.speaker, entities)
                       .AtomOrNull("atom", turn.speaker))
      .Close();
}

std::string StatementLine(std::string_view document, const Statement& statement, const EntityOfAtom& entities) {
  const auto qualifier_text = [&](const Qualifier& qualifier) {
    return std::move(ObjectText()
                         .Text("name", qualifier.name)
                         .Text("text", qualifier.text)
                         .TextOrNull("value", qualifier.value)
                         .EntityOrNull("entity", qualifier.atom, entities)
                         .AtomOrNull("atom", qualifier.atom))
        .Close();
  };
  const std::string spans = std::move(ObjectText()
                                          .Raw("subject", SpanOrNull(statement.subject_span))
                                          .Raw("cue", SpanOrNull(statement.cue_span))
                                          .Raw("object", SpanOrNull(statement.object_span))
                                          .Raw("literal", SpanOrNull(statement.literal_span)))
                                .Close();
  const std::string atoms = std::move(ObjectText()
                                          .AtomOrNull("subject", statement.subject)
                                          .AtomOrNull("object", statement.object)
                                          .AtomOrNull("speaker", statement.speaker))
                                .Close();
  return std::move(ObjectText("statement")
                       .Text("id", fmt::format("{}:{}", document, statement.index))
                       .Text("document", document)
                       .EntityOrNull("subject", statement.subject, entities)
                       .Text("predicate", statement.predicate)
                       .EntityOrNull("object", statement.object, entities)
                       .Raw("literal", statement.literal ? LiteralText(*statement.literal) : "null")
                       .Raw("qualifiers", ArrayText(statement.qualifiers, qualifier_text))
                       .EntityOrNull("speaker", statement.speaker, entities)
                       .Text("factuality", ToString(statement.factuality))
                       .Raw("confidence", fmt::format("{}", statement.confidence))
                       .Raw("evidence", SpanText(statement.evidence))
                       .Raw("spans", spans)
                       .Raw("atoms", atoms)
                       .TextOrNull("rule", statement.rule)
                       .TextIfAny("valid_from", statement.valid_from)
                       .TextIfAny("valid_to", statement.valid_to)
                       .TextIfAny("precision", ToString(statement.precision))
                       .TextIfAny("said_at", statement.said_at))
      .Close();
}

std::string JudgementLine(const Judgement& judgement) {
  return std::move(
             ObjectText("judgement")
                 .Text("left", ToString(judgement.left))
                 .Text("right", ToString(judgement.right))
                 .Text("verdict", ToString(judgement.verdict))
                 .TextOrNull("reason", judgement.reason)
                 .TextOrNull("author", judgement.author)
                 .TextOrNull("time", judgement.time)
                 .Raw("places", "[" + PlaceText(judgement.left_place) + "," + PlaceText(judgement.right_place) + "]"))
      .Close();
}

}  // namespace newsgraph
