#include "ingest/ingester.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/ingest/made_up_analyzer.h"

namespace newsgraph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

TEST(IngesterTest, ResultsComeInTheOrderOfTheInputAfterTheirCommit) {
  const auto store = GraphStore::OpenInMemory().value();
  const MadeUpAnalyzer analyzer;
  Ingester ingester(*store, analyzer, MakeOptions(4));
  int seen = 0;
  const auto report = ingester.Run(MakeSource(MakeTexts(100)), [&](const IngestResult& result) {
    EXPECT_EQ(result.document_id, "d" + std::to_string(seen));
    EXPECT_EQ(result.place, "input:" + std::to_string(seen));
    EXPECT_TRUE(store->GetSnapshot()->GetDocument(result.document_id).ok());
    EXPECT_GE(store->GetSnapshot()->commit(), result.commit);
    ++seen;
    EXPECT_EQ(result.commit, seen);
    return true;
  });
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(seen, 100);
  EXPECT_EQ(report->added, 100u);
  EXPECT_EQ(report->statements, 100u);
}

TEST(IngesterTest, TwoAnalysesReallyOverlap) {
  const auto store = GraphStore::OpenInMemory().value();
  MadeUpAnalyzer analyzer;
  // Neither analysis goes on before the other has begun: this ends only if they overlap.
  std::barrier both(2);
  std::atomic<int> begun = 0;
  analyzer.before = [&](const Document&) {
    if (begun++ < 2) both.arrive_and_wait();
  };
  Ingester ingester(*store, analyzer, MakeOptions(2));
  ASSERT_TRUE(ingester.Run(MakeSource(MakeTexts(10)), {}).ok());
  EXPECT_EQ(begun, 10);
}

TEST(IngesterTest, OrderHoldsWhereALaterDocumentIsAnalysedFirst) {
  const auto store = GraphStore::OpenInMemory().value();
  MadeUpAnalyzer analyzer;
  // The first document waits until the third is on its way.
  std::mutex mutex;
  std::condition_variable third_came;
  bool third = false;
  analyzer.before = [&](const Document& document) {
    std::unique_lock lock(mutex);
    if (document.id == "d2") {
      third = true;
      third_came.notify_all();
    }
    if (document.id == "d0") third_came.wait(lock, [&] { return third; });
  };
  Ingester ingester(*store, analyzer, MakeOptions(2));
  std::vector<std::string> ids;
  ASSERT_TRUE(ingester
                  .Run(MakeSource(MakeTexts(4)),
                       [&](const IngestResult& result) {
                         ids.push_back(result.document_id);
                         return true;
                       })
                  .ok());
  EXPECT_THAT(ids, ElementsAre("d0", "d1", "d2", "d3"));
}

TEST(IngesterTest, NoMoreDocumentsAreReadAheadThanAllowed) {
  const auto store = GraphStore::OpenInMemory().value();
  const MadeUpAnalyzer analyzer;
  constexpr int kAhead = 3;
  std::atomic<int> read = 0;
  int committed = 0;
  const Ingester::Source inner = MakeSource(MakeTexts(50));
  Ingester ingester(*store, analyzer, MakeOptions(4, kAhead));
  const auto report = ingester.Run(
      [&] {
        ++read;
        return inner();
      },
      [&](const IngestResult&) {
        ++committed;
        // As many are being committed, and one has been asked for.
        EXPECT_LE(read, committed + 2 * kAhead + 1);
        return true;
      });
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(committed, 50);
}

TEST(IngesterTest, DocumentsThatAreReadyAreWrittenTogether) {
  const auto store = GraphStore::OpenInMemory().value();
  MadeUpAnalyzer analyzer;
  // The first waits until all but the last are analysed.
  std::mutex mutex;
  std::condition_variable last_came;
  bool last = false;
  analyzer.before = [&](const Document& document) {
    std::unique_lock lock(mutex);
    if (document.id == "d9") {
      last = true;
      last_came.notify_all();
    }
    if (document.id == "d0") last_came.wait(lock, [&] { return last; });
  };
  Ingester ingester(*store, analyzer, MakeOptions(2, 20));
  int results = 0;
  ASSERT_TRUE(ingester
                  .Run(MakeSource(MakeTexts(10)),
                       [&](const IngestResult&) {
                         // When the first is reported, those that waited for it are in the store.
                         if (results++ == 0) {
                           EXPECT_GE(store->GetSnapshot()->commit(), 9u);
                         }
                         return true;
                       })
                  .ok());
  EXPECT_EQ(store->GetSnapshot()->commit(), 10u);
}

TEST(IngesterTest, DocumentsReadAheadAreBoundByTheirText) {
  const auto store = GraphStore::OpenInMemory().value();
  const MadeUpAnalyzer analyzer;
  IngesterOptions options = MakeOptions(2, 100);
  options.max_waiting_bytes = 1;  // of which each document has more
  Ingester ingester(*store, analyzer, options);
  std::atomic<int> read = 0;
  int committed = 0;
  const Ingester::Source inner = MakeSource(MakeTexts(50));
  ASSERT_TRUE(ingester
                  .Run(
                      [&] {
                        ++read;
                        return inner();
                      },
                      [&](const IngestResult&) {
                        ++committed;
                        EXPECT_LE(read, committed + 2);
                        return true;
                      })
                  .ok());
  EXPECT_EQ(committed, 50);
}

