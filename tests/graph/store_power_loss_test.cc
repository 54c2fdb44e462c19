// The whole store through power losses and a failing disk: promise 5.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "graph/graph_store.h"
#include "graph/storage/memory_kv.h"
#include "graph/storage/rocks_kv.h"
#include "tests/graph/fault_file_system.h"
#include "tests/graph/sample_graphs.h"
#include "tests/graph/test_directory.h"

namespace newsgraph {
namespace {

using ::testing::AnyOf;
using ::testing::Eq;

constexpr std::string_view kNow = "2024-07-24T08:00:00Z";

// Lends a KvStore to a GraphStore and keeps it for a look at its tables.
class LentKv : public KvStore {
 public:
  explicit LentKv(std::shared_ptr<KvStore> kv) : kv_(std::move(kv)) {}
  absl::Status Write(const KvBatch& batch) override { return kv_->Write(batch); }
  absl::Status BulkLoad(const KvBatch& batch) override { return kv_->BulkLoad(batch); }
  std::shared_ptr<const KvSnapshot> Snapshot() const override { return kv_->Snapshot(); }

 private:
  const std::shared_ptr<KvStore> kv_;
};

using Dump = std::map<std::pair<int, std::string>, std::string>;

Dump DumpOf(const KvStore& kv) {
  Dump dump;
  const auto snapshot = kv.Snapshot();
  for (int table = 0; table < kTableCount; ++table) {
    const absl::Status status =
        snapshot->ScanAll(static_cast<Table>(table), "", [&](std::string_view key, std::string_view value) {
          dump[{table, std::string(key)}] = value;
          return true;
        });
    EXPECT_TRUE(status.ok()) << status;
  }
  return dump;
}

// One change of the graph; each makes one commit.
struct Operation {
  enum class Kind { kPut, kRetract, kJudge } kind = Kind::kPut;
  DocumentGraph graph;
  std::string document;
  AtomId left, right;
  Verdict verdict = Verdict::kSame;
};

std::vector<Operation> MakeOperations(int count, std::mt19937& random) {
  std::vector<Operation> operations;
  std::map<std::string, DocumentGraph> there;
  const auto any_atom = [&] {
    const auto row = std::next(there.begin(), random() % there.size());
    return row->second.atoms[random() % row->second.atoms.size()].id;
  };
  for (int i = 0; i < count; ++i) {
    Operation operation;
    const unsigned dice = there.size() < 3 ? 0 : random() % 10;
    if (dice < 7) {
      operation.document = "d" + std::to_string(random() % (count / 2));
      operation.graph = MakeSampleGraph(operation.document, random);
      if (there.contains(operation.document) && there[operation.document] == operation.graph) continue;
      there[operation.document] = operation.graph;
    } else if (dice < 9) {
      operation.kind = Operation::Kind::kRetract;
      operation.document = std::next(there.begin(), random() % there.size())->first;
      there.erase(operation.document);
    } else {
      operation.kind = Operation::Kind::kJudge;
      operation.left = any_atom();
      operation.right = any_atom();
      operation.verdict = random() % 2 == 0 ? Verdict::kSame : Verdict::kDifferent;
      if (operation.left == operation.right) continue;
    }
    operations.push_back(std::move(operation));
  }
  return operations;
}

absl::Status Apply(const Operation& operation, size_t number, GraphStore& store) {
  switch (operation.kind) {
    case Operation::Kind::kPut:
      return store.Put(operation.graph, kNow).status();
    case Operation::Kind::kRetract:
      return store.Retract(operation.document, kNow).status();
    case Operation::Kind::kJudge:
      return store
          .Judge(operation.left, operation.right, operation.verdict, "reason " + std::to_string(number), "ann", kNow)
          .status();
  }
  return absl::InternalError("no such operation");
}

// The parameter is a seed.
class StorePowerLossTest : public testing::TestWithParam<unsigned> {
 protected:
  StorePowerLossTest() {
    std::mt19937 random(GetParam());
    operations_ = MakeOperations(120, random);
    const std::shared_ptr<KvStore> kv = NewMemoryKv();
    auto store = GraphStore::OpenOn(std::make_unique<LentKv>(kv));
    EXPECT_TRUE(store.ok()) << store.status();
    for (size_t i = 0; i < operations_.size(); ++i) {
      const absl::Status status = Apply(operations_[i], i, **store);
      EXPECT_TRUE(status.ok()) << "operation " << i << ": " << status;
    }
    EXPECT_EQ((*store)->GetSnapshot()->commit(), operations_.size());
    expected_ = DumpOf(*kv);
  }

