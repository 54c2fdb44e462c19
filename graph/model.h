// The values of the knowledge graph: plain structs, copied freely, no invariants
// beyond those their comments state. GraphStore checks them when they are written.
//
// Offsets are UTF-8 bytes of the stored title or text, begin inclusive, end
// exclusive; the stored text is the input decoded and nothing more.
#ifndef NEWSGRAPH_GRAPH_MODEL_H_
#define NEWSGRAPH_GRAPH_MODEL_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/ids.h"

namespace newsgraph {

// OntoNotes' types plus TECH and POSITION. DO NOT RENUMBER: stored.
enum class EntityType : uint8_t {
  kUnknown = 0,
  kPerson = 1,
  kOrg = 2,
  kGpe = 3,
  kLoc = 4,
  kFac = 5,
  kProduct = 6,
  kTech = 7,
  kWork = 8,
  kEvent = 9,
  kLaw = 10,
  kPosition = 11,
  kNorp = 12,
  kLanguage = 13,
  kDate = 14,
  kTime = 15,
  kMoney = 16,
  kPercent = 17,
  kQuantity = 18,
  kCardinal = 19,
  kOrdinal = 20,
};
// "PERSON", "ORG", …; "UNKNOWN" for kUnknown.
std::string_view ToString(EntityType type);
std::optional<EntityType> ParseEntityType(std::string_view name);
// DATE, TIME, MONEY, PERCENT, QUANTITY, CARDINAL, ORDINAL: one entity for each value (external id "value": "2024-07",
// "380000000 USD"). Statements hold values as literals, so these entities are their ends nowhere, and no vertices.
bool IsValueType(EntityType type);

// DO NOT RENUMBER: stored.
enum class Field : uint8_t { kTitle = 0, kText = 1 };
std::string_view ToString(Field field);  // "title", "text"
std::optional<Field> ParseField(std::string_view name);

// DO NOT RENUMBER: stored.
enum class MentionForm : uint8_t { kName = 0, kNominal = 1, kPronoun = 2 };
std::string_view ToString(MentionForm form);  // "name", "nominal", "pronoun"
std::optional<MentionForm> ParseMentionForm(std::string_view name);

// How surely the source says it. DO NOT RENUMBER: stored.
enum class Factuality : uint8_t {
  kAsserted = 0,
  kOpinion = 1,
  kPlanned = 2,
  kHypothetical = 3,
  kDenied = 4,
  kQuestion = 5,
};
std::string_view ToString(Factuality factuality);  // "asserted", …
std::optional<Factuality> ParseFactuality(std::string_view name);

// DO NOT RENUMBER: stored.
enum class TimePrecision : uint8_t { kNone = 0, kYear = 1, kMonth = 2, kDay = 3 };
std::string_view ToString(TimePrecision precision);  // "", "year", "month", "day"
std::optional<TimePrecision> ParseTimePrecision(std::string_view name);

// DO NOT RENUMBER: stored.
enum class Verdict : uint8_t { kSame = 0, kDifferent = 1, kUnsure = 2 };
std::string_view ToString(Verdict verdict);  // "same", "different", "unsure"
std::optional<Verdict> ParseVerdict(std::string_view name);

// A range of bytes of one field of a document.
struct Span {
  Field field = Field::kText;
  uint32_t begin = 0;
  uint32_t end = 0;
  auto operator<=>(const Span&) const = default;
};

// One news text as read.
struct Document {
  std::string id;   // given, or "d" and 32 digits
  std::string uri;  // empty when unknown, as are the others
  std::string title;
  std::string publisher;
  std::string author;
  std::string published;  // ISO 8601, date or date and time
  std::string language;   // "zh-Hant", "zh-Hans", "en"
  std::string text;
  std::string analyser;  // fingerprint of the analyser's version, data and options
  bool operator==(const Document&) const = default;
};

// What else a document says of an atom: another name, a gloss, a title, an
// employer, a spouse. `value` is folded (graph/name_folding.h).
struct Observation {
  std::string kind;  // "name", "gloss", "title", "employer", "spouse", "country", "birth_year", …
  std::string value;
  auto operator<=>(const Observation&) const = default;
};

// An entity as one document has it; the unit of identity. Its id is MakeAtomId of
// (document, folded name, number).
struct Atom {
  AtomId id;
  EntityType type = EntityType::kUnknown;
  std::string subtype;     // empty for none
  std::string name;        // fullest name, or the head noun of an entity without one
  std::string occupation;  // one class of the closed list, PERSON only; empty for none
  bool bare = false;       // the name alone identifies nothing: a surname, a given name, a word
  uint32_t number = 0;     // among the document's atoms of the same folded name
  std::map<std::string, std::string> external_ids;  // scheme → id; "lexicon" and "wikidata" among them
  std::vector<Observation> observations;            // sorted, distinct
  bool operator==(const Atom&) const = default;
};

// A span of a document that names an atom.
struct Mention {
  Span span;
  std::string surface;  // the bytes of the span
  MentionForm form = MentionForm::kName;
  EntityType type = EntityType::kUnknown;  // what this document says it is
  AtomId atom;
  bool operator==(const Mention&) const = default;
};

// One speech turn of an interview. The span is what is said, without label and colon.
struct Turn {
  uint32_t index = 0;
  Span span;  // in the text
  AtomId speaker;
  bool operator==(const Turn&) const = default;
};

// An object that is no entity: a value, a name, a noun phrase or a whole claim.
struct Literal {
  std::string type;  // DATE, MONEY, PERCENT, QUANTITY, NAME, TEXT, STATEMENT
  std::string text;
  std::string value;  // normalised: a number, "5..10", an ISO date; empty when unknown
  std::string unit;   // "USD", "parameter"; empty for none
  bool operator==(const Literal&) const = default;
};

struct Qualifier {
  std::string name;   // time, place, value, role, stance, gloss
  std::string text;   // as the document has it
  std::string value;  // normalised; empty when unknown
  AtomId atom;        // zero for none
  bool operator==(const Qualifier&) const = default;
};

// What one document said. Never changed once written. Exactly one of `object` and
// `literal` is there. `speaker` zero is the article's own voice.
struct Statement {
  uint32_t index = 0;  // place in its document; the id is "DOCUMENT:INDEX"
  AtomId subject;
  std::string predicate;  // an id of the ontology
  AtomId object;          // zero when `literal` is set
  std::optional<Literal> literal;
  std::vector<Qualifier> qualifiers;
  AtomId speaker;
  Factuality factuality = Factuality::kAsserted;
  std::string valid_from;  // ISO date, as precise as `precision`; empty when unknown
  std::string valid_to;
  TimePrecision precision = TimePrecision::kNone;
  std::string said_at;   // ISO date on which the speaker said it; empty when unknown
  float confidence = 1;  // 0 … 1
  Span evidence;
  std::optional<Span> subject_span;
  std::optional<Span> cue_span;
  std::optional<Span> object_span;
  std::optional<Span> literal_span;
  std::string rule;  // the rule or model that read it: "zh/ceo_of.3"
  bool operator==(const Statement&) const = default;
};

// All that one document says: the unit of ingest, commit, replacement and removal.
struct DocumentGraph {
  Document document;
  std::vector<Atom> atoms;            // sorted by id
  std::vector<Mention> mentions;      // sorted by span
  std::vector<Turn> turns;            // by index
  std::vector<Statement> statements;  // by index
  bool operator==(const DocumentGraph&) const = default;
};

// A place that a judgement remembers, so that it can be found again after its
// document has been read anew.
struct JudgementPlace {
  std::string document;
  Span span;
  std::string surface;
  bool operator==(const JudgementPlace&) const = default;
};

// "These two atoms are the same, different, unsure." One row for each pair and author.
struct Judgement {
  AtomId left;  // left < right
  AtomId right;
  Verdict verdict = Verdict::kUnsure;
  std::string reason;
  std::string author;
  std::string time;  // ISO 8601, given by the caller
  JudgementPlace left_place;
  JudgementPlace right_place;
  bool operator==(const Judgement&) const = default;
};

struct EntityName {
  std::string text;
  std::string language;  // of the documents that use it: "zh-Hant", "zh-Hans", "en"
  uint64_t count = 0;    // mentions
  bool operator==(const EntityName&) const = default;
};

// A thing, as all documents together have it now.
struct Entity {
  EntityId id;
  EntityType type = EntityType::kUnknown;
  std::string subtype;
  std::string name;               // the name to show
  std::vector<EntityName> names;  // by count, then text
  std::map<std::string, std::string> external_ids;
  uint64_t documents = 0;  // that mention it
  bool operator==(const Entity&) const = default;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_MODEL_H_
