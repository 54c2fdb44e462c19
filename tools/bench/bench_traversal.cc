#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>
#include <vector>

#include "graph/algorithms.h"
#include "graph/csr_graph.h"
#include "graph/edge_walk.h"
#include "graph/ontology.h"
#include "graph/query.h"
#include "graph/status.h"
#include "tools/bench/benchmarks.h"

namespace newsgraph {
namespace {

constexpr int kQueries = 100;
constexpr uint32_t kEdgesPerEntity = 10;

// What a walk costs with nothing around it: neighbours in plain arrays, both directions.
class PlainGraph {
 public:
  PlainGraph(uint32_t vertices, const std::vector<std::pair<uint32_t, uint32_t>>& edges) : begin_(vertices + 1) {
    for (const auto& [from, to] : edges) {
      ++begin_[from + 1];
      ++begin_[to + 1];
    }
    for (uint32_t v = 0; v < vertices; ++v) begin_[v + 1] += begin_[v];
    ends_.resize(2 * edges.size());
    std::vector<uint32_t> next(begin_.begin(), begin_.end() - 1);
    for (const auto& [from, to] : edges) {
      ends_[next[from]++] = to;
      ends_[next[to]++] = from;
    }
    seen_.assign(vertices, 0);
  }

  // How many vertices lie within `hops`.
  uint64_t Reach(uint32_t start, uint32_t hops) {
    ++round_;
    std::vector<uint32_t> front{start}, next;
    seen_[start] = round_;
    uint64_t count = 1;
    for (uint32_t hop = 0; hop < hops; ++hop) {
      next.clear();
      for (const uint32_t v : front) {
        for (uint32_t i = begin_[v]; i < begin_[v + 1]; ++i) {
          if (seen_[ends_[i]] == round_) continue;
          seen_[ends_[i]] = round_;
          next.push_back(ends_[i]);
        }
      }
      count += next.size();
      std::swap(front, next);
    }
    return count;
  }

 private:
  std::vector<uint32_t> begin_, ends_, seen_;
  uint32_t round_ = 0;
};

}  // namespace

absl::Status BenchTraversal(uint32_t edge_count, uint64_t seed, BenchReport& report) {
  std::mt19937_64 random(seed);
  const uint32_t vertices = std::max(2u, edge_count / kEdgesPerEntity);
  // Ends drawn by the square of a uniform number: a few hubs, many entities with few edges.
  const auto draw = [&] {
    const double u = std::uniform_real_distribution<double>(0, 1)(random);
    return std::min(vertices - 1, static_cast<uint32_t>(u * u * vertices));
  };
  std::vector<EntityId> entities;
  std::vector<EntityType> types(vertices, EntityType::kOrg);
  for (uint32_t v = 0; v < vertices; ++v) entities.push_back({{v + 1, random()}});
  std::vector<std::pair<uint32_t, uint32_t>> ends;
  std::vector<Edge> edges;
  while (edges.size() < edge_count) {
    const uint32_t from = draw(), to = draw();
    if (from == to) continue;
    Edge edge;
    edge.subject = entities[from];
    edge.object = entities[to];
    edge.document = {{random(), random()}};
    edge.predicate = static_cast<uint16_t>(1 + random() % 20);
    edge.confidence = 9000;
    edges.push_back(edge);
    ends.emplace_back(from, to);
  }
  const Stopwatch building;
  NEWSGRAPH_ASSIGN_OR_RETURN(const CsrGraph graph, CsrGraph::Build(entities, types, std::move(edges)));
  report.Add({fmt::format("adjacency of {} edges, build", edge_count), building.seconds() * 1000, "ms", "", 0});
  PlainGraph plain(vertices, ends);
  NEWSGRAPH_ASSIGN_OR_RETURN(const EdgeFilter filter, EdgeFilter::Make(Filter{}, *Ontology::Default()));
  Limits limits;
  limits.max_entities = limits.max_edges = UINT32_MAX;
  limits.max_visited = UINT64_MAX;

  for (const uint32_t hops : {2u, 3u}) {
    std::vector<double> ours, ceiling;
    for (int query = 0; query < kQueries; ++query) {
      const uint32_t start = static_cast<uint32_t>(random() % vertices);
      const Stopwatch plain_watch;
      const uint64_t expected = plain.Reach(start, hops);
      ceiling.push_back(plain_watch.seconds());
      const Stopwatch watch;
      const absl::StatusOr<ReachedSubgraph> reached = Reach(graph, filter, {start}, hops, limits, Deadline{});
      ours.push_back(watch.seconds());
      if (!reached.ok()) return reached.status();
      if (reached->vertices.size() != expected) {
        return absl::InternalError(fmt::format("{} hops from {}: {} entities, the plain walk has {}", hops, start,
                                               reached->vertices.size(), expected));
      }
    }
    const double median = Quantile(ours, 0.5), plain_median = Quantile(ceiling, 0.5);
    report.Add({fmt::format("{} hops with their edges, median", hops), median * 1000, "ms",
                fmt::format("{:.4g} ms, plain arrays, entities only", plain_median * 1000), plain_median / median});
  }
  std::vector<double> paths;
  for (int query = 0; query < kQueries; ++query) {
    const uint32_t from = static_cast<uint32_t>(random() % vertices), to = static_cast<uint32_t>(random() % vertices);
    const Stopwatch watch;
    const absl::StatusOr<VertexPaths> found = ShortestPaths(graph, filter, from, to, 1, limits, Deadline{});
    paths.push_back(watch.seconds());
    if (!found.ok()) return found.status();
  }
  report.Add({"shortest path, median", Quantile(paths, 0.5) * 1000, "ms", "", 0});
  report.Add({"shortest path, 99th of 100", Quantile(paths, 0.99) * 1000, "ms", "", 0});
  return absl::OkStatus();
}

}  // namespace newsgraph
