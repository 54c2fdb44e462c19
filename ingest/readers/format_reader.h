// What a format brings: how it is told, and a reader of it. One row of a table a format.
#ifndef NEWSGRAPH_INGEST_READERS_FORMAT_READER_H_
#define NEWSGRAPH_INGEST_READERS_FORMAT_READER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "ingest/document_reader.h"
#include "ingest/readers/byte_source.h"

namespace newsgraph {

// An input that is unpacked and decoded.
struct ReaderInput {
  std::unique_ptr<BufferedSource> source;
  std::string name;  // for messages
  DocumentReaderOptions options;
};

struct FormatReader {
  DocumentFormat format;
  std::string_view suffixes;  // ".html .htm"
  // Whether an input that begins so can be nothing else. Null: never by its content.
  bool (*sniff)(std::string_view beginning);
  // Formats whose input is always UTF-8 are not guessed at.
  bool may_be_legacy_encoding;
  std::unique_ptr<DocumentReader> (*open)(ReaderInput input);
};
// In the order in which they are asked.
absl::Span<const FormatReader> FormatReaders();

// How much of an input the formats see.
inline constexpr size_t kSniffedBytes = 8 << 10;

std::unique_ptr<DocumentReader> OpenPlainText(ReaderInput input);
bool LooksLikeJsonLines(std::string_view beginning);
std::unique_ptr<DocumentReader> OpenJsonLines(ReaderInput input);
bool LooksLikeHtml(std::string_view beginning);
std::unique_ptr<DocumentReader> OpenHtml(ReaderInput input);
bool LooksLikeFeed(std::string_view beginning);
std::unique_ptr<DocumentReader> OpenFeed(ReaderInput input);
bool LooksLikeNinjs(std::string_view beginning);
std::unique_ptr<DocumentReader> OpenNinjs(ReaderInput input);
bool LooksLikeMarkdown(std::string_view beginning);
std::unique_ptr<DocumentReader> OpenMarkdown(ReaderInput input);

// A reader of inputs that are one document each: reads all of it, no more than
// `max_bytes`, and hands it to `read`, which gives the document or why there is none.
using ReadWholeFile = absl::StatusOr<Document> (*)(std::string bytes, CutReport& characters);
std::unique_ptr<DocumentReader> OpenWholeFile(ReaderInput input, uint64_t max_bytes, ReadWholeFile read);

// The same for inputs that may hold several: `read` appends them, each with its place behind the input's
// name ("[2]"; "" for the only one).
using ReadItems = std::function<void(std::string bytes, std::vector<ReadDocument>& items)>;
std::unique_ptr<DocumentReader> OpenFileOfItems(ReaderInput input, uint64_t max_bytes, ReadItems read);

// "read PLACE: …" before the message.
absl::Status AtPlace(std::string_view place, const absl::Status& status);
absl::Status TooLong(std::string_view place, uint64_t limit);
// Of all fields, in bytes.
size_t SizeOf(const Document& document);
// The title, text and so on within the limit, else TooLong.
absl::Status CheckLength(std::string_view place, const Document& document, const DocumentReaderOptions& options);
// Code points that are no white space.
uint64_t CountCharacters(std::string_view utf8);

// Whether a status is a fault of the content, so that what is behind it may be read.
inline bool IsFaultOfContent(const absl::Status& status) { return !absl::IsUnavailable(status); }

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_READERS_FORMAT_READER_H_
