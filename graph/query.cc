#include "graph/query.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <tuple>
#include <utility>

#include "graph/algorithms.h"
#include "graph/edge_walk.h"
#include "graph/status.h"

namespace newsgraph {
namespace {

using Vertex = CsrGraph::Vertex;
using EdgeIndex = CsrGraph::EdgeIndex;

constexpr uint32_t kMaxHopsOfTraversal = 16;
constexpr uint32_t kMaxHopsOfPath = 64;
// Each has cost reads of the store, so the deadline is asked oftener than on edges.
constexpr uint64_t kStatementsBetweenChecks = 64;

// A neighbour's place in the answer: by predicate, then those that the entity is the
// subject of, then the other end.
struct NeighborPlace {
  uint16_t predicate = 0;
  bool reaching = false;
  EntityId other;
  auto operator<=>(const NeighborPlace&) const = default;
};

// "ceo_of>e…", "ceo_of<e…": the last neighbour of the page before.
PagePosition WritePlace(const NeighborPlace& place, const Ontology& ontology) {
  return fmt::format("{}{}{}", ontology.FindNumber(place.predicate)->id, place.reaching ? '<' : '>',
                     ToString(place.other));
}

absl::StatusOr<NeighborPlace> ReadPlace(const PagePosition& position, const Ontology& ontology) {
  const size_t mark = position.find_first_of("<>");
  if (mark != PagePosition::npos) {
    const Relation* relation = ontology.Find(position.substr(0, mark));
    const auto other = ParseEntityOrAtomId(position.substr(mark + 1));
    if (relation != nullptr && other && position[mark + 1] == 'e') {
      return NeighborPlace{relation->number, position[mark] == '<', EntityId{other->value}};
    }
  }
  return absl::InvalidArgumentError(
      fmt::format("list neighbors: page position '{}' is of another question; begin again without one", position));
}

// The same questions as EdgeFilter asks of an edge, of a statement with its document.
CsrGraph::Evidence EvidenceOf(const ResolvedStatement& resolved) {
  const Statement& statement = resolved.statement;
  CsrGraph::Evidence evidence;
  evidence.speaker = resolved.speaker;
  evidence.published_day = ParseDay(resolved.published).value_or(INT32_MIN);
  evidence.valid_from_day = ParseDay(statement.valid_from).value_or(INT32_MIN);
  evidence.valid_to_day = ParseLastDay(statement.valid_to).value_or(INT32_MAX);
  evidence.source = SourceOf(resolved.publisher);
  evidence.confidence = PackConfidence(statement.confidence);
  evidence.factuality = statement.factuality;
  evidence.has_speaker = !statement.speaker.is_zero();
  return evidence;
}

}  // namespace

std::string_view ToString(TruncationReason reason) {
  switch (reason) {
    case TruncationReason::kNone:
      return "";
    case TruncationReason::kMaxEntities:
      return "max_entities";
    case TruncationReason::kMaxEdges:
      return "max_edges";
    case TruncationReason::kMaxVisited:
      return "max_visited";
    case TruncationReason::kMaxPaths:
      return "max_paths";
    case TruncationReason::kMaxHops:
      return "max_hops";
    case TruncationReason::kMaxPerEntity:
      return "max_per_entity";
  }
  return "";
}

absl::Status Deadline::Check() const {
  if (cancelled && cancelled()) return absl::CancelledError("cancelled by the caller");
  if (at && std::chrono::steady_clock::now() >= *at) {
    return absl::DeadlineExceededError("the deadline is over; allow more time, or ask for less");
  }
  return absl::OkStatus();
}

struct QueryEngine::Rep {
  std::shared_ptr<const Snapshot> snapshot;
  CsrGraph graph;

  const Ontology& ontology() const { return snapshot->ontology(); }

  absl::StatusOr<Vertex> FindVertex(EntityId id) const {
    const auto vertex = graph.Find(id);
    if (!vertex) {
      return absl::NotFoundError(fmt::format("entity {}: not in the graph; search for it by name", ToString(id)));
    }
    return *vertex;
  }

  absl::StatusOr<std::vector<EdgeGroup>> Groups(const EdgeFilter& filter, const std::vector<EdgeIndex>& edges,
                                                const Deadline& deadline) const {
    return MakeEdgeGroups(graph, ontology(), filter, edges, deadline);
  }

