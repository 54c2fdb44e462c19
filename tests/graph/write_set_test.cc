#include "graph/storage/write_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "graph/storage/memory_kv.h"

namespace newsgraph {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Rows = std::vector<std::pair<std::string, std::string>>;

TEST(WriteSetTest, ReadsAndScansAreThoseOfTheStoreAfterTheBatch) {
  std::mt19937 random(7);
  const auto key = [&] { return "p" + std::to_string(random() % 40); };
  for (int round = 0; round < 50; ++round) {
    const auto kv = NewMemoryKv();
    std::map<std::string, std::string> rows;
    for (int i = 0; i < 20; ++i) rows[key()] = std::to_string(i);
    KvBatch first{.home = "home"};
    for (const auto& [k, v] : rows) first.Put(Table::kAtom, k, v);
    ASSERT_TRUE(kv->Write(first).ok());

    WriteSet set(kv->Snapshot());
    for (int i = 0; i < 60; ++i) {
      const std::string k = key();
      switch (random() % 4) {
        case 0:
          set.Put(Table::kAtom, k, std::to_string(i % 5));
          rows[k] = std::to_string(i % 5);
          break;
        case 1:
          set.Delete(Table::kAtom, k);
          rows.erase(k);
          break;
        case 2:
          ASSERT_TRUE(set.Prefetch(Table::kAtom, {k, key(), k}).ok());
          break;
        case 3: {
          const auto value = *set.Get(Table::kAtom, k);
          EXPECT_EQ(value.has_value(), rows.contains(k));
          if (value) {
            EXPECT_EQ(*value, rows[k]);
          }
          EXPECT_EQ((*set.MultiGet(Table::kAtom, {k}))[0], value);
          break;
        }
      }
      const std::string prefix = random() % 2 ? "p" : "p" + std::to_string(random() % 4);
      const std::string from = random() % 2 ? "" : key();
      Rows scanned, expected;
      const size_t limit = 1 + random() % 30;
      ASSERT_TRUE(set.Scan(Table::kAtom, prefix, from,
                           [&](std::string_view k, std::string_view v) {
                             scanned.emplace_back(k, v);
                             return scanned.size() < limit;
                           })
                      .ok());
      for (const auto& [k, v] : rows) {
        if (k.starts_with(prefix) && k >= from && expected.size() < limit) expected.emplace_back(k, v);
      }
      ASSERT_EQ(scanned, expected);
    }
    ASSERT_TRUE(kv->Write(*set.ToBatch("home")).ok());
    Rows stored;
    ASSERT_TRUE(kv->Snapshot()
                    ->ScanAll(Table::kAtom, "",
                              [&](std::string_view k, std::string_view v) {
                                stored.emplace_back(k, v);
                                return true;
                              })
                    .ok());
    EXPECT_EQ(stored, Rows(rows.begin(), rows.end()));
  }
}

TEST(WriteSetTest, WhatWasTakenAwayAndPutBackIsNotWritten) {
  const auto kv = NewMemoryKv();
  ASSERT_TRUE(kv->Write({.home = "home", .writes = {{Table::kAtom, "a", "1"}, {Table::kAtom, "b", "1"}}}).ok());
  WriteSet set(kv->Snapshot());
  for (const char* key : {"a", "b"}) set.Delete(Table::kAtom, key);
  set.Put(Table::kAtom, "a", "1");
  set.Put(Table::kAtom, "b", "2");
  const KvBatch batch = *set.ToBatch("home");
  ASSERT_EQ(batch.writes.size(), 1u);
  EXPECT_EQ(batch.writes[0].key, "b");
}

TEST(WriteSetTest, WhatIsPutUnreadIsWrittenAndNotSeen) {
  const auto kv = NewMemoryKv();
  WriteSet set(kv->Snapshot());
  set.PutUnread(Table::kStatement, "a", "1");
  set.Put(Table::kAtom, "b", "2");
  EXPECT_EQ(*set.Get(Table::kStatement, "a"), std::nullopt);
  ASSERT_TRUE(kv->Write(*set.ToBatch("home")).ok());
  EXPECT_EQ(*kv->Snapshot()->Get(Table::kStatement, "a"), "1");
  EXPECT_EQ(*kv->Snapshot()->Get(Table::kAtom, "b"), "2");
}

}  // namespace
}  // namespace newsgraph
