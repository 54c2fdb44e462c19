#include "graph/csr_graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <string>
#include <vector>

#include "graph/algorithms.h"

namespace newsgraph {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

EntityId Id(uint64_t number) { return {{0, number}}; }

Edge MakeEdge(uint64_t subject, uint16_t predicate, uint64_t object, uint64_t document = 1, uint32_t statement = 0) {
  Edge edge;
  edge.subject = Id(subject);
  edge.object = Id(object);
  edge.predicate = predicate;
  edge.document.value.low = document;
  edge.statement = statement;
  edge.confidence = 10000;
  edge.published_day = INT32_MIN;
  edge.valid_from_day = INT32_MIN;
  edge.valid_to_day = INT32_MAX;
  return edge;
}

// Entities 1 … count.
CsrGraph MakeGraph(uint64_t count, std::vector<Edge> edges) {
  std::vector<EntityId> entities;
  for (uint64_t i = 1; i <= count; ++i) entities.push_back(Id(i));
  std::vector<EntityType> types(count, EntityType::kOrg);
  return *CsrGraph::Build(std::move(entities), std::move(types), std::move(edges));
}

std::vector<CsrGraph::EdgeIndex> OutEdges(const CsrGraph& graph, CsrGraph::Vertex v) {
  std::vector<CsrGraph::EdgeIndex> edges(graph.out_end(v) - graph.out_begin(v));
  std::iota(edges.begin(), edges.end(), graph.out_begin(v));
  return edges;
}

EdgeFilter NoFilter() { return *EdgeFilter::Make({}, *Ontology::Default()); }

// A hub, 0, with `leaves` neighbours.
CsrGraph MakeStar(uint32_t leaves) {
  std::vector<Edge> edges;
  for (uint64_t leaf = 2; leaf <= leaves + 1; ++leaf) edges.push_back(MakeEdge(1, 1, leaf));
  return MakeGraph(leaves + 1, std::move(edges));
}

TEST(CsrGraphTest, StatementsOfOneSubjectPredicateAndObjectAreOneEdge) {
  const CsrGraph graph =
      MakeGraph(3, {MakeEdge(1, 5, 2, 9, 1), MakeEdge(1, 4, 2), MakeEdge(1, 5, 2, 8, 3), MakeEdge(2, 5, 1)});
  EXPECT_EQ(graph.vertex_count(), 3u);
  EXPECT_EQ(graph.edge_count(), 3u);
  EXPECT_EQ(graph.statement_count(), 4u);
  ASSERT_THAT(OutEdges(graph, 0), ElementsAre(0, 1));
  EXPECT_EQ(graph.predicate(0), 4);
  EXPECT_EQ(graph.predicate(1), 5);
  ASSERT_EQ(graph.evidence(1).size(), 2u);
  EXPECT_EQ(graph.evidence(1)[0].document.value.low, 8u);
  EXPECT_EQ(graph.evidence(1)[0].statement, 3u);
  EXPECT_EQ(graph.evidence(1)[1].document.value.low, 9u);
  EXPECT_THAT(OutEdges(graph, 2), IsEmpty());
}

TEST(CsrGraphTest, BothDirectionsAreInTheOrderOfIds) {
  const CsrGraph graph = MakeGraph(4, {MakeEdge(3, 1, 2), MakeEdge(1, 2, 2), MakeEdge(1, 1, 2), MakeEdge(1, 1, 4)});
  std::vector<std::pair<uint32_t, int>> reaching;
  for (const auto e : graph.in_edges(1)) reaching.emplace_back(graph.source(e), graph.predicate(e));
  EXPECT_THAT(reaching, ElementsAre(std::pair(0u, 1), std::pair(0u, 2), std::pair(2u, 1)));
  std::vector<std::pair<uint32_t, int>> leaving;
  for (const auto e : OutEdges(graph, 0)) leaving.emplace_back(graph.target(e), graph.predicate(e));
  EXPECT_THAT(leaving, ElementsAre(std::pair(1u, 1), std::pair(1u, 2), std::pair(3u, 1)));
}

TEST(CsrGraphTest, TheOrderOfTheInputDoesNotMatter) {
  std::vector<Edge> edges = {MakeEdge(1, 1, 2, 1), MakeEdge(2, 1, 3, 1), MakeEdge(1, 1, 2, 2), MakeEdge(3, 2, 1, 1)};
  const CsrGraph forward = MakeGraph(3, edges);
  std::reverse(edges.begin(), edges.end());
  const CsrGraph backward = MakeGraph(3, edges);
  ASSERT_EQ(forward.edge_count(), backward.edge_count());
  for (uint32_t e = 0; e < forward.edge_count(); ++e) {
    EXPECT_EQ(forward.source(e), backward.source(e));
    EXPECT_EQ(forward.target(e), backward.target(e));
    EXPECT_EQ(forward.evidence(e).size(), backward.evidence(e).size());
    EXPECT_EQ(forward.evidence(e)[0].document, backward.evidence(e)[0].document);
  }
}

TEST(CsrGraphTest, EntitiesAreFoundByTheirIds) {
  const CsrGraph graph = MakeGraph(3, {});
  EXPECT_EQ(graph.Find(Id(2)), 1u);
  EXPECT_EQ(graph.entity(1), Id(2));
  EXPECT_EQ(graph.Find(Id(4)), std::nullopt);
  EXPECT_EQ(graph.Find(Id(0)), std::nullopt);
}

TEST(CsrGraphTest, AnEmptyGraphHasNothing) {
  const CsrGraph graph = *CsrGraph::Build({}, {}, {});
  EXPECT_EQ(graph.vertex_count(), 0u);
  EXPECT_EQ(graph.edge_count(), 0u);
  EXPECT_THAT(*ConnectedComponents(graph, NoFilter(), {}), IsEmpty());
}

TEST(CsrGraphTest, BrokenInputIsRefused) {
  const auto build = [](std::vector<EntityId> entities, std::vector<Edge> edges) {
    std::vector<EntityType> types(entities.size(), EntityType::kOrg);
    return std::string(CsrGraph::Build(std::move(entities), std::move(types), std::move(edges)).status().message());
  };
  EXPECT_THAT(build({Id(2), Id(1)}, {}), HasSubstr("not ascending"));
  EXPECT_THAT(build({Id(1), Id(1)}, {}), HasSubstr("not ascending"));
  EXPECT_THAT(build({Id(1), Id(2)}, {MakeEdge(1, 1, 3)}), HasSubstr("an end is not among the entities"));
  EXPECT_THAT(build({Id(1), Id(2)}, {MakeEdge(2, 1, 2)}), HasSubstr("both ends are the same"));
  EXPECT_EQ(CsrGraph::Build({Id(1)}, {}, {}).status().message(), "build adjacency: 1 entities, 0 types");
}

TEST(AlgorithmsTest, ADeadlineIsAskedInsideTheLoops) {
  const CsrGraph star = MakeStar(3000);
  const EdgeFilter filter = NoFilter();
  for (const absl::StatusCode code : {absl::StatusCode::kCancelled, absl::StatusCode::kDeadlineExceeded}) {
    int asked = 0;
    Deadline deadline;
    // Right at the beginning all is well; the first 1024 edges later it is not.
    deadline.cancelled = [&] {
      if (++asked == 1) return false;
      if (code == absl::StatusCode::kCancelled) return true;
      deadline.at = std::chrono::steady_clock::time_point();
      return false;
    };
    const auto fresh = [&] {
      asked = 0;
      deadline.at.reset();
    };
    fresh();
    EXPECT_EQ(Reach(star, filter, {0}, 2, {}, deadline).status().code(), code);
    EXPECT_EQ(asked, 2);
    fresh();
    EXPECT_EQ(ShortestPaths(star, filter, 5, 6, 10, {}, deadline).status().code(), code);
    EXPECT_EQ(asked, 2);
    fresh();
    EXPECT_EQ(ConnectedComponents(star, filter, deadline).status().code(), code);
    EXPECT_EQ(asked, 2);
  }
}

TEST(AlgorithmsTest, ADeadlineThatIsOverIsToldEvenWhenThereIsNothingToDo) {
  const CsrGraph graph = MakeGraph(1, {});
  Deadline deadline;
  deadline.at = std::chrono::steady_clock::time_point();
  EXPECT_EQ(Reach(graph, NoFilter(), {0}, 1, {}, deadline).status().message(),
            "the deadline is over; allow more time, or ask for less");
  EXPECT_EQ(ShortestPaths(graph, NoFilter(), 0, 0, 1, {}, deadline).status().code(),
            absl::StatusCode::kDeadlineExceeded);
}

TEST(AlgorithmsTest, AHubIsCutWhenOnlySoManyOfItsEdgesAreFollowed) {
  const CsrGraph star = MakeStar(10);
  Limits limits;
  limits.max_per_entity = 4;
  const auto reached = Reach(star, NoFilter(), {0}, 1, limits, {});
  ASSERT_TRUE(reached.ok());
  EXPECT_THAT(reached->vertices, ElementsAre(0, 1, 2, 3, 4));
  EXPECT_EQ(reached->truncation.reason, TruncationReason::kMaxPerEntity);
  EXPECT_EQ(reached->truncation.returned, 5u);
  limits.max_per_entity = 10;
  EXPECT_FALSE(Reach(star, NoFilter(), {0}, 1, limits, {})->truncation.truncated());
}

TEST(AlgorithmsTest, AllShortestPathsOfALadderAreCounted) {
  // Twelve squares in a row: two ways through each.
  std::vector<Edge> edges;
  for (uint64_t square = 0; square < 12; ++square) {
    const uint64_t first = 1 + 3 * square;
    for (const uint64_t middle : {first + 1, first + 2}) {
      edges.push_back(MakeEdge(first, 1, middle));
      edges.push_back(MakeEdge(middle, 1, first + 3));
    }
  }
  const CsrGraph graph = MakeGraph(37, std::move(edges));
  Limits limits;
  limits.max_hops = 24;
  const auto all = ShortestPaths(graph, NoFilter(), 0, 36, 5000, limits, {});
  ASSERT_TRUE(all.ok());
  EXPECT_EQ(all->paths.size(), 4096u);
  EXPECT_TRUE(std::is_sorted(all->paths.begin(), all->paths.end()));
  EXPECT_FALSE(all->truncation.truncated());
  const auto few = ShortestPaths(graph, NoFilter(), 0, 36, 3, limits, {});
  EXPECT_EQ(few->paths, std::vector(all->paths.begin(), all->paths.begin() + 3));
  EXPECT_EQ(few->truncation.reason, TruncationReason::kMaxPaths);
  limits.max_hops = 23;
  const auto none = ShortestPaths(graph, NoFilter(), 0, 36, 3, limits, {});
  EXPECT_THAT(none->paths, IsEmpty());
  EXPECT_EQ(none->truncation.reason, TruncationReason::kMaxHops);
}

TEST(AlgorithmsTest, ASearchThatLooksAtTooMuchSaysSo) {
  const CsrGraph star = MakeStar(100);
  Limits limits;
  limits.max_visited = 50;
  const auto reached = Reach(star, NoFilter(), {0}, 2, limits, {});
  ASSERT_TRUE(reached.ok());
  EXPECT_EQ(reached->truncation.reason, TruncationReason::kMaxVisited);
  EXPECT_EQ(reached->truncation.returned, reached->vertices.size());
  EXPECT_EQ(reached->vertices.size(), 51u);
  EXPECT_EQ(reached->edges.size(), 50u);
  // Two hubs that share one neighbour.
  std::vector<Edge> edges;
  for (uint64_t leaf = 3; leaf <= 102; ++leaf) edges.push_back(MakeEdge(1, 1, leaf));
  for (uint64_t leaf = 102; leaf <= 201; ++leaf) edges.push_back(MakeEdge(2, 1, leaf));
  const CsrGraph hubs = MakeGraph(201, std::move(edges));
  EXPECT_THAT(ShortestPaths(hubs, NoFilter(), 0, 1, 1, {}, {})->paths, ElementsAre(ElementsAre(0, 101, 1)));
  const auto paths = ShortestPaths(hubs, NoFilter(), 0, 1, 1, limits, {});
  EXPECT_THAT(paths->paths, IsEmpty());
  EXPECT_EQ(paths->truncation.reason, TruncationReason::kMaxVisited);
  EXPECT_EQ(paths->truncation.visited, 50u);
}

TEST(AlgorithmsTest, AVertexThatTheFilterLeavesOutJoinsNothing) {
  std::vector<EntityType> types = {EntityType::kOrg, EntityType::kPerson, EntityType::kOrg};
  // The person comes between the two, and also first in a whole-graph search.
  const CsrGraph graph = *CsrGraph::Build({Id(2), Id(3), Id(4)}, types, {MakeEdge(2, 1, 3), MakeEdge(3, 1, 4)});
  const CsrGraph person_first =
      *CsrGraph::Build({Id(1), Id(2), Id(4)}, {EntityType::kPerson, EntityType::kOrg, EntityType::kOrg},
                       {MakeEdge(1, 1, 2), MakeEdge(1, 1, 4)});
  Filter filter;
  filter.types = {EntityType::kOrg};
  const EdgeFilter orgs = *EdgeFilter::Make(filter, *Ontology::Default());
  EXPECT_THAT(*ConnectedComponents(graph, orgs, {}), ElementsAre(ElementsAre(0), ElementsAre(2)));
  EXPECT_THAT(*ConnectedComponents(person_first, orgs, {}), ElementsAre(ElementsAre(1), ElementsAre(2)));
  EXPECT_THAT(Reach(graph, orgs, {0}, 3, {}, {})->vertices, ElementsAre(0));
  // A start, and the ends of a path, are as they were asked for.
  EXPECT_THAT(Reach(graph, orgs, {1}, 1, {}, {})->vertices, ElementsAre(1, 0, 2));
  EXPECT_THAT(ShortestPaths(graph, orgs, 0, 1, 1, {}, {})->paths, ElementsAre(ElementsAre(0, 1)));
  EXPECT_THAT(ShortestPaths(graph, orgs, 0, 2, 1, {}, {})->paths, IsEmpty());
}

}  // namespace
}  // namespace newsgraph