TEST(IngesterTest, ThreadsChangeNothingInTheStore) {
  std::vector<std::vector<DocumentGraph>> stores;
  for (const int threads : {1, 8}) {
    const auto store = GraphStore::OpenInMemory().value();
    const MadeUpAnalyzer analyzer;
    Ingester ingester(*store, analyzer, MakeOptions(threads));
    std::vector<std::string> texts = MakeTexts(60);
    texts[17] = "refuse";
    ASSERT_TRUE(ingester.Run(MakeSource(texts), {}).ok());
    const auto snapshot = store->GetSnapshot();
    std::vector<DocumentGraph> graphs;
    for (int i = 0; i < 60; ++i) {
      const auto graph = snapshot->GetDocumentGraph("d" + std::to_string(i));
      if (graph.ok()) graphs.push_back(*graph);
    }
    EXPECT_THAT(graphs, SizeIs(59));
    EXPECT_EQ(snapshot->commit(), 59u);
    EXPECT_TRUE(store->Verify().ok());
    stores.push_back(std::move(graphs));
  }
  EXPECT_EQ(stores[0], stores[1]);
}

TEST(IngesterTest, ABadDocumentNeverStopsTheRest) {
  const auto store = GraphStore::OpenInMemory().value();
  const MadeUpAnalyzer analyzer;
  Ingester ingester(*store, analyzer, MakeOptions(3));
  // Not read, refused by the analyser, refused by the store.
  const auto report =
      ingester.Run(MakeSource({"Acme", "unreadable", "Acme", "refuse", "broken", "Acme", "unreadable", "Acme"}), {});
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->added, 4u);
  EXPECT_EQ(report->refused, 4u);
  ASSERT_THAT(report->errors, SizeIs(4));
  EXPECT_THAT(std::string(report->errors[0].status.message()), HasSubstr("input:1"));
  EXPECT_THAT(std::string(report->errors[1].status.message()), HasSubstr("input:3: told to refuse"));
  EXPECT_THAT(std::string(report->errors[2].status.message()), HasSubstr("input:4"));
  EXPECT_EQ(store->GetSnapshot()->commit(), 4u);
}

TEST(IngesterTest, TheSameDocumentAgainIsUnchangedAndANewTextReplaces) {
  const auto store = GraphStore::OpenInMemory().value();
  const MadeUpAnalyzer analyzer;
  Ingester ingester(*store, analyzer, MakeOptions(2));
  ASSERT_TRUE(ingester.Run(MakeSource({"Acme", "Bolt"}), {}).ok());
  const auto report = ingester.Run(MakeSource({"Acme", "Core"}), {});
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->unchanged, 1u);
  EXPECT_EQ(report->replaced, 1u);
  EXPECT_EQ(report->added, 0u);
}

TEST(IngesterTest, AnInputThatFailsEndsItBehindWhatWasRead) {
  const auto store = GraphStore::OpenInMemory().value();
  const MadeUpAnalyzer analyzer;
  Ingester ingester(*store, analyzer, MakeOptions(4));
  int results = 0;
  const auto report = ingester.Run(MakeSource({"Acme", "Bolt", "input fails", "Core"}), [&](const IngestResult&) {
    ++results;
    return true;
  });
  EXPECT_EQ(report.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(results, 2);
  EXPECT_EQ(store->GetSnapshot()->commit(), 2u);
}

TEST(IngesterTest, ASinkThatHasEnoughStopsIt) {
  const auto store = GraphStore::OpenInMemory().value();
  const MadeUpAnalyzer analyzer;
  Ingester ingester(*store, analyzer, MakeOptions(4));
  const auto report =
      ingester.Run(MakeSource(MakeTexts(1000)), [&](const IngestResult& result) { return result.document_id != "d4"; });
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->added, 5u);
  EXPECT_GE(store->GetSnapshot()->commit(), 5u);
  EXPECT_LT(store->GetSnapshot()->commit(), 1000u);
}

TEST(IngesterTest, OnlyTheFirstErrorsAreKept) {
  const auto store = GraphStore::OpenInMemory().value();
  const MadeUpAnalyzer analyzer;
  Ingester ingester(*store, analyzer, MakeOptions(2));
  const auto report = ingester.Run(MakeSource(std::vector<std::string>(250, "unreadable")), {});
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->refused, 250u);
  EXPECT_THAT(report->errors, SizeIs(100));
}

TEST(IngesterTest, OneDocumentCanBeIngestedOnTheCallingThread) {
  const auto store = GraphStore::OpenInMemory().value();
  MadeUpAnalyzer analyzer;
  const std::thread::id caller = std::this_thread::get_id();
  analyzer.before = [&](const Document&) { EXPECT_EQ(std::this_thread::get_id(), caller); };
  Ingester ingester(*store, analyzer, MakeOptions(2));
  const IngestResult good = ingester.IngestOne(MakeRead(1, "Acme"));
  EXPECT_TRUE(good.status.ok());
  EXPECT_TRUE(good.changed);
  EXPECT_EQ(good.commit, 1u);
  EXPECT_EQ(good.atoms, 2u);
  EXPECT_EQ(ingester.IngestOne(MakeRead(2, "refuse")).status.code(), absl::StatusCode::kInvalidArgument);
}

TEST(IngesterTest, SeveralSourcesMayBeIngestedAtOnce) {
  const auto store = GraphStore::OpenInMemory().value();
  const MadeUpAnalyzer analyzer;
  Ingester ingester(*store, analyzer, MakeOptions(2));
  std::vector<std::thread> threads;
  for (int source = 0; source < 3; ++source) {
    threads.emplace_back([&, source] {
      int next = 0;
      const auto report = ingester.Run(
          [&]() -> absl::StatusOr<std::optional<ReadDocument>> {
            if (next == 20) return std::nullopt;
            return MakeRead(source * 1000 + next++, "Acme");
          },
          {});
      EXPECT_TRUE(report.ok() && report->added == 20);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(store->GetSnapshot()->commit(), 60u);
}

}  // namespace
}  // namespace newsgraph
