// One store in memory, written by an ingest on many threads and read at the same time.
// Runs under the thread sanitizer too: RocksDB, abseil and gRPC are not instrumented
// there, so this uses none of their locks.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "graph/formats.h"
#include "graph/graph_store.h"
#include "graph/query.h"
#include "ingest/analyzer.h"
#include "ingest/ingester.h"

namespace newsgraph {
namespace {

constexpr int kDocuments = 60;

std::shared_ptr<const Analyzer> LoadAnalyzer() {
  AnalyzerOptions options;
  options.data_directory = NEWSGRAPH_DATA_DIR;
  return Analyzer::Load(options).value();
}

Document MakeDocument(int number) {
  Document document;
  document.id = fmt::format("d{}", number);
  document.title = fmt::format("曜辰科技第{}篇", number);
  document.published = fmt::format("2024-{:02}-11", number % 12 + 1);
  document.text = fmt::format(
      "曜辰科技第{}篇\n曜辰科技執行長林予晴（Lin Yu-ching）今天表示，公司將在{}年推出Zephyr {}。"
      "「我們不會停下來。」林予晴說。Meta與曜辰科技合作。",
      number, 2024 + number % 3, number % 5 + 1);
  return document;
}

Ingester::Source MakeSource(int& next) {
  return [&next]() -> absl::StatusOr<std::optional<ReadDocument>> {
    if (next == kDocuments) return std::nullopt;
    const int number = next++;
    return ReadDocument{fmt::format("input:{}", number), MakeDocument(number)};
  };
}

std::string Export(const Snapshot& snapshot) {
  std::ostringstream out;
  EXPECT_TRUE(ExportJsonLines(snapshot, out).ok());
  return out.str();
}

TEST(ConcurrencyTest, ReadersSeeWholeDocumentsWhileAnIngestWrites) {
  const auto analyzer = LoadAnalyzer();
  const auto store = GraphStore::OpenInMemory().value();
  IngesterOptions options;
  options.threads = 4;
  options.clock = [] { return std::string("2024-01-01T00:00:00Z"); };
  Ingester ingester(*store, *analyzer, options);

  std::atomic<bool> done = false;
  std::atomic<int> reads = 0;
  std::atomic<int> broken = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      uint64_t last_commit = 0;
      while (!done) {
        const auto snapshot = store->GetSnapshot();
        if (snapshot->commit() < last_commit) ++broken;
        last_commit = snapshot->commit();
        PagePosition position;
        const auto documents = snapshot->ListDocuments(1000, &position);
        if (!documents.ok() || documents->size() != snapshot->commit()) ++broken;
        for (const std::string& id : *documents) {
          const auto graph = snapshot->GetDocumentGraph(id);
          if (!graph.ok() || graph->mentions.empty()) ++broken;
        }
        ++reads;
      }
    });
  }
  int next = 0;
  const auto report = ingester.Run(MakeSource(next), nullptr);
  while (reads < 3) std::this_thread::yield();
  done = true;
  for (std::thread& reader : readers) reader.join();
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->added, static_cast<uint64_t>(kDocuments));
  EXPECT_EQ(broken, 0);
}

TEST(ConcurrencyTest, EightThreadsGiveTheBytesOfOne) {
  const auto analyzer = LoadAnalyzer();
  std::string exports[2];
  for (int i = 0; i < 2; ++i) {
    const auto store = GraphStore::OpenInMemory().value();
    IngesterOptions options;
    options.threads = i == 0 ? 1 : 8;
    options.clock = [] { return std::string("2024-01-01T00:00:00Z"); };
    Ingester ingester(*store, *analyzer, options);
    int next = 0;
    ASSERT_TRUE(ingester.Run(MakeSource(next), nullptr).ok());
    exports[i] = Export(*store->GetSnapshot());
  }
  EXPECT_GT(exports[0].size(), 10000u);
  EXPECT_EQ(exports[0], exports[1]);
}

TEST(ConcurrencyTest, QueriesShareOneEngine) {
  const auto analyzer = LoadAnalyzer();
  const auto store = GraphStore::OpenInMemory().value();
  IngesterOptions options;
  options.threads = 2;
  Ingester ingester(*store, *analyzer, options);
  int next = 0;
  ASSERT_TRUE(ingester.Run(MakeSource(next), nullptr).ok());
  const auto engine = QueryEngine::Create(store->GetSnapshot()).value();
  const auto matches = engine->snapshot().FindByName("曜辰科技", false, 1).value();
  ASSERT_EQ(matches.size(), 1u);
  const auto expected = engine->Traverse({matches[0].entity}, 2, Filter{}, Limits{}, Deadline{}).value();
  ASSERT_GT(expected.entities.size(), 1u);
  std::atomic<int> different = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 20; ++round) {
        const auto answer = engine->Traverse({matches[0].entity}, 2, Filter{}, Limits{}, Deadline{});
        if (!answer.ok() || answer->entities != expected.entities) ++different;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(different, 0);
}

}  // namespace
}  // namespace newsgraph
