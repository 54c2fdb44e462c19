// Dates, money, percentages and quantities with their normalised values.
#ifndef NEWSGRAPH_INGEST_TEXT_VALUE_FINDER_H_
#define NEWSGRAPH_INGEST_TEXT_VALUE_FINDER_H_

#include <optional>
#include <vector>

#include "ingest/text/analysis.h"

namespace newsgraph {

// The dates that the document has named so far: what 翌年 and 前一天 count from.
struct ValueContext {
  int32_t last_year = 0;                 // 0 for none
  std::optional<int32_t> last_day;       // since 1970-01-01
  std::optional<int32_t> last_past_day;  // the last one that is not after publication
};

// Mentions of value types, each with its `value`, by begin, not overlapping.
// `published_day` is what relative dates count from; without it they have no value.
// `context` is read and brought up to date.
std::vector<TextMention> FindValues(const FoldedText& text, Range range, Script script,
                                    std::optional<int32_t> published_day, ValueContext& context);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_VALUE_FINDER_H_
