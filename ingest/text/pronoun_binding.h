// Whom a pronoun cannot mean: who does something to "him" or "it" is somebody else (Chomsky's principle B, for the
// objects of verbs and prepositions).
#ifndef NEWSGRAPH_INGEST_TEXT_PRONOUN_BINDING_H_
#define NEWSGRAPH_INGEST_TEXT_PRONOUN_BINDING_H_

#include <cstdint>

#include "ingest/text/analysis.h"

namespace newsgraph {

// The local entity that is the subject of the clause whose object the mention is, a pronoun; -1 where it is no object,
// or no subject is sure. Mentions before it have their entities. Safe from any thread.
int32_t SubjectOverObject(const TextAnalysis& analysis, uint32_t mention);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_PRONOUN_BINDING_H_
