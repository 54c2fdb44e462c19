// What a store refuses to open, and what it keeps when a write fails.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "graph/graph_store.h"
#include "graph/storage/keys.h"
#include "graph/storage/memory_kv.h"
#include "graph/storage/rocks_kv.h"
#include "tests/graph/document_builder.h"
#include "tests/graph/test_directory.h"
#include "tests/graph/watched_kv.h"

namespace newsgraph {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

DocumentGraph Small(const std::string& id, const std::string& name = "Meta") {
  DocumentBuilder builder(id);
  builder.Add({.type = EntityType::kOrg, .name = name});
  return builder.Build();
}

std::string OpenMessage(const GraphStoreOptions& options) {
  const auto store = GraphStore::Open(options);
  EXPECT_TRUE(absl::IsFailedPrecondition(store.status())) << store.status();
  return std::string(store.status().message());
}

TEST(StoreOpenTest, WhatIsPutIsThereWhenTheStoreIsOpenedAgain) {
  const TestDirectory directory;
  const GraphStoreOptions options{.directory = directory.path() / "graph.db"};
  for (int i = 0; i < 3; ++i) {
    const auto store = GraphStore::Open(options);
    ASSERT_TRUE(store.ok()) << store.status();
    EXPECT_EQ((*store)->GetSnapshot()->commit(), static_cast<uint64_t>(i));
    for (int j = 0; j < i; ++j) EXPECT_TRUE((*store)->GetSnapshot()->GetDocument("d" + std::to_string(j)).ok());
    ASSERT_TRUE((*store)->Put(Small("d" + std::to_string(i)), "now").ok());
    EXPECT_TRUE((*store)->Verify().ok());
  }
}

TEST(StoreOpenTest, AnotherFormatIsRefusedWithBothNumbers) {
  const TestDirectory directory;
  const GraphStoreOptions options{.directory = directory.path() / "graph.db"};
  ASSERT_TRUE(GraphStore::Open(options).ok());
  {
    const auto kv = OpenRocksKv({.directory = options.directory});
    ASSERT_TRUE((*kv)->Write({.home = "test", .writes = {{Table::kMeta, "format", "7"}}}).ok());
  }
  EXPECT_EQ(OpenMessage(options), "open " + options.directory.string() +
                                      ": written by format 7, this build reads format 2; use a newer build");
  {
    const auto kv = OpenRocksKv({.directory = options.directory});
    ASSERT_TRUE((*kv)->Write({.home = "test", .writes = {{Table::kMeta, "format", "1"}}}).ok());
  }
  EXPECT_EQ(OpenMessage(options), "open " + options.directory.string() +
                                      ": written by format 1, this build reads format 2; use the build that wrote "
                                      "it, or ingest the documents anew");
  {
    const auto kv = OpenRocksKv({.directory = options.directory});
    ASSERT_TRUE((*kv)->Write({.home = "test", .writes = {{Table::kMeta, "format", std::nullopt}}}).ok());
  }
  EXPECT_THAT(OpenMessage(options), HasSubstr("not a newsgraph store"));
}

TEST(StoreOpenTest, WhatIsNoStoreIsRefusedAndLeftAsItIs) {
  const TestDirectory directory;
  std::ofstream(directory.path() / "letter.txt") << "Dear reader";
  EXPECT_THAT(OpenMessage({.directory = directory.path()}),
              AllOf(HasSubstr("open " + directory.path().string()), HasSubstr("not a newsgraph store")));
  EXPECT_THAT(OpenMessage({.directory = directory.path() / "letter.txt"}), HasSubstr("it is a file"));
  const auto missing = GraphStore::Open({.directory = directory.path() / "none", .create_if_missing = false});
  EXPECT_TRUE(absl::IsNotFound(missing.status())) << missing.status();
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory.path()), {}), 1);
}

TEST(StoreOpenTest, StoreInUseIsRefusedForWritingAndGivenForReading) {
  const TestDirectory directory;
  const GraphStoreOptions options{.directory = directory.path() / "graph.db"};
  const auto writer = *GraphStore::Open(options);
  ASSERT_TRUE(writer->Put(Small("d1"), "now").ok());
  EXPECT_THAT(OpenMessage(options), HasSubstr("in use by another process"));
  const auto reader = GraphStore::Open({.directory = options.directory, .read_only = true});
  ASSERT_TRUE(reader.ok()) << reader.status();
  EXPECT_TRUE((*reader)->GetSnapshot()->GetDocument("d1").ok());
  EXPECT_TRUE(absl::IsFailedPrecondition((*reader)->Put(Small("d2"), "now").status()));
}

constexpr char kColumns[] =
    "id\ttier\ten\tzh_hant\tzh_hans\tdomain\trange\tinverse\tinverse_"
    "zh\tsymmetric\tkind\tcardinality\twikidata\tbroader\n";

std::shared_ptr<const Ontology> OntologyOf(const std::vector<std::string>& ids) {
  std::string text = kColumns;
  for (const std::string& id : ids) text += id + "\tcore\t" + id + "\t甲\t甲\tany\tany\t\t\tno\tstate\tn:n\t\t\n";
  const auto ontology = Ontology::Parse(text, "test");
  EXPECT_TRUE(ontology.ok()) << ontology.status();
  return *ontology;
}

