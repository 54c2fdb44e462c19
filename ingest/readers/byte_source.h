// The bytes of an input on their way to a reader: unpacked, decoded, a piece at a time.
#ifndef NEWSGRAPH_INGEST_READERS_BYTE_SOURCE_H_
#define NEWSGRAPH_INGEST_READERS_BYTE_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <istream>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace newsgraph {

// Not thread-safe.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Up to `size` bytes; 0 at the end. InvalidArgument where what was read is at fault,
  // Unavailable where the input itself failed. Not called again after either.
  virtual absl::StatusOr<size_t> Read(char* to, size_t size) = 0;
};

// `in` must outlive it.
std::unique_ptr<ByteSource> MakeStreamSource(std::istream& in);

// A source to look ahead in. What was read before a fault is given before the fault.
class BufferedSource {
 public:
  explicit BufferedSource(std::unique_ptr<ByteSource> source) : source_(std::move(source)) {}

  // The next `size` bytes, fewer at the end or before a fault. Valid until the next call.
  std::string_view Peek(size_t size);
  // Appends up to and without the next line break to an empty `line`. False at the end.
  // Sets `too_long`, and stops appending, past `limit` bytes.
  absl::StatusOr<bool> ReadLine(std::string& line, uint64_t limit, bool& too_long);
  // Everything that is left, or the first limit + 1 bytes of it.
  absl::StatusOr<std::string> ReadAll(uint64_t limit);
  // As ByteSource.
  absl::StatusOr<size_t> Read(char* to, size_t size);

 private:
  // False at the end and at a fault.
  bool Fill();

  std::unique_ptr<ByteSource> source_;
  std::string buffer_;
  size_t position_ = 0;
  bool at_end_ = false;
  absl::Status fault_;
};

// A buffered source as a source.
std::unique_ptr<ByteSource> MakeSource(std::unique_ptr<BufferedSource> source);

bool IsGzip(std::string_view beginning);
// Refuses what grows to more than `max_ratio` times its size, as soon as it has.
std::unique_ptr<ByteSource> MakeGunzipSource(std::unique_ptr<BufferedSource> packed, uint64_t max_ratio);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_READERS_BYTE_SOURCE_H_
