#include "graph/jsonl_read.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "graph/jsonl_lines.h"

namespace newsgraph {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 7> kKinds = {"document", "entity",    "atom",     "mention",
                                                    "turn",     "statement", "judgement"};

enum class Presence { kRequired, kOptional };

// Takes an object apart. The first thing that is wrong is kept, and everything read
// after it is empty; Finish tells it, or the first key that nobody asked for.
class ObjectReader {
 public:
  // `place` is where the object stands in its line: "", "spans".
  ObjectReader(const json& object, std::string place) : object_(object), place_(std::move(place)) {
    if (!object.is_object()) Fail("is not an object");
  }

  std::string Text(std::string_view key, Presence presence = Presence::kRequired) {
    const json* value = Find(key, presence);
    if (value == nullptr) return "";
    if (!value->is_string()) return Fail(key, "is not a string"), "";
    return value->get<std::string>();
  }
  std::string TextOrNull(std::string_view key, Presence presence = Presence::kRequired) {
    const json* value = Find(key, presence);
    if (value == nullptr || value->is_null()) return "";
    if (!value->is_string()) return Fail(key, "is neither a string nor null"), "";
    return value->get<std::string>();
  }
  // A string, a number or null.
  std::string ValueOrNull(std::string_view key) {
    const json* value = Find(key, Presence::kRequired);
    if (value == nullptr || value->is_null()) return "";
    if (value->is_string()) return value->get<std::string>();
    if (value->is_number_unsigned()) return std::to_string(value->get<uint64_t>());
    if (value->is_number_integer()) return std::to_string(value->get<int64_t>());
    if (value->is_number_float()) return fmt::format("{}", value->get<double>());
    return Fail(key, "is neither a number, a string nor null"), "";
  }
  uint32_t Number(std::string_view key, Presence presence = Presence::kRequired) {
    const json* value = Find(key, presence);
    if (value == nullptr) return 0;
    if (!value->is_number_unsigned() || value->get<uint64_t>() > std::numeric_limits<uint32_t>::max()) {
      return Fail(key, "is not a whole number of at most 32 bits"), 0;
    }
    return value->get<uint32_t>();
  }
  float Fraction(std::string_view key) {
    const json* value = Find(key, Presence::kRequired);
    if (value == nullptr) return 0;
    if (!value->is_number()) return Fail(key, "is not a number"), 0.0f;
    return value->get<float>();
  }
  bool Flag(std::string_view key, Presence presence) {
    const json* value = Find(key, presence);
    if (value == nullptr) return false;
    if (!value->is_boolean()) return Fail(key, "is neither true nor false"), false;
    return value->get<bool>();
  }
  std::map<std::string, std::string> Map(std::string_view key) {
    std::map<std::string, std::string> map;
    const json* value = Find(key, Presence::kRequired);
    if (value == nullptr) return map;
    if (!value->is_object()) return Fail(key, "is not an object"), map;
    for (const auto& [name, entry] : value->items()) {
      if (!entry.is_string()) return Fail(key, fmt::format("has {}, which is not a string", JsonString(name))), map;
      map.emplace(name, entry.get<std::string>());
    }
    return map;
  }
  AtomId Atom(std::string_view key) { return Id(key, 'a', Presence::kRequired, false); }
  AtomId AtomOrNull(std::string_view key, Presence presence = Presence::kRequired) {
    return Id(key, 'a', presence, true);
  }
  // What an atom is now is worked out anew; only the form is looked at.
  void Entity(std::string_view key) { Id(key, 'e', Presence::kRequired, false); }
  void EntityOrNull(std::string_view key) { Id(key, 'e', Presence::kRequired, true); }

  // One of the words that `parse` knows.
  template <typename Value>
  Value Word(std::string_view key, std::optional<Value> (*parse)(std::string_view),
             Presence presence = Presence::kRequired) {
    const json* value = Find(key, presence);
    if (value == nullptr) return {};
    const auto parsed = value->is_string() ? parse(value->get_ref<const std::string&>()) : std::nullopt;
    if (!parsed) return Fail(key, fmt::format("is {}, which is none of its words", Short(*value))), Value();
    return *parsed;
  }

