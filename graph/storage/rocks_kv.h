// The engine: one RocksDB directory, a column family a table.
#ifndef NEWSGRAPH_GRAPH_STORAGE_ROCKS_KV_H_
#define NEWSGRAPH_GRAPH_STORAGE_ROCKS_KV_H_

#include <cstddef>
#include <filesystem>
#include <memory>

#include "absl/status/statusor.h"
#include "graph/storage/kv.h"

namespace rocksdb {
class FileSystem;
}

namespace newsgraph {

struct RocksKvOptions {
  std::filesystem::path directory;
  bool create_if_missing = true;
  // The store as it is when it is opened, also beside a writer in another process.
  bool read_only = false;
  size_t block_cache_bytes = 64 << 20;   // shared by all tables, indexes and filters included
  size_t write_buffer_bytes = 32 << 20;  // of all tables together
};

// NotFound: no such directory, and it is not to be created. FailedPrecondition: in use
// by another process, or its files are no store. ResourceExhausted: the disk is full.
// Unavailable: input or output failed. DataLoss: files are damaged.
//
// A Write that fails is never visible in the open store. Where the disk took its bytes
// and failed to confirm them, opening the store again may find it: whole, never a part.
// After a failed Write the store can be read and refuses every further write until it is
// opened again, since what the disk holds is unknown until it has been read back.
//
// Snapshots that outlive the KvStore keep the directory open.
//
// `file_system` is for tests that fail or lose writes; null: the machine's own.
absl::StatusOr<std::unique_ptr<KvStore>> OpenRocksKv(const RocksKvOptions& options,
                                                     std::shared_ptr<rocksdb::FileSystem> file_system = nullptr);

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_STORAGE_ROCKS_KV_H_
