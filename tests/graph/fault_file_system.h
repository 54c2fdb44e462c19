// A file system that loses power and fails, for tests. It works on real files and keeps
// account of what a disk would hold if the power went now.
//
// What a power loss keeps: of a file, what was synced, and a random part of what was
// appended since; of a directory, the entries that it had when it was last synced (or, in
// half of the losses, as file systems with a journal do, those that it has now).
#ifndef NEWSGRAPH_TESTS_GRAPH_FAULT_FILE_SYSTEM_H_
#define NEWSGRAPH_TESTS_GRAPH_FAULT_FILE_SYSTEM_H_

#include <rocksdb/file_system.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace newsgraph {

// Thread-safe, as RocksDB asks of it. Files outside `root`, and the engine's own log, are none of its business.
class FaultFileSystem : public rocksdb::FileSystemWrapper {
 public:
  explicit FaultFileSystem(std::filesystem::path root)
      : FileSystemWrapper(rocksdb::FileSystem::Default()), root_(root.string() + "/"), graveyard_(root_ + "graveyard") {
    std::filesystem::create_directory(graveyard_);
  }
  static const char* kClassName() { return "FaultFileSystem"; }
  const char* Name() const override { return kClassName(); }

  // The power goes when so many more operations that change files have been done.
  void LosePowerAfter(uint64_t operations) {
    Set([&] { power_left_ = operations; });
  }
  bool power_is_off() const {
    std::lock_guard lock(mutex_);
    return power_left_ == 0;
  }
  uint64_t operations() const {
    std::lock_guard lock(mutex_);
    return operations_;
  }

  enum class Failure { kFull, kBroken };
  // Appends fail once so many more bytes have been written; on a broken disk syncs do too.
  void FailAfter(uint64_t bytes, Failure failure) {
    Set([&] {
      bytes_left_ = bytes;
      failure_ = failure;
    });
  }
  void Heal() {
    Set([&] { bytes_left_.reset(); });
  }

  // Puts the files as a disk would hold them after a power loss; every user of the file system is gone.
  void Restart(std::mt19937& random) {
    std::lock_guard lock(mutex_);
    const bool entries_survive = random() % 2 == 0;
    std::map<std::string, std::string> contents;
    for (const auto& [path, file] : entries_survive ? live_ : durable_) {
      const uint64_t unsynced = file->size - file->synced;
      const uint64_t kept = random() % 3 == 0 ? 0 : random() % (unsynced + 1);
      std::ifstream in(file->place, std::ios::binary);
      std::string bytes((std::istreambuf_iterator<char>(in)), {});
      bytes.resize(std::min<uint64_t>(bytes.size(), file->synced + kept));
      contents[path] = std::move(bytes);
    }
    for (const auto& [path, file] : live_) std::filesystem::remove(path);
    std::filesystem::remove_all(graveyard_);
    std::filesystem::create_directory(graveyard_);
    if (!entries_survive) {
      for (const std::string& directory : unsynced_directories_) std::filesystem::remove_all(directory);
    }
    unsynced_directories_.clear();
    live_.clear();
    for (const auto& [path, bytes] : contents) {
      if (!std::filesystem::exists(std::filesystem::path(path).parent_path())) continue;
      std::ofstream(path, std::ios::binary) << bytes;
      live_[path] = std::make_shared<File>(File{path, bytes.size(), bytes.size()});
    }
    durable_ = live_;
    power_left_.reset();
  }

