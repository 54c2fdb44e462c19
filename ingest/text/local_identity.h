// Which mentions of one document are one entity.
#ifndef NEWSGRAPH_INGEST_TEXT_LOCAL_IDENTITY_H_
#define NEWSGRAPH_INGEST_TEXT_LOCAL_IDENTITY_H_

#include "ingest/text/analysis.h"
#include "ingest/text/lexicon.h"

namespace newsgraph {

// Fills in analysis.entities, the entity of each mention (pronouns and noun phrases
// too), the speakers of turns, and each entity's observations. Drops mentions of names
// and noun phrases that turn out to name nobody.
void ResolveLocally(TextAnalysis& analysis, const Lexicon& lexicon);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_LOCAL_IDENTITY_H_
