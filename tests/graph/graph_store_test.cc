// What the store promises of one document and of a few: on both engines.

#include "graph/graph_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "graph/storage/memory_kv.h"
#include "graph/storage/rocks_kv.h"
#include "tests/graph/document_builder.h"
#include "tests/graph/test_directory.h"

namespace newsgraph {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kNow[] = "2024-08-01T12:00:00Z";

enum class Engine { kMemory, kRocks };

class GraphStoreTest : public testing::TestWithParam<Engine> {
 protected:
  GraphStoreTest() {
    if (GetParam() == Engine::kMemory) {
      store_ = *GraphStore::OpenInMemory();
    } else {
      store_ = *GraphStore::Open({.directory = directory_.path() / "graph.db"});
    }
  }
  ~GraphStoreTest() override {
    const absl::Status verified = store_->Verify();
    EXPECT_TRUE(verified.ok()) << verified;
  }

  CommitResult Put(const DocumentGraph& graph) {
    const auto result = store_->Put(graph, kNow);
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *result : CommitResult();
  }

  TestDirectory directory_;
  std::unique_ptr<GraphStore> store_;
};

INSTANTIATE_TEST_SUITE_P(Engines, GraphStoreTest, testing::Values(Engine::kMemory, Engine::kRocks),
                         [](const auto& info) { return info.param == Engine::kMemory ? "Memory" : "Rocks"; });

// An interview with everything that a document can have.
DocumentGraph Interview() {
  DocumentBuilder builder("d1", {.uri = "https://example.org/1",
                                 .title = "Meta talks",
                                 .publisher = "Example News",
                                 .author = "A. Writer",
                                 .published = "2024-07-24"});
  const AtomId meta = builder.Add({.type = EntityType::kOrg,
                                   .subtype = "company",
                                   .name = "Meta",
                                   .external_ids = {{"lexicon", "meta"}, {"wikidata", "Q380"}}});
  const AtomId zuckerberg = builder.Add({.type = EntityType::kPerson,
                                         .name = "Mark Zuckerberg",
                                         .occupation = "executive",
                                         .observations = {{"name", "zuckerberg"}, {"employer", "meta"}}});
  const AtomId llama = builder.Add({.type = EntityType::kProduct, .subtype = "ai_model", .name = "Llama 3.1"});
  builder.Mention(zuckerberg, "Zuckerberg");
  builder.Mention(zuckerberg, "he", MentionForm::kPronoun);
  builder.Say(zuckerberg, "ceo_of", meta);
  Statement& released = builder.Say(meta, "released", llama, zuckerberg);
  released.valid_from = released.valid_to = "2024-07";
  released.precision = TimePrecision::kMonth;
  released.said_at = "2024-07-24";
  released.factuality = Factuality::kPlanned;
  released.qualifiers = {{"time", "July", "2024-07", {}}, {"place", "Meta", "", meta}};
  builder.Say(llama, "has_parameter_count", Literal{"QUANTITY", "405B", "405000000000", "parameter"});
  builder.Turn(zuckerberg, "We release it today.");
  builder.Turn({}, "Thank you.");
  return builder.Build();
}

TEST_P(GraphStoreTest, WhatIsPutIsReadBackAsItWas) {
  const DocumentGraph graph = Interview();
  const CommitResult result = Put(graph);
  EXPECT_TRUE(result.changed);
  EXPECT_FALSE(result.replaced);
  const auto snapshot = store_->GetSnapshot();
  EXPECT_EQ(snapshot->commit(), result.commit);
  const auto read = snapshot->GetDocumentGraph("d1");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, graph);
  EXPECT_EQ(*snapshot->GetDocument("d1"), graph.document);
  EXPECT_EQ(*snapshot->GetIngestTime("d1"), kNow);
  EXPECT_TRUE(absl::IsNotFound(snapshot->GetDocumentGraph("d2").status()));
}

TEST_P(GraphStoreTest, SameDocumentAgainWritesNothing) {
  const CommitResult first = Put(Interview());
  const CommitResult second = Put(Interview());
  EXPECT_FALSE(second.changed);
  EXPECT_EQ(second.commit, first.commit);
}

TEST_P(GraphStoreTest, ChangedDocumentReplacesTheOneOfItsId) {
  Put(Interview());
  DocumentBuilder builder("d1");
  builder.Add({.type = EntityType::kOrg, .name = "OpenAI"});
  const CommitResult result = Put(builder.Build());
  EXPECT_TRUE(result.changed);
  EXPECT_TRUE(result.replaced);
  const auto snapshot = store_->GetSnapshot();
  EXPECT_EQ(*snapshot->GetDocumentGraph("d1"), builder.Build());
  EXPECT_THAT(*snapshot->FindByName("Meta", false, 10), IsEmpty());
  PagePosition position;
  EXPECT_THAT(*snapshot->ListEntities(10, &position), SizeIs(1));
}

TEST_P(GraphStoreTest, SnapshotNeverChanges) {
  Put(Interview());
  const auto before = store_->GetSnapshot();
  ASSERT_TRUE(store_->Retract("d1", kNow).ok());
  EXPECT_TRUE(before->GetDocumentGraph("d1").ok());
  EXPECT_TRUE(absl::IsNotFound(store_->GetSnapshot()->GetDocumentGraph("d1").status()));
  EXPECT_TRUE(absl::IsNotFound(store_->GetSnapshot()->GetIngestTime("d1").status()));
  EXPECT_EQ(store_->GetSnapshot()->commit(), before->commit() + 1);
  EXPECT_TRUE(absl::IsNotFound(store_->Retract("d1", kNow).status()));
}

