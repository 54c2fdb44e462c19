// Which mentions of one document are one entity.
#ifndef NEWSGRAPH_INGEST_TEXT_LOCAL_IDENTITY_H_
#define NEWSGRAPH_INGEST_TEXT_LOCAL_IDENTITY_H_

#include <string_view>

#include "ingest/text/analysis.h"
#include "ingest/text/lexicon.h"

namespace newsgraph {

struct NameLists;

// Fills in analysis.entities, the entity of each mention (pronouns and noun phrases
// too), the speakers of turns, and each entity's observations. Drops mentions of names
// and noun phrases that turn out to name nobody.
// `publisher`: of the document, empty for none; its own texts say we of it.
void ResolveLocally(TextAnalysis& analysis, const Lexicon& lexicon, const NameLists& lists, std::string_view publisher);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_LOCAL_IDENTITY_H_
