// A KvStore that a test keeps a hand on after a GraphStore has taken it: its raw rows,
// the keys and bytes that were read and written, and writes that fail.
#ifndef NEWSGRAPH_TESTS_GRAPH_WATCHED_KV_H_
#define NEWSGRAPH_TESTS_GRAPH_WATCHED_KV_H_

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "graph/storage/kv.h"

namespace newsgraph {

struct Traffic {
  std::atomic<uint64_t> keys_read = 0;
  std::atomic<uint64_t> bytes_read = 0;  // of keys and values
  std::atomic<uint64_t> keys_written = 0;
  std::atomic<uint64_t> bytes_written = 0;

  void Read(size_t key, size_t value) {
    ++keys_read;
    bytes_read += key + value;
  }
};

class WatchedSnapshot : public KvSnapshot {
 public:
  WatchedSnapshot(std::shared_ptr<const KvSnapshot> kv, std::shared_ptr<Traffic> traffic)
      : kv_(std::move(kv)), traffic_(std::move(traffic)) {}

  absl::StatusOr<std::optional<std::string>> Get(Table table, std::string_view key) const override {
    auto value = kv_->Get(table, key);
    if (value.ok()) traffic_->Read(key.size(), *value ? (*value)->size() : 0);
    return value;
  }
  absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      Table table, const std::vector<std::string>& keys) const override {
    auto values = kv_->MultiGet(table, keys);
    for (size_t i = 0; values.ok() && i < keys.size(); ++i) {
      traffic_->Read(keys[i].size(), (*values)[i] ? (*values)[i]->size() : 0);
    }
    return values;
  }
  absl::Status Scan(Table table, std::string_view prefix, std::string_view from, const Visit& visit) const override {
    return kv_->Scan(table, prefix, from, Counted(visit));
  }
  absl::Status ScanAll(Table table, std::string_view from, const Visit& visit) const override {
    return kv_->ScanAll(table, from, Counted(visit));
  }

 private:
  // The seek of a scan that finds nothing is a key read, too.
  Visit Counted(const Visit& visit) const {
    traffic_->Read(0, 0);
    return [this, &visit](std::string_view key, std::string_view value) {
      traffic_->Read(key.size(), value.size());
      return visit(key, value);
    };
  }

  const std::shared_ptr<const KvSnapshot> kv_;
  const std::shared_ptr<Traffic> traffic_;
};

class WatchedKv : public KvStore {
 public:
  struct Hand {
    std::shared_ptr<KvStore> kv;
    std::shared_ptr<Traffic> traffic = std::make_shared<Traffic>();
    std::shared_ptr<std::atomic<bool>> fail = std::make_shared<std::atomic<bool>>(false);
    std::shared_ptr<std::vector<size_t>> batches = std::make_shared<std::vector<size_t>>();  // writes of each
  };

  explicit WatchedKv(Hand hand) : hand_(std::move(hand)) {}

  absl::Status Write(const KvBatch& batch) override {
    if (*hand_.fail) return absl::ResourceExhaustedError("write: the disk is full");
    for (const KvWrite& write : batch.writes) {
      ++hand_.traffic->keys_written;
      hand_.traffic->bytes_written += write.key.size() + (write.value ? write.value->size() : 0);
    }
    hand_.batches->push_back(batch.writes.size());
    return hand_.kv->Write(batch);
  }
  absl::Status BulkLoad(const KvBatch& batch) override { return hand_.kv->BulkLoad(batch); }
  std::shared_ptr<const KvSnapshot> Snapshot() const override {
    return std::make_shared<WatchedSnapshot>(hand_.kv->Snapshot(), hand_.traffic);
  }

 private:
  const Hand hand_;
};

using RawRows = std::map<std::pair<int, std::string>, std::string>;  // (table, key) → value

// Every table but the journal.
inline RawRows DumpRows(const KvStore& kv) {
  RawRows rows;
  const auto snapshot = kv.Snapshot();
  for (int table = 0; table < kTableCount; ++table) {
    if (static_cast<Table>(table) == Table::kJournal) continue;
    const absl::Status status =
        snapshot->ScanAll(static_cast<Table>(table), "", [&](std::string_view key, std::string_view value) {
          rows[{table, std::string(key)}] = value;
          return true;
        });
    EXPECT_TRUE(status.ok()) << status;
  }
  return rows;
}

// The first rows in which two dumps differ, for messages; empty when they are equal.
inline std::string Difference(const RawRows& left, const RawRows& right) {
  std::string text;
  int found = 0;
  const auto add = [&](const char* what, const std::pair<int, std::string>& key) {
    if (++found > 8) return;
    text += std::string(what) + " " + std::string(ToString(static_cast<Table>(key.first))) + " " +
            testing::PrintToString(key.second) + "\n";
  };
  for (const auto& [key, value] : left) {
    const auto other = right.find(key);
    if (other == right.end()) {
      add("only left:", key);
    } else if (other->second != value) {
      add("differs:", key);
    }
  }
  for (const auto& [key, value] : right) {
    if (!left.contains(key)) add("only right:", key);
  }
  return text;
}

}  // namespace newsgraph

#endif  // NEWSGRAPH_TESTS_GRAPH_WATCHED_KV_H_
