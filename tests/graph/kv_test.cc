#include "graph/storage/kv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/db.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <random>

#include "graph/storage/memory_kv.h"
#include "graph/storage/rocks_kv.h"
#include "tests/graph/test_directory.h"

namespace newsgraph {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Rows = std::vector<std::pair<std::string, std::string>>;

Rows Scan(const KvSnapshot& snapshot, Table table, std::string_view prefix, std::string_view from = "",
          size_t limit = SIZE_MAX) {
  Rows rows;
  const absl::Status status = snapshot.Scan(table, prefix, from, [&](std::string_view key, std::string_view value) {
    rows.emplace_back(key, value);
    return rows.size() < limit;
  });
  EXPECT_TRUE(status.ok()) << status;
  return rows;
}

Rows ScanAll(const KvSnapshot& snapshot, Table table, std::string_view from = "") {
  Rows rows;
  const absl::Status status = snapshot.ScanAll(table, from, [&](std::string_view key, std::string_view value) {
    rows.emplace_back(key, value);
    return true;
  });
  EXPECT_TRUE(status.ok()) << status;
  return rows;
}

KvBatch Batch(Table table, const Rows& rows) {
  KvBatch batch{.home = "home"};
  for (const auto& [key, value] : rows) batch.Put(table, key, value);
  return batch;
}

enum class Engine { kMemory, kRocks };

class KvTest : public testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    if (GetParam() == Engine::kMemory) {
      kv_ = NewMemoryKv();
    } else {
      auto opened = OpenRocksKv({.directory = directory_.path() / "store"});
      ASSERT_TRUE(opened.ok()) << opened.status();
      kv_ = *std::move(opened);
    }
  }

  TestDirectory directory_;
  std::unique_ptr<KvStore> kv_;
};

TEST_P(KvTest, ScanGivesTheKeysOfAPrefixInByteOrder) {
  const std::string high = "p\xff";
  ASSERT_TRUE(kv_->Write(Batch(Table::kAtom, {{"p2", "b"},
                                              {"p1", "a"},
                                              {"o9", "x"},
                                              {"q", "y"},
                                              {high + "z", "c"},
                                              {std::string("p\0", 2), "zero"},
                                              {"p", "itself"}}))
                  .ok());
  ASSERT_TRUE(kv_->Write(Batch(Table::kTime, {{"p3", "another table"}})).ok());
  const auto snapshot = kv_->Snapshot();
  EXPECT_THAT(Scan(*snapshot, Table::kAtom, "p"),
              ElementsAre(std::pair("p", "itself"), std::pair(std::string("p\0", 2), "zero"), std::pair("p1", "a"),
                          std::pair("p2", "b"), std::pair(high + "z", "c")));
  EXPECT_THAT(Scan(*snapshot, Table::kAtom, high), ElementsAre(std::pair(high + "z", "c")));
  EXPECT_THAT(Scan(*snapshot, Table::kAtom, "p", "p2"), ElementsAre(std::pair("p2", "b"), std::pair(high + "z", "c")));
  EXPECT_THAT(Scan(*snapshot, Table::kAtom, "p", "a", 2),
              ElementsAre(std::pair("p", "itself"), std::pair(std::string("p\0", 2), "zero")));
  EXPECT_THAT(Scan(*snapshot, Table::kAtom, "p", "q"), ElementsAre());
  EXPECT_EQ(ScanAll(*snapshot, Table::kAtom).size(), 7u);
  EXPECT_EQ(ScanAll(*snapshot, Table::kAtom, "p2").size(), 3u);
  EXPECT_EQ(ScanAll(*snapshot, Table::kAtom, "p11").size(), 3u);
}

TEST_P(KvTest, PrefixOfHighestBytesHasNoEndAndIsStillKept) {
  ASSERT_TRUE(kv_->Write(Batch(Table::kAtom, {{"\xff", "a"}, {"\xff\xff", "b"}, {"\xff\xff\xff", "c"}})).ok());
  EXPECT_THAT(Scan(*kv_->Snapshot(), Table::kAtom, "\xff\xff"),
              ElementsAre(std::pair("\xff\xff", "b"), std::pair("\xff\xff\xff", "c")));
}

TEST_P(KvTest, LaterWritesOfABatchWin) {
  KvBatch batch{.home = "home"};
  batch.Put(Table::kMeta, "a", "1");
  batch.Put(Table::kMeta, "a", "2");
  batch.Put(Table::kMeta, "b", "1");
  batch.Delete(Table::kMeta, "b");
  batch.Delete(Table::kMeta, "never there");
  ASSERT_TRUE(kv_->Write(batch).ok());
  EXPECT_THAT(ScanAll(*kv_->Snapshot(), Table::kMeta), ElementsAre(std::pair("a", "2")));
}

