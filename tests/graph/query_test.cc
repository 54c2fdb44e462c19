#include "graph/query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "graph/algorithms.h"
#include "graph/edge_walk.h"
#include "graph/storage/keys.h"
#include "graph/storage/memory_kv.h"
#include "tests/graph/document_builder.h"
#include "tests/graph/watched_kv.h"

namespace newsgraph {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kNow[] = "2025-01-01T00:00:00Z";

// Three articles about the same five.
class QueryTest : public ::testing::Test {
 protected:
  QueryTest() : store_(*GraphStore::OpenInMemory()) {
    DocumentBuilder first("d1", {.publisher = "環島日報", .published = "2024-07-24"});
    const AtomId meta = Org(first, "Meta", "Q380");
    const AtomId zuckerberg = Person(first, "Mark Zuckerberg", "Q36215");
    const AtomId chan = Person(first, "Priscilla Chan", "Q460828");
    const AtomId altman = Person(first, "Sam Altman", "Q7407093");
    const AtomId openai = Org(first, "OpenAI", "Q21708200");
    first.Say(zuckerberg, "ceo_of", meta).confidence = 0.9f;
    first.Say(zuckerberg, "spouse_of", chan);
    first.Say(altman, "ceo_of", openai);
    first.Say(openai, "competes_with", meta, zuckerberg).factuality = Factuality::kOpinion;
    Put(first);
    DocumentBuilder second("d2", {.publisher = "The Harbour Post", .published = "2025-01-31"});
    const AtomId again = Person(second, "Mark Zuckerberg", "Q36215");
    second.Say(again, "ceo_of", Org(second, "Meta", "Q380")).confidence = 0.95f;
    Put(second);
    const auto snapshot = store_->GetSnapshot();
    meta_ = *snapshot->EntityOf(meta);
    zuckerberg_ = *snapshot->EntityOf(zuckerberg);
    chan_ = *snapshot->EntityOf(chan);
    altman_ = *snapshot->EntityOf(altman);
    openai_ = *snapshot->EntityOf(openai);
    engine_ = *QueryEngine::Create(snapshot);
  }

  static AtomId Person(DocumentBuilder& builder, const std::string& name, const std::string& id) {
    return builder.Add({.type = EntityType::kPerson, .name = name, .external_ids = {{"wikidata", id}}});
  }
  static AtomId Org(DocumentBuilder& builder, const std::string& name, const std::string& id) {
    return builder.Add({.type = EntityType::kOrg, .name = name, .external_ids = {{"wikidata", id}}});
  }
  void Put(const DocumentBuilder& builder) {
    const auto put = store_->Put(builder.Build(), kNow);
    ASSERT_TRUE(put.ok()) << put.status();
  }

