// Dates, money, percentages and quantities with their normalised values.
#ifndef NEWSGRAPH_INGEST_TEXT_VALUE_FINDER_H_
#define NEWSGRAPH_INGEST_TEXT_VALUE_FINDER_H_

#include <optional>
#include <vector>

#include "ingest/text/analysis.h"

namespace newsgraph {

// Mentions of value types, each with its `value`, by begin, not overlapping.
// `published_day` is what relative dates count from; without it they have no value.
std::vector<TextMention> FindValues(const FoldedText& text, Range range, Script script,
                                    std::optional<int32_t> published_day);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_VALUE_FINDER_H_