// One person in three scripts, joined by the id of the lexicon.
std::vector<DocumentGraph> ThreeScripts() {
  std::vector<DocumentGraph> graphs;
  const std::tuple<const char*, const char*, int> kNames[] = {
      {"祖克柏", "zh-Hant", 3}, {"扎克伯格", "zh-Hans", 1}, {"Mark Zuckerberg", "en", 2}};
  for (const auto& [name, language, mentions] : kNames) {
    DocumentBuilder builder(std::string("d-") + language, {.language = language});
    const AtomId person = builder.Add({.type = EntityType::kPerson,
                                       .subtype = std::string(language) == "en" ? "" : "business",
                                       .name = name,
                                       .external_ids = {{"lexicon", "zuckerberg"}}});
    for (int i = 1; i < mentions; ++i) builder.Mention(person, name);
    graphs.push_back(builder.Build());
  }
  return graphs;
}

TEST_P(GraphStoreTest, EntityIsFoundByAnyOfItsNamesInAnyScript) {
  for (const DocumentGraph& graph : ThreeScripts()) Put(graph);
  const auto snapshot = store_->GetSnapshot();
  PagePosition position;
  const auto entities = *snapshot->ListEntities(10, &position);
  ASSERT_THAT(entities, SizeIs(1));
  EXPECT_EQ(position, "");
  for (const char* name : {"祖克柏", "扎克伯格", "mark zuckerberg", "ＭＡＲＫ　ZUCKERBERG"}) {
    const auto matches = *snapshot->FindByName(name, false, 10);
    ASSERT_THAT(matches, SizeIs(1)) << name;
    EXPECT_EQ(matches[0].entity, entities[0]);
    EXPECT_TRUE(matches[0].exact);
  }
  const auto prefix = *snapshot->FindByName("mark z", true, 10);
  ASSERT_THAT(prefix, SizeIs(1));
  EXPECT_EQ(prefix[0].name, "Mark Zuckerberg");
  EXPECT_EQ(prefix[0].count, 2u);
  EXPECT_FALSE(prefix[0].exact);
  EXPECT_THAT(*snapshot->FindByName("mark z", false, 10), IsEmpty());
  EXPECT_THAT(*snapshot->FindByName("", true, 10), IsEmpty());
}

TEST_P(GraphStoreTest, EntityIsWhatAllDocumentsTogetherSay) {
  for (const DocumentGraph& graph : ThreeScripts()) Put(graph);
  const auto snapshot = store_->GetSnapshot();
  const EntityId id = snapshot->FindByName("祖克柏", false, 1)->at(0).entity;
  const Entity entity = *snapshot->GetEntity(id);
  EXPECT_EQ(entity.type, EntityType::kPerson);
  EXPECT_EQ(*snapshot->GetEntityType(id), EntityType::kPerson);
  EXPECT_EQ(entity.subtype, "business");
  EXPECT_EQ(entity.name, "祖克柏");  // each is the fullest name of one atom; of these the most mentioned
  EXPECT_THAT(entity.names, ElementsAre(EntityName{"祖克柏", "zh-Hant", 3}, EntityName{"Mark Zuckerberg", "en", 2},
                                        EntityName{"扎克伯格", "zh-Hans", 1}));
  EXPECT_THAT(entity.external_ids, ElementsAre(std::pair("lexicon", "zuckerberg")));
  EXPECT_EQ(entity.documents, 3u);
  PagePosition position;
  EXPECT_THAT(*snapshot->ListMentioningDocuments(id, 10, &position), SizeIs(3));
  const auto reasons = *snapshot->ExplainEntity(id);
  ASSERT_THAT(reasons, SizeIs(2));
  EXPECT_EQ(reasons[0].level, "external id");
  EXPECT_THAT(reasons[0].reason, HasSubstr("zuckerberg"));
}

TEST_P(GraphStoreTest, ExactNamesComeFirstThenTheMostMentioned) {
  int documents = 0;
  for (const auto& [name, mentions] :
       {std::pair("Meta", 1), std::pair("Meta AI", 5), std::pair("Metallica", 2), std::pair("Met", 9)}) {
    DocumentBuilder builder("d" + std::to_string(++documents));
    const AtomId atom = builder.Add({.type = EntityType::kOrg, .name = name});
    for (int i = 1; i < mentions; ++i) builder.Mention(atom, name);
    Put(builder.Build());
  }
  std::vector<std::string> names;
  const auto matches = store_->GetSnapshot()->FindByName("meta", true, 10);
  for (const NameMatch& match : *matches) names.push_back(match.name);
  EXPECT_THAT(names, ElementsAre("Meta", "Meta AI", "Metallica"));
  EXPECT_THAT(*store_->GetSnapshot()->FindByName("meta", true, 2), SizeIs(2));
}

TEST_P(GraphStoreTest, NominalMentionsNameOnlyWhatHasNoName) {
  DocumentBuilder builder("d1");
  const AtomId meta = builder.Add({.type = EntityType::kOrg, .name = "Meta"});
  builder.Mention(meta, "the company", MentionForm::kNominal);
  Put(builder.Build());
  EXPECT_THAT(*store_->GetSnapshot()->FindByName("the company", false, 10), IsEmpty());
  EXPECT_THAT(
      store_->GetSnapshot()->GetEntity(store_->GetSnapshot()->FindByName("Meta", false, 1)->at(0).entity)->names,
      ElementsAre(EntityName{"Meta", "en", 1}));
}

