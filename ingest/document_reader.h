// Files and streams of news into Documents: plain text and JSON lines.
//
// A reader gives documents one at a time, so memory holds one document, whatever the
// size of the file. Not thread-safe.
#ifndef NEWSGRAPH_INGEST_DOCUMENT_READER_H_
#define NEWSGRAPH_INGEST_DOCUMENT_READER_H_

#include <cstdint>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/model.h"

namespace newsgraph {

enum class DocumentFormat : uint8_t { kAuto = 0, kPlainText = 1, kJsonLines = 2 };

struct DocumentReaderOptions {
  DocumentFormat format = DocumentFormat::kAuto;  // by suffix: .jsonl and .ndjson are JSON lines, all else plain text
  uint64_t max_document_bytes = 16 << 20;         // longer documents are refused, not cut
};

// One document's worth of input: what was read, or why it could not be.
struct ReadDocument {
  std::string place;  // "articles.jsonl:12" or "interview.txt", for messages
  absl::StatusOr<Document> document;
};

class DocumentReader {
 public:
  virtual ~DocumentReader() = default;

  // nullopt at the end of the input. A document that cannot be read (bad UTF-8 with
  // line and column, a truncated line, no text, too long) is an answer like any other,
  // and reading goes on behind it; a status means that the input itself failed.
  virtual absl::StatusOr<std::optional<ReadDocument>> Next() = 0;

  // NotFound, or Unavailable when it cannot be read. Plain text: the whole file is one
  // document's text, its first line the title; id and uri derive from nothing but the bytes.
  static absl::StatusOr<std::unique_ptr<DocumentReader>> Open(const std::string& path,
                                                              const DocumentReaderOptions& options);
  // `in` must outlive the reader. `name` stands for the path in messages.
  static std::unique_ptr<DocumentReader> FromStream(std::istream& in, std::string name,
                                                    const DocumentReaderOptions& options);
};

// One JSON object with id, uri, title, publisher, author, published, language, text,
// all but text optional, unknown keys refused by name.
absl::StatusOr<Document> ParseDocumentJson(std::string_view json);

// InvalidArgument with line and column of the first byte that is not UTF-8.
absl::Status CheckUtf8(std::string_view bytes);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_DOCUMENT_READER_H_
