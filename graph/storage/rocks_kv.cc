#include "graph/storage/rocks_kv.h"

#include <fmt/format.h>
#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/file_system.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <set>
#include <utility>

#include "graph/status.h"

namespace newsgraph {
namespace {

rocksdb::Slice ToSlice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
std::string_view ToView(const rocksdb::Slice& bytes) { return {bytes.data(), bytes.size()}; }

// Length of the first part of the keys of a table that has many rows for each; 0 for the others.
size_t PartitionBytes(Table table) {
  switch (table) {
    case Table::kProfile:
    case Table::kProfileAtom:
    case Table::kObservation:
    case Table::kValueProfile:
    case Table::kAdjacency:
      return 16;
    case Table::kName:
      return 4;
    case Table::kPredicate:
      return 2;
    default:
      return 0;
  }
}

std::string FamilyName(int table) { return std::to_string(table); }

std::string BulkPath(const std::string& directory, int table) {
  return fmt::format("{}/bulk-{}.tmp", directory, table);
}

absl::Status ToStatus(const rocksdb::Status& status, std::string_view doing) {
  if (status.ok()) return absl::OkStatus();
  const std::string text = status.ToString();
  if (status.IsNoSpace())
    return absl::ResourceExhaustedError(fmt::format("{}: the disk is full ({}); free space", doing, text));
  if (status.IsCorruption()) {
    return absl::DataLossError(
        fmt::format("{}: files are damaged ({}); restore the directory from a copy", doing, text));
  }
  return absl::UnavailableError(fmt::format("{}: {}; check the disk", doing, text));
}

// The first key after all that begin with `prefix`; empty when there is none.
std::string PrefixEnd(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && static_cast<unsigned char>(end.back()) == 0xff) end.pop_back();
  if (!end.empty()) end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
  return end;
}

// A file that RocksDB leaves when it is stopped before a new store has its first CURRENT.
bool IsLeftOfCreation(std::string_view name) {
  if (name == "." || name == ".." || name == "LOCK" || name == "IDENTITY") return true;
  return name.starts_with("LOG") || name.starts_with("MANIFEST-") || name.starts_with("OPTIONS-") ||
         name.ends_with(".dbtmp") || name.ends_with(".log");
}

// An open database and what must live as long as it does: held by the store and by
// every snapshot.
struct Database {
  std::unique_ptr<rocksdb::Env> owned_env;
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> families;  // in the order they were opened: the default one, then by table

  ~Database() {
    for (rocksdb::ColumnFamilyHandle* family : families) db->DestroyColumnFamilyHandle(family);
  }
  rocksdb::ColumnFamilyHandle* family(Table table) const { return families[1 + static_cast<int>(table)]; }
};

class RocksSnapshot : public KvSnapshot {
 public:
  explicit RocksSnapshot(std::shared_ptr<const Database> database)
      : database_(std::move(database)), snapshot_(database_->db->GetSnapshot()) {}
  ~RocksSnapshot() override { database_->db->ReleaseSnapshot(snapshot_); }

  absl::StatusOr<std::optional<std::string>> Get(Table table, std::string_view key) const override {
    std::string value;
    const rocksdb::Status status = database_->db->Get(ReadOptions(), database_->family(table), ToSlice(key), &value);
    if (status.IsNotFound()) return std::optional<std::string>();
    NEWSGRAPH_RETURN_IF_ERROR(ToStatus(status, "read the store"));
    return std::optional<std::string>(std::move(value));
  }

  absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      Table table, const std::vector<std::string>& keys) const override {
    const std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
    std::vector<rocksdb::PinnableSlice> found(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    database_->db->MultiGet(ReadOptions(), database_->family(table), slices.size(), slices.data(), found.data(),
                            statuses.data());
    std::vector<std::optional<std::string>> values(keys.size());
    for (size_t i = 0; i < keys.size(); ++i) {
      if (statuses[i].IsNotFound()) continue;
      NEWSGRAPH_RETURN_IF_ERROR(ToStatus(statuses[i], "read the store"));
      values[i] = found[i].ToString();
    }
    return values;
  }

  absl::Status Scan(Table table, std::string_view prefix, std::string_view from, const Visit& visit) const override {
    const std::string end = PrefixEnd(prefix);
    const rocksdb::Slice upper_bound(end);
    rocksdb::ReadOptions options = ReadOptions();
    if (!end.empty()) options.iterate_upper_bound = &upper_bound;
    return Walk(table, options, std::max(prefix, from), visit);
  }

  absl::Status ScanAll(Table table, std::string_view from, const Visit& visit) const override {
    rocksdb::ReadOptions options = ReadOptions();
    options.fill_cache = false;
    options.readahead_size = 1 << 20;
    return Walk(table, options, from, visit);
  }

 private:
  rocksdb::ReadOptions ReadOptions() const {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_;
    return options;
  }

  absl::Status Walk(Table table, const rocksdb::ReadOptions& options, std::string_view from, const Visit& visit) const {
    const std::unique_ptr<rocksdb::Iterator> iterator(database_->db->NewIterator(options, database_->family(table)));
    for (iterator->Seek(ToSlice(from)); iterator->Valid(); iterator->Next()) {
      if (!visit(ToView(iterator->key()), ToView(iterator->value()))) break;
    }
    return ToStatus(iterator->status(), "read the store");
  }

  const std::shared_ptr<const Database> database_;
  const rocksdb::Snapshot* const snapshot_;
};

// Thread-safe: RocksDB is, and `failure_` has its mutex.
class RocksKv : public KvStore {
 public:
  RocksKv(std::shared_ptr<const Database> database, std::string directory, bool read_only)
      : database_(std::move(database)), directory_(std::move(directory)), read_only_(read_only) {}

  absl::Status Write(const KvBatch& batch) override {
    rocksdb::WriteBatch writes;
    for (const KvWrite& write : batch.writes) {
      rocksdb::ColumnFamilyHandle* family = database_->family(write.table);
      const rocksdb::Status status =
          write.value ? writes.Put(family, write.key, *write.value) : writes.Delete(family, write.key);
      NEWSGRAPH_RETURN_IF_ERROR(ToStatus(status, "write to " + directory_));
    }
    return Commit([&] {
      rocksdb::WriteOptions options;
      options.sync = true;
      return database_->db->Write(options, &writes);
    });
  }

  absl::Status BulkLoad(const KvBatch& batch) override {
    return Commit([&] {
      std::vector<std::string> paths;
      const rocksdb::Status status = LoadSortedFiles(batch, paths);
      for (const std::string& path : paths) database_->db->GetEnv()->DeleteFile(path).PermitUncheckedError();
      return status;
    });
  }

  std::shared_ptr<const KvSnapshot> Snapshot() const override { return std::make_shared<RocksSnapshot>(database_); }

 private:
  // One write after another; after the first that fails, none.
  absl::Status Commit(const std::function<rocksdb::Status()>& write) {
    const std::string doing = "write to " + directory_;
    if (read_only_) return absl::FailedPreconditionError(doing + ": it is open read-only; open it for writing");
    std::lock_guard lock(mutex_);
    if (!failure_.empty()) {
      return absl::FailedPreconditionError(
          fmt::format("{}: refused since an earlier write failed; open the store again. It was: {}", doing, failure_));
    }
    absl::Status status = ToStatus(write(), doing);
    if (!status.ok()) {
      failure_ = std::string(status.message());
      return absl::Status(status.code(), failure_ + "; then open the store again: no more is written before");
    }
    return status;
  }

  // Adds the paths of the files that it writes to `paths`; those ingested are gone from there.
  rocksdb::Status LoadSortedFiles(const KvBatch& batch, std::vector<std::string>& paths) {
    std::array<std::vector<const KvWrite*>, kTableCount> tables;
    for (const KvWrite& write : batch.writes) tables[static_cast<int>(write.table)].push_back(&write);
    std::vector<rocksdb::IngestExternalFileArg> files;
    for (int table = 0; table < kTableCount; ++table) {
      if (tables[table].empty()) continue;
      rocksdb::ColumnFamilyHandle* family = database_->family(static_cast<Table>(table));
      paths.push_back(BulkPath(directory_, table));
      rocksdb::SstFileWriter writer(rocksdb::EnvOptions(), database_->db->GetOptions(family), family);
      rocksdb::Status status = writer.Open(paths.back());
      for (size_t i = 0; status.ok() && i < tables[table].size(); ++i) {
        const KvWrite& write = *tables[table][i];
        status = write.value ? writer.Put(write.key, *write.value) : writer.Delete(write.key);
      }
      if (status.ok()) status = writer.Finish();
      if (!status.ok()) return status;
      rocksdb::IngestExternalFileArg file;
      file.column_family = family;
      file.external_files = {paths.back()};
      file.options.move_files = true;
      files.push_back(std::move(file));
    }
    return files.empty() ? rocksdb::Status::OK() : database_->db->IngestExternalFiles(files);
  }

