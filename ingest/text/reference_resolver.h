// What pronouns and noun phrases stand for.
#ifndef NEWSGRAPH_INGEST_TEXT_REFERENCE_RESOLVER_H_
#define NEWSGRAPH_INGEST_TEXT_REFERENCE_RESOLVER_H_

#include <cstdint>
#include <vector>

#include "ingest/text/analysis.h"
#include "ingest/text/name_gender.h"

namespace newsgraph {

struct NameLists;

// Ties between local entities that the names alone show: by entity but for the publisher; -1 for none.
struct LocalTies {
  int32_t publisher = -1;  // of the text, where it is no medium
  std::vector<int32_t> employer;
  std::vector<int32_t> spouse;
  std::vector<Gender> gender;
};

// Sets the entity of pronouns and noun phrases; those that name nobody keep -1. Entities,
// the mentions of names and the speakers of turns are set.
void ResolveReferences(TextAnalysis& analysis, const LocalTies& ties, const NameLists& lists);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_REFERENCE_RESOLVER_H_
