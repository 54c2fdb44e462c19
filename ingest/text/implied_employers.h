// Whom people of a text work for, where no apposition says so: who founded a company, heads it or holds an office in
// it.
#ifndef NEWSGRAPH_INGEST_TEXT_IMPLIED_EMPLOYERS_H_
#define NEWSGRAPH_INGEST_TEXT_IMPLIED_EMPLOYERS_H_

#include <cstdint>
#include <vector>

#include "ingest/text/analysis.h"
#include "ingest/text/lexicon.h"

namespace newsgraph {

// Sets what is -1 of `employer`, which is by local entity. `names` are the indexes of the mentions of names, in order.
// Good enough to say who 我们 and the company are; too weak to be said of anybody.
void FindImpliedEmployers(const TextAnalysis& analysis, const Lexicon& lexicon, const std::vector<uint32_t>& names,
                          std::vector<int32_t>& employer);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_IMPLIED_EMPLOYERS_H_
