// Markdown: a file is a document. Its text is what would be read of the page made from it, a
// line a block; title, author, date and so on stand in the front matter, or above the text.

#include <cmark.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "graph/status.h"
#include "ingest/readers/byline.h"
#include "ingest/readers/declared_language.h"
#include "ingest/readers/format_reader.h"
#include "ingest/readers/html_tree.h"
#include "ingest/readers/main_text.h"
#include "ingest/readers/published_date.h"

namespace newsgraph {
namespace {

constexpr std::string_view kFence = "---";

std::string_view TakeLine(std::string_view& text) {
  const size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back()))) line.remove_suffix(1);
  return line;
}

// Without white space, quotes and brackets around it.
std::string_view Bare(std::string_view value) {
  const auto is_around = [](char c) {
    return std::isspace(static_cast<unsigned char>(c)) || c == '"' || c == '\'' || c == '[' || c == ']';
  };
  while (!value.empty() && is_around(value.front())) value.remove_prefix(1);
  while (!value.empty() && is_around(value.back())) value.remove_suffix(1);
  return value;
}

struct FrontMatterKey {
  std::string_view key;
  std::string Document::*field;
};
constexpr FrontMatterKey kKeys[] = {
    {"title", &Document::title},
    {"headline", &Document::title},
    {"author", &Document::author},
    {"authors", &Document::author},
    {"by", &Document::author},
    {"byline", &Document::author},
    {"date", &Document::published},
    {"published", &Document::published},
    {"pubdate", &Document::published},
    {"publisher", &Document::publisher},
    {"source", &Document::publisher},
    {"site", &Document::publisher},
    {"language", &Document::language},
    {"lang", &Document::language},
    {"uri", &Document::uri},
    {"url", &Document::uri},
    {"link", &Document::uri},
    {"canonical", &Document::uri},
    {"id", &Document::id},
};

// Takes "---", lines of "key: value", "---" off the beginning; other keys are passed over.
void TakeFrontMatter(std::string_view& text, Document& document) {
  std::string_view rest = text;
  if (TakeLine(rest) != kFence) return;
  std::string Document::*field = nullptr;
  while (!rest.empty()) {
    const std::string_view line = TakeLine(rest);
    if (line == kFence || line == "...") {
      text = rest;
      return;
    }
    const size_t item = line.find_first_not_of(" \t");
    if (item != std::string_view::npos && line[item] == '-' && field != nullptr) {
      // One of several authors, each on a line.
      std::string& value = document.*field;
      value += (value.empty() ? "" : ", ") + std::string(Bare(line.substr(item + 1)));
      continue;
    }
    field = nullptr;
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos || item != 0) continue;
    std::string key(line.substr(0, colon));
    for (char& c : key) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const auto* const known =
        std::find_if(std::begin(kKeys), std::end(kKeys), [&](const FrontMatterKey& row) { return row.key == key; });
    if (known == std::end(kKeys) || !(document.*known->field).empty()) continue;
    document.*known->field = std::string(Bare(line.substr(colon + 1)));
    field = known->field;
  }
  // A fence that is never closed is a rule across the page.
  document = Document();
}

absl::StatusOr<Document> ReadMarkdown(std::string bytes, CutReport& characters) {
  Document document;
  std::string_view text = bytes;
  TakeFrontMatter(text, document);
  const std::unique_ptr<char, decltype(&std::free)> html(
      cmark_markdown_to_html(text.data(), text.size(), CMARK_OPT_UNSAFE), &std::free);
  NEWSGRAPH_ASSIGN_OR_RETURN(const HtmlTree tree, HtmlTree::Parse(html.get()));
  MainText main = ReadEveryBlock(tree, document.title, characters);
  if (main.text.empty()) {
    return absl::InvalidArgumentError("a title and no text below it; give it some text");
  }
  if (document.title.empty()) document.title = std::move(main.headline);
  document.author = AuthorName(document.author);
  if (document.author.empty()) document.author = std::move(main.byline.author);
  document.published = FindPublishedDate(document.published);
  if (document.published.empty()) document.published = std::move(main.byline.published);
  document.language = DeclaredLanguage(document.language, main.text);
  document.text = std::move(main.text);
  return document;
}

}  // namespace

bool LooksLikeMarkdown(std::string_view beginning) {
  Document document;
  const size_t size = beginning.size();
  TakeFrontMatter(beginning, document);
  return beginning.size() < size && !(document == Document());
}

std::unique_ptr<DocumentReader> OpenMarkdown(ReaderInput input) {
  const uint64_t limit = 2 * input.options.max_document_bytes;
  return OpenWholeFile(std::move(input), limit, ReadMarkdown);
}

}  // namespace newsgraph
