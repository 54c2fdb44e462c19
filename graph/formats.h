// The graph as text: lossless JSON lines in and out, GraphML and DOT out.
// DESIGN: graph/FORMATS.md.
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
// line, in that order. Byte for byte the same for the same graph. Keeps the ids of the
// documents in memory, and one document at a time.
absl::Status ExportJsonLines(const Snapshot& snapshot, std::ostream& out);

// What ExportJsonLines writes of the part that `subgraph` covers: its entities, the
// statements on its edges (EdgeGroup::statements), and the documents, atoms, mentions and
// turns they need. For reading: statements keep their ids, so that import, which wants
// whole documents, refuses it.
absl::Status ExportJsonLines(const Snapshot& snapshot, const SubgraphAnswer& subgraph, std::ostream& out);

// Entities and edges, each edge with the sentence of its best statement.
absl::Status ExportGraphMl(const Snapshot& snapshot, const SubgraphAnswer& subgraph, std::ostream& out);
// For Graphviz. Edges are named in the language of most of their sentences.
absl::Status ExportDot(const Snapshot& snapshot, const SubgraphAnswer& subgraph, std::ostream& out);

struct ImportReport {
  uint64_t documents = 0;
  uint64_t unchanged = 0;
  uint64_t judgements = 0;
};
// Reads what ExportJsonLines wrote into `store`. All lines are read once before the first
// is committed: InvalidArgument names the line that is not as it should be, and nothing
// is changed. What the store then refuses (a span that does not re-read) is named by the
// line of its document; what was committed before it stays. A stream that cannot seek is
// kept in memory.
absl::StatusOr<ImportReport> ImportJsonLines(std::istream& in, GraphStore& store, std::string_view now);

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_FORMATS_H_