TEST_P(KvTest, GetTellsAnEmptyValueFromNone) {
  ASSERT_TRUE(kv_->Write(Batch(Table::kMeta, {{"empty", ""}})).ok());
  const auto snapshot = kv_->Snapshot();
  EXPECT_EQ(snapshot->Get(Table::kMeta, "empty")->value_or("none"), "");
  EXPECT_EQ(snapshot->Get(Table::kMeta, "absent")->value_or("none"), "none");
  const auto several = snapshot->MultiGet(Table::kMeta, {"absent", "empty", "absent"});
  ASSERT_TRUE(several.ok());
  EXPECT_THAT(*several, ElementsAre(std::nullopt, std::optional<std::string>(""), std::nullopt));
}

TEST_P(KvTest, SnapshotNeverChangesAndOutlivesItsStore) {
  ASSERT_TRUE(kv_->Write(Batch(Table::kMeta, {{"a", "1"}, {"b", "1"}})).ok());
  const auto before = kv_->Snapshot();
  KvBatch batch{.home = "home"};
  batch.Put(Table::kMeta, "a", "2");
  batch.Delete(Table::kMeta, "b");
  batch.Put(Table::kMeta, "c", "2");
  ASSERT_TRUE(kv_->Write(batch).ok());
  const auto after = kv_->Snapshot();
  kv_.reset();
  EXPECT_THAT(ScanAll(*before, Table::kMeta), ElementsAre(std::pair("a", "1"), std::pair("b", "1")));
  EXPECT_THAT(ScanAll(*after, Table::kMeta), ElementsAre(std::pair("a", "2"), std::pair("c", "2")));
  EXPECT_EQ(**before->Get(Table::kMeta, "b"), "1");
}

TEST_P(KvTest, BulkLoadGivesWhatWriteGives) {
  Rows rows;
  for (int i = 1000; i < 3000; ++i) rows.emplace_back("key" + std::to_string(i), std::to_string(i * i));
  KvBatch batch = Batch(Table::kAdjacency, rows);
  batch.Put(Table::kName, "n", "1");
  ASSERT_TRUE(kv_->Write(Batch(Table::kAdjacency, {{"key0", "before"}})).ok());
  ASSERT_TRUE(kv_->BulkLoad(batch).ok());
  ASSERT_TRUE(kv_->Write(Batch(Table::kAdjacency, {{"key1000", "after"}})).ok());
  rows[0].second = "after";
  rows.insert(rows.begin(), {"key0", "before"});
  EXPECT_EQ(ScanAll(*kv_->Snapshot(), Table::kAdjacency), rows);
  EXPECT_THAT(ScanAll(*kv_->Snapshot(), Table::kName), ElementsAre(std::pair("n", "1")));
}

// Against std::map, snapshots taken on the way among them.
TEST_P(KvTest, RandomWritesGiveWhatASortedMapHolds) {
  std::mt19937 random(20240724);
  const auto random_key = [&] {
    std::string key(1 + random() % 3, '\0');
    for (char& c : key) c = static_cast<char>("\x00\x01zy\xfe\xff"[random() % 6]);
    return key;
  };
  std::map<std::string, std::string> expected;
  std::vector<std::pair<std::shared_ptr<const KvSnapshot>, Rows>> kept;
  for (int round = 0; round < 60; ++round) {
    KvBatch batch{.home = "home"};
    for (unsigned i = random() % 12; i > 0; --i) {
      const std::string key = random_key();
      if (random() % 3 == 0) {
        batch.Delete(Table::kName, key);
        expected.erase(key);
      } else {
        batch.Put(Table::kName, key, std::to_string(round));
        expected[key] = std::to_string(round);
      }
    }
    ASSERT_TRUE(kv_->Write(batch).ok());
    if (round % 7 == 0) kept.emplace_back(kv_->Snapshot(), Rows(expected.begin(), expected.end()));
    const std::string prefix = random_key();
    const std::string from = random_key();
    Rows in_prefix;
    for (const auto& row : expected) {
      if (row.first.starts_with(prefix) && row.first >= from) in_prefix.push_back(row);
    }
    ASSERT_EQ(Scan(*kv_->Snapshot(), Table::kName, prefix, from), in_prefix) << "round " << round;
  }
  for (const auto& [snapshot, rows] : kept) EXPECT_EQ(ScanAll(*snapshot, Table::kName), rows);
}

INSTANTIATE_TEST_SUITE_P(Engines, KvTest, testing::Values(Engine::kMemory, Engine::kRocks),
                         [](const auto& engine) { return engine.param == Engine::kMemory ? "Memory" : "Rocks"; });

class RocksKvTest : public testing::Test {
 protected:
  RocksKvTest() : store_(directory_.path() / "deep" / "store") {}
  absl::StatusOr<std::unique_ptr<KvStore>> Open(bool read_only = false, bool create = true) {
    return OpenRocksKv({.directory = store_, .create_if_missing = create, .read_only = read_only});
  }

