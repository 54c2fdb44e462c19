// The edges of a snapshot as arrays: compressed sparse rows in both directions.
//
// A vertex is an entity, numbered in the order of ids, so that ties and truncation never
// depend on history. An edge is one (subject, predicate, object), with the statements
// behind it. Immutable; safe from any thread. About 60 bytes a statement, 20 an edge and
// 28 a vertex. Boost.Graph sees it through graph/csr_graph_boost.h.
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

  // What traversal knows of one statement behind an edge; the fields are those of Edge.
  struct Evidence {
    DocumentKey document;
    EntityId speaker;
    uint32_t statement = 0;
    int32_t published_day = 0;
    int32_t valid_from_day = 0;
    int32_t valid_to_day = 0;
    uint32_t source = 0;
    uint16_t confidence = 0;
    Factuality factuality = Factuality::kAsserted;
    bool has_speaker = false;
  };

  // `entities` ascending, `types` one for each. InvalidArgument when they are not, or
  // when an edge has an end that is not among them, or the same end twice.
  static absl::StatusOr<CsrGraph> Build(std::vector<EntityId> entities, std::vector<EntityType> types,
                                        std::vector<Edge> edges);
  static absl::StatusOr<CsrGraph> FromSnapshot(const Snapshot& snapshot);

  uint32_t vertex_count() const { return static_cast<uint32_t>(entities_.size()); }
  uint32_t edge_count() const { return static_cast<uint32_t>(sources_.size()); }
  uint64_t statement_count() const { return evidence_.size(); }
  EntityId entity(Vertex v) const { return entities_[v]; }
  EntityType type(Vertex v) const { return types_[v]; }
  std::optional<Vertex> Find(EntityId id) const;

  // Edges are numbered in the order of (source, target, predicate). Those that leave v
  // are out_begin(v) … out_end(v) - 1.
  EdgeIndex out_begin(Vertex v) const { return out_begin_[v]; }
  EdgeIndex out_end(Vertex v) const { return out_begin_[v + 1]; }
  // Edges that reach v, by (source, predicate).
  std::span<const EdgeIndex> in_edges(Vertex v) const {
    return {in_edges_.data() + in_begin_[v], in_edges_.data() + in_begin_[v + 1]};
  }
  Vertex source(EdgeIndex e) const { return sources_[e]; }
  Vertex target(EdgeIndex e) const { return targets_[e]; }
  uint16_t predicate(EdgeIndex e) const { return predicates_[e]; }
  // By (document, statement); never empty.
  std::span<const Evidence> evidence(EdgeIndex e) const {
    return {evidence_.data() + evidence_begin_[e], evidence_.data() + evidence_begin_[e + 1]};
  }

 private:
  std::vector<EntityId> entities_;
  std::vector<EntityType> types_;
  std::vector<Vertex> sources_;
  std::vector<Vertex> targets_;
  std::vector<uint16_t> predicates_;
  std::vector<uint32_t> evidence_begin_;  // edge_count() + 1
  std::vector<Evidence> evidence_;
  std::vector<EdgeIndex> out_begin_;  // vertex_count() + 1
  std::vector<uint32_t> in_begin_;    // vertex_count() + 1
  std::vector<EdgeIndex> in_edges_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_CSR_GRAPH_H_