// --- statements

// Five documents about two companies, so that entities meet across them.
std::vector<DocumentGraph> Newsroom() {
  std::vector<DocumentGraph> graphs;
  for (int i = 0; i < 5; ++i) {
    DocumentBuilder builder("n" + std::to_string(i), {.publisher = i % 2 ? "Example News" : "Other News",
                                                      .published = "2024-07-0" + std::to_string(5 - i)});
    const AtomId meta = builder.Add({.type = EntityType::kOrg, .name = "Meta"});
    const AtomId altman = builder.Add({.type = EntityType::kPerson, .name = "Sam Altman"});
    const AtomId openai = builder.Add({.type = EntityType::kOrg, .name = "OpenAI"});
    const AtomId zuckerberg = builder.Add({.type = EntityType::kPerson, .name = "Mark Zuckerberg"});
    builder.Say(zuckerberg, "ceo_of", meta);
    builder.Say(altman, "ceo_of", openai, i % 2 ? zuckerberg : AtomId());
    builder.Say(altman, "works_for", openai);
    if (i == 3) builder.Say(altman, "works_for", meta);
    graphs.push_back(builder.Build());
  }
  return graphs;
}

class NewsroomTest : public GraphStoreTest {
 protected:
  NewsroomTest() {
    for (const DocumentGraph& graph : Newsroom()) Put(graph);
    snapshot_ = store_->GetSnapshot();
    meta_ = Find("Meta");
    openai_ = Find("OpenAI");
    altman_ = Find("Sam Altman");
    zuckerberg_ = Find("Mark Zuckerberg");
  }

  EntityId Find(const std::string& name) {
    const auto matches = snapshot_->FindByName(name, false, 10);
    EXPECT_TRUE(matches.ok() && matches->size() == 1) << name;
    return matches->at(0).entity;
  }

  std::vector<std::string> Ids(const StatementPattern& pattern, size_t limit = 1000) {
    PagePosition position;
    std::vector<std::string> ids;
    do {
      const auto page = snapshot_->ListStatements(pattern, nullptr, limit, &position);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) break;
      EXPECT_LE(page->size(), limit);
      for (const ResolvedStatement& statement : *page) ids.push_back(statement.id());
    } while (!position.empty());
    return ids;
  }

  // What the pattern matches among all statements, one by one.
  std::vector<std::string> Expected(const StatementPattern& pattern) {
    std::vector<std::string> ids;
    PagePosition position;
    const auto all = snapshot_->ListStatements({}, nullptr, 1000, &position);
    for (const ResolvedStatement& statement : *all) {
      if (pattern.subject && statement.subject != *pattern.subject) continue;
      if (pattern.object && statement.object != *pattern.object) continue;
      if (pattern.speaker && statement.speaker != *pattern.speaker) continue;
      if (pattern.predicate && statement.statement.predicate != *pattern.predicate) continue;
      if (pattern.document && statement.document != *pattern.document) continue;
      ids.push_back(statement.id());
    }
    return ids;
  }

  std::shared_ptr<const Snapshot> snapshot_;
  EntityId meta_, openai_, altman_, zuckerberg_;
};

INSTANTIATE_TEST_SUITE_P(Engines, NewsroomTest, testing::Values(Engine::kMemory, Engine::kRocks),
                         [](const auto& info) { return info.param == Engine::kMemory ? "Memory" : "Rocks"; });

TEST_P(NewsroomTest, StatementsAreFoundByAnyPatternInAnyPages) {
  const std::vector<StatementPattern> patterns = {
      {},
      {.subject = altman_},
      {.predicate = "ceo_of"},
      {.object = openai_},
      {.object = meta_},
      {.document = "n3"},
      {.speaker = zuckerberg_},
      {.subject = altman_, .predicate = "works_for"},
      {.subject = altman_, .object = meta_},
      {.subject = altman_, .predicate = "ceo_of", .object = openai_, .speaker = zuckerberg_},
      {.subject = altman_, .document = "n3"},
      {.predicate = "works_for", .document = "n3"},
      {.subject = meta_},
      {.object = zuckerberg_},
  };
  ASSERT_THAT(Ids({}), SizeIs(16));
  for (size_t i = 0; i < patterns.size(); ++i) {
    const auto expected = Expected(patterns[i]);
    for (const size_t limit : {1, 2, 3, 1000}) EXPECT_EQ(Ids(patterns[i], limit), expected) << i << " by " << limit;
  }
  EXPECT_THAT(Expected({.subject = altman_, .object = meta_}), ElementsAre("n3:3"));
  EXPECT_THAT(Expected({.speaker = zuckerberg_}), SizeIs(2));
}

TEST_P(NewsroomTest, StatementsMentioningAreThoseWhoseEvidenceNamesIt) {
  EXPECT_THAT(Ids({.mentioning = meta_}), SizeIs(6));
  EXPECT_EQ(Ids({.subject = altman_, .mentioning = meta_}), std::vector<std::string>{"n3:3"});
  EXPECT_EQ(Ids({.mentioning = altman_}, 2), Ids({.mentioning = altman_}));
  EXPECT_THAT(Ids({.mentioning = altman_}), SizeIs(11));
}