  std::unique_ptr<GraphStore> store_;
  std::shared_ptr<const QueryEngine> engine_;
  EntityId meta_, zuckerberg_, chan_, altman_, openai_;
};

TEST_F(QueryTest, AnEdgeHasItsDocumentsAndItsBestStatementFirst) {
  Filter filter;
  filter.predicates = {"ceo_of"};
  const auto answer = engine_->Neighbors(meta_, filter, {}, {}, 10, "");
  ASSERT_TRUE(answer.ok()) << answer.status();
  ASSERT_THAT(answer->neighbors, SizeIs(1));
  const Neighbor& ceo = answer->neighbors[0];
  EXPECT_EQ(ceo.entity, zuckerberg_);
  EXPECT_EQ(ceo.edge.subject, zuckerberg_);
  EXPECT_EQ(ceo.edge.object, meta_);
  EXPECT_EQ(ceo.edge.support, 2u);
  EXPECT_THAT(ceo.edge.statements,
              ElementsAre(std::pair(MakeDocumentKey("d2"), 0u), std::pair(MakeDocumentKey("d1"), 0u)));
  EXPECT_EQ(answer->commit, 2u);
  EXPECT_EQ(answer->degree, 1u);
}

TEST_F(QueryTest, ThePathFromAltmanToChanHasTheEvidenceOfEachStep) {
  const auto answer = engine_->ShortestPath(altman_, chan_, {}, {}, {});
  ASSERT_TRUE(answer.ok()) << answer.status();
  ASSERT_THAT(answer->paths, SizeIs(1));
  const Path& path = answer->paths[0];
  ASSERT_THAT(path.steps, SizeIs(4));
  EXPECT_EQ(path.steps[0].to, openai_);
  EXPECT_EQ(path.steps[1].to, meta_);
  EXPECT_EQ(path.steps[2].to, zuckerberg_);
  EXPECT_EQ(path.steps[3].to, chan_);
  ASSERT_THAT(path.steps[2].edges, SizeIs(1));
  EXPECT_EQ(path.steps[2].edges[0].predicate, "ceo_of");
  EXPECT_EQ(path.steps[2].edges[0].subject, zuckerberg_);
  EXPECT_THAT(path.steps[2].edges[0].statements, SizeIs(2));
  EXPECT_FALSE(answer->truncation.truncated());
}

TEST_F(QueryTest, WhatOnlySomebodySaysCanBeLeftOut) {
  Filter filter;
  filter.own_voice_only = true;
  EXPECT_THAT(engine_->ShortestPath(altman_, chan_, filter, {}, {})->paths, IsEmpty());
  EXPECT_FALSE(engine_->ShortestPath(altman_, chan_, filter, {}, {})->truncation.truncated());
  filter = {};
  filter.speakers = {zuckerberg_};
  const auto claims = engine_->Components(filter, {});
  ASSERT_TRUE(claims.ok());
  EXPECT_THAT((*claims)[0], SizeIs(2));
}

TEST_F(QueryTest, AsOfADayLaterDocumentsAreNotThere) {
  Filter filter;
  filter.predicates = {"ceo_of"};
  filter.as_of_day = *ParseDay("2024-12-31");
  const auto answer = engine_->Neighbors(meta_, filter, {}, {}, 10, "");
  ASSERT_TRUE(answer.ok());
  ASSERT_THAT(answer->neighbors, SizeIs(1));
  EXPECT_EQ(answer->neighbors[0].edge.support, 1u);
  filter.min_support = 2;
  EXPECT_THAT(engine_->Neighbors(meta_, filter, {}, {}, 10, "")->neighbors, IsEmpty());
}

TEST_F(QueryTest, AnUnknownEntityIsNotFound) {
  const EntityId nobody{{1, 2}};
  const std::string expected = "entity e00000000000000010000000000000002: not in the graph; search for it by name";
  EXPECT_EQ(engine_->Neighbors(nobody, {}, {}, {}, 10, "").status(), absl::NotFoundError(expected));
  EXPECT_EQ(engine_->Traverse({meta_, nobody}, 2, {}, {}, {}).status(), absl::NotFoundError(expected));
  EXPECT_EQ(engine_->ShortestPath(nobody, meta_, {}, {}, {}).status(), absl::NotFoundError(expected));
  EXPECT_EQ(engine_->AllShortestPaths(meta_, nobody, {}, {}, {}).status(), absl::NotFoundError(expected));
}

TEST_F(QueryTest, QuestionsThatMakeNoSenseAreRefused) {
  const auto message = [](const auto& answer) {
    EXPECT_EQ(answer.status().code(), absl::StatusCode::kInvalidArgument);
    return std::string(answer.status().message());
  };
  EXPECT_EQ(message(engine_->Traverse({meta_}, 0, {}, {}, {})), "traverse: 0 hops, allowed are 1 to 16");
  EXPECT_EQ(message(engine_->Traverse({meta_}, 17, {}, {}, {})), "traverse: 17 hops, allowed are 1 to 16");
  EXPECT_EQ(message(engine_->Traverse({}, 1, {}, {}, {})), "traverse: no start; name at least one entity");
  EXPECT_EQ(message(engine_->Neighbors(meta_, {}, {}, {}, 0, "")), "list neighbors: a page holds at least 1");
  Limits limits;
  limits.max_hops = 65;
  EXPECT_EQ(message(engine_->ShortestPath(meta_, chan_, {}, limits, {})),
            "find paths: max_hops is 65, allowed are 1 to 64");
  Filter filter;
  filter.predicates = {"sings"};
  EXPECT_EQ(message(engine_->Traverse({meta_}, 1, filter, {}, {})),
            "filter by predicate: the ontology has no relation 'sings'; name one that it has");
  filter = {};
  filter.min_confidence = 1.5;
  EXPECT_EQ(message(engine_->Components(filter, {})), "filter by confidence: 1.5 is not between 0 and 1");
  filter = {};
  filter.valid_from_day = 10;
  filter.valid_to_day = 9;
  EXPECT_THAT(message(engine_->Components(filter, {})), HasSubstr("the window ends before it begins"));
}

TEST_F(QueryTest, APagePositionOfAnotherQuestionIsRefused) {
  for (const char* position : {"x", "ceo_of", "sings>e00000000000000010000000000000002", "ceo_of>e1",
                               "ceo_of>a00000000000000010000000000000002", ">"}) {
    const auto answer = engine_->Neighbors(meta_, {}, {}, {}, 10, position);
    EXPECT_EQ(answer.status().code(), absl::StatusCode::kInvalidArgument) << position;
    EXPECT_THAT(std::string(answer.status().message()), HasSubstr("is of another question; begin again without one"));
  }
}

TEST_F(QueryTest, APageCanBeTurnedAfterLaterCommits) {
  const auto first = engine_->Neighbors(meta_, {}, {}, {}, 1, "");
  ASSERT_TRUE(first.ok());
  ASSERT_THAT(first->neighbors, SizeIs(1));
  EXPECT_EQ(first->neighbors[0].edge.predicate, "ceo_of");
  ASSERT_FALSE(first->next.empty());
  // More entities, hence other vertex numbers, and one more neighbour that comes later.
  DocumentBuilder more("d3");
  const AtomId meta = Org(more, "Meta", "Q380");
  for (int i = 0; i < 20; ++i) Org(more, "Company " + std::to_string(i), "Q90" + std::to_string(i));
  more.Say(meta, "released", more.Add({.type = EntityType::kProduct, .name = "Llama 3.1"}));
  Put(more);
  const auto engine = *QueryEngine::Create(store_->GetSnapshot());
  const EntityId meta_now = EntityId{store_->GetSnapshot()->Resolve({meta_.value})->entity.value};
  std::vector<std::string> predicates;
  PagePosition position = first->next;
  while (!position.empty()) {
    const auto page = engine->Neighbors(meta_now, {}, {}, {}, 1, position);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const Neighbor& neighbor : page->neighbors) predicates.push_back(neighbor.edge.predicate);
    position = page->next;
  }
  EXPECT_THAT(predicates, ElementsAre("competes_with", "released"));
}

