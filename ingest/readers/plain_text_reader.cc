// Plain text: a file is a document. Its first line is the title; a byline and a date line
// near it are read, and all of them stay in the text.

#include <algorithm>
#include <utility>

#include "ingest/readers/byline.h"
#include "ingest/readers/format_reader.h"

namespace newsgraph {
namespace {

// A first line longer than this is a paragraph, not a headline.
constexpr size_t kMaxTitleBytes = 600;
// Bylines and dates stand among these many lines behind the title that are not blank.
constexpr int kBylineLines = 3;

std::string_view TakeLine(std::string_view& text) {
  const size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

absl::StatusOr<Document> ReadPlainText(std::string bytes, CutReport& characters) {
  Document document;
  std::string_view rest = bytes;
  const std::string_view title = TakeLine(rest);
  if (title.size() <= kMaxTitleBytes && title.find_first_not_of(" \t") != std::string_view::npos) {
    document.title = std::string(title);
    Byline byline;
    for (int lines = 0; lines < kBylineLines && !rest.empty();) {
      const std::string_view line = TakeLine(rest);
      if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
      if (!ReadByline(line, byline)) break;
      ++lines;
    }
    document.author = std::move(byline.author);
    document.published = std::move(byline.published);
  }
  characters.kept = CountCharacters(bytes);
  document.text = std::move(bytes);
  return document;
}

}  // namespace

std::unique_ptr<DocumentReader> OpenPlainText(ReaderInput input) {
  const uint64_t limit = input.options.max_document_bytes;
  return OpenWholeFile(std::move(input), limit, ReadPlainText);
}

}  // namespace newsgraph
