// A file of trained weights: named arrays behind a table, in the layout that ingest/tagger/README.md
// gives and tools/train/network_export.py writes.
//
//   NEWSGRAPH_ASSIGN_OR_RETURN(const WeightFile file, WeightFile::Read("models/zh.weights"));
//   NEWSGRAPH_ASSIGN_OR_RETURN(const std::span<const float> bias, file.Get<float>("network.0.forward.bias", {384}));
#ifndef NEWSGRAPH_INGEST_TAGGER_WEIGHT_FILE_H_
#define NEWSGRAPH_INGEST_TAGGER_WEIGHT_FILE_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/status.h"

namespace newsgraph {

// The whole file in memory. Immutable after it is read; safe from any thread. Spans that it gave live as
// long as it does; moving it does not move them.
class WeightFile {
 public:
  static constexpr uint32_t kFormat = 1;
  static constexpr size_t kMostBytes = 16 << 20;
  static constexpr size_t kMostSections = 256;

  // NotFound: there is no such file. InvalidArgument: it is no weight file, of another format, cut short,
  // changed since it was written, or its table does not hold together; names the file, the section and
  // what to do.
  static absl::StatusOr<WeightFile> Read(const std::string& path);
  // The same of bytes in memory; `name` is what errors call them.
  static absl::StatusOr<WeightFile> Parse(std::string_view bytes, std::string name);

  // The values of a section, row by row, 64-byte aligned. T is int8_t, int16_t, int32_t, uint32_t or float.
  // NotFound: the file has no such section. InvalidArgument: its type is another, or its shape (no shape
  // given takes any).
  template <class T>
  absl::StatusOr<std::span<const T>> Get(std::string_view section, std::initializer_list<uint32_t> shape = {}) const {
    static_assert(std::is_same_v<T, int8_t> || std::is_same_v<T, int16_t> || std::is_same_v<T, int32_t> ||
                  std::is_same_v<T, uint32_t> || std::is_same_v<T, float>);
    constexpr Type kType = std::is_same_v<T, int8_t>     ? Type::kInt8
                           : std::is_same_v<T, int16_t>  ? Type::kInt16
                           : std::is_same_v<T, int32_t>  ? Type::kInt32
                           : std::is_same_v<T, uint32_t> ? Type::kUint32
                                                         : Type::kFloat32;
    NEWSGRAPH_ASSIGN_OR_RETURN(const std::span<const std::byte> bytes,
                               Find(section, kType, {shape.begin(), shape.end()}));
    return std::span<const T>(reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T));
  }

  // One to four dimensions, none of them 0. NotFound: the file has no such section.
  absl::StatusOr<std::vector<uint32_t>> Shape(std::string_view section) const;

  // In the order of the file.
  std::vector<std::string> ListSections() const;

  const std::string& name() const { return name_; }

  // An error that names this file and a section, for what a reader of sections finds wrong in their values.
  absl::Status Malformed(std::string_view section, std::string_view what) const;

 private:
  // Stands in files: DO NOT CHANGE.
  enum class Type : uint32_t { kInt8 = 1, kInt16 = 2, kInt32 = 3, kUint32 = 4, kFloat32 = 5 };
  struct Section {
    std::string name;
    Type type;
    std::vector<uint32_t> shape;
    size_t offset;
    size_t size;
  };
  struct alignas(64) Block {
    std::byte bytes[64];
  };

  WeightFile() = default;
  static size_t BytesOf(Type type);
  static std::string_view NameOf(Type type);
  absl::Status ReadTable(size_t size);
  absl::StatusOr<const Section*> FindSection(std::string_view name) const;
  absl::StatusOr<std::span<const std::byte>> Find(std::string_view section, Type type,
                                                  const std::vector<uint32_t>& shape) const;

  std::string name_;
  std::vector<Block> blocks_;
  std::vector<Section> sections_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TAGGER_WEIGHT_FILE_H_
