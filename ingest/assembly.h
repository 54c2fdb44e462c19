// What the stages of analysis found, as the graph stores it.
#ifndef NEWSGRAPH_INGEST_ASSEMBLY_H_
#define NEWSGRAPH_INGEST_ASSEMBLY_H_

#include <cstdint>

#include "graph/model.h"
#include "graph/ontology.h"
#include "ingest/text/analysis.h"
#include "ingest/text/lexicon.h"

namespace newsgraph {

struct Assembly {
  DocumentGraph graph;
  uint32_t refused = 0;  // statements whose ends the ontology does not allow: left out
};

// `document` has its id. Local entities that have a mention become atoms, numbered among
// those of one name in the order of their first mentions; values stay out, they are
// literals of statements. What lacks an end, or would name an atom that has no mention,
// is left out, turns without a speaker and what is said in them too. What a statement says of an end that tells it
// apart (employer, spouse) is an observation of it. Everything is sorted as graph/model.h says. Pure.
Assembly Assemble(Document document, const TextAnalysis& analysis, const Lexicon& lexicon, const Ontology& ontology);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_ASSEMBLY_H_
