// A batch in the making: a snapshot with changes on top, read and scanned as one.
//
// Each key is read from the snapshot once at most. Not thread-safe.
#ifndef NEWSGRAPH_GRAPH_STORAGE_WRITE_SET_H_
#define NEWSGRAPH_GRAPH_STORAGE_WRITE_SET_H_

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/storage/kv.h"

namespace newsgraph {

class WriteSet : public KvSnapshot {
 public:
  explicit WriteSet(std::shared_ptr<const KvSnapshot> base) : base_(std::move(base)) {}

  const KvSnapshot& base() const { return *base_; }

  void Put(Table table, std::string key, std::string value);
  void Delete(Table table, std::string key);
  // Puts a key that the snapshot does not have, in a table or part of it that is not read
  // before ToBatch: neither Get nor Scan sees it.
  void PutUnread(Table table, std::string key, std::string value);

  // Reads keys from the snapshot together, so that each Get after it costs nothing.
  absl::Status Prefetch(Table table, std::vector<std::string> keys) const;

  absl::StatusOr<std::optional<std::string>> Get(Table table, std::string_view key) const override;
  absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(Table table,
                                                                   const std::vector<std::string>& keys) const override;
  absl::Status Scan(Table table, std::string_view prefix, std::string_view from, const Visit& visit) const override;
  absl::Status ScanAll(Table table, std::string_view from, const Visit& visit) const override;

  // The changes, those made unread first, then by table and key, without those that are
  // known to change nothing. Empties the set.
  absl::StatusOr<KvBatch> ToBatch(std::string home);

 private:
  struct Row {
    bool known = false;          // `before` is what the snapshot has
    bool changed = false;        // `now` was put or deleted
    bool deleted_first = false;  // deleted before it was put: may be as it was
    std::optional<std::string> before;
    std::optional<std::string> now;
  };
  using Rows = std::map<std::string, Row, std::less<>>;

  Rows& rows(Table table) const { return tables_[static_cast<int>(table)]; }
  absl::Status Merge(Table table, std::string_view prefix, std::string_view from, const Visit& visit,
                     const std::function<absl::Status(const Visit&)>& scan_base) const;

  const std::shared_ptr<const KvSnapshot> base_;
  std::vector<KvWrite> unread_;
  mutable std::array<Rows, kTableCount> tables_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_STORAGE_WRITE_SET_H_