  TestDirectory directory_;
  std::filesystem::path store_;
};

TEST_F(RocksKvTest, ReopeningFindsWhatWasWritten) {
  {
    auto kv = Open();
    ASSERT_TRUE(kv.ok()) << kv.status();
    ASSERT_TRUE((*kv)->Write(Batch(Table::kMeta, {{"a", "1"}})).ok());
    ASSERT_TRUE((*kv)->BulkLoad(Batch(Table::kJournal, {{"b", "2"}})).ok());
  }
  for (const bool read_only : {false, true}) {
    auto kv = Open(read_only, false);
    ASSERT_TRUE(kv.ok()) << kv.status();
    EXPECT_THAT(ScanAll(*(*kv)->Snapshot(), Table::kMeta), ElementsAre(std::pair("a", "1")));
    EXPECT_THAT(ScanAll(*(*kv)->Snapshot(), Table::kJournal), ElementsAre(std::pair("b", "2")));
  }
}

TEST_F(RocksKvTest, SecondWriterIsRefusedAndReaderIsNot) {
  auto writer = Open();
  ASSERT_TRUE(writer.ok()) << writer.status();
  ASSERT_TRUE((*writer)->Write(Batch(Table::kMeta, {{"a", "1"}})).ok());
  const auto second = Open();
  EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(std::string(second.status().message()),
            "open " + store_.string() + ": in use by another process; stop it or open read-only");
  auto reader = Open(true);
  ASSERT_TRUE(reader.ok()) << reader.status();
  EXPECT_EQ(**(*reader)->Snapshot()->Get(Table::kMeta, "a"), "1");
  ASSERT_TRUE((*writer)->Write(Batch(Table::kMeta, {{"a", "2"}})).ok());
  EXPECT_EQ(**(*reader)->Snapshot()->Get(Table::kMeta, "a"), "1");
  const absl::Status refused = (*reader)->Write(Batch(Table::kMeta, {{"a", "3"}}));
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(refused.message()), HasSubstr("read-only"));
}

TEST_F(RocksKvTest, SnapshotKeepsTheDirectoryUntilItIsGone) {
  auto kv = Open();
  ASSERT_TRUE(kv.ok());
  ASSERT_TRUE((*kv)->Write(Batch(Table::kMeta, {{"a", "1"}})).ok());
  auto snapshot = (*kv)->Snapshot();
  kv->reset();
  EXPECT_EQ(**snapshot->Get(Table::kMeta, "a"), "1");
  EXPECT_EQ(Open().status().code(), absl::StatusCode::kFailedPrecondition);
  snapshot.reset();
  EXPECT_TRUE(Open().ok());
}

TEST_F(RocksKvTest, MissingDirectoryIsNotFoundUnlessItIsToBeCreated) {
  EXPECT_EQ(Open(true).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Open(false, false).status().code(), absl::StatusCode::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(store_));
  std::filesystem::create_directories(store_);
  EXPECT_EQ(Open(true).status().code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(Open().ok());
}

TEST_F(RocksKvTest, DirectoryOfOtherFilesIsRefusedAndLeftAsItIs) {
  std::filesystem::create_directories(store_);
  std::ofstream(store_ / "photo.jpg") << "x";
  const auto kv = Open();
  EXPECT_EQ(kv.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(kv.status().message()), HasSubstr("not a newsgraph store (it holds photo.jpg)"));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(store_), {}), 1);
}

TEST_F(RocksKvTest, FileIsRefused) {
  std::filesystem::create_directories(store_.parent_path());
  std::ofstream(store_) << "x";
  const auto kv = Open();
  EXPECT_EQ(kv.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(kv.status().message()), HasSubstr("it is a file"));
}

TEST_F(RocksKvTest, DatabaseOfAnotherProgramIsRefusedAndLeftAsItIs) {
  std::filesystem::create_directories(store_);
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* other = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open(options, store_.string(), &other).ok());
  ASSERT_TRUE(other->Put(rocksdb::WriteOptions(), "key", "value").ok());
  delete other;
  const auto kv = Open();
  EXPECT_EQ(kv.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(kv.status().message()), HasSubstr("database of another program"));
  std::vector<std::string> families;
  ASSERT_TRUE(rocksdb::DB::ListColumnFamilies(options, store_.string(), &families).ok());
  EXPECT_THAT(families, ElementsAre("default"));
}

TEST_F(RocksKvTest, CreationThatWasCutShortIsTakenUp) {
  std::filesystem::create_directories(store_);
  for (const char* name : {"LOCK", "IDENTITY", "MANIFEST-000001", "LOG"}) std::ofstream(store_ / name) << "";
  auto kv = Open();
  ASSERT_TRUE(kv.ok()) << kv.status();
  EXPECT_TRUE((*kv)->Write(Batch(Table::kMeta, {{"a", "1"}})).ok());
}

}  // namespace
}  // namespace newsgraph