  // The parts of an object or a list are read by `read(ObjectReader&)`.
  template <typename Read>
  void Object(std::string_view key, const Read& read) {
    if (const json* value = Find(key, Presence::kRequired); value != nullptr) Part(*value, Name(key), read);
  }
  // False when it is null.
  template <typename Read>
  bool ObjectOrNull(std::string_view key, const Read& read) {
    const json* value = Find(key, Presence::kRequired);
    if (value == nullptr || value->is_null()) return false;
    Part(*value, Name(key), read);
    return true;
  }
  template <typename Read>
  size_t List(std::string_view key, const Read& read) {
    const json* value = Find(key, Presence::kRequired);
    if (value == nullptr) return 0;
    if (!value->is_array()) return Fail(key, "is not a list"), 0;
    for (size_t i = 0; i < value->size(); ++i) Part((*value)[i], fmt::format("{}[{}]", Name(key), i), read);
    return value->size();
  }

  void Fail(std::string_view key, std::string_view what) {
    if (error_.empty()) error_ = fmt::format("{} {}", JsonString(Name(key)), what);
  }

  absl::Status Finish() {
    if (error_.empty() && object_.is_object()) {
      for (const auto& [key, value] : object_.items()) {
        if (known_.count(key) == 0) {
          Fail(key, "is not a key of the format");
          break;
        }
      }
    }
    return error_.empty() ? absl::OkStatus() : absl::InvalidArgumentError(error_);
  }

 private:
  std::string Name(std::string_view key) const {
    return place_.empty() ? std::string(key) : fmt::format("{}.{}", place_, key);
  }
  void Fail(std::string_view what) {
    if (error_.empty()) error_ = place_.empty() ? std::string(what) : fmt::format("{} {}", JsonString(place_), what);
  }
  static std::string Short(const json& value) {
    return value.is_string() && value.get_ref<const std::string&>().size() <= 40
               ? JsonString(value.get_ref<const std::string&>())
               : std::string("something else");
  }

  const json* Find(std::string_view key, Presence presence) {
    if (!error_.empty() || !object_.is_object()) return nullptr;
    known_.emplace(key);
    const auto found = object_.find(std::string(key));
    if (found != object_.end()) return &*found;
    if (presence == Presence::kRequired) Fail(key, "is missing");
    return nullptr;
  }

  AtomId Id(std::string_view key, char letter, Presence presence, bool nullable) {
    const json* value = Find(key, presence);
    if (value == nullptr || (nullable && value->is_null())) return {};
    if (value->is_string()) {
      const auto& text = value->get_ref<const std::string&>();
      const auto id = ParseEntityOrAtomId(text);
      if (id && text[0] == letter) return *id;
    }
    return Fail(key, fmt::format("is not \"{}\" and 32 hexadecimal digits{}", letter, nullable ? ", nor null" : "")),
           AtomId();
  }

  template <typename Read>
  void Part(const json& value, std::string place, const Read& read) {
    ObjectReader part(value, std::move(place));
    read(part);
    if (const absl::Status status = part.Finish(); !status.ok() && error_.empty())
      error_ = std::string(status.message());
  }

