// Awards and offences, which text names by words that no finder takes for a name: 被控洗錢, won the Harbour Prize.
#ifndef NEWSGRAPH_INGEST_TEXT_TOPIC_OBJECTS_H_
#define NEWSGRAPH_INGEST_TEXT_TOPIC_OBJECTS_H_

#include "graph/ontology.h"
#include "ingest/text/analysis.h"

namespace newsgraph {

// Where a relation's range is a topic of one kind (an award, an offence), the words that statements have for
// their object become a mention and an entity of that kind, so that all who were given or charged with the same
// meet in one node. Words that overlap a name stay words, except that a mention of just these words is the entity.
void NameTopicObjects(const Ontology& ontology, TextAnalysis& analysis);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_TOPIC_OBJECTS_H_