  // Every edge that a walk may take from one vertex to the other, by (predicate, direction).
  std::vector<EdgeIndex> EdgesOfStep(EdgeWalk& walk, Vertex from, Vertex to) const {
    std::vector<std::pair<std::pair<uint16_t, bool>, EdgeIndex>> found;
    const auto add = [&](Vertex subject, Vertex object, bool reversed) {
      // Edges of a vertex stand by their targets.
      EdgeIndex low = graph.out_begin(subject);
      EdgeIndex high = graph.out_end(subject);
      while (low < high) {
        const EdgeIndex middle = low + (high - low) / 2;
        if (graph.target(middle) < object) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      for (EdgeIndex e = low; e < graph.out_end(subject) && graph.target(e) == object; ++e) {
        if (walk.Passes(e)) found.push_back({{graph.predicate(e), reversed}, e});
      }
    };
    if (walk.filter().follow() != Follow::kIn) add(from, to, false);
    if (walk.filter().follow() != Follow::kOut) add(to, from, true);
    std::sort(found.begin(), found.end());
    std::vector<EdgeIndex> edges;
    for (const auto& [place, e] : found) edges.push_back(e);
    return edges;
  }

  absl::StatusOr<PathsAnswer> Paths(EntityId from, EntityId to, uint32_t max_paths, const Filter& given,
                                    const Limits& limits, const Deadline& deadline) const {
    if (limits.max_hops > kMaxHopsOfPath) {
      return absl::InvalidArgumentError(
          fmt::format("find paths: max_hops is {}, allowed are 1 to {}", limits.max_hops, kMaxHopsOfPath));
    }
    NEWSGRAPH_ASSIGN_OR_RETURN(const EdgeFilter filter, EdgeFilter::Make(given, ontology()));
    NEWSGRAPH_ASSIGN_OR_RETURN(const Vertex first, FindVertex(from));
    NEWSGRAPH_ASSIGN_OR_RETURN(const Vertex last, FindVertex(to));
    NEWSGRAPH_ASSIGN_OR_RETURN(const VertexPaths found,
                               ShortestPaths(graph, filter, first, last, max_paths, limits, deadline));
    PathsAnswer answer;
    answer.commit = snapshot->commit();
    answer.truncation = found.truncation;
    EdgeWalk walk(graph, filter, deadline, 0, 0);
    try {
      for (const std::vector<Vertex>& vertices : found.paths) {
        Path& path = answer.paths.emplace_back();
        for (size_t i = 0; i + 1 < vertices.size(); ++i) {
          NEWSGRAPH_ASSIGN_OR_RETURN(std::vector<EdgeGroup> groups,
                                     Groups(filter, EdgesOfStep(walk, vertices[i], vertices[i + 1]), deadline));
          path.steps.push_back({graph.entity(vertices[i]), graph.entity(vertices[i + 1]), std::move(groups)});
        }
      }
    } catch (const WalkStopped& stopped) {
      return stopped.status;
    }
    return answer;
  }
};

QueryEngine::QueryEngine(std::unique_ptr<Rep> rep) : rep_(std::move(rep)) {}
QueryEngine::~QueryEngine() = default;

absl::StatusOr<std::shared_ptr<const QueryEngine>> QueryEngine::Create(std::shared_ptr<const Snapshot> snapshot) {
  NEWSGRAPH_ASSIGN_OR_RETURN(CsrGraph graph, CsrGraph::FromSnapshot(*snapshot));
  auto rep = std::make_unique<Rep>();
  rep->snapshot = std::move(snapshot);
  rep->graph = std::move(graph);
  return std::shared_ptr<const QueryEngine>(new QueryEngine(std::move(rep)));
}

const Snapshot& QueryEngine::snapshot() const { return *rep_->snapshot; }
const CsrGraph& QueryEngine::graph() const { return rep_->graph; }

absl::StatusOr<NeighborsAnswer> QueryEngine::Neighbors(EntityId entity, const Filter& given, const Limits& given_limits,
                                                       const Deadline& deadline, size_t page_size,
                                                       PagePosition position) const {
  const CsrGraph& graph = rep_->graph;
  const Limits limits = WithDefaults(given_limits);
  if (page_size == 0) return absl::InvalidArgumentError("list neighbors: a page holds at least 1");
  NEWSGRAPH_ASSIGN_OR_RETURN(const EdgeFilter filter, EdgeFilter::Make(given, rep_->ontology()));
  NEWSGRAPH_ASSIGN_OR_RETURN(const Vertex vertex, rep_->FindVertex(entity));
  std::optional<NeighborPlace> after;
  if (!position.empty()) {
    NEWSGRAPH_ASSIGN_OR_RETURN(after, ReadPlace(position, rep_->ontology()));
  }

  NeighborsAnswer answer;
  answer.commit = rep_->snapshot->commit();
  std::vector<std::pair<NeighborPlace, EdgeIndex>> found;
  EdgeWalk walk(graph, filter, deadline, limits.max_visited, 0);
  try {
    walk.CheckDeadline();
    if (filter.follow() != Follow::kIn) {
      for (EdgeIndex e = graph.out_begin(vertex); e < graph.out_end(vertex); ++e) {
        const Vertex other = graph.target(e);
        if (walk.Follows(e, other)) found.push_back({{graph.predicate(e), false, graph.entity(other)}, e});
      }
    }
    if (filter.follow() != Follow::kOut) {
      for (const EdgeIndex e : graph.in_edges(vertex)) {
        const Vertex other = graph.source(e);
        if (walk.Follows(e, other)) found.push_back({{graph.predicate(e), true, graph.entity(other)}, e});
      }
    }
  } catch (const WalkStopped& stopped) {
    if (!stopped.status.ok()) return stopped.status;
    answer.truncation.reason = stopped.reason;
  }
  answer.truncation.visited = walk.visited();
  answer.degree = found.size();
  std::sort(found.begin(), found.end());

  const auto cut = [&](size_t size, TruncationReason reason) {
    if (found.size() <= size) return;
    found.resize(size);
    if (!answer.truncation.truncated()) answer.truncation.reason = reason;
  };
  if (limits.max_per_entity != 0) cut(limits.max_per_entity, TruncationReason::kMaxPerEntity);
  cut(limits.max_edges, TruncationReason::kMaxEdges);
  if (found.size() > limits.max_entities) {
    std::vector<EntityId> entities;  // ascending, distinct
    size_t size = 0;
    for (; size < found.size(); ++size) {
      const EntityId other = found[size].first.other;
      const auto place = std::lower_bound(entities.begin(), entities.end(), other);
      if (place != entities.end() && *place == other) continue;
      if (entities.size() == limits.max_entities) break;
      entities.insert(place, other);
    }
    cut(size, TruncationReason::kMaxEntities);
  }
  if (answer.truncation.truncated()) answer.truncation.returned = found.size();

  auto next = found.begin();
  if (after) {
    next = std::upper_bound(found.begin(), found.end(), *after,
                            [](const NeighborPlace& place, const auto& entry) { return place < entry.first; });
  }
  std::vector<EdgeIndex> edges;
  for (; next != found.end() && edges.size() < page_size; ++next) {
    answer.neighbors.push_back({next->first.other, {}});
    edges.push_back(next->second);
  }
  NEWSGRAPH_ASSIGN_OR_RETURN(std::vector<EdgeGroup> groups, rep_->Groups(filter, edges, deadline));
  for (size_t i = 0; i < groups.size(); ++i) answer.neighbors[i].edge = std::move(groups[i]);
  if (next != found.end()) answer.next = WritePlace(std::prev(next)->first, rep_->ontology());
  return answer;
}

absl::StatusOr<SubgraphAnswer> QueryEngine::Traverse(const std::vector<EntityId>& starts, uint32_t hops,
                                                     const Filter& given, const Limits& limits,
                                                     const Deadline& deadline) const {
  if (hops < 1 || hops > kMaxHopsOfTraversal) {
    return absl::InvalidArgumentError(fmt::format("traverse: {} hops, allowed are 1 to {}", hops, kMaxHopsOfTraversal));
  }
  if (starts.empty()) return absl::InvalidArgumentError("traverse: no start; name at least one entity");
  NEWSGRAPH_ASSIGN_OR_RETURN(const EdgeFilter filter, EdgeFilter::Make(given, rep_->ontology()));
  std::vector<Vertex> vertices;
  for (const EntityId start : starts) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const Vertex vertex, rep_->FindVertex(start));
    vertices.push_back(vertex);
  }
  std::sort(vertices.begin(), vertices.end());
  vertices.erase(std::unique(vertices.begin(), vertices.end()), vertices.end());
  NEWSGRAPH_ASSIGN_OR_RETURN(ReachedSubgraph reached, Reach(rep_->graph, filter, vertices, hops, limits, deadline));
  SubgraphAnswer answer;
  answer.commit = rep_->snapshot->commit();
  for (const Vertex v : reached.vertices) answer.entities.push_back(rep_->graph.entity(v));
  answer.hops = std::move(reached.hops);
  NEWSGRAPH_ASSIGN_OR_RETURN(answer.edges, rep_->Groups(filter, reached.edges, deadline));
  answer.truncation = reached.truncation;
  return answer;
}

