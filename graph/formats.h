// The graph as text: lossless JSON lines in and out, GraphML and DOT out.
// DESIGN: the README of graph/, section "Graph JSON lines".
#ifndef NEWSGRAPH_GRAPH_FORMATS_H_
#define NEWSGRAPH_GRAPH_FORMATS_H_

#include <functional>
#include <istream>
#include <ostream>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/graph_store.h"
#include "graph/query.h"

namespace newsgraph {

// Every document, entity, atom, mention, turn, statement and judgement, one object a
// line, in that order. Byte for byte the same for the same graph.
absl::Status ExportJsonLines(const Snapshot& snapshot, std::ostream& out);

// What ExportJsonLines writes of the part that `subgraph` covers: its entities, the
// statements on its edges, and the documents, atoms, mentions and turns they need.
absl::Status ExportJsonLines(const Snapshot& snapshot, const SubgraphAnswer& subgraph, std::ostream& out);

absl::Status ExportGraphMl(const Snapshot& snapshot, const SubgraphAnswer& subgraph, std::ostream& out);
absl::Status ExportDot(const Snapshot& snapshot, const SubgraphAnswer& subgraph, std::ostream& out);

// The whole graph as one SubgraphAnswer.
absl::StatusOr<SubgraphAnswer> WholeGraph(const Snapshot& snapshot);

struct ImportReport {
  uint64_t documents = 0;
  uint64_t unchanged = 0;
  uint64_t judgements = 0;
};
// Reads what ExportJsonLines wrote into `store`. InvalidArgument names the line of the
// first thing that is wrong; what was committed before it stays.
absl::StatusOr<ImportReport> ImportJsonLines(std::istream& in, GraphStore& store, std::string_view now);

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_FORMATS_H_