TEST_F(QueryTest, FromAnEntityToItselfIsAPathWithoutSteps) {
  const auto answer = engine_->ShortestPath(meta_, meta_, {}, {}, {});
  ASSERT_TRUE(answer.ok());
  ASSERT_THAT(answer->paths, SizeIs(1));
  EXPECT_THAT(answer->paths[0].steps, IsEmpty());
}

TEST_F(QueryTest, AnEngineKeepsAnsweringOfItsCommit) {
  ASSERT_TRUE(store_->Retract("d1", kNow).ok());
  const auto answer = engine_->ShortestPath(altman_, chan_, {}, {}, {});
  ASSERT_TRUE(answer.ok());
  EXPECT_THAT(answer->paths, SizeIs(1));
  EXPECT_EQ(answer->commit, 2u);
}

TEST_F(QueryTest, StatementsAreListedUnderAFilter) {
  PagePosition position;
  Filter filter;
  filter.factualities = {Factuality::kOpinion};
  const auto opinions = ListStatements(*store_->GetSnapshot(), {}, filter, {}, 10, &position);
  ASSERT_TRUE(opinions.ok()) << opinions.status();
  ASSERT_THAT(*opinions, SizeIs(1));
  EXPECT_EQ((*opinions)[0].id(), "d1:3");
  EXPECT_EQ((*opinions)[0].speaker, zuckerberg_);
  filter = {};
  filter.sources = {"The Harbour Post"};
  const auto post = ListStatements(*store_->GetSnapshot(), {.subject = zuckerberg_}, filter, {}, 10, &position);
  ASSERT_THAT(*post, SizeIs(1));
  EXPECT_EQ((*post)[0].id(), "d2:0");
  Deadline deadline;
  deadline.cancelled = [] { return true; };
  EXPECT_EQ(ListStatements(*store_->GetSnapshot(), {}, {}, deadline, 10, &position).status(),
            absl::CancelledError("cancelled by the caller"));
}