absl::StatusOr<PathsAnswer> QueryEngine::ShortestPath(EntityId from, EntityId to, const Filter& filter,
                                                      const Limits& limits, const Deadline& deadline) const {
  NEWSGRAPH_ASSIGN_OR_RETURN(PathsAnswer answer, rep_->Paths(from, to, 1, filter, limits, deadline));
  // One was asked for, so further ones are not missing.
  if (answer.truncation.reason == TruncationReason::kMaxPaths)
    answer.truncation = {.visited = answer.truncation.visited};
  return answer;
}

absl::StatusOr<PathsAnswer> QueryEngine::AllShortestPaths(EntityId from, EntityId to, const Filter& filter,
                                                          const Limits& limits, const Deadline& deadline) const {
  return rep_->Paths(from, to, WithDefaults(limits).max_paths, filter, limits, deadline);
}

absl::StatusOr<std::vector<std::vector<EntityId>>> QueryEngine::Components(const Filter& given,
                                                                           const Deadline& deadline) const {
  NEWSGRAPH_ASSIGN_OR_RETURN(const EdgeFilter filter, EdgeFilter::Make(given, rep_->ontology()));
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto components, ConnectedComponents(rep_->graph, filter, deadline));
  std::vector<std::vector<EntityId>> answer;
  answer.reserve(components.size());
  for (const std::vector<Vertex>& component : components) {
    std::vector<EntityId>& entities = answer.emplace_back();
    entities.reserve(component.size());
    for (const Vertex v : component) entities.push_back(rep_->graph.entity(v));
  }
  return answer;
}

