#include "graph/algorithms.h"

#include <algorithm>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/two_bit_color_map.hpp>
#include <boost/pending/queue.hpp>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

#include "graph/csr_graph_boost.h"

namespace newsgraph {
namespace {

using Vertex = CsrGraph::Vertex;
using EdgeIndex = CsrGraph::EdgeIndex;
using DirectedView = FollowedGraph<boost::bidirectional_tag>;
using UndirectedView = FollowedGraph<boost::undirected_tag>;

BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<CsrGraph>));
BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<CsrGraph>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<CsrGraph>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<DirectedView>));
BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<DirectedView>));
BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<UndirectedView>));

constexpr uint8_t kUnreached = UINT8_MAX;
constexpr uint32_t kDefaultMaxEntities = 10'000;
constexpr uint32_t kDefaultMaxEdges = 50'000;
constexpr uint64_t kDefaultMaxVisited = 5'000'000;
constexpr uint32_t kDefaultMaxPaths = 100;
constexpr uint32_t kDefaultMaxHops = 8;

auto MakeColors(const CsrGraph& graph) {
  return boost::make_two_bit_color_map(graph.vertex_count(), boost::typed_identity_property_map<Vertex>());
}

// Records hops, and stops before the first level that is not asked for or not needed.
class HopRecorder : public boost::default_bfs_visitor {
 public:
  HopRecorder(uint32_t max_hops, uint32_t max_vertices, std::vector<uint8_t>& hops, std::vector<Vertex>& reached)
      : max_hops_(max_hops), max_vertices_(max_vertices), hops_(&hops), reached_(&reached) {}

  void discover_vertex(Vertex v, const DirectedView&) const {
    if ((*hops_)[v] == kUnreached) (*hops_)[v] = 0;
    reached_->push_back(v);
  }
  void tree_edge(const FollowedEdge& edge, const DirectedView&) const {
    (*hops_)[edge.target] = static_cast<uint8_t>((*hops_)[edge.source] + 1);
  }
  void examine_vertex(Vertex v, const DirectedView&) {
    if ((*hops_)[v] < next_level_) return;
    // The first vertex of a level: by now the whole level has been reached, so what is
    // kept of it can be chosen by id.
    if ((*hops_)[v] == max_hops_ || reached_->size() > max_vertices_) throw WalkStopped{};
    next_level_ = (*hops_)[v] + 1u;
  }

 private:
  uint32_t max_hops_;
  uint32_t max_vertices_;
  uint32_t next_level_ = 0;
  std::vector<uint8_t>* hops_;
  std::vector<Vertex>* reached_;
};

void SetTruncation(Truncation& truncation, TruncationReason reason, uint64_t returned) {
  if (truncation.truncated()) return;
  truncation.reason = reason;
  truncation.returned = returned;
}

// One end of a two-sided search.
template <typename View>
class SearchSide {
 public:
  SearchSide(const View& view, Vertex start, bool backward)
      : view_(view), backward_(backward), distances_(num_vertices(view), kUnreached), front_{start} {
    distances_[start] = 0;
  }

  uint32_t depth() const { return depth_; }
  const std::vector<Vertex>& front() const { return front_; }
  uint8_t distance(Vertex v) const { return distances_[v]; }

  // Edges at the front: what the next level costs.
  uint64_t Cost() const {
    const CsrGraph& graph = view_.graph();
    uint64_t cost = 0;
    for (const Vertex v : front_) cost += degree(v, graph);
    return cost;
  }

  void Advance() {
    std::vector<Vertex> next;
    ++depth_;
    for (const Vertex v : front_) {
      const auto [begin, end] = backward_ ? in_edges(v, view_) : out_edges(v, view_);
      for (auto edge = begin; edge != end; ++edge) {
        const Vertex other = backward_ ? source(*edge, view_) : target(*edge, view_);
        if (distances_[other] != kUnreached) continue;
        distances_[other] = static_cast<uint8_t>(depth_);
        next.push_back(other);
      }
    }
    front_ = std::move(next);
  }

 private:
  const View& view_;
  bool backward_;
  uint32_t depth_ = 0;
  std::vector<uint8_t> distances_;
  std::vector<Vertex> front_;
};

// The vertices that follow each on some shortest path, found once a vertex.
template <typename View>
class ShortestPathDag {
 public:
  ShortestPathDag(const View& view, const SearchSide<View>& forward, const SearchSide<View>& backward)
      : view_(view), backward_(backward) {
    const uint32_t meeting = forward.depth();
    std::vector<Vertex> level;
    // Where the two met: all on the last level that one of them made.
    for (const SearchSide<View>* side : {&forward, &backward}) {
      for (const Vertex v : side->front()) {
        if (forward.distance(v) == meeting && backward.distance(v) == backward.depth()) level.push_back(v);
      }
    }
    for (uint32_t distance = meeting; distance > 0; --distance) {
      std::sort(level.begin(), level.end());
      level.erase(std::unique(level.begin(), level.end()), level.end());
      std::vector<Vertex> previous;
      for (const Vertex v : level) {
        const auto [begin, end] = in_edges(v, view_);
        for (auto edge = begin; edge != end; ++edge) {
          const Vertex u = source(*edge, view_);
          if (forward.distance(u) != distance - 1) continue;
          successors_[u].push_back(v);
          previous.push_back(u);
        }
      }
      level = std::move(previous);
    }
    for (auto& [v, list] : successors_) MakeSet(list);
  }