TEST_P(NewsroomTest, OnlyAcceptedStatementsAreCounted) {
  PagePosition position;
  const auto odd = [](const ResolvedStatement& statement) -> absl::StatusOr<bool> {
    return statement.publisher == "Example News";
  };
  const auto page = snapshot_->ListStatements({.predicate = "ceo_of"}, odd, 3, &position);
  ASSERT_THAT(*page, SizeIs(3));
  for (const ResolvedStatement& statement : *page) EXPECT_EQ(statement.publisher, "Example News");
  EXPECT_THAT(*snapshot_->ListStatements({.predicate = "ceo_of"}, odd, 3, &position), SizeIs(1));
  EXPECT_EQ(position, "");
  const auto late = [](const ResolvedStatement&) -> absl::StatusOr<bool> {
    return absl::DeadlineExceededError("too late");
  };
  EXPECT_TRUE(absl::IsDeadlineExceeded(snapshot_->ListStatements({}, late, 3, &position).status()));
}

TEST_P(NewsroomTest, PositionsHoldAcrossLaterCommits) {
  PagePosition position;
  const auto first = *snapshot_->ListStatements({.subject = altman_}, nullptr, 3, &position);
  ASSERT_THAT(first, SizeIs(3));
  const std::vector<std::string> all = Ids({.subject = altman_});
  ASSERT_TRUE(store_->Retract(first[2].document, kNow).ok());
  const auto later = store_->GetSnapshot();
  const EntityId altman = later->FindByName("Sam Altman", false, 1)->at(0).entity;
  const auto rest = later->ListStatements({.subject = altman}, nullptr, 100, &position);
  ASSERT_TRUE(rest.ok()) << rest.status();
  std::vector<std::string> ids;
  for (const ResolvedStatement& statement : *rest) ids.push_back(statement.id());
  std::vector<std::string> expected(all.begin() + 3, all.end());
  std::erase_if(expected, [&](const std::string& id) { return id.starts_with(first[2].document + ":"); });
  EXPECT_EQ(ids, expected);
}

TEST_P(NewsroomTest, WhatIsUnknownIsNotFoundAndBrokenPositionsAreRefused) {
  PagePosition position;
  const EntityId nobody{{1, 2}};
  EXPECT_TRUE(absl::IsNotFound(snapshot_->ListStatements({.subject = nobody}, nullptr, 1, &position).status()));
  EXPECT_TRUE(absl::IsNotFound(snapshot_->ListStatements({.predicate = "no_such"}, nullptr, 1, &position).status()));
  EXPECT_TRUE(absl::IsNotFound(snapshot_->ListStatements({.document = "none"}, nullptr, 1, &position).status()));
  EXPECT_TRUE(absl::IsNotFound(snapshot_->GetEntity(nobody).status()));
  EXPECT_TRUE(absl::IsNotFound(snapshot_->GetEntityType(nobody).status()));
  EXPECT_TRUE(absl::IsNotFound(snapshot_->ListMentions(nobody, 1, &position).status()));
  EXPECT_TRUE(absl::IsNotFound(snapshot_->Resolve({{1, 2}}).status()));
  EXPECT_TRUE(absl::IsNotFound(snapshot_->GetStatement("n0:99").status()));
  EXPECT_TRUE(absl::IsInvalidArgument(snapshot_->GetStatement("n0").status()));
  EXPECT_TRUE(absl::IsInvalidArgument(snapshot_->GetStatement("n0:1x").status()));
  EXPECT_EQ(snapshot_->GetStatement("n0:2")->statement.predicate, "works_for");
  for (const char* broken : {"x", "12", "zz:1", "00000000000000000000000000000000", "00000000000000000000000000000000:",
                             "00000000000000000000000000000000:99999999999999999999"}) {
    position = broken;
    EXPECT_TRUE(absl::IsInvalidArgument(snapshot_->ListStatements({}, nullptr, 1, &position).status())) << broken;
    position = broken;
    EXPECT_TRUE(absl::IsInvalidArgument(snapshot_->ListEntities(1, &position).status())) << broken;
  }
}

TEST_P(GraphStoreTest, EntitiesAreFoundByTheirExternalIds) {
  for (const DocumentGraph& graph : ThreeScripts()) Put(graph);
  const auto snapshot = store_->GetSnapshot();
  const EntityId id = snapshot->FindByName("祖克柏", false, 1)->at(0).entity;
  EXPECT_THAT(*snapshot->FindByExternalId("lexicon", "zuckerberg"), ElementsAre(id));
  EXPECT_THAT(*snapshot->FindByExternalId("lexicon", "zucker"), IsEmpty());
  EXPECT_THAT(*snapshot->FindByExternalId("wikidata", "zuckerberg"), IsEmpty());
}

TEST_P(GraphStoreTest, TheTypeOfAnEntityIsThatOfMostOfItsDocuments) {
  std::vector<AtomId> atoms;
  const auto put = [&](const std::string& id, EntityType type) {
    DocumentBuilder builder(id);
    atoms.push_back(builder.Add({.type = type, .name = "Lumen", .external_ids = {{"wikidata", "Q1"}}}));
    Put(builder.Build());
  };
  put("d1", EntityType::kProduct);
  put("d2", EntityType::kOrg);
  put("d3", EntityType::kOrg);
  const auto snapshot = store_->GetSnapshot();
  for (const AtomId atom : atoms) {
    const EntityId id = *snapshot->EntityOf(atom);
    EXPECT_EQ(*snapshot->GetEntityType(id), snapshot->GetEntity(id)->type);
  }
  EXPECT_EQ(*snapshot->GetEntityType(*snapshot->EntityOf(atoms[1])), EntityType::kOrg);
}

