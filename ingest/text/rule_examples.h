// The examples of rules, as tests that they carry with them.
#ifndef NEWSGRAPH_INGEST_TEXT_RULE_EXAMPLES_H_
#define NEWSGRAPH_INGEST_TEXT_RULE_EXAMPLES_H_

#include "absl/status/status.h"
#include "ingest/text/relation_extractor.h"
#include "ingest/text/relation_rules.h"

namespace newsgraph {

// Whether `extractor`, which has the rule among its own, reads by it what its examples say that it
// reads, and nothing where they say so. InvalidArgument: file and line of the first one that
// is not so, with what was read, or that is not well marked.
absl::Status CheckExamples(const RelationRule& rule, const RelationExtractor& extractor);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_RULE_EXAMPLES_H_
