// Walks over a CsrGraph on Boost.Graph's concepts. Private to graph/query: vertices and
// edges here, entities and statements there.
//
// Each applies the filter, the limits and the deadline inside its loops, and answers
// DeadlineExceeded or Cancelled when the time is over. Pure functions; safe from any thread.
#ifndef NEWSGRAPH_GRAPH_ALGORITHMS_H_
#define NEWSGRAPH_GRAPH_ALGORITHMS_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/csr_graph.h"
#include "graph/edge_walk.h"
#include "graph/query.h"

namespace newsgraph {

struct ReachedSubgraph {
  std::vector<CsrGraph::Vertex> vertices;  // by (hops, vertex)
  std::vector<uint8_t> hops;               // one for each
  std::vector<CsrGraph::EdgeIndex> edges;  // among them, by (source, predicate, target)
  Truncation truncation;
};

// What lies within `hops` of any of `starts` (ascending, distinct): breadth-first search,
// boost::breadth_first_visit. Where there is too much, the nearest vertices stay, and of
// those equally near the first; so with edges, by their farther end.
absl::StatusOr<ReachedSubgraph> Reach(const CsrGraph& graph, const EdgeFilter& filter,
                                      const std::vector<CsrGraph::Vertex>& starts, uint32_t hops, const Limits& limits,
                                      const Deadline& deadline);

struct VertexPaths {
  std::vector<std::vector<CsrGraph::Vertex>> paths;  // ascending; each from `from` to `to`
  Truncation truncation;
};

// The first `max_paths` of all shortest paths. Breadth-first search from both ends, level
// by level, on the side with the smaller front (Pohl, Bi-directional search, 1971).
absl::StatusOr<VertexPaths> ShortestPaths(const CsrGraph& graph, const EdgeFilter& filter, CsrGraph::Vertex from,
                                          CsrGraph::Vertex to, uint32_t max_paths, const Limits& limits,
                                          const Deadline& deadline);

// boost::connected_components, edges read both ways: vertices of each ascending, largest
// first, then by first vertex.
absl::StatusOr<std::vector<std::vector<CsrGraph::Vertex>>> ConnectedComponents(const CsrGraph& graph,
                                                                               const EdgeFilter& filter,
                                                                               const Deadline& deadline);

// Limits with their defaults filled in.
Limits WithDefaults(Limits limits);

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_ALGORITHMS_H_