template <typename List>
auto AllPages(size_t limit, const List& list) {
  PagePosition position;
  auto all = *list(limit, &position);
  while (!position.empty()) {
    const auto page = *list(limit, &position);
    EXPECT_LE(page.size(), limit);
    all.insert(all.end(), page.begin(), page.end());
  }
  return all;
}

TEST_P(NewsroomTest, ListsAreTheSameInPagesOfAnySize) {
  const auto documents = [&](size_t limit, PagePosition* position) {
    return snapshot_->ListDocuments(limit, position);
  };
  const auto entities = [&](size_t limit, PagePosition* position) { return snapshot_->ListEntities(limit, position); };
  const auto atoms = [&](size_t limit, PagePosition* position) { return snapshot_->ListAtoms(meta_, limit, position); };
  const auto mentioning = [&](size_t limit, PagePosition* position) {
    return snapshot_->ListMentioningDocuments(meta_, limit, position);
  };
  const auto published = [&](size_t limit, PagePosition* position) {
    return snapshot_->ListDocumentsPublished(19907, 19909, limit, position);  // 2024-07-03 … 2024-07-05
  };
  const auto mentions = [&](size_t limit, PagePosition* position) -> absl::StatusOr<std::vector<std::string>> {
    std::vector<std::string> texts;
    const auto found = snapshot_->ListMentions(meta_, limit, position);
    for (const auto& mention : *found) {
      EXPECT_EQ(mention.mention.surface, "Meta");
      texts.push_back(mention.document + ":" + std::to_string(mention.mention.span.begin));
    }
    return texts;
  };
  EXPECT_THAT(AllPages(100, documents), SizeIs(5));
  EXPECT_THAT(AllPages(100, entities), SizeIs(4));
  EXPECT_THAT(AllPages(100, atoms), SizeIs(5));
  EXPECT_THAT(AllPages(100, mentioning), SizeIs(5));
  EXPECT_THAT(AllPages(100, published), ElementsAre("n2", "n1", "n0"));
  EXPECT_THAT(AllPages(100, mentions), SizeIs(11));
  for (const size_t limit : {1, 2, 3}) {
    EXPECT_EQ(AllPages(limit, documents), AllPages(100, documents));
    EXPECT_EQ(AllPages(limit, entities), AllPages(100, entities));
    EXPECT_EQ(AllPages(limit, atoms), AllPages(100, atoms));
    EXPECT_EQ(AllPages(limit, mentioning), AllPages(100, mentioning));
    EXPECT_EQ(AllPages(limit, published), AllPages(100, published));
    EXPECT_EQ(AllPages(limit, mentions), AllPages(100, mentions));
  }
}

TEST_P(NewsroomTest, EdgesAreStatementsBetweenTwoEntities) {
  std::vector<Edge> out, in, all;
  const auto into = [](std::vector<Edge>& edges) {
    return [&edges](const Edge& edge) {
      edges.push_back(edge);
      return true;
    };
  };
  ASSERT_TRUE(snapshot_->ScanEdges(altman_, Snapshot::Direction::kOut, into(out)).ok());
  ASSERT_TRUE(snapshot_->ScanEdges(openai_, Snapshot::Direction::kIn, into(in)).ok());
  ASSERT_TRUE(snapshot_->ScanAllEdges(into(all)).ok());
  EXPECT_THAT(out, SizeIs(11));
  EXPECT_THAT(in, SizeIs(10));
  EXPECT_THAT(all, SizeIs(16));
  for (const Edge& edge : in) {
    EXPECT_EQ(edge.subject, altman_);
    EXPECT_EQ(edge.object, openai_);
  }
  for (const Edge& edge : out) {
    const auto statement = snapshot_->GetStatement(edge.document, edge.statement);
    ASSERT_TRUE(statement.ok()) << statement.status();
    EXPECT_EQ(statement->subject, edge.subject);
    EXPECT_EQ(statement->object, edge.object);
    EXPECT_EQ(statement->speaker, edge.speaker);
    EXPECT_EQ(edge.has_speaker, !edge.speaker.is_zero());
    EXPECT_EQ(store_->ontology().FindNumber(edge.predicate)->id, statement->statement.predicate);
    EXPECT_EQ(edge.confidence, 7500);
    EXPECT_EQ(edge.source, SourceOf(statement->publisher));
    EXPECT_EQ(edge.valid_from_day, INT32_MIN);
    EXPECT_EQ(edge.valid_to_day, INT32_MAX);
  }
  int seen = 0;
  ASSERT_TRUE(snapshot_->ScanAllEdges([&](const Edge&) { return ++seen < 3; }).ok());
  EXPECT_EQ(seen, 3);
}

TEST_P(GraphStoreTest, LiteralsAndStatementsInsideOneEntityMakeNoEdge) {
  Put(Interview());
  DocumentBuilder builder("d2");
  const AtomId zuckerberg = builder.Add({.type = EntityType::kPerson, .name = "Mark Zuckerberg"});
  const AtomId same = builder.Add({.type = EntityType::kPerson, .name = "Mark Zuckerberg"});
  builder.Say(zuckerberg, "spouse_of", same);
  Put(builder.Build());
  const auto snapshot = store_->GetSnapshot();
  EXPECT_EQ(*snapshot->EntityOf(zuckerberg), *snapshot->EntityOf(same));
  const StoreStatistics statistics = *snapshot->GetStatistics();
  EXPECT_EQ(statistics.statements, 4u);
  EXPECT_EQ(statistics.edges, 2u);
  std::vector<Edge> edges;
  ASSERT_TRUE(snapshot
                  ->ScanEdges(*snapshot->EntityOf(same), Snapshot::Direction::kOut,
                              [&](const Edge& edge) {
                                edges.push_back(edge);
                                return true;
                              })
                  .ok());
  ASSERT_THAT(edges, SizeIs(1));
  const Edge& edge = edges[0];
  EXPECT_EQ(edge.published_day, 19928);  // 2024-07-24
}