  // Ascending.
  const std::vector<Vertex>& Successors(Vertex v) {
    const auto [entry, inserted] = successors_.try_emplace(v);
    if (inserted) {
      const auto [begin, end] = out_edges(v, view_);
      for (auto edge = begin; edge != end; ++edge) {
        const Vertex w = target(*edge, view_);
        if (backward_.distance(w) + 1 == backward_.distance(v)) entry->second.push_back(w);
      }
      MakeSet(entry->second);
    }
    return entry->second;
  }

 private:
  static void MakeSet(std::vector<Vertex>& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }

  const View& view_;
  const SearchSide<View>& backward_;
  std::map<Vertex, std::vector<Vertex>> successors_;
};

// Paths in the order of their vertices, one more than `max_paths` at most. Every vertex
// of the graph of shortest paths leads to `to`, so no step is in vain.
template <typename View>
std::vector<std::vector<Vertex>> ListPaths(ShortestPathDag<View>& dag, Vertex from, Vertex to, uint32_t max_paths) {
  std::vector<std::vector<Vertex>> paths;
  struct Step {
    Vertex vertex;
    size_t next = 0;
  };
  std::vector<Step> stack{{from}};
  while (!stack.empty() && paths.size() <= max_paths) {
    if (stack.back().vertex == to) {
      std::vector<Vertex>& path = paths.emplace_back();
      for (const Step& step : stack) path.push_back(step.vertex);
      stack.pop_back();
      continue;
    }
    const std::vector<Vertex>& successors = dag.Successors(stack.back().vertex);
    if (stack.back().next == successors.size()) {
      stack.pop_back();
    } else {
      const Vertex next = successors[stack.back().next++];
      stack.push_back({next});
    }
  }
  return paths;
}

}  // namespace

Limits WithDefaults(Limits limits) {
  if (limits.max_entities == 0) limits.max_entities = kDefaultMaxEntities;
  if (limits.max_edges == 0) limits.max_edges = kDefaultMaxEdges;
  if (limits.max_visited == 0) limits.max_visited = kDefaultMaxVisited;
  if (limits.max_paths == 0) limits.max_paths = kDefaultMaxPaths;
  if (limits.max_hops == 0) limits.max_hops = kDefaultMaxHops;
  return limits;
}

absl::StatusOr<ReachedSubgraph> Reach(const CsrGraph& graph, const EdgeFilter& filter,
                                      const std::vector<Vertex>& starts, uint32_t hops, const Limits& given,
                                      const Deadline& deadline) {
  const Limits limits = WithDefaults(given);
  ReachedSubgraph answer;
  std::vector<uint8_t> hops_of(graph.vertex_count(), kUnreached);
  EdgeWalk walk(graph, filter, deadline, limits.max_visited, limits.max_per_entity);
  walk.Exempt(starts);
  try {
    walk.CheckDeadline();
    const DirectedView view(graph, walk, filter.follow());
    boost::queue<Vertex> queue;
    boost::breadth_first_visit(view, starts.begin(), starts.end(), queue,
                               HopRecorder(hops, limits.max_entities, hops_of, answer.vertices), MakeColors(graph));
  } catch (const WalkStopped& stopped) {
    if (!stopped.status.ok()) return stopped.status;
    answer.truncation.reason = stopped.reason;
  }
  if (walk.cut_per_entity()) SetTruncation(answer.truncation, TruncationReason::kMaxPerEntity, 0);
  std::sort(answer.vertices.begin(), answer.vertices.end(),
            [&](Vertex a, Vertex b) { return std::make_pair(hops_of[a], a) < std::make_pair(hops_of[b], b); });
  if (answer.vertices.size() > limits.max_entities) {
    for (size_t i = limits.max_entities; i < answer.vertices.size(); ++i) hops_of[answer.vertices[i]] = kUnreached;
    answer.vertices.resize(limits.max_entities);
    SetTruncation(answer.truncation, TruncationReason::kMaxEntities, 0);
  }
  for (const Vertex v : answer.vertices) answer.hops.push_back(hops_of[v]);
  if (answer.truncation.truncated()) answer.truncation.returned = answer.vertices.size();

  // A budget of its own: a search that used up the first still shows what joins its entities.
  EdgeWalk among(graph, filter, deadline, limits.max_visited, 0);
  try {
    for (const Vertex v : answer.vertices) {
      for (EdgeIndex e = graph.out_begin(v); e < graph.out_end(v); ++e) {
        if (hops_of[graph.target(e)] == kUnreached) {
          among.Count();
        } else if (among.Passes(e)) {
          answer.edges.push_back(e);
        }
      }
    }
  } catch (const WalkStopped& stopped) {
    if (!stopped.status.ok()) return stopped.status;
    SetTruncation(answer.truncation, stopped.reason, answer.edges.size());
  }
  const auto by_ids = [&](EdgeIndex a, EdgeIndex b) {
    return std::make_tuple(graph.source(a), graph.predicate(a), graph.target(a)) <
           std::make_tuple(graph.source(b), graph.predicate(b), graph.target(b));
  };
  std::sort(answer.edges.begin(), answer.edges.end(), by_ids);
  if (answer.edges.size() > limits.max_edges) {
    const auto farther_end = [&](EdgeIndex e) { return std::max(hops_of[graph.source(e)], hops_of[graph.target(e)]); };
    std::stable_sort(answer.edges.begin(), answer.edges.end(),
                     [&](EdgeIndex a, EdgeIndex b) { return farther_end(a) < farther_end(b); });
    answer.edges.resize(limits.max_edges);
    std::sort(answer.edges.begin(), answer.edges.end(), by_ids);
    SetTruncation(answer.truncation, TruncationReason::kMaxEdges, answer.edges.size());
  }
  answer.truncation.visited = walk.visited() + among.visited();
  return answer;
}

