// How surely a text says what a rule has read.
#ifndef NEWSGRAPH_INGEST_TEXT_FACTUALITY_H_
#define NEWSGRAPH_INGEST_TEXT_FACTUALITY_H_

#include <optional>
#include <string>
#include <vector>

#include "graph/model.h"
#include "ingest/text/relation_matcher.h"
#include "ingest/text/sentence_view.h"

namespace newsgraph {

// The cue sets of a rule book that change the mood of a clause. Any may be null: the
// language then has no such words.
struct MoodCues {
  explicit MoodCues(const RuleBook& book);

  const CueSet* negation;      // 沒有, not: denies what follows in its clause
  const CueSet* denial;        // 否認, denied: denies what follows in its sentence
  const CueSet* planned;       // 將, 計劃, will
  const CueSet* hypothetical;  // 可能, might
  const CueSet* condition;     // 如果, if: what follows in its sentence, or stands before it in English
  const CueSet* opinion;       // 應該, probably
  const CueSet* question;      // 嗎 at the end of a sentence
  const CueSet* undone;        // 破局, fell through: denies what stands before it in its clause
  const CueSet* ended;         // "no longer", "used to": right before a verb, it was so
  const CueSet* nearly;        // "almost": right before a verb, it was not so
};

// Mood of what stands in `scope`, whose word is `cue`: question before denied before
// hypothetical before planned before opinion before asserted.
Factuality MoodOf(const SentenceView& view, const RelationMatcher& matcher, const MoodCues& cues,
                  const std::vector<CueHit>& hits, Range scope, Range cue);

// What a copula between the beginning of a subject and a noun makes of what would else hold as an apposition does:
// denied of "Hoshino is not a unit of Northwind", a question of "Is Hoshino a unit of Northwind?"; nothing else.
std::optional<Factuality> MoodOfCopula(const SentenceView& view, const RelationMatcher& matcher, const MoodCues& cues,
                                       const std::vector<CueHit>& hits, Range between);

// Whether a word of the set, which may be null, stands right before the cue: "used to own", "almost bought".
bool StandsRightBefore(const SentenceView& view, const RelationMatcher& matcher, const CueSet* set,
                       const std::vector<CueHit>& hits, Range cue);

// A sentence that asks.
bool IsQuestion(const SentenceView& view, const RelationMatcher& matcher, const MoodCues& cues,
                const std::vector<CueHit>& hits);

// When something holds, from a normalised DATE value: "2014", "2025-03-18",
// "2025-Q3", "2009..2021". Nothing for values without a calendar year.
struct ValidTime {
  std::string from, to;
  TimePrecision precision = TimePrecision::kNone;
};
ValidTime ValidTimeOf(const std::string& date_value);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_FACTUALITY_H_