TEST_F(QueryTest, TheWholeGraphHasEveryEntityAndEdge) {
  const auto whole = WholeGraph(*store_->GetSnapshot());
  ASSERT_TRUE(whole.ok());
  EXPECT_THAT(whole->entities, SizeIs(5));
  EXPECT_THAT(whole->edges, SizeIs(4));
  EXPECT_EQ(whole->commit, 2u);
}

TEST_F(QueryTest, PuttingEdgesTogetherHeedsTheDeadline) {
  DocumentBuilder wide("wide");
  const AtomId hub = Org(wide, "Hub Holdings", "Q1");
  for (int i = 0; i < 1500; ++i) {
    wide.Say(hub, "invested_in", Org(wide, "Spoke " + std::to_string(i), "Q9" + std::to_string(i)));
  }
  Put(wide);
  const auto engine = *QueryEngine::Create(store_->GetSnapshot());
  const EntityId start = *store_->GetSnapshot()->EntityOf(hub);
  int asked = 0, last = 0;
  Deadline deadline;
  deadline.cancelled = [&] { return ++asked == last; };
  // How often the walk alone asks; the next time is while its edges are put together.
  const EdgeFilter filter = *EdgeFilter::Make({}, store_->ontology());
  ASSERT_TRUE(Reach(engine->graph(), filter, {*engine->graph().Find(start)}, 1, {}, deadline).ok());
  last = asked + 1;
  asked = 0;
  EXPECT_EQ(engine->Traverse({start}, 1, {}, {}, deadline).status(), absl::CancelledError("cancelled by the caller"));
  EXPECT_EQ(asked, last);

  last = asked = 0;
  const auto page = engine->Neighbors(start, {}, {}, deadline, 1500, "");
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_THAT(page->neighbors, SizeIs(1500));
  last = asked;
  asked = 0;
  EXPECT_TRUE(absl::IsCancelled(engine->Neighbors(start, {}, {}, deadline, 1500, "").status()));
}

TEST(QueryOfDamagedStoreTest, ARelationThatTheOntologyDoesNotHaveIsAnError) {
  const std::shared_ptr<KvStore> kv = NewMemoryKv();
  AtomId person, company;
  {
    const auto store = *GraphStore::OpenOn(std::make_unique<WatchedKv>(WatchedKv::Hand{.kv = kv}));
    DocumentBuilder builder("d1");
    person = builder.Add({.type = EntityType::kPerson, .name = "Ana Lima"});
    company = builder.Add({.type = EntityType::kOrg, .name = "Haichuan"});
    builder.Say(person, "ceo_of", company);
    ASSERT_TRUE(store->Put(builder.Build(), kNow).ok());
  }
  std::vector<KvWrite> writes;
  ASSERT_TRUE(kv->Snapshot()
                  ->ScanAll(Table::kAdjacency, "",
                            [&](std::string_view bytes, std::string_view value) {
                              AdjacencyKey key = *ParseAdjacencyKey(bytes);
                              writes.push_back({Table::kAdjacency, std::string(bytes), std::nullopt});
                              key.predicate = 60000;
                              writes.push_back({Table::kAdjacency, ToBytes(key), std::string(value)});
                              return true;
                            })
                  .ok());
  ASSERT_EQ(writes.size(), 4u);
  ASSERT_TRUE(kv->Write({.home = "test", .writes = writes}).ok());
  const auto store = *GraphStore::OpenOn(std::make_unique<WatchedKv>(WatchedKv::Hand{.kv = kv}));
  const auto engine = QueryEngine::Create(store->GetSnapshot());
  ASSERT_TRUE(engine.ok()) << engine.status();
  const EntityId from{person.value}, to{company.value};
  const absl::Status expected = absl::DataLossError("read the edge from " + ToString(from) + " to " + ToString(to) +
                                                    ": the ontology has no relation 60000; run verify");
  EXPECT_EQ((*engine)->Neighbors(from, {}, {}, {}, 10, "").status(), expected);
  EXPECT_EQ((*engine)->Traverse({from}, 1, {}, {}, {}).status(), expected);
  EXPECT_EQ((*engine)->ShortestPath(from, to, {}, {}, {}).status(), expected);
  EXPECT_EQ(WholeGraph(*store->GetSnapshot()).status(), expected);
}

}  // namespace
}  // namespace newsgraph