TEST_P(GraphStoreTest, EdgesCarryWhenAStatementHolds) {
  DocumentBuilder builder("d1");
  const AtomId person = builder.Add({.type = EntityType::kPerson, .name = "Mark Zuckerberg"});
  const AtomId meta = builder.Add({.type = EntityType::kOrg, .name = "Meta"});
  Statement& statement = builder.Say(person, "works_for", meta, person);
  statement.valid_from = "2024-02";
  statement.valid_to = "2024-02";
  statement.factuality = Factuality::kDenied;
  Put(builder.Build());
  ASSERT_TRUE(store_->GetSnapshot()
                  ->ScanAllEdges([&](const Edge& edge) {
                    EXPECT_EQ(edge.valid_from_day, 19754);  // 2024-02-01
                    EXPECT_EQ(edge.valid_to_day, 19782);    // 2024-02-29
                    EXPECT_EQ(edge.published_day, INT32_MIN);
                    EXPECT_EQ(edge.factuality, Factuality::kDenied);
                    EXPECT_EQ(edge.speaker, edge.subject);
                    return true;
                  })
                  .ok());
}

TEST_P(NewsroomTest, StatisticsAreThoseOfWhatIsThere) {
  Put(Interview());
  const StoreStatistics all = *store_->GetSnapshot()->GetStatistics();
  EXPECT_EQ(all.documents, 6u);
  EXPECT_EQ(all.atoms, 23u);
  EXPECT_EQ(all.turns, 2u);
  EXPECT_EQ(all.statements, 19u);
  EXPECT_EQ(all.entities, 5u);
  EXPECT_EQ(all.edges, 18u);
  EXPECT_THAT(all.statements_by_predicate, ElementsAre(std::pair("ceo_of", 11), std::pair("works_for", 6),
                                                       std::pair("has_parameter_count", 1), std::pair("released", 1)));
  EXPECT_THAT(all.entities_by_type, ElementsAre(std::pair("ORG", 2), std::pair("PERSON", 2), std::pair("PRODUCT", 1)));
  ASSERT_TRUE(store_->Retract("d1", kNow).ok());
  const StoreStatistics before = *snapshot_->GetStatistics();
  const StoreStatistics after = *store_->GetSnapshot()->GetStatistics();
  EXPECT_EQ(after.mentions, before.mentions);
  EXPECT_EQ(after.statements_by_predicate, before.statements_by_predicate);
  EXPECT_EQ(after.entities_by_type, before.entities_by_type);
  EXPECT_EQ(after.edges, 16u);
}

// --- ids

TEST_P(GraphStoreTest, OldIdsAnswerAfterJoinSplitAndRetraction) {
  // Two persons of whom a third document says that they are one.
  DocumentBuilder latin("d1"), chinese("d2"), bridge("d3");
  const AtomId a = latin.Add({.type = EntityType::kPerson, .name = "Mark Zuckerberg"});
  const AtomId b = chinese.Add({.type = EntityType::kPerson, .name = "馬克·扎克伯格"});
  const AtomId c = bridge.Add(
      {.type = EntityType::kPerson, .name = "Mark Zuckerberg", .observations = {{"gloss", "马克·扎克伯格"}}});
  Put(latin.Build());
  Put(chinese.Build());
  const EntityId first = *store_->GetSnapshot()->EntityOf(a);
  const EntityId second = *store_->GetSnapshot()->EntityOf(b);
  ASSERT_NE(first, second);

  Put(bridge.Build());
  const auto joined = store_->GetSnapshot();
  const EntityId one = *joined->EntityOf(c);
  EXPECT_EQ(one.value, std::min({a, b, c}).value);
  for (const AtomId id : {a, b, c}) EXPECT_EQ(joined->Resolve(id)->entity, one);

  ASSERT_TRUE(store_->Retract("d3", kNow).ok());
  const auto split = store_->GetSnapshot();
  EXPECT_EQ(split->Resolve(a)->entity, first);
  EXPECT_EQ(split->Resolve(b)->entity, second);
  // The atom that is gone may mean either.
  const Resolution either = *split->Resolve(c);
  EXPECT_TRUE(either.entity.is_zero());
  EXPECT_THAT(either.candidates, ElementsAre(std::min(first, second), std::max(first, second)));
  EXPECT_TRUE(absl::IsNotFound(split->EntityOf(c).status()));

  ASSERT_TRUE(store_->Retract("d1", kNow).ok());
  EXPECT_EQ(store_->GetSnapshot()->Resolve(c)->entity, second);
  EXPECT_TRUE(absl::IsNotFound(store_->GetSnapshot()->Resolve(a).status()));
  ASSERT_TRUE(store_->Retract("d2", kNow).ok());
  EXPECT_TRUE(absl::IsNotFound(store_->GetSnapshot()->Resolve(c).status()));

  // What is read again answers for itself again.
  Put(bridge.Build());
  EXPECT_EQ(store_->GetSnapshot()->Resolve(c)->entity.value, c.value);
}

