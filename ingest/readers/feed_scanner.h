// A feed cut into its items without reading them: so one item that is broken costs no
// other, and memory holds one.
#ifndef NEWSGRAPH_INGEST_READERS_FEED_SCANNER_H_
#define NEWSGRAPH_INGEST_READERS_FEED_SCANNER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ingest/readers/byte_source.h"

namespace newsgraph {

struct FeedItem {
  std::string xml;  // from <item> or <entry> to its end tag; part of it where there is a fault
  uint64_t first_line = 0;
  absl::Status fault;     // where it is not closed
  bool too_long = false;  // longer than the limit; `xml` is empty
};

// Not thread-safe.
class FeedScanner {
 public:
  // Items of more than `max_item_bytes` are skipped, not held.
  FeedScanner(BufferedSource& source, uint64_t max_item_bytes) : source_(source), max_item_bytes_(max_item_bytes) {}

  // nullopt at the end. A status is the source's.
  absl::StatusOr<std::optional<FeedItem>> Next();

  // Everything before the first item, without a document type; cut at 256 KB.
  const std::string& head() const { return head_; }
  // Once Next has given nullopt: whether the root's end tag is missing, and no item said so.
  bool breaks_off() const { return !is_closed_ && !breaks_off_; }
  uint64_t line() const { return line_; }

 private:
  enum class TokenKind : uint8_t { kText, kStart, kEnd, kEmpty, kOther };
  struct Token {
    TokenKind kind = TokenKind::kText;
    std::string text;
    std::string name;  // of a tag
    bool too_long = false;
  };

  // False at the end of the input.
  absl::StatusOr<bool> ReadToken(Token& token);
  bool ReadUntil(std::string_view end, std::string& text, bool& too_long);
  void ReadTag(Token& token);
  bool Fill();

  BufferedSource& source_;
  uint64_t max_item_bytes_;
  std::string buffer_;
  size_t position_ = 0;
  absl::Status fault_;
  bool at_end_ = false;
  uint64_t line_ = 1;
  std::string head_, root_;
  bool in_head_ = true, is_closed_ = false, breaks_off_ = false;
  std::optional<Token> pending_;  // the start of an item that came too early
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_READERS_FEED_SCANNER_H_