  const std::shared_ptr<const Database> database_;
  const std::string directory_;
  const bool read_only_;
  std::mutex mutex_;
  std::string failure_;  // guarded by mutex_; of the write that failed
};

rocksdb::Options DatabaseOptions(const RocksKvOptions& options, rocksdb::Env* env) {
  rocksdb::Options result;
  result.env = env;
  result.create_if_missing = true;
  result.create_missing_column_families = true;
  result.max_background_jobs = 2;
  result.max_open_files = options.read_only ? -1 : 512;  // -1: files stay readable when the writer deletes them
  result.bytes_per_sync = 1 << 20;
  result.keep_log_file_num = 4;
  result.max_log_file_size = 1 << 20;
  result.info_log_level = rocksdb::WARN_LEVEL;
  result.stats_dump_period_sec = 0;
  result.stats_persist_period_sec = 0;
  // RocksDB's own second tries would let writes through after one that failed.
  result.max_bgerror_resume_count = 0;

  // Eighteen tables share one budget: together they may not exceed it, and an idle one
  // holds next to nothing.
  result.db_write_buffer_size = options.write_buffer_bytes;
  result.write_buffer_size = options.write_buffer_bytes;
  result.arena_block_size = 64 << 10;
  result.max_total_wal_size = 4 * options.write_buffer_bytes;

  result.compression = rocksdb::kLZ4Compression;
  result.bottommost_compression = rocksdb::kZSTD;
  result.level_compaction_dynamic_level_bytes = true;
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  table.cache_index_and_filter_blocks = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.format_version = 5;
  result.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return result;
}

// One table's share of `options`.
rocksdb::ColumnFamilyOptions FamilyOptions(const rocksdb::Options& options, Table table) {
  rocksdb::ColumnFamilyOptions result(options);
  // Rows of one partition are written one after another: each insertion begins where the
  // last one of its partition ended.
  result.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewCappedPrefixTransform(PartitionBytes(table)));
  return result;
}

// Whether the directory holds a store (false: it is to be created). FailedPrecondition
// when it holds something else.
absl::StatusOr<bool> HoldsStore(const RocksKvOptions& options, rocksdb::Env& env, const std::string& doing) {
  const std::string directory = options.directory.string();
  const auto no_store = [&](const std::string& what) {
    return absl::FailedPreconditionError(
        fmt::format("{}: not a newsgraph store ({}); give another directory or an empty one", doing, what));
  };
  std::vector<std::string> names;
  const rocksdb::Status listed = env.GetChildren(directory, &names);
  if (listed.IsNotFound()) {  // also for a file, and for a directory that may not be read
    if (env.FileExists(directory).ok()) {
      bool is_directory = false;
      if (env.IsDirectory(directory, &is_directory).ok() && !is_directory) return no_store("it is a file");
      return absl::PermissionDeniedError(fmt::format("{}: the directory may not be read; change its mode", doing));
    }
    if (options.create_if_missing && !options.read_only) return false;
    return absl::NotFoundError(fmt::format("{}: no such directory; ingest into it first or check the name", doing));
  }
  NEWSGRAPH_RETURN_IF_ERROR(ToStatus(listed, doing));
  std::sort(names.begin(), names.end());
  if (!std::binary_search(names.begin(), names.end(), "CURRENT")) {
    const auto other = std::find_if_not(names.begin(), names.end(), IsLeftOfCreation);
    if (other != names.end()) return no_store("it holds " + *other);
    if (options.create_if_missing && !options.read_only) return false;
    return absl::NotFoundError(
        fmt::format("{}: the directory is empty; ingest into it first or check the name", doing));
  }

  std::vector<std::string> families;
  NEWSGRAPH_RETURN_IF_ERROR(ToStatus(
      rocksdb::DB::ListColumnFamilies(rocksdb::DBOptions(DatabaseOptions(options, &env)), directory, &families),
      doing));
  std::set<std::string> known = {rocksdb::kDefaultColumnFamilyName};
  for (int table = 0; table < kTableCount; ++table) known.insert(FamilyName(table));
  for (const std::string& family : families) {
    if (!known.contains(family)) return no_store("it has a table " + family);
  }
  if (families.size() == 1) {
    // A creation that was cut short, or a database of another program.
    rocksdb::DB* opened = nullptr;
    NEWSGRAPH_RETURN_IF_ERROR(
        ToStatus(rocksdb::DB::OpenForReadOnly(DatabaseOptions(options, &env), directory, &opened), doing));
    const std::unique_ptr<rocksdb::DB> db(opened);
    const std::unique_ptr<rocksdb::Iterator> iterator(db->NewIterator(rocksdb::ReadOptions()));
    iterator->SeekToFirst();
    if (iterator->Valid()) return no_store("it is a database of another program");
    NEWSGRAPH_RETURN_IF_ERROR(ToStatus(iterator->status(), doing));
  }
  if (static_cast<int>(families.size()) != 1 + kTableCount && options.read_only) {
    return no_store("its creation was cut short; open it for writing once");
  }
  return true;
}