  const json& object_;
  std::string place_;
  std::set<std::string, std::less<>> known_;
  std::string error_;
};

Span ReadSpan(ObjectReader& reader) {
  Span span;
  span.field = reader.Word("field", ParseField);
  span.begin = reader.Number("begin");
  span.end = reader.Number("end");
  return span;
}

Document ReadDocument(ObjectReader& reader) {
  Document document;
  document.id = reader.Text("id");
  document.uri = reader.TextOrNull("uri");
  document.title = reader.TextOrNull("title");
  document.publisher = reader.TextOrNull("publisher");
  document.published = reader.TextOrNull("published");
  document.language = reader.TextOrNull("language");
  document.text = reader.Text("text");
  document.author = reader.TextOrNull("author", Presence::kOptional);
  document.analyser = reader.TextOrNull("analyser", Presence::kOptional);
  return document;
}

EntityLineRead ReadEntity(ObjectReader& reader) {
  reader.Entity("id");
  reader.Word("type", ParseEntityType);
  reader.TextOrNull("subtype");
  reader.Text("name");
  reader.List("names", [](ObjectReader& name) {
    name.Text("text");
    name.TextOrNull("language");
    name.Number("count");
  });
  reader.Map("external_ids");
  return {};
}

AtomLineRead ReadAtom(ObjectReader& reader) {
  AtomLineRead line;
  Atom& atom = line.atom;
  atom.id = reader.Atom("id");
  line.document = reader.Text("document");
  atom.type = reader.Word("type", ParseEntityType);
  atom.subtype = reader.TextOrNull("subtype");
  atom.name = reader.Text("name");
  atom.occupation = reader.TextOrNull("class");
  atom.external_ids = reader.Map("external_ids");
  reader.List("observations", [&](ObjectReader& observation) {
    std::string kind = observation.Text("kind");
    atom.observations.push_back({std::move(kind), observation.Text("value")});
  });
  reader.EntityOrNull("entity");
  atom.bare = reader.Flag("bare", Presence::kOptional);
  atom.number = reader.Number("number", Presence::kOptional);
  return line;
}

MentionLineRead ReadMention(ObjectReader& reader) {
  MentionLineRead line;
  line.document = reader.Text("document");
  line.mention.span = ReadSpan(reader);
  line.mention.surface = reader.Text("surface");
  line.mention.form = reader.Word("form", ParseMentionForm);
  line.mention.type = reader.Word("type", ParseEntityType);
  reader.EntityOrNull("entity");
  line.mention.atom = reader.Atom("atom");
  return line;
}

TurnLineRead ReadTurn(ObjectReader& reader) {
  TurnLineRead line;
  line.document = reader.Text("document");
  line.turn.index = reader.Number("index");
  line.turn.span.begin = reader.Number("begin");
  line.turn.span.end = reader.Number("end");
  reader.EntityOrNull("speaker");
  line.turn.speaker = reader.AtomOrNull("atom");
  return line;
}

Literal ReadLiteral(ObjectReader& reader) {
  Literal literal;
  literal.type = reader.Text("type");
  literal.text = reader.Text("text");
  literal.value = reader.ValueOrNull("value");
  literal.unit = reader.TextOrNull("unit");
  return literal;
}

Qualifier ReadQualifier(ObjectReader& reader) {
  Qualifier qualifier;
  qualifier.name = reader.Text("name");
  qualifier.text = reader.Text("text");
  qualifier.value = reader.TextOrNull("value");
  reader.EntityOrNull("entity");
  qualifier.atom = reader.AtomOrNull("atom", Presence::kOptional);
  return qualifier;
}

StatementLineRead ReadStatement(ObjectReader& reader) {
  StatementLineRead line;
  Statement& statement = line.statement;
  const std::string id = reader.Text("id");
  line.document = reader.Text("document");
  reader.Entity("subject");
  statement.predicate = reader.Text("predicate");
  reader.EntityOrNull("object");
  reader.ObjectOrNull("literal", [&](ObjectReader& literal) { statement.literal = ReadLiteral(literal); });
  reader.List("qualifiers", [&](ObjectReader& qualifier) { statement.qualifiers.push_back(ReadQualifier(qualifier)); });
  reader.EntityOrNull("speaker");
  statement.factuality = reader.Word("factuality", ParseFactuality);
  statement.confidence = reader.Fraction("confidence");
  reader.Object("evidence", [&](ObjectReader& span) { statement.evidence = ReadSpan(span); });
  reader.Object("spans", [&](ObjectReader& spans) {
    for (const auto& [key, target] : {std::pair("subject", &statement.subject_span),
                                      {"cue", &statement.cue_span},
                                      {"object", &statement.object_span},
                                      {"literal", &statement.literal_span}}) {
      std::optional<Span>* const place = target;
      spans.ObjectOrNull(key, [&](ObjectReader& span) { *place = ReadSpan(span); });
    }
  });
  reader.Object("atoms", [&](ObjectReader& atoms) {
    statement.subject = atoms.Atom("subject");
    statement.object = atoms.AtomOrNull("object");
    statement.speaker = atoms.AtomOrNull("speaker");
  });
  statement.rule = reader.TextOrNull("rule");
  statement.valid_from = reader.TextOrNull("valid_from", Presence::kOptional);
  statement.valid_to = reader.TextOrNull("valid_to", Presence::kOptional);
  statement.precision = reader.Word("precision", ParseTimePrecision, Presence::kOptional);
  statement.said_at = reader.TextOrNull("said_at", Presence::kOptional);

  const std::string prefix = line.document + ":";
  uint32_t index = 0;
  const char* const end = id.data() + id.size();
  if (id.compare(0, prefix.size(), prefix) == 0 && id.size() > prefix.size()) {
    const auto read = std::from_chars(id.data() + prefix.size(), end, index);
    if (read.ec == std::errc() && read.ptr == end) {
      statement.index = index;
      return line;
    }
  }
  reader.Fail("id", "is not its document, \":\" and a number");
  return line;
}

Judgement ReadJudgement(ObjectReader& reader) {
  Judgement judgement;
  judgement.left = reader.Atom("left");
  judgement.right = reader.Atom("right");
  judgement.verdict = reader.Word("verdict", ParseVerdict);
  judgement.reason = reader.TextOrNull("reason");
  judgement.author = reader.TextOrNull("author");
  judgement.time = reader.TextOrNull("time");
  std::vector<JudgementPlace> places;
  reader.List("places", [&](ObjectReader& place) {
    JudgementPlace& read = places.emplace_back();
    read.document = place.Text("document");
    read.span.begin = place.Number("begin");
    read.span.end = place.Number("end");
    read.surface = place.Text("surface");
    read.span.field = Field::kText;
    if (const std::string field = place.Text("field", Presence::kOptional); !field.empty()) {
      const auto parsed = ParseField(field);
      if (!parsed) place.Fail("field", "is neither \"title\" nor \"text\"");
      read.span.field = parsed.value_or(Field::kText);
    }
  });
  if (places.size() == 2) {
    judgement.left_place = std::move(places[0]);
    judgement.right_place = std::move(places[1]);
  } else {
    reader.Fail("places", "has not two places");
  }
  return judgement;
}

LineRead ReadKind(size_t kind, ObjectReader& reader) {
  switch (kind) {
    case 0:
      return ReadDocument(reader);
    case 1:
      return ReadEntity(reader);
    case 2:
      return ReadAtom(reader);
    case 3:
      return ReadMention(reader);
    case 4:
      return ReadTurn(reader);
    case 5:
      return ReadStatement(reader);
    default:
      return ReadJudgement(reader);
  }
}

}  // namespace

std::string_view KindOfLine(size_t index) { return kKinds[index]; }

absl::StatusOr<LineRead> ReadLine(std::string_view line) {
  json object;
  try {
    object = json::parse(line.begin(), line.end());
  } catch (const json::exception& error) {
    // The library's own words name the byte, but also the text around it, which may be long.
    const auto* parse_error = dynamic_cast<const json::parse_error*>(&error);
    return absl::InvalidArgumentError(fmt::format("no JSON object at byte {}: it is broken or cut off",
                                                  parse_error == nullptr ? 0 : parse_error->byte));
  }
  if (!object.is_object()) return absl::InvalidArgumentError("no JSON object");
  ObjectReader reader(object, "");
  const std::string kind = reader.Text("kind");
  for (size_t i = 0; i < kKinds.size(); ++i) {
    if (kKinds[i] != kind) continue;
    LineRead read = ReadKind(i, reader);
    if (const absl::Status status = reader.Finish(); !status.ok()) {
      return absl::InvalidArgumentError(fmt::format("{}: {}", kind, std::string(status.message())));
    }
    return read;
  }
  reader.Fail("kind", fmt::format("is {}, which is unknown", JsonString(kind)));
  return reader.Finish();
}

}  // namespace newsgraph
