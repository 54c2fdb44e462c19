#include "graph/csr_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "graph/status.h"

namespace newsgraph {
namespace {

// Offsets of 32 bits: 4 × 10^9 statements would fill 240 GB.
constexpr size_t kMaxCount = UINT32_MAX - 1;
constexpr size_t kEntitiesAtOnce = 4096;

struct NumberedEdge {
  CsrGraph::Vertex source;
  CsrGraph::Vertex target;
  uint32_t edge;  // place in the input
};

}  // namespace

std::optional<CsrGraph::Vertex> CsrGraph::Find(EntityId id) const {
  const auto found = std::lower_bound(entities_.begin(), entities_.end(), id);
  if (found == entities_.end() || *found != id) return std::nullopt;
  return static_cast<Vertex>(found - entities_.begin());
}

absl::StatusOr<CsrGraph> CsrGraph::Build(std::vector<EntityId> entities, std::vector<EntityType> types,
                                         std::vector<Edge> edges) {
  if (entities.size() != types.size()) {
    return absl::InvalidArgumentError(
        fmt::format("build adjacency: {} entities, {} types", entities.size(), types.size()));
  }
  if (entities.size() > kMaxCount || edges.size() > kMaxCount) {
    return absl::ResourceExhaustedError(fmt::format("build adjacency: {} entities and {} statements are more than {}",
                                                    entities.size(), edges.size(), kMaxCount));
  }
  if (std::adjacent_find(entities.begin(), entities.end(), std::greater_equal<>()) != entities.end()) {
    return absl::InvalidArgumentError("build adjacency: the entities are not ascending");
  }
  CsrGraph graph;
  graph.entities_ = std::move(entities);
  graph.types_ = std::move(types);

  std::vector<NumberedEdge> order;
  order.reserve(edges.size());
  for (const Edge& edge : edges) {
    const auto source = graph.Find(edge.subject);
    const auto target = graph.Find(edge.object);
    if (!source || !target || *source == *target) {
      return absl::InvalidArgumentError(
          fmt::format("build adjacency: edge from {} to {}: {}", ToString(edge.subject), ToString(edge.object),
                      source && target ? "both ends are the same" : "an end is not among the entities"));
    }
    order.push_back({*source, *target, static_cast<uint32_t>(order.size())});
  }
  std::sort(order.begin(), order.end(), [&](const NumberedEdge& a, const NumberedEdge& b) {
    const Edge& left = edges[a.edge];
    const Edge& right = edges[b.edge];
    return std::tie(a.source, a.target, left.predicate, left.document, left.statement) <
           std::tie(b.source, b.target, right.predicate, right.document, right.statement);
  });

  const uint32_t vertex_count = graph.vertex_count();
  graph.out_begin_.assign(vertex_count + 1, 0);
  graph.in_begin_.assign(vertex_count + 1, 0);
  graph.evidence_.reserve(edges.size());
  for (const NumberedEdge& numbered : order) {
    const Edge& edge = edges[numbered.edge];
    const bool known = !graph.sources_.empty() && graph.sources_.back() == numbered.source &&
                       graph.targets_.back() == numbered.target && graph.predicates_.back() == edge.predicate;
    if (!known) {
      graph.sources_.push_back(numbered.source);
      graph.targets_.push_back(numbered.target);
      graph.predicates_.push_back(edge.predicate);
      graph.evidence_begin_.push_back(static_cast<uint32_t>(graph.evidence_.size()));
      ++graph.out_begin_[numbered.source + 1];
      ++graph.in_begin_[numbered.target + 1];
    }
    graph.evidence_.push_back({edge.document, edge.speaker, edge.statement, edge.published_day, edge.valid_from_day,
                               edge.valid_to_day, edge.source, edge.confidence, edge.factuality, edge.has_speaker});
  }
  graph.evidence_begin_.push_back(static_cast<uint32_t>(graph.evidence_.size()));
  for (uint32_t v = 0; v < vertex_count; ++v) {
    graph.out_begin_[v + 1] += graph.out_begin_[v];
    graph.in_begin_[v + 1] += graph.in_begin_[v];
  }
  // Edges come by source, so each row of in-edges fills up in the order of sources.
  graph.in_edges_.resize(graph.edge_count());
  std::vector<uint32_t> next(graph.in_begin_.begin(), graph.in_begin_.end() - 1);
  for (EdgeIndex e = 0; e < graph.edge_count(); ++e) graph.in_edges_[next[graph.targets_[e]]++] = e;
  return graph;
}

absl::StatusOr<CsrGraph> CsrGraph::FromSnapshot(const Snapshot& snapshot) {
  std::vector<EntityId> entities;
  std::vector<EntityType> types;
  PagePosition position;
  do {
    NEWSGRAPH_ASSIGN_OR_RETURN(const std::vector<EntityId> page, snapshot.ListEntities(kEntitiesAtOnce, &position));
    for (const EntityId id : page) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const EntityType type, snapshot.GetEntityType(id));
      // Values have no edges; as vertices they would be a component each.
      if (IsValueType(type)) continue;
      entities.push_back(id);
      types.push_back(type);
    }
  } while (!position.empty());
  std::vector<Edge> edges;
  NEWSGRAPH_RETURN_IF_ERROR(snapshot.ScanAllEdges([&](const Edge& edge) {
    edges.push_back(edge);
    return true;
  }));
  return Build(std::move(entities), std::move(types), std::move(edges));
}

}  // namespace newsgraph
