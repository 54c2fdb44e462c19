#include "graph/storage/write_set.h"

#include <algorithm>
#include <utility>

#include "graph/status.h"

namespace newsgraph {

void WriteSet::Put(Table table, std::string key, std::string value) {
  Row& row = rows(table)[std::move(key)];
  row.deleted_first = row.changed && (row.deleted_first || !row.now);
  row.changed = true;
  row.now = std::move(value);
}

void WriteSet::Delete(Table table, std::string key) {
  Row& row = rows(table)[std::move(key)];
  row.changed = true;
  row.now.reset();
}

void WriteSet::PutUnread(Table table, std::string key, std::string value) {
  unread_.push_back({table, std::move(key), std::move(value)});
}

absl::Status WriteSet::Prefetch(Table table, std::vector<std::string> keys) const {
  Rows& known = rows(table);
  std::erase_if(keys, [&](const std::string& key) {
    const auto found = known.find(key);
    return found != known.end() && found->second.known;
  });
  if (keys.empty()) return absl::OkStatus();
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  NEWSGRAPH_ASSIGN_OR_RETURN(auto values, base_->MultiGet(table, keys));
  for (size_t i = 0; i < keys.size(); ++i) {
    Row& row = known[std::move(keys[i])];
    row.known = true;
    row.before = std::move(values[i]);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<std::string>> WriteSet::Get(Table table, std::string_view key) const {
  Rows& known = rows(table);
  auto found = known.find(key);
  if (found != known.end() && found->second.changed) return found->second.now;
  if (found == known.end() || !found->second.known) {
    NEWSGRAPH_ASSIGN_OR_RETURN(auto value, base_->Get(table, key));
    if (found == known.end()) found = known.emplace(key, Row()).first;
    found->second.known = true;
    found->second.before = std::move(value);
  }
  return found->second.before;
}

absl::StatusOr<std::vector<std::optional<std::string>>> WriteSet::MultiGet(Table table,
                                                                           const std::vector<std::string>& keys) const {
  std::vector<std::string> unchanged;
  for (const std::string& key : keys) {
    const auto found = rows(table).find(key);
    if (found == rows(table).end() || !found->second.changed) unchanged.push_back(key);
  }
  NEWSGRAPH_RETURN_IF_ERROR(Prefetch(table, std::move(unchanged)));
  std::vector<std::optional<std::string>> values;
  values.reserve(keys.size());
  for (const std::string& key : keys) {
    const Row& row = rows(table).find(key)->second;
    values.push_back(row.changed ? row.now : row.before);
  }
  return values;
}

absl::Status WriteSet::Scan(Table table, std::string_view prefix, std::string_view from, const Visit& visit) const {
  return Merge(table, prefix, from, visit,
               [&](const Visit& base_visit) { return base_->Scan(table, prefix, from, base_visit); });
}

absl::Status WriteSet::ScanAll(Table table, std::string_view from, const Visit& visit) const {
  return Merge(table, "", from, visit,
               [&](const Visit& base_visit) { return base_->ScanAll(table, from, base_visit); });
}

absl::Status WriteSet::Merge(Table table, std::string_view prefix, std::string_view from, const Visit& visit,
                             const std::function<absl::Status(const Visit&)>& scan_base) const {
  const Rows& changes = rows(table);
  auto next = changes.lower_bound(std::max(prefix, from));
  bool stopped = false;
  // What was put before `key`; null: the rest.
  const auto visit_put_before = [&](const std::string_view* key) {
    for (; !stopped && next != changes.end() && (key == nullptr || next->first < *key); ++next) {
      if (!next->first.starts_with(prefix)) break;
      if (next->second.changed && next->second.now) stopped = !visit(next->first, *next->second.now);
    }
  };
  NEWSGRAPH_RETURN_IF_ERROR(scan_base([&](std::string_view key, std::string_view value) {
    visit_put_before(&key);
    if (stopped) return false;
    if (next != changes.end() && next->first == key) {
      const Row& row = next->second;
      if (!row.changed) stopped = !visit(key, value);
      if (row.changed && row.now) stopped = !visit(key, *row.now);
      ++next;
    } else {
      stopped = !visit(key, value);
    }
    return !stopped;
  }));
  visit_put_before(nullptr);
  return absl::OkStatus();
}

absl::StatusOr<KvBatch> WriteSet::ToBatch(std::string home) {
  KvBatch batch{.home = std::move(home), .writes = std::move(unread_)};
  for (int i = 0; i < kTableCount; ++i) {
    const Table table = static_cast<Table>(i);
    std::vector<std::string> doubtful;
    for (const auto& [key, row] : tables_[i]) {
      if (row.changed && row.deleted_first && row.now && !row.known) doubtful.push_back(key);
    }
    NEWSGRAPH_RETURN_IF_ERROR(Prefetch(table, std::move(doubtful)));
    while (!tables_[i].empty()) {
      auto row = tables_[i].extract(tables_[i].begin());
      if (!row.mapped().changed || (row.mapped().known && row.mapped().before == row.mapped().now)) continue;
      batch.writes.push_back({table, std::move(row.key()), std::move(row.mapped().now)});
    }
  }
  return batch;
}

}  // namespace newsgraph
