// What was acknowledged outlives a power loss and a failing disk, and nothing is there by half.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "graph/storage/rocks_kv.h"
#include "tests/graph/fault_file_system.h"
#include "tests/graph/test_directory.h"

namespace newsgraph {
namespace {

using ::testing::AnyOf;
using ::testing::Eq;
using ::testing::HasSubstr;

using Content = std::map<std::pair<int, std::string>, std::string>;  // (table, key) → value

// Writes of one document into several tables, together large enough that files are
// flushed and merged on the way.
KvBatch DocumentBatch(int document) {
  KvBatch batch{.home = "d" + std::to_string(document)};
  std::mt19937 random(document);
  for (int i = 0; i < 12; ++i) {
    const Table table = static_cast<Table>(1 + random() % (kTableCount - 1));
    std::string value(200 + random() % 800, static_cast<char>('a' + random() % 26));
    batch.Put(table, batch.home + ":" + std::to_string(i), std::move(value));
  }
  batch.Put(Table::kMeta, "documents", std::to_string(document + 1));
  if (document > 0) batch.Delete(Table::kMeta, "last " + std::to_string(document - 1));
  batch.Put(Table::kMeta, "last " + std::to_string(document), "");
  return batch;
}

Content ContentOf(int documents) {
  Content content;
  for (int document = 0; document < documents; ++document) {
    for (const KvWrite& write : DocumentBatch(document).writes) {
      if (write.value) {
        content[{static_cast<int>(write.table), write.key}] = *write.value;
      } else {
        content.erase({static_cast<int>(write.table), write.key});
      }
    }
  }
  return content;
}

Content ContentOf(const KvStore& kv) {
  Content content;
  const auto snapshot = kv.Snapshot();
  for (int table = 0; table < kTableCount; ++table) {
    const absl::Status status =
        snapshot->ScanAll(static_cast<Table>(table), "", [&](std::string_view key, std::string_view value) {
          content[{table, std::string(key)}] = value;
          return true;
        });
    EXPECT_TRUE(status.ok()) << status;
  }
  return content;
}

// Not EXPECT_EQ: a difference would print megabytes.
void ExpectSame(const Content& found, const Content& expected) {
  EXPECT_EQ(found.size(), expected.size());
  EXPECT_TRUE(found == expected);
}

class PowerLossTest : public testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<KvStore>> Open() {
    return OpenRocksKv({.directory = directory_.path() / "new" / "store", .write_buffer_bytes = 64 << 10},
                       file_system_);
  }

  // Checks that the store holds the first `acknowledged` documents and at most the next
  // one, whole; answers how many it holds.
  int CheckContent(const KvStore& kv, int acknowledged) {
    const Content found = ContentOf(kv);
    const auto count = found.find({static_cast<int>(Table::kMeta), "documents"});
    const int documents = count == found.end() ? 0 : std::stoi(count->second);
    EXPECT_THAT(documents, AnyOf(Eq(acknowledged), Eq(acknowledged + 1)));
    ExpectSame(found, ContentOf(documents));
    return documents;
  }