  absl::StatusOr<std::unique_ptr<KvStore>> OpenKv() {
    return OpenRocksKv({.directory = directory_.path() / "store", .write_buffer_bytes = 64 << 10}, file_system_);
  }

  // Opens the store, checks that it holds the `acknowledged` operations and at most one
  // more, and applies the others until one fails. Answers how many it holds.
  size_t Continue(size_t acknowledged, absl::Status& status) {
    auto kv = OpenKv();
    status = kv.status();
    if (!status.ok()) return acknowledged;
    auto store = GraphStore::OpenOn(*std::move(kv));
    status = store.status();
    if (!status.ok()) return acknowledged;
    const uint64_t commit = (*store)->GetSnapshot()->commit();
    EXPECT_THAT(commit, AnyOf(Eq(acknowledged), Eq(acknowledged + 1)));
    const absl::Status verified = (*store)->Verify();
    EXPECT_TRUE(verified.ok()) << verified;
    acknowledged = commit;
    while (acknowledged < operations_.size()) {
      status = Apply(operations_[acknowledged], acknowledged, **store);
      if (!status.ok()) break;
      ++acknowledged;
    }
    return acknowledged;
  }

  void ExpectFinished() {
    auto kv = OpenKv();
    ASSERT_TRUE(kv.ok()) << kv.status();
    const Dump found = DumpOf(**kv);
    EXPECT_EQ(found.size(), expected_.size());
    EXPECT_TRUE(found == expected_);
  }

  TestDirectory directory_;
  std::shared_ptr<FaultFileSystem> file_system_ = std::make_shared<FaultFileSystem>(directory_.path());
  std::vector<Operation> operations_;
  Dump expected_;
};

TEST_P(StorePowerLossTest, TwentyLossesLeaveTheGraphOfAnUninterruptedRun) {
  std::mt19937 random(GetParam() + 1);
  size_t acknowledged = 0;
  absl::Status status;
  for (int loss = 0; loss < 20; ++loss) {
    SCOPED_TRACE(testing::Message() << "loss " << loss);
    file_system_->LosePowerAfter(1 + random() % 90);
    acknowledged = Continue(acknowledged, status);
    file_system_->LosePowerAfter(1);
    file_system_->Restart(random);
  }
  EXPECT_LT(acknowledged, operations_.size()) << "the losses came too late to matter";
  EXPECT_EQ(Continue(acknowledged, status), operations_.size()) << status;
  ExpectFinished();
}

TEST_P(StorePowerLossTest, DiskThatFillsUpLosesNothingAcknowledged) {
  std::mt19937 random(GetParam() + 2);
  size_t acknowledged = 0;
  absl::Status status;
  for (int failure = 0; failure < 8; ++failure) {
    SCOPED_TRACE(testing::Message() << "failure " << failure);
    file_system_->FailAfter(60000 + random() % 40000, FaultFileSystem::Failure::kFull);
    acknowledged = Continue(acknowledged, status);
    if (acknowledged == operations_.size()) break;
    EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted) << status;
    file_system_->Heal();
  }
  EXPECT_LT(acknowledged, operations_.size()) << "the disk was never full";
  EXPECT_EQ(Continue(acknowledged, status), operations_.size()) << status;
  ExpectFinished();
}

INSTANTIATE_TEST_SUITE_P(Seeds, StorePowerLossTest,
                         testing::Range(1u, std::getenv("NEWSGRAPH_SOAK") == nullptr ? 2u : 21u));

}  // namespace
}  // namespace newsgraph
