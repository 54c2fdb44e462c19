#include "ingest/readers/feed_scanner.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

namespace newsgraph {
namespace {

constexpr size_t kMaxHeadBytes = 256 << 10;
// A tag of more is a "<" that begins none.
constexpr size_t kMaxTagBytes = 64 << 10;
constexpr size_t kPieceBytes = 64 << 10;

bool IsItem(std::string_view name) { return name == "item" || name == "entry" || name == "atom:entry"; }
bool IsRoot(std::string_view name) {
  return name == "rss" || name == "feed" || name == "rdf:RDF" || name == "atom:feed" || name == "channel";
}

}  // namespace

bool FeedScanner::Fill() {
  if (at_end_ || !fault_.ok()) return false;
  buffer_.erase(0, position_);
  position_ = 0;
  const size_t old_size = buffer_.size();
  buffer_.resize(old_size + kPieceBytes);
  const absl::StatusOr<size_t> read = source_.Read(buffer_.data() + old_size, kPieceBytes);
  buffer_.resize(old_size + (read.ok() ? *read : 0));
  if (!read.ok()) fault_ = read.status();
  if (read.ok() && *read == 0) at_end_ = true;
  return buffer_.size() > old_size;
}

// Appends up to and with `end`. False where the input ends first.
bool FeedScanner::ReadUntil(std::string_view end, std::string& text, bool& too_long) {
  while (true) {
    const size_t found = buffer_.find(end, position_);
    // What may be the beginning of the end stays.
    const size_t take = found != std::string::npos                ? found + end.size() - position_
                        : buffer_.size() - position_ > end.size() ? buffer_.size() - position_ - end.size()
                                                                  : 0;
    if (text.size() + take > max_item_bytes_) {
      too_long = true;
    } else {
      text.append(buffer_, position_, take);
    }
    position_ += take;
    if (found != std::string::npos) return true;
    if (!Fill()) {
      if (!too_long) text.append(buffer_, position_);
      position_ = buffer_.size();
      return false;
    }
  }
}

void FeedScanner::ReadTag(Token& token) {
  char quote = 0;
  size_t at = 1;
  while (true) {
    while (position_ + at >= buffer_.size() && Fill()) {
    }
    if (position_ + at >= buffer_.size() || at > kMaxTagBytes) {
      // No tag: a character of the text, which the item's own parser will not take.
      token.text = buffer_.substr(position_, 1);
      ++position_;
      return;
    }
    const char c = buffer_[position_ + at];
    if (quote == 0 && c == '>') break;
    if (quote == 0 && (c == '"' || c == '\'')) {
      quote = c;
    } else if (c == quote) {
      quote = 0;
    } else if (c == '<') {
      // A quote that is not closed would swallow the rest of the feed.
      token.text = buffer_.substr(position_, at);
      position_ += at;
      return;
    }
    ++at;
  }
  token.text = buffer_.substr(position_, at + 1);
  position_ += at + 1;
  std::string_view inside(token.text);
  inside = inside.substr(1, inside.size() - 2);
  token.kind = TokenKind::kStart;
  if (inside.starts_with('/')) {
    token.kind = TokenKind::kEnd;
    inside.remove_prefix(1);
  } else if (inside.ends_with('/')) {
    token.kind = TokenKind::kEmpty;
    inside.remove_suffix(1);
  }
  token.name = std::string(inside.substr(0, inside.find_first_of(" \t\r\n")));
}

absl::StatusOr<bool> FeedScanner::ReadToken(Token& token) {
  token = Token();
  while (buffer_.size() - position_ < 9 && Fill()) {
  }
  if (position_ == buffer_.size()) {
    if (!fault_.ok()) return fault_;
    return false;
  }
  const std::string_view here = std::string_view(buffer_).substr(position_);
  if (here[0] != '<') {
    size_t end = here.find('<');
    if (end == std::string_view::npos) end = here.size();
    token.text = std::string(here.substr(0, end));
    position_ += end;
  } else if (here.starts_with("<!--") || here.starts_with("<![CDATA[") || here.starts_with("<?") ||
             here.starts_with("<!DOCTYPE")) {
    token.kind = TokenKind::kOther;
    const std::string_view end = here.starts_with("<!--")          ? "-->"
                                 : here.starts_with("<![")         ? "]]>"
                                 : here.starts_with("<?")          ? "?>"
                                 : here.find('[') < here.find('>') ? "]>"
                                                                   : ">";
    ReadUntil(end, token.text, token.too_long);
  } else if (here.size() > 1 &&
             (std::isalpha(static_cast<unsigned char>(here[1])) || here[1] == '/' || here[1] == '_')) {
    ReadTag(token);
  } else {
    token.text = "<";
    ++position_;
  }
  line_ += static_cast<uint64_t>(std::count(token.text.begin(), token.text.end(), '\n'));
  return true;
}

absl::StatusOr<std::optional<FeedItem>> FeedScanner::Next() {
  std::optional<FeedItem> item;
  bool too_long = false;
  std::string name;
  while (true) {
    Token token;
    if (pending_) {
      token = *std::exchange(pending_, std::nullopt);
    } else {
      const absl::StatusOr<bool> read = ReadToken(token);
      if (!read.ok()) return read.status();
      if (!*read) {
        if (!item) return std::nullopt;
        breaks_off_ = true;
        item->fault = absl::InvalidArgumentError(fmt::format(
            "the feed breaks off inside the item that begins at line {}; fetch it again", item->first_line));
        return item;
      }
    }
    const bool is_tag = token.kind != TokenKind::kText && token.kind != TokenKind::kOther;
    if (!item) {
      if (token.kind == TokenKind::kStart && IsItem(token.name)) {
        in_head_ = false;
        item.emplace();
        item->first_line = line_ - static_cast<uint64_t>(std::count(token.text.begin(), token.text.end(), '\n'));
        name = token.name;
        item->xml = std::move(token.text);
        continue;
      }
      if (token.kind == TokenKind::kStart && root_.empty()) root_ = token.name;
      if (token.kind == TokenKind::kEnd && token.name == root_) is_closed_ = true;
      const bool is_type = token.kind == TokenKind::kOther && token.text.starts_with("<!D");
      if (in_head_ && !is_type && head_.size() + token.text.size() <= kMaxHeadBytes) head_ += token.text;
      continue;
    }
    const bool begins_next = token.kind == TokenKind::kStart && token.name == name;
    const bool ends_all = token.kind == TokenKind::kEnd && IsRoot(token.name);
    if (is_tag && (begins_next || ends_all)) {
      if (ends_all && token.name == root_) is_closed_ = true;
      item->fault = absl::InvalidArgumentError(
          fmt::format("not well-formed XML: <{}> at line {} is not closed before line {}; close it", name,
                      item->first_line, line_));
      if (begins_next) pending_ = std::move(token);
      return item;
    }
    too_long = too_long || token.too_long || item->xml.size() + token.text.size() > max_item_bytes_;
    if (!too_long) item->xml += token.text;
    if (token.kind == TokenKind::kEnd && token.name == name) {
      if (too_long) {
        std::string().swap(item->xml);
        item->too_long = true;
      }
      return item;
    }
  }
}

}  // namespace newsgraph