TEST_P(GraphStoreTest, RetiredIdsAreFollowedFromOneToTheNext) {
  std::vector<AtomId> atoms;
  std::vector<std::string> documents;
  for (int i = 0; i < 4; ++i) {
    DocumentBuilder builder("d" + std::to_string(i));
    atoms.push_back(builder.Add({.type = EntityType::kOrg, .name = "Meta"}));
    Put(builder.Build());
  }
  // Each time the smallest goes, the entity gets another id.
  std::vector<AtomId> sorted = atoms;
  std::sort(sorted.begin(), sorted.end());
  for (size_t i = 0; i + 1 < sorted.size(); ++i) {
    const auto gone = std::find(atoms.begin(), atoms.end(), sorted[i]) - atoms.begin();
    ASSERT_TRUE(store_->Retract("d" + std::to_string(gone), kNow).ok());
    for (size_t j = 0; j <= i; ++j) {
      EXPECT_EQ(store_->GetSnapshot()->Resolve(sorted[j])->entity.value, sorted[i + 1].value);
    }
  }
}

TEST_P(GraphStoreTest, NamesakesWhoForbidEachOtherAreListedAsAmbiguous) {
  int documents = 0;
  for (const char* occupation : {"singer", "physician", ""}) {
    DocumentBuilder builder("d" + std::to_string(++documents));
    builder.Add({.type = EntityType::kPerson, .name = "陳偉", .occupation = occupation});
    Put(builder.Build());
  }
  const auto snapshot = store_->GetSnapshot();
  PagePosition position;
  const auto ambiguities = snapshot->ListAmbiguities(10, &position);
  ASSERT_TRUE(ambiguities.ok()) << ambiguities.status();
  ASSERT_THAT(*ambiguities, SizeIs(1));
  EXPECT_EQ((*ambiguities)[0].level, "name alone");
  EXPECT_THAT((*ambiguities)[0].entities, SizeIs(3));
  EXPECT_THAT((*ambiguities)[0].reason, HasSubstr("occupation"));
  EXPECT_EQ(position, "");
}

// --- judgements

class JudgementTest : public GraphStoreTest {
 protected:
  JudgementTest() {
    for (int i = 0; i < 2; ++i) {
      DocumentBuilder builder("d" + std::to_string(i));
      const AtomId meta = builder.Add({.type = EntityType::kOrg, .name = i == 0 ? "Meta" : "Facebook"});
      const AtomId person = builder.Add({.type = EntityType::kPerson, .name = "Mark Zuckerberg"});
      builder.Say(person, "ceo_of", meta);
      builder.Mention(meta, "it", MentionForm::kPronoun);
      Put(builder.Build());
      companies_.push_back(meta);
      people_.push_back(person);
    }
  }

  EntityId EntityOf(AtomId atom) { return *store_->GetSnapshot()->EntityOf(atom); }
  absl::StatusOr<CommitResult> Judge(AtomId left, AtomId right, Verdict verdict, const std::string& author = "Ann",
                                     const std::string& time = "2024-08-02") {
    return store_->Judge(left, right, verdict, "because", author, time);
  }

  std::vector<AtomId> companies_, people_;
};

INSTANTIATE_TEST_SUITE_P(Engines, JudgementTest, testing::Values(Engine::kMemory, Engine::kRocks),
                         [](const auto& info) { return info.param == Engine::kMemory ? "Memory" : "Rocks"; });

TEST_P(JudgementTest, JudgedSameAreOneAndUndoneTheyAreTwoAgain) {
  ASSERT_NE(EntityOf(companies_[0]), EntityOf(companies_[1]));
  const auto result = Judge(companies_[1], companies_[0], Verdict::kSame);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(EntityOf(companies_[0]), EntityOf(companies_[1]));
  const auto reasons = *store_->GetSnapshot()->ExplainEntity(EntityOf(companies_[0]));
  ASSERT_THAT(reasons, SizeIs(1));
  EXPECT_EQ(reasons[0].level, "judgement");
  EXPECT_THAT(reasons[0].reason, HasSubstr("Ann"));

  const auto judgements = *store_->GetSnapshot()->ListJudgements();
  ASSERT_THAT(judgements, SizeIs(1));
  EXPECT_LT(judgements[0].left, judgements[0].right);
  for (const auto& [atom, place] : {std::pair(judgements[0].left, judgements[0].left_place),
                                    std::pair(judgements[0].right, judgements[0].right_place)}) {
    const bool meta = atom == companies_[0];
    EXPECT_EQ(place,
              (JudgementPlace{meta ? "d0" : "d1", {Field::kText, 0, meta ? 4u : 8u}, meta ? "Meta" : "Facebook"}));
  }
  EXPECT_THAT(*store_->GetSnapshot()->ListDetachedJudgements(), IsEmpty());

  ASSERT_TRUE(store_->UndoJudgement(companies_[0], companies_[1], "Ann", kNow).ok());
  EXPECT_NE(EntityOf(companies_[0]), EntityOf(companies_[1]));
  EXPECT_THAT(*store_->GetSnapshot()->ListJudgements(), IsEmpty());
  EXPECT_TRUE(absl::IsNotFound(store_->UndoJudgement(companies_[0], companies_[1], "Ann", kNow).status()));
}