TEST(StoreOpenTest, OntologyMayGrowAtItsEndAndChangeNowhereElse) {
  const std::shared_ptr<KvStore> kv = NewMemoryKv();
  const auto open = [&](const std::vector<std::string>& ids) {
    return GraphStore::OpenOn(std::make_unique<WatchedKv>(WatchedKv::Hand{.kv = kv}), OntologyOf(ids)).status();
  };
  ASSERT_TRUE(open({"a", "b"}).ok());
  EXPECT_TRUE(open({"a", "b", "c"}).ok());
  for (const auto& ids : {std::vector<std::string>{"a", "b"}, {"b", "a", "c"}, {"a", "c", "b"}}) {
    const absl::Status status = open(ids);
    EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr("the ontology that it was written with"));
  }
}

TEST(StoreOpenTest, FailedWriteLeavesNothingBehind) {
  WatchedKv::Hand hand{.kv = NewMemoryKv()};
  const auto store = *GraphStore::OpenOn(std::make_unique<WatchedKv>(hand));
  ASSERT_TRUE(store->Put(Small("d1"), "now").ok());
  const RawRows before = DumpRows(*hand.kv);
  *hand.fail = true;
  EXPECT_TRUE(absl::IsResourceExhausted(store->Put(Small("d2"), "now").status()));
  EXPECT_TRUE(absl::IsResourceExhausted(store->Put(Small("d1", "OpenAI"), "now").status()));
  EXPECT_TRUE(absl::IsResourceExhausted(store->Retract("d1", "now").status()));
  EXPECT_EQ(DumpRows(*hand.kv), before);
  EXPECT_EQ(store->GetSnapshot()->commit(), 1u);
  EXPECT_TRUE(absl::IsNotFound(store->GetSnapshot()->GetDocument("d2").status()));
  *hand.fail = false;
  ASSERT_TRUE(store->Put(Small("d2"), "now").ok());
  EXPECT_EQ(store->GetSnapshot()->commit(), 2u);
  EXPECT_TRUE(store->Verify().ok()) << store->Verify();
}

TEST(StoreOpenTest, EveryCommitIsOneBatch) {
  WatchedKv::Hand hand{.kv = NewMemoryKv()};
  const auto store = *GraphStore::OpenOn(std::make_unique<WatchedKv>(hand));
  hand.batches->clear();
  ASSERT_TRUE(store->Put(Small("d1"), "now").ok());
  ASSERT_TRUE(store->Put(Small("d1", "OpenAI"), "now").ok());
  ASSERT_TRUE(store->Put(Small("d1", "OpenAI"), "now").ok());
  ASSERT_TRUE(store->Retract("d1", "now").ok());
  EXPECT_EQ(hand.batches->size(), 3u);
}

TEST(StoreOpenTest, DocumentsPutTogetherAreAsIfEachWerePutByItself) {
  WatchedKv::Hand together{.kv = NewMemoryKv()}, apart{.kv = NewMemoryKv()};
  const auto store = *GraphStore::OpenOn(std::make_unique<WatchedKv>(together));
  const auto other = *GraphStore::OpenOn(std::make_unique<WatchedKv>(apart));
  DocumentGraph refused = Small("d4");
  refused.mentions.clear();
  const std::vector<DocumentGraph> graphs = {
      Small("d1"), Small("d2"), Small("d1", "OpenAI"), Small("d1", "OpenAI"), Small("d3"), refused, Small("d5")};
  std::vector<const DocumentGraph*> all;
  for (const DocumentGraph& graph : graphs) all.push_back(&graph);
  together.batches->clear();
  const auto results = store->PutAll(all, "now");
  ASSERT_EQ(results.size(), graphs.size());
  for (size_t i = 0; i < graphs.size(); ++i) {
    const auto expected = other->Put(graphs[i], "now");
    ASSERT_EQ(results[i].status(), expected.status()) << i;
    if (!expected.ok()) continue;
    EXPECT_EQ(results[i]->commit, expected->commit) << i;
    EXPECT_EQ(results[i]->changed, expected->changed) << i;
    EXPECT_EQ(results[i]->replaced, expected->replaced) << i;
  }
  EXPECT_EQ(Difference(DumpRows(*together.kv), DumpRows(*apart.kv)), "");
  EXPECT_EQ(store->GetSnapshot()->commit(), other->GetSnapshot()->commit());
  // d1 and d2; d1 anew; d3; d5.
  EXPECT_LE(together.batches->size(), 4u);
}

TEST(StoreOpenTest, WhereTheEngineFailsNoDocumentPutTogetherIsThere) {
  WatchedKv::Hand hand{.kv = NewMemoryKv()};
  const auto store = *GraphStore::OpenOn(std::make_unique<WatchedKv>(hand));
  const RawRows before = DumpRows(*hand.kv);
  *hand.fail = true;
  const DocumentGraph first = Small("d1"), second = Small("d2");
  for (const auto& result : store->PutAll({&first, &second, &first}, "now")) {
    EXPECT_TRUE(absl::IsResourceExhausted(result.status())) << result.status();
  }
  EXPECT_EQ(DumpRows(*hand.kv), before);
  EXPECT_EQ(store->GetSnapshot()->commit(), 0u);
}

TEST(StoreOpenTest, CommitsOfSeveralThreadsComeOneAfterAnother) {
  const auto store = *GraphStore::OpenInMemory();
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&store, thread] {
      for (int i = 0; i < 10; ++i) {
        const auto result = store->Put(Small("d" + std::to_string(thread) + "-" + std::to_string(i)), "now");
        EXPECT_TRUE(result.ok()) << result.status();
        EXPECT_TRUE(store->GetSnapshot()->commit() >= result->commit);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(store->GetSnapshot()->commit(), 40u);
  EXPECT_EQ(store->GetSnapshot()->GetStatistics()->documents, 40u);
  EXPECT_TRUE(store->Verify().ok()) << store->Verify();
}

}  // namespace
}  // namespace newsgraph
