// Files and streams of news into Documents: articles as newsrooms have them.
//
// A reader gives documents one at a time, so memory holds one document, whatever the
// size of the file. Not thread-safe.
#ifndef NEWSGRAPH_INGEST_DOCUMENT_READER_H_
#define NEWSGRAPH_INGEST_DOCUMENT_READER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/model.h"

namespace newsgraph {

enum class DocumentFormat : uint8_t {
  kAuto = 0,  // told from the content, or else from the suffix, or else plain text
  kPlainText = 1,
  kJsonLines = 2,
  kHtml = 3,
  kFeed = 4,  // RSS and Atom
  kNinjs = 5,
  kMarkdown = 6,
};
// "auto", "text", "jsonl", "html", "feed", "ninjs", "markdown".
std::string_view ToString(DocumentFormat format);
std::optional<DocumentFormat> ParseDocumentFormat(std::string_view name);
// What a folder is searched for: ".txt", ".jsonl", …, each also with ".gz" behind it.
std::vector<std::string_view> KnownSuffixes();

// What DocumentReaderOptions::encoding may be, whatever the case: "utf-8", "big5", …
std::vector<std::string_view> KnownEncodings();

struct DocumentReaderOptions {
  DocumentFormat format = DocumentFormat::kAuto;
  uint64_t max_document_bytes = 16 << 20;  // longer documents are refused, not cut
  uint64_t max_compression_ratio = 200;    // gzip that grows more is refused
  std::string encoding;                    // empty: told from the content; else of all inputs, whatever they say
};

// Why something that stands on a page is no part of its text.
enum class CutReason : uint8_t {
  kScript = 0,         // scripts, styles, what is drawn or played
  kHidden = 1,         // marked as not shown
  kNavigation = 2,     // menus, breadcrumbs, headers of the site
  kAdvertisement = 3,  // also offers and appeals of the outlet itself
  kRelated = 4,        // links to other articles, side columns
  kComment = 5,        // of readers
  kForm = 6,
  kShare = 7,     // share bars and tools of reading
  kHeadline = 8,  // it is the document's title
  kByline = 9,    // names and dates, read as author and published
  kNotice = 10,   // copyright, disclaimers, footers
  kOutside = 11,  // text that is not in the part that holds the article
};
inline constexpr size_t kCutReasons = 12;
std::string_view ToString(CutReason reason);  // "script", "hidden", …

// Characters of one document or of several, white space not counted.
struct CutReport {
  uint64_t kept = 0;
  std::array<uint64_t, kCutReasons> cut{};  // by CutReason
  uint64_t cut_of(CutReason reason) const { return cut[static_cast<size_t>(reason)]; }
  CutReport& operator+=(const CutReport& other);
  bool operator==(const CutReport&) const = default;
};

// One document's worth of input: what was read, or why it could not be.
struct ReadDocument {
  std::string place;  // "articles.jsonl:12", "feed.xml:57" (a line) or "interview.txt", for messages
  absl::StatusOr<Document> document;
  CutReport characters;
};

class DocumentReader {
 public:
  virtual ~DocumentReader() = default;

  // nullopt at the end of the input. A document that cannot be read (bad UTF-8 with
  // line and column, a truncated line, no text, too long) is an answer like any other,
  // and reading goes on behind it; a status means that the input itself failed.
  virtual absl::StatusOr<std::optional<ReadDocument>> Next() = 0;

  // NotFound, or Unavailable when it cannot be read. gzip is unpacked; UTF-16, Big5 and
  // GB18030 are told and decoded. Id and uri derive from nothing but the bytes.
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