TEST_P(JudgementTest, JudgedDifferentAreTwoAndTheirEdgesStayWithEach) {
  ASSERT_EQ(EntityOf(people_[0]), EntityOf(people_[1]));
  ASSERT_TRUE(Judge(people_[0], people_[1], Verdict::kDifferent).ok());
  EXPECT_NE(EntityOf(people_[0]), EntityOf(people_[1]));
  for (int i = 0; i < 2; ++i) {
    PagePosition position;
    const auto statements =
        store_->GetSnapshot()->ListStatements({.subject = EntityOf(people_[i])}, nullptr, 10, &position);
    ASSERT_THAT(*statements, SizeIs(1));
    EXPECT_EQ(statements->at(0).object, EntityOf(companies_[i]));
  }
}

TEST_P(JudgementTest, LaterVerdictOfOneAuthorCountsAndDifferentBeatsSame) {
  ASSERT_TRUE(Judge(companies_[0], companies_[1], Verdict::kDifferent).ok());
  const auto replaced = Judge(companies_[0], companies_[1], Verdict::kSame);
  EXPECT_TRUE(replaced->replaced);
  EXPECT_EQ(EntityOf(companies_[0]), EntityOf(companies_[1]));
  EXPECT_FALSE(Judge(companies_[0], companies_[1], Verdict::kSame)->changed);
  ASSERT_TRUE(Judge(companies_[0], companies_[1], Verdict::kDifferent, "Bob").ok());
  EXPECT_NE(EntityOf(companies_[0]), EntityOf(companies_[1]));
  ASSERT_TRUE(store_->UndoJudgement(companies_[0], companies_[1], "Bob", kNow).ok());
  EXPECT_EQ(EntityOf(companies_[0]), EntityOf(companies_[1]));
}

TEST_P(JudgementTest, JudgementFindsItsPlaceInADocumentReadAnew) {
  ASSERT_TRUE(Judge(companies_[0], companies_[1], Verdict::kSame).ok());
  // The analyser now knows a fuller name: another atom at the same place.
  DocumentBuilder fuller("d0");
  const AtomId meta = fuller.Add({.type = EntityType::kOrg, .name = "Meta Platforms"});
  DocumentGraph graph = fuller.Build();
  graph.document.text = "Meta is Meta Platforms";
  graph.mentions = {{{Field::kText, 0, 4}, "Meta", MentionForm::kName, EntityType::kOrg, meta},
                    {{Field::kText, 8, 22}, "Meta Platforms", MentionForm::kName, EntityType::kOrg, meta}};
  EXPECT_THAT(Put(graph).detached_judgements, IsEmpty());
  EXPECT_EQ(EntityOf(meta), EntityOf(companies_[1]));

  // The text has grown at its beginning: the surface is found where it stands now.
  graph.document.text = "So " + graph.document.text;
  for (Mention& mention : graph.mentions) {
    mention.span.begin += 3;
    mention.span.end += 3;
  }
  EXPECT_THAT(Put(graph).detached_judgements, IsEmpty());
  EXPECT_EQ(EntityOf(meta), EntityOf(companies_[1]));

  // The name is gone: the judgement is listed and kept.
  DocumentBuilder other("d0");
  other.Add({.type = EntityType::kOrg, .name = "Bloomberg"});
  EXPECT_THAT(Put(other.Build()).detached_judgements, ElementsAre(HasSubstr("document d0 no longer has Meta")));
  EXPECT_THAT(*store_->GetSnapshot()->ListDetachedJudgements(), SizeIs(1));
  ASSERT_TRUE(store_->Retract("d0", kNow).ok());
  EXPECT_THAT(*store_->GetSnapshot()->ListDetachedJudgements(), SizeIs(1));
  Put(graph);
  EXPECT_THAT(*store_->GetSnapshot()->ListDetachedJudgements(), IsEmpty());
  EXPECT_EQ(EntityOf(meta), EntityOf(companies_[1]));
}

TEST_P(JudgementTest, ImportedJudgementWaitsForItsDocuments) {
  ASSERT_TRUE(Judge(companies_[0], companies_[1], Verdict::kSame).ok());
  const Judgement judgement = store_->GetSnapshot()->ListJudgements()->at(0);
  const auto other = *GraphStore::OpenInMemory();
  ASSERT_TRUE(other->PutJudgement(judgement, kNow).ok());
  EXPECT_THAT(*other->GetSnapshot()->ListDetachedJudgements(), ElementsAre(judgement));
  for (const char* id : {"d0", "d1"}) ASSERT_TRUE(other->Put(*store_->GetSnapshot()->GetDocumentGraph(id), kNow).ok());
  EXPECT_THAT(*other->GetSnapshot()->ListDetachedJudgements(), IsEmpty());
  EXPECT_EQ(*other->GetSnapshot()->EntityOf(companies_[0]), *other->GetSnapshot()->EntityOf(companies_[1]));
  EXPECT_TRUE(other->Verify().ok()) << other->Verify();
}

TEST_P(JudgementTest, WhatCannotBeJudgedIsRefused) {
  EXPECT_TRUE(absl::IsInvalidArgument(Judge(companies_[0], companies_[0], Verdict::kSame).status()));
  EXPECT_TRUE(absl::IsNotFound(Judge(companies_[0], {{1, 2}}, Verdict::kSame).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(Judge(companies_[0], companies_[1], Verdict::kSame, "\xff").status()));
  Judgement judgement{.left = companies_[0], .right = companies_[1]};
  EXPECT_THAT(std::string(store_->PutJudgement(judgement, kNow).status().message()), HasSubstr("names no document"));
}

}  // namespace
}  // namespace newsgraph
