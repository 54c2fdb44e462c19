// What a rule has read becomes statements: each of its subjects with each of its objects, their mood, time, place and
// other qualifiers.
#ifndef NEWSGRAPH_INGEST_TEXT_MATCH_STATEMENTS_H_
#define NEWSGRAPH_INGEST_TEXT_MATCH_STATEMENTS_H_

#include <cstdint>
#include <vector>

#include "graph/ontology.h"
#include "ingest/text/language_rules.h"
#include "ingest/text/relation_matcher.h"
#include "ingest/text/sentence_view.h"
#include "ingest/text/statement_drafts.h"

namespace newsgraph {

// Adds to `drafts`; nothing where the words are no more than the way people talk. `hits` are those of the sentence;
// the drafts bear the match's number. Whether the ontology allows them is not asked.
void AddStatementsOf(const RuleMatch& match, uint32_t number, const SentenceView& view, const LanguageRules& language,
                     const std::vector<CueHit>& hits, const Ontology& ontology, std::vector<Draft>& drafts);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_MATCH_STATEMENTS_H_
