// How the characters of an input are written: told from its beginning, decoded to UTF-8.
#ifndef NEWSGRAPH_INGEST_READERS_TEXT_ENCODING_H_
#define NEWSGRAPH_INGEST_READERS_TEXT_ENCODING_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "ingest/readers/byte_source.h"

namespace newsgraph {

struct TextEncoding {
  std::string name;          // for messages: "UTF-8", "Big5", …
  std::string converter;     // ICU's name; empty for UTF-8, which needs none
  size_t mark_bytes = 0;     // of the byte order mark, which is no text
  bool is_declared = false;  // by a mark, <meta charset> or an XML declaration
  bool is_given = false;     // by who reads it
};

// How much of an input is looked at.
inline constexpr size_t kEncodingSampleBytes = 64 << 10;

// A byte order mark counts most, then UTF-8 that could be nothing else, then what the
// input says of itself, then statistics. What could be nothing is UTF-8 with a fault.
TextEncoding DetectTextEncoding(std::string_view beginning);

// The encoding of this name (KnownEncodings), with the mark of it that stands at the beginning.
// InvalidArgument, with the names there are, for another.
absl::StatusOr<TextEncoding> GivenTextEncoding(std::string_view name, std::string_view beginning);

// UTF-8, whatever `source` is in, without its mark. A byte that is none in that encoding
// is InvalidArgument with byte, line and column. UTF-8 itself passes unchecked.
std::unique_ptr<ByteSource> MakeDecodingSource(std::unique_ptr<BufferedSource> source, const TextEncoding& encoding);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_READERS_TEXT_ENCODING_H_
