// Found statements against those of the gold, within one document. Pure functions.
//
// A found statement is right when a statement of the gold has its subject, predicate and
// object, however often the text tells it. One of the gold is found when a found one is
// matched with it; each is matched once (README.md, "Statements").
#ifndef NEWSGRAPH_TOOLS_EVAL_STATEMENT_SCORE_H_
#define NEWSGRAPH_TOOLS_EVAL_STATEMENT_SCORE_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "graph/model.h"
#include "tools/eval/found.h"
#include "tools/eval/gold.h"
#include "tools/eval/score.h"

namespace newsgraph {

// Confidence is compared with the share that is right in this many bins of equal width.
constexpr int kCalibrationBins = 10;
// The row of a bin: `right` of `predicted` are right, `found` is the sum of their confidences.
std::string CalibrationRow(int bin);

// Adds to `score` the rows
//   statements.{all,core,properties,added}[.strict]   strict: the evidence overlaps too
//   statements.must[.strict]                          of what must be found
//   statements.precision, statements.recall           of statements.all
//   statements.predicate.P
//   statements.{evidence,speaker,factuality,time,time.exact}   among the matched
//   statements.per_gold
//   CalibrationRow(0) …
// and its remarks and rules. `entities` maps found entities to those of the gold.
void ScoreStatements(const GoldDocument& gold, const FoundDocument& found, const std::map<int32_t, int32_t>& entities,
                     DocumentScore& score);

// Whether two values of literals say the same: numbers, "a..b", dates. `tolerance` is relative.
bool ValuesAgree(std::string_view a, std::string_view b, double tolerance);

// Of two texts: twice their longest common stretch of characters over the sum of their lengths, after
// folding. It is the overlap F1 of two spans of one text, and needs no offsets.
double TextOverlap(std::string_view a, std::string_view b);

// Whether two dates are equal, or one is the other at a coarser precision: 2024 and 2024-07-23.
bool DatesAgree(std::string_view a, std::string_view b);

}  // namespace newsgraph

#endif  // NEWSGRAPH_TOOLS_EVAL_STATEMENT_SCORE_H_