absl::StatusOr<std::vector<ResolvedStatement>> ListStatements(const Snapshot& snapshot, const StatementPattern& pattern,
                                                              const Filter& given, const Deadline& deadline,
                                                              size_t page_size, PagePosition* position) {
  if (page_size == 0) return absl::InvalidArgumentError("list statements: a page holds at least 1");
  const Ontology& ontology = snapshot.ontology();
  NEWSGRAPH_ASSIGN_OR_RETURN(const EdgeFilter filter, EdgeFilter::Make(given, ontology));
  NEWSGRAPH_RETURN_IF_ERROR(deadline.Check());
  // The store has an index by predicate.
  StatementPattern narrowed = pattern;
  if (!narrowed.predicate && given.predicates.size() == 1) narrowed.predicate = given.predicates.front();
  uint64_t seen = 0;
  const auto accept = [&](const ResolvedStatement& resolved) -> absl::StatusOr<bool> {
    if (++seen % kStatementsBetweenChecks == 0) NEWSGRAPH_RETURN_IF_ERROR(deadline.Check());
    const Relation* relation = ontology.Find(resolved.statement.predicate);
    if (relation == nullptr || !filter.AcceptsPredicate(relation->number)) return false;
    const bool sourced = given.sources.empty() || std::find(given.sources.begin(), given.sources.end(),
                                                            resolved.publisher) != given.sources.end();
    return sourced && filter.Accepts(EvidenceOf(resolved));
  };
  return snapshot.ListStatements(narrowed, accept, page_size, position);
}

absl::StatusOr<SubgraphAnswer> WholeGraph(const Snapshot& snapshot) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const CsrGraph graph, CsrGraph::FromSnapshot(snapshot));
  NEWSGRAPH_ASSIGN_OR_RETURN(const EdgeFilter filter, EdgeFilter::Make({}, snapshot.ontology()));
  SubgraphAnswer answer;
  answer.commit = snapshot.commit();
  for (Vertex v = 0; v < graph.vertex_count(); ++v) {
    answer.entities.push_back(graph.entity(v));
    answer.hops.push_back(0);
    std::vector<EdgeIndex> edges(graph.out_end(v) - graph.out_begin(v));
    std::iota(edges.begin(), edges.end(), graph.out_begin(v));
    std::stable_sort(edges.begin(), edges.end(),
                     [&](EdgeIndex a, EdgeIndex b) { return graph.predicate(a) < graph.predicate(b); });
    NEWSGRAPH_ASSIGN_OR_RETURN(std::vector<EdgeGroup> groups,
                               MakeEdgeGroups(graph, snapshot.ontology(), filter, edges, Deadline{}));
    std::move(groups.begin(), groups.end(), std::back_inserter(answer.edges));
  }
  return answer;
}

}  // namespace newsgraph
