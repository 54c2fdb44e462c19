// Whom a pronoun cannot mean: who does something to "him" or "it" is somebody else (Chomsky's principle B, for the
// objects of verbs and prepositions).
#ifndef NEWSGRAPH_INGEST_TEXT_PRONOUN_BINDING_H_
#define NEWSGRAPH_INGEST_TEXT_PRONOUN_BINDING_H_

#include <cstdint>
#include <vector>

#include "ingest/text/analysis.h"

namespace newsgraph {

// The local entities that the mention, a pronoun, cannot mean: as an object the subject of its clause; as the owner of
// what a clause says its subjects are (北嶺和凌川都是它的客戶) all that the clause names before. Empty where neither is
// sure. Mentions before it have their entities. Safe from any thread.
std::vector<int32_t> BarredFrom(const TextAnalysis& analysis, uint32_t mention);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_PRONOUN_BINDING_H_