  rocksdb::IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    rocksdb::IODebugContext* debug) override {
    return Open(path, result, [&](auto* opened) {
      if (live_.contains(path)) Bury(path);
      live_.erase(path);
      return target()->NewWritableFile(path, options, opened, debug);
    });
  }
  rocksdb::IOStatus ReopenWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                       std::unique_ptr<rocksdb::FSWritableFile>* result,
                                       rocksdb::IODebugContext* debug) override {
    return Open(path, result, [&](auto* opened) { return target()->ReopenWritableFile(path, options, opened, debug); });
  }
  rocksdb::IOStatus NewDirectory(const std::string& path, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* result,
                                 rocksdb::IODebugContext* debug) override {
    const rocksdb::IOStatus status = target()->NewDirectory(path, options, result, debug);
    if (status.ok()) *result = std::make_unique<Directory>(this, Normal(path), std::move(*result));
    return status;
  }
  rocksdb::IOStatus CreateDir(const std::string& path, const rocksdb::IOOptions& options,
                              rocksdb::IODebugContext* debug) override {
    return Change([&] {
      const rocksdb::IOStatus status = target()->CreateDir(path, options, debug);
      if (status.ok()) unsynced_directories_.insert(Normal(path));
      return status;
    });
  }
  rocksdb::IOStatus CreateDirIfMissing(const std::string& path, const rocksdb::IOOptions& options,
                                       rocksdb::IODebugContext* debug) override {
    if (std::filesystem::exists(path)) return target()->CreateDirIfMissing(path, options, debug);
    return CreateDir(path, options, debug);
  }
  rocksdb::IOStatus DeleteFile(const std::string& path, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override {
    return Change([&] {
      if (!live_.contains(path)) return target()->DeleteFile(path, options, debug);
      Bury(path);
      live_.erase(path);
      return rocksdb::IOStatus::OK();
    });
  }
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override {
    return Change([&] {
      if (!live_.contains(from)) return target()->RenameFile(from, to, options, debug);
      if (live_.contains(to)) Bury(to);
      const rocksdb::IOStatus status = target()->RenameFile(from, to, options, debug);
      if (!status.ok()) return status;
      live_[to] = live_[from];
      live_[to]->place = to;
      live_.erase(from);
      return status;
    });
  }
  rocksdb::IOStatus LinkFile(const std::string& from, const std::string& to, const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* debug) override {
    return Change([&] {
      const rocksdb::IOStatus status = target()->LinkFile(from, to, options, debug);
      if (status.ok() && live_.contains(from)) {
        live_[to] = live_[from];
        live_[to]->place = to;
      }
      return status;
    });
  }

 private:
  struct File {
    std::string place;  // of its bytes
    uint64_t size = 0;
    uint64_t synced = 0;
  };

  class WritableFile : public rocksdb::FSWritableFileOwnerWrapper {
   public:
    WritableFile(FaultFileSystem* owner, std::shared_ptr<File> file, std::unique_ptr<rocksdb::FSWritableFile> target)
        : FSWritableFileOwnerWrapper(std::move(target)), owner_(owner), file_(std::move(file)) {}

    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* debug) override {
      return owner_->Change([&] {
        const uint64_t room = owner_->bytes_left_.value_or(data.size());
        const rocksdb::Slice fits(data.data(), std::min<uint64_t>(room, data.size()));
        const rocksdb::IOStatus status = target()->Append(fits, options, debug);
        if (!status.ok()) return status;
        file_->size += fits.size();
        if (owner_->bytes_left_) *owner_->bytes_left_ -= fits.size();
        return fits.size() == data.size() ? status : owner_->Failed();
      });
    }
    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                             const rocksdb::DataVerificationInfo&, rocksdb::IODebugContext* debug) override {
      return Append(data, options, debug);
    }
    rocksdb::IOStatus Truncate(uint64_t size, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override {
      return owner_->Change([&] {
        const rocksdb::IOStatus status = target()->Truncate(size, options, debug);
        if (status.ok()) file_->size = size;
        return status;
      });
    }
    rocksdb::IOStatus Sync(const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) override {
      return Fsync(options, debug);
    }
    rocksdb::IOStatus Fsync(const rocksdb::IOOptions&, rocksdb::IODebugContext*) override {
      return owner_->Change([&] {
        if (owner_->bytes_left_ == 0 && owner_->failure_ == Failure::kBroken) return owner_->Failed();
        file_->synced = file_->size;
        return rocksdb::IOStatus::OK();
      });
    }
    // A hint, and no promise.
    rocksdb::IOStatus RangeSync(uint64_t, uint64_t, const rocksdb::IOOptions&, rocksdb::IODebugContext*) override {
      return rocksdb::IOStatus::OK();
    }
    rocksdb::IOStatus Allocate(uint64_t, uint64_t, const rocksdb::IOOptions&, rocksdb::IODebugContext*) override {
      return rocksdb::IOStatus::OK();
    }
    void PrepareWrite(size_t, size_t, const rocksdb::IOOptions&, rocksdb::IODebugContext*) override {}

   private:
    FaultFileSystem* const owner_;
    const std::shared_ptr<File> file_;
  };

  class Directory : public rocksdb::FSDirectory {
   public:
    Directory(FaultFileSystem* owner, std::string path, std::unique_ptr<rocksdb::FSDirectory> target)
        : owner_(owner), path_(std::move(path)), target_(std::move(target)) {}

    rocksdb::IOStatus Fsync(const rocksdb::IOOptions&, rocksdb::IODebugContext*) override {
      return owner_->Change([&] {
        if (owner_->bytes_left_ == 0 && owner_->failure_ == Failure::kBroken) return owner_->Failed();
        std::erase_if(owner_->durable_, [&](const auto& row) { return IsHere(row.first); });
        for (const auto& row : owner_->live_) {
          if (IsHere(row.first)) owner_->durable_.insert(row);
        }
        std::erase_if(owner_->unsynced_directories_, [&](const std::string& path) { return IsHere(path); });
        return rocksdb::IOStatus::OK();
      });
    }
    rocksdb::IOStatus Close(const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) override {
      return target_->Close(options, debug);
    }
    size_t GetUniqueId(char* id, size_t max_size) const override { return target_->GetUniqueId(id, max_size); }

   private:
    bool IsHere(const std::string& path) const { return std::filesystem::path(path).parent_path() == path_; }

    FaultFileSystem* const owner_;
    const std::string path_;
    const std::unique_ptr<rocksdb::FSDirectory> target_;
  };

  static std::string Normal(const std::string& path) {
    std::string normal = std::filesystem::path(path).lexically_normal().string();
    if (normal.size() > 1 && normal.back() == '/') normal.pop_back();
    return normal;
  }

  template <typename Function>
  void Set(const Function& function) {
    std::lock_guard lock(mutex_);
    function();
  }

  // One operation that changes files. REQUIRES: mutex_ is not held.
  template <typename Function>
  rocksdb::IOStatus Change(const Function& function) {
    std::lock_guard lock(mutex_);
    if (power_left_ == 0) return rocksdb::IOStatus::IOError("the power is off");
    if (power_left_ && --*power_left_ == 0) return rocksdb::IOStatus::IOError("the power is off");
    ++operations_;
    return function();
  }

  rocksdb::IOStatus Failed() const {
    return failure_ == Failure::kFull ? rocksdb::IOStatus::NoSpace("No space left on device")
                                      : rocksdb::IOStatus::IOError("Input/output error");
  }

  template <typename Function>
  rocksdb::IOStatus Open(const std::string& path, std::unique_ptr<rocksdb::FSWritableFile>* result,
                         const Function& open) {
    if (!path.starts_with(root_)) return open(result);
    return Change([&] {
      if (bytes_left_ == 0 && failure_ == Failure::kBroken) return Failed();
      const rocksdb::IOStatus status = open(result);
      if (!status.ok()) return status;
      const uint64_t size = std::filesystem::file_size(path);
      std::shared_ptr<File>& file = live_[path];
      if (file == nullptr) file = std::make_shared<File>(File{path, size, size});
      *result = std::make_unique<WritableFile>(this, file, std::move(*result));
      return status;
    });
  }

  // Takes the bytes of an entry out of the way, since a power loss may bring it back.
  void Bury(const std::string& path) {
    const std::string place = graveyard_ + "/" + std::to_string(buried_++);
    std::filesystem::rename(path, place);
    if (live_[path]->place == path) live_[path]->place = place;
  }

  const std::string root_;  // ends with a slash
  const std::string graveyard_;
  mutable std::mutex mutex_;
  // Guarded by mutex_:
  std::map<std::string, std::shared_ptr<File>> live_;     // every entry of a file, as it is now
  std::map<std::string, std::shared_ptr<File>> durable_;  // as a strict disk would have it
  std::set<std::string> unsynced_directories_;
  std::optional<uint64_t> power_left_;
  std::optional<uint64_t> bytes_left_;
  Failure failure_ = Failure::kFull;
  uint64_t operations_ = 0;
  uint64_t buried_ = 0;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_TESTS_GRAPH_FAULT_FILE_SYSTEM_H_
