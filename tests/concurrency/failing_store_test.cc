// An ingest on many threads into a store whose disk fills up.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "graph/storage/kv.h"
#include "graph/storage/memory_kv.h"
#include "tests/ingest/made_up_analyzer.h"

namespace newsgraph {
namespace {

using testing::HasSubstr;

// An engine that refuses every write after some.
class FullDisk : public KvStore {
 public:
  FullDisk(std::unique_ptr<KvStore> kv, int writes) : kv_(std::move(kv)), left_(writes) {}

  absl::Status Write(const KvBatch& batch) override {
    if (left_ == 0) return absl::ResourceExhaustedError("write to the store: no space left on device");
    --left_;
    return kv_->Write(batch);
  }
  absl::Status BulkLoad(const KvBatch& batch) override { return kv_->BulkLoad(batch); }
  std::shared_ptr<const KvSnapshot> Snapshot() const override { return kv_->Snapshot(); }

 private:
  std::unique_ptr<KvStore> kv_;
  int left_;
};

TEST(ConcurrencyTest, AStoreThatFailsEndsItAndNothingMoreIsAcknowledged) {
  const auto store = GraphStore::OpenOn(std::make_unique<FullDisk>(NewMemoryKv(), 4)).value();
  const MadeUpAnalyzer analyzer;
  // Two documents at most are written together, so that four writes are not enough.
  Ingester ingester(*store, analyzer, MakeOptions(4, 2));
  std::vector<std::string> acknowledged;
  const auto report = ingester.Run(MakeSource(MakeTexts(50)), [&](const IngestResult& result) {
    EXPECT_TRUE(result.status.ok());
    acknowledged.push_back(result.document_id);
    return true;
  });
  EXPECT_EQ(report.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(std::string(report.status().message()), HasSubstr("no space left"));
  EXPECT_LT(acknowledged.size(), 50u);
  for (const std::string& id : acknowledged) EXPECT_TRUE(store->GetSnapshot()->GetDocument(id).ok()) << id;
  EXPECT_EQ(store->GetSnapshot()->commit(), acknowledged.size());
}

}  // namespace
}  // namespace newsgraph
