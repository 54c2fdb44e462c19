// What the stages of text analysis hand to each other: one document as code points,
// sentences, turns, mentions, local entities and statements. Plain values.
//
// Positions here are indexes of code points in FoldedText, begin inclusive, end
// exclusive; FoldedText::SpanOf turns them into byte spans of the stored document.
#ifndef NEWSGRAPH_INGEST_TEXT_ANALYSIS_H_
#define NEWSGRAPH_INGEST_TEXT_ANALYSIS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/model.h"
#include "ingest/text/folded_text.h"

namespace newsgraph {

struct Range {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t size() const { return end - begin; }
  bool empty() const { return begin >= end; }
  bool Contains(Range other) const { return begin <= other.begin && other.end <= end; }
  bool Overlaps(Range other) const { return begin < other.end && other.begin < end; }
  auto operator<=>(const Range&) const = default;
};

enum class Script : uint8_t { kHant, kHans, kLatin };  // of a sentence; the document's where a sentence could be either

enum class SentenceKind : uint8_t { kBody, kHeading, kCaption, kByline };

struct Sentence {
  Range range;  // without surrounding white space
  Script script = Script::kHant;
  SentenceKind kind = SentenceKind::kBody;
  int32_t turn = -1;       // index into turns; -1: the article's own voice
  uint32_t paragraph = 0;  // one a line of the text
};

struct TextTurn {
  Range label;           // "扎克伯格", without the colon
  Range speech;          // without surrounding white space; empty where nothing is said
  int32_t speaker = -1;  // local entity; set by local identity
};

// A quotation inside the article's own text or a turn.
struct Quotation {
  Range range;           // with its marks; without marks for indirect speech
  int32_t speaker = -1;  // local entity
  bool direct = true;
};

struct TextMention {
  Range range;
  MentionForm form = MentionForm::kName;
  EntityType type = EntityType::kUnknown;  // value types too: they are arguments of statements
  std::string subtype;                     // of value types: the precision (value_scanner.h)
  std::string occupation;                  // of a PERSON, where the words around it say so
  int32_t lexicon_entry = -1;
  int32_t entity = -1;  // local entity; -1 for values and what names nobody
  uint32_t sentence = 0;
  std::optional<Literal> value;  // of value types: normalised
  std::string gloss_of;          // folded name directly before the bracket that this stands in; empty for none
  bool partial = false;          // a surname or a short form: who it is depends on the full name
  float confidence = 1;
};

struct LocalEntity {
  EntityType type = EntityType::kUnknown;
  std::string subtype;
  std::string name;  // fullest name as written; the head noun where there is no name
  std::string occupation;
  bool bare = false;
  int32_t lexicon_entry = -1;
  std::vector<std::pair<std::string, std::string>> external_ids;
  std::vector<Observation> observations;
  std::vector<uint32_t> mentions;  // indexes, ascending
};

// A statement whose ends are mentions: the words it was read from.
struct TextStatement {
  int32_t subject = -1;  // local entity
  std::string predicate;
  int32_t object = -1;  // local entity; -1 with a literal
  std::optional<Literal> literal;
  std::vector<Qualifier> qualifiers;        // atom unset; see qualifier_entities
  std::vector<int32_t> qualifier_entities;  // one for each qualifier, -1 for none
  int32_t speaker = -1;
  Factuality factuality = Factuality::kAsserted;
  std::string valid_from, valid_to;
  TimePrecision precision = TimePrecision::kNone;
  float confidence = 1;
  Range evidence;
  Range subject_range, cue_range, object_range, literal_range;  // empty where not in the text
  std::string rule;
};

struct TextAnalysis {
  FoldedText text;
  std::string language;
  std::optional<int32_t> published_day;  // days since 1970-01-01: what 昨夜 and last Tuesday count from
  std::vector<Sentence> sentences;       // in order, not overlapping; labels of turns stand outside them
  std::vector<TextTurn> turns;
  std::vector<Quotation> quotations;  // by begin
  std::vector<TextMention> mentions;  // by (begin, longer first); names may nest in nominals
  std::vector<LocalEntity> entities;
  std::vector<TextStatement> statements;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_ANALYSIS_H_
