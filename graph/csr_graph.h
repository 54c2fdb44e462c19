// The edges of a snapshot as arrays: compressed sparse rows in both directions.
//
// Vertices are entities in the order of their ids, so that ties and truncation never
// depend on history. Immutable; safe from any thread. About 100 bytes an edge.
#ifndef NEWSGRAPH_GRAPH_CSR_GRAPH_H_
#define NEWSGRAPH_GRAPH_CSR_GRAPH_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/graph_store.h"

namespace newsgraph {

class CsrGraph {
 public:
  using Vertex = uint32_t;
  using EdgeIndex = uint32_t;

  // `entities` and their `types` sorted by id; ends of `edges` that are not among them are InvalidArgument.
  static absl::StatusOr<CsrGraph> Build(std::vector<EntityId> entities, std::vector<EntityType> types,
                                        std::vector<Edge> edges);
  static absl::StatusOr<CsrGraph> FromSnapshot(const Snapshot& snapshot);

  uint32_t vertex_count() const { return static_cast<uint32_t>(entities_.size()); }
  uint32_t edge_count() const { return static_cast<uint32_t>(edges_.size()); }
  EntityId entity(Vertex v) const { return entities_[v]; }
  EntityType type(Vertex v) const { return types_[v]; }
  std::optional<Vertex> Find(EntityId id) const;

  // Edges leaving v, sorted by (object, predicate, document, statement).
  std::span<const EdgeIndex> out_edges(Vertex v) const {
    return {out_edges_.data() + out_begin_[v], out_edges_.data() + out_begin_[v + 1]};
  }
  // Edges reaching v, sorted by (subject, predicate, document, statement).
  std::span<const EdgeIndex> in_edges(Vertex v) const {
    return {in_edges_.data() + in_begin_[v], in_edges_.data() + in_begin_[v + 1]};
  }
  const Edge& edge(EdgeIndex e) const { return edges_[e]; }
  Vertex source(EdgeIndex e) const { return sources_[e]; }
  Vertex target(EdgeIndex e) const { return targets_[e]; }

 private:
  std::vector<EntityId> entities_;
  std::vector<EntityType> types_;
  std::vector<Edge> edges_;  // sorted by (source, target, predicate, document, statement)
  std::vector<Vertex> sources_;
  std::vector<Vertex> targets_;
  std::vector<uint32_t> out_begin_, in_begin_;
  std::vector<EdgeIndex> out_edges_, in_edges_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_CSR_GRAPH_H_
