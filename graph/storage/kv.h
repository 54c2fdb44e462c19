// Ordered bytes: all that the graph asks of a storage engine.
//
// Keys and values are any bytes; keys are ordered as unsigned bytes. The first
// component of a key is its partition (graph/README.md): one Scan never crosses
// it. Everything that makes it a graph is written once, above this seam.
#ifndef NEWSGRAPH_GRAPH_STORAGE_KV_H_
#define NEWSGRAPH_GRAPH_STORAGE_KV_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace newsgraph {

// DO NOT RENUMBER: the numbers name column families on disk. graph/README.md is
// the table of tables.
enum class Table : uint8_t {
  kMeta = 0,
  kDocument = 1,
  kMention = 2,
  kTurn = 3,
  kStatement = 4,
  kAtom = 5,
  kProfile = 6,          // profile → its record
  kProfileAtom = 7,      // profile, atom
  kObservation = 8,      // profile, kind, value → number of documents
  kValueProfile = 9,     // kind, value, profile
  kProfileCluster = 10,  // profile → cluster
  kClusterProfile = 11,  // cluster, profile
  kJudgement = 12,
  kName = 13,  // bucket, folded name, profile, …
  kAdjacency = 14,
  kPredicate = 15,  // predicate, document
  kTime = 16,       // month, …
  kJournal = 17,    // ingest times, retired ids, undo log
};
inline constexpr int kTableCount = 18;
std::string_view ToString(Table table);

// Writes applied together or not at all. Later writes to a key win.
struct KvWrite {
  Table table;
  std::string key;
  std::optional<std::string> value;  // absent: delete
};

struct KvBatch {
  std::string home;  // partition of the (first) document this batch replaces; names it, idempotent when replayed
  std::vector<KvWrite> writes;

  void Put(Table table, std::string key, std::string value) {
    writes.push_back({table, std::move(key), std::move(value)});
  }
  void Delete(Table table, std::string key) { writes.push_back({table, std::move(key), std::nullopt}); }
};

// The store at one moment. Immutable; safe from any thread; may outlive the KvStore.
class KvSnapshot {
 public:
  virtual ~KvSnapshot() = default;

  // nullopt when there is no such key.
  virtual absl::StatusOr<std::optional<std::string>> Get(Table table, std::string_view key) const = 0;

  // The same for several keys of a table, in their order.
  virtual absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      Table table, const std::vector<std::string>& keys) const = 0;

  // Calls `visit` for the keys that begin with `prefix` and are not before `from`
  // (empty: from the first), in order, until it answers false. The views are valid
  // during the call. `prefix` holds at least the partition.
  using Visit = std::function<bool(std::string_view key, std::string_view value)>;
  virtual absl::Status Scan(Table table, std::string_view prefix, std::string_view from, const Visit& visit) const = 0;

  // Every key of a table that is not before `from` (empty: from the first), in order. For
  // lists and snapshots of the whole graph and Verify.
  virtual absl::Status ScanAll(Table table, std::string_view from, const Visit& visit) const = 0;
};

// Thread-safe. Write calls are applied one after another.
class KvStore {
 public:
  virtual ~KvStore() = default;

  // Durable when it returns OK; nothing of it is visible when it does not, and what a
  // failing disk keeps of it is there whole or not at all when the store is opened again.
  // ResourceExhausted: the disk is full. Unavailable: input or output failed.
  virtual absl::Status Write(const KvBatch& batch) = 0;

  // As Write, for many keys, each new; sorted within each table; through sorted
  // files where the engine has them. Durable when it returns. Not atomic across tables.
  virtual absl::Status BulkLoad(const KvBatch& batch) = 0;

  virtual std::shared_ptr<const KvSnapshot> Snapshot() const = 0;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_STORAGE_KV_H_