absl::StatusOr<VertexPaths> ShortestPaths(const CsrGraph& graph, const EdgeFilter& filter, Vertex from, Vertex to,
                                          uint32_t max_paths, const Limits& given, const Deadline& deadline) {
  const Limits limits = WithDefaults(given);
  VertexPaths answer;
  EdgeWalk walk(graph, filter, deadline, limits.max_visited, limits.max_per_entity);
  walk.Exempt({std::min(from, to), std::max(from, to)});
  try {
    walk.CheckDeadline();
    const DirectedView view(graph, walk, filter.follow());
    SearchSide<DirectedView> forward(view, from, false);
    SearchSide<DirectedView> backward(view, to, true);
    bool met = from == to;
    while (!met && !forward.front().empty() && !backward.front().empty()) {
      if (forward.depth() + backward.depth() == limits.max_hops) {
        answer.truncation.reason = TruncationReason::kMaxHops;
        break;
      }
      const bool advance_forward = forward.Cost() <= backward.Cost();
      SearchSide<DirectedView>& side = advance_forward ? forward : backward;
      const SearchSide<DirectedView>& other = advance_forward ? backward : forward;
      side.Advance();
      met = std::any_of(side.front().begin(), side.front().end(),
                        [&](Vertex v) { return other.distance(v) != kUnreached; });
    }
    if (met) {
      // The vertices on the paths are few beside those looked at so far.
      walk.LiftLimits();
      ShortestPathDag<DirectedView> dag(view, forward, backward);
      answer.paths = ListPaths(dag, from, to, max_paths);
      if (answer.paths.size() > max_paths) {
        answer.paths.pop_back();
        answer.truncation.reason = TruncationReason::kMaxPaths;
      }
    }
  } catch (const WalkStopped& stopped) {
    if (!stopped.status.ok()) return stopped.status;
    answer.truncation.reason = stopped.reason;
  }
  if (walk.cut_per_entity()) SetTruncation(answer.truncation, TruncationReason::kMaxPerEntity, 0);
  if (answer.truncation.truncated()) answer.truncation.returned = answer.paths.size();
  answer.truncation.visited = walk.visited();
  return answer;
}

absl::StatusOr<std::vector<std::vector<Vertex>>> ConnectedComponents(const CsrGraph& graph, const EdgeFilter& filter,
                                                                     const Deadline& deadline) {
  EdgeWalk walk(graph, filter, deadline, 0, 0);
  std::vector<uint32_t> component_of(graph.vertex_count());
  uint32_t count = 0;
  try {
    walk.CheckDeadline();
    const UndirectedView view(graph, walk, Follow::kBoth);
    count = boost::connected_components(
        view, boost::make_iterator_property_map(component_of.begin(), boost::typed_identity_property_map<Vertex>()),
        boost::color_map(MakeColors(graph)));
  } catch (const WalkStopped& stopped) {
    return stopped.status;
  }
  std::vector<std::vector<Vertex>> components(count);
  for (Vertex v = 0; v < graph.vertex_count(); ++v) {
    if (walk.AllowsVertex(v)) components[component_of[v]].push_back(v);
  }
  std::erase_if(components, [](const std::vector<Vertex>& component) { return component.empty(); });
  std::sort(components.begin(), components.end(), [](const std::vector<Vertex>& a, const std::vector<Vertex>& b) {
    return a.size() != b.size() ? a.size() > b.size() : a.front() < b.front();
  });
  return components;
}

}  // namespace newsgraph