  TestDirectory directory_;
  std::shared_ptr<FaultFileSystem> file_system_ = std::make_shared<FaultFileSystem>(directory_.path());
};

TEST_F(PowerLossTest, WhatWasNeverSyncedIsLostInTheTestItself) {
  std::mt19937 random(1);
  const std::string path = (directory_.path() / "file").string();
  std::unique_ptr<rocksdb::FSWritableFile> file;
  std::unique_ptr<rocksdb::FSDirectory> parent;
  ASSERT_TRUE(file_system_->NewDirectory(directory_.path().string(), {}, &parent, nullptr).ok());
  ASSERT_TRUE(file_system_->NewWritableFile(path, {}, &file, nullptr).ok());
  ASSERT_TRUE(file->Append("synced", {}, nullptr).ok());
  ASSERT_TRUE(file->Sync({}, nullptr).ok());
  ASSERT_TRUE(parent->Fsync({}, nullptr).ok());
  ASSERT_TRUE(file->Append(std::string(1000, 'x'), {}, nullptr).ok());
  file_system_->LosePowerAfter(1);
  EXPECT_FALSE(file->Sync({}, nullptr).ok());
  file.reset();
  file_system_->Restart(random);
  std::ifstream in(path);
  const std::string bytes((std::istreambuf_iterator<char>(in)), {});
  EXPECT_TRUE(bytes.starts_with("synced"));
  EXPECT_LT(bytes.size(), 1006u);
}

TEST_F(PowerLossTest, AcknowledgedDocumentsOutliveTwentyLossesAtRandomMoments) {
  constexpr int kDocuments = 150;
  const unsigned seed = 20240724;
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  int acknowledged = 0;
  int losses = 0;
  while (acknowledged < kDocuments) {
    // Some moments lie within opening, that is within recovery from the loss before.
    if (losses < 20) file_system_->LosePowerAfter(1 + random() % (losses % 3 == 0 ? 40 : 160));
    auto kv = Open();
    if (kv.ok()) {
      acknowledged = CheckContent(**kv, acknowledged);
      while (acknowledged < kDocuments && (*kv)->Write(DocumentBatch(acknowledged)).ok()) ++acknowledged;
      kv->reset();
    } else {
      EXPECT_TRUE(file_system_->power_is_off()) << kv.status();
    }
    if (losses < 20) {
      file_system_->LosePowerAfter(1);
      file_system_->Restart(random);
      ++losses;
    }
  }
  EXPECT_EQ(losses, 20);
  auto kv = Open();
  ASSERT_TRUE(kv.ok()) << kv.status();
  ExpectSame(ContentOf(**kv), ContentOf(kDocuments));
}

TEST_F(PowerLossTest, BulkLoadIsThereWhenItWasAcknowledgedAndTheStoreIsWholeWhenNot) {
  std::mt19937 random(7);
  KvBatch load{.home = "load"};
  for (int i = 10000; i < 12000; ++i) load.Put(i < 11000 ? Table::kName : Table::kTime, "k" + std::to_string(i), "v");
  for (int round = 0; round < 20; ++round) {
    SCOPED_TRACE(testing::Message() << "round " << round);
    std::filesystem::remove_all(directory_.path() / "new");
    file_system_ = std::make_shared<FaultFileSystem>(directory_.path());
    bool acknowledged = false;
    {
      auto kv = Open();
      ASSERT_TRUE(kv.ok()) << kv.status();
      ASSERT_TRUE((*kv)->Write(DocumentBatch(0)).ok());
      file_system_->LosePowerAfter(1 + random() % 40);
      acknowledged = (*kv)->BulkLoad(load).ok();
    }
    file_system_->LosePowerAfter(1);
    file_system_->Restart(random);
    auto kv = Open();
    ASSERT_TRUE(kv.ok()) << kv.status();
    Content expected = ContentOf(1);
    if (ContentOf(**kv).size() > expected.size() || acknowledged) {
      for (const KvWrite& write : load.writes) expected[{static_cast<int>(write.table), write.key}] = *write.value;
    }
    ExpectSame(ContentOf(**kv), expected);
  }
}

class FailingDiskTest : public PowerLossTest, public testing::WithParamInterface<FaultFileSystem::Failure> {
 protected:
  static bool full() { return GetParam() == FaultFileSystem::Failure::kFull; }
  void ExpectFailure(const absl::Status& status) {
    EXPECT_EQ(status.code(), full() ? absl::StatusCode::kResourceExhausted : absl::StatusCode::kUnavailable) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr(full() ? "the disk is full" : "Input/output error"));
    EXPECT_THAT(std::string(status.message()), HasSubstr(directory_.path().string()));
  }
};

TEST_P(FailingDiskTest, FailureIsToldNothingAcknowledgedIsLostAndWritesWaitForReopening) {
  std::mt19937 random(11);
  constexpr int kDocuments = 100;
  int acknowledged = 0;
  for (int failure = 0; failure < 6; ++failure) {
    SCOPED_TRACE(testing::Message() << "failure " << failure);
    auto kv = Open();
    ASSERT_TRUE(kv.ok()) << kv.status();
    acknowledged = CheckContent(**kv, acknowledged);
    file_system_->FailAfter(random() % 60000, GetParam());
    absl::Status status;
    while (acknowledged < kDocuments && (status = (*kv)->Write(DocumentBatch(acknowledged))).ok()) ++acknowledged;
    if (status.ok()) break;
    ExpectFailure(status);
    ExpectSame(ContentOf(**kv), ContentOf(acknowledged));
    file_system_->Heal();
    const absl::Status refused = (*kv)->Write(DocumentBatch(acknowledged));
    EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(std::string(refused.message()), HasSubstr("open the store again"));
    ExpectSame(ContentOf(**kv), ContentOf(acknowledged));
  }
  file_system_->Heal();
  auto kv = Open();
  ASSERT_TRUE(kv.ok()) << kv.status();
  for (acknowledged = CheckContent(**kv, acknowledged); acknowledged < kDocuments; ++acknowledged) {
    ASSERT_TRUE((*kv)->Write(DocumentBatch(acknowledged)).ok());
  }
  ExpectSame(ContentOf(**kv), ContentOf(kDocuments));
}

TEST_P(FailingDiskTest, StoreThatCannotBeCreatedIsToldAndCanBeCreatedLater) {
  file_system_->FailAfter(0, GetParam());
  const auto kv = Open();
  ASSERT_FALSE(kv.ok());
  ExpectFailure(kv.status());
  file_system_->Heal();
  EXPECT_TRUE(Open().ok());
}

INSTANTIATE_TEST_SUITE_P(Failures, FailingDiskTest,
                         testing::Values(FaultFileSystem::Failure::kFull, FaultFileSystem::Failure::kBroken),
                         [](const auto& failure) {
                           return failure.param == FaultFileSystem::Failure::kFull ? "Full" : "Broken";
                         });

}  // namespace
}  // namespace newsgraph
