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

}  // namespace
}  // namespace newsgraph