// Durably: each new directory is an entry of its parent that must outlast a power loss too.
rocksdb::Status CreateDirectories(const std::filesystem::path& directory, rocksdb::Env& env) {
  if (directory.empty() || env.FileExists(directory.string()).ok()) return rocksdb::Status::OK();
  const std::filesystem::path parent = directory.parent_path();
  rocksdb::Status status = CreateDirectories(parent, env);
  if (status.ok()) status = env.CreateDirIfMissing(directory.string());
  std::unique_ptr<rocksdb::Directory> opened;
  if (status.ok()) status = env.NewDirectory(parent.empty() ? "." : parent.string(), &opened);
  if (status.ok()) status = opened->Fsync();
  return status;
}

bool IsLockError(const rocksdb::Status& status) {
  const std::string text = status.ToString();
  return status.IsIOError() && (text.find("lock hold by") != std::string::npos ||  // by this process
                                text.find("While lock file") != std::string::npos);
}

}  // namespace

absl::StatusOr<std::unique_ptr<KvStore>> OpenRocksKv(const RocksKvOptions& options,
                                                     std::shared_ptr<rocksdb::FileSystem> file_system) {
  const std::string directory = options.directory.string();
  const std::string doing = "open " + directory;
  auto database = std::make_shared<Database>();
  rocksdb::Env* env = rocksdb::Env::Default();
  if (file_system != nullptr) {
    database->owned_env = rocksdb::NewCompositeEnv(file_system);
    env = database->owned_env.get();
  }
  NEWSGRAPH_ASSIGN_OR_RETURN(const bool exists, HoldsStore(options, *env, doing));
  if (!exists) {
    NEWSGRAPH_RETURN_IF_ERROR(ToStatus(CreateDirectories(options.directory, *env), doing));
  }

  const rocksdb::Options database_options = DatabaseOptions(options, env);
  std::vector<rocksdb::ColumnFamilyDescriptor> families = {{rocksdb::kDefaultColumnFamilyName, database_options}};
  for (int table = 0; table < kTableCount; ++table) {
    families.push_back({FamilyName(table), FamilyOptions(database_options, static_cast<Table>(table))});
  }
  rocksdb::DB* db = nullptr;
  rocksdb::Status status;
  if (options.read_only) {
    // A writer may delete a file between the moment its list is read and the moment it is opened.
    for (int attempt = 0; attempt < 5; ++attempt) {
      status = rocksdb::DB::OpenForReadOnly(database_options, directory, families, &database->families, &db);
      if (status.ok()) break;
    }
  } else {
    status = rocksdb::DB::Open(database_options, directory, families, &database->families, &db);
  }
  if (IsLockError(status)) {
    return absl::FailedPreconditionError(doing + ": in use by another process; stop it or open read-only");
  }
  NEWSGRAPH_RETURN_IF_ERROR(ToStatus(status, doing));
  database->db.reset(db);
  if (!options.read_only) {
    // Left by a bulk load that was stopped.
    for (int table = 0; table < kTableCount; ++table) {
      env->DeleteFile(BulkPath(directory, table)).PermitUncheckedError();
    }
  }
  return std::make_unique<RocksKv>(std::move(database), directory, options.read_only);
}

}  // namespace newsgraph
