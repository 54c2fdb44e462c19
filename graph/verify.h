// Checks of a whole store: private to graph.
#ifndef NEWSGRAPH_GRAPH_VERIFY_H_
#define NEWSGRAPH_GRAPH_VERIFY_H_

#include "absl/status/status.h"
#include "graph/ontology.h"
#include "graph/storage/kv.h"

namespace newsgraph {

// Every invariant of graph/README.md, derived tables against what they are derived from,
// with code of its own. DataLoss names the first that is broken. Safe from any thread.
absl::Status VerifyStore(const KvSnapshot& kv, const Ontology& ontology);

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_VERIFY_H_
