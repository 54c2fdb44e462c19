// Markdown: a file is a document. Its text is what would be read of the page made from it, a
// line a block; title, author, date and so on stand in the front matter, or above the text.

#include <cmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

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

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t";
  const size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
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

// The cells of a line of a table; a bar behind a backslash is a character of its cell.
std::vector<std::string> Cells(std::string_view line) {
  line = Trimmed(line);
  if (line.starts_with('|')) line.remove_prefix(1);
  std::vector<std::string> cells(1);
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|') {
      cells.back() += line[++i];
    } else if (line[i] == '|') {
      if (i + 1 < line.size()) cells.emplace_back();
    } else {
      cells.back() += line[i];
    }
  }
  for (std::string& cell : cells) cell = std::string(Trimmed(cell));
  return cells;
}

// | --- | :-: |
bool IsTableRule(std::string_view line) {
  if (line.find('|') == std::string_view::npos || line.find_first_not_of("|-: \t") != std::string_view::npos)
    return false;
  const std::vector<std::string> cells = Cells(line);
  return std::all_of(cells.begin(), cells.end(), [](std::string_view cell) {
    if (cell.starts_with(':')) cell.remove_prefix(1);
    if (cell.ends_with(':')) cell.remove_suffix(1);
    return !cell.empty() && cell.find_first_not_of('-') == std::string_view::npos;
  });
}

// What is marked inside a line, as HTML. A heading is read so, and is no list, whatever it begins with.
std::string CellToHtml(const std::string& cell) {
  if (cell.find_first_of("*_[]<>&`!~\\\"") == std::string::npos) return cell;
  constexpr std::string_view kOpen = "<h1>", kClose = "</h1>\n";
  const std::string heading = "# " + cell + " #";
  const std::unique_ptr<char, decltype(&std::free)> html(
      cmark_markdown_to_html(heading.data(), heading.size(), CMARK_OPT_UNSAFE), &std::free);
  const std::string_view line = html.get();
  return std::string(line.substr(kOpen.size(), line.size() - kOpen.size() - kClose.size()));
}

// CommonMark has no tables: a line with bars above a rule of as many cells, and the lines with bars below it, become
// one of HTML. Tables in lists and quotations, which are indented, stay as they are.
std::string WithTables(std::string_view text) {
  std::string result;
  std::string fence;  // that is open
  while (!text.empty()) {
    std::string_view rest = text;
    const std::string_view line = TakeLine(rest);
    const std::string_view raw = text.substr(0, text.size() - rest.size());
    const size_t indent = std::min(line.find_first_not_of(' '), line.size());
    const std::string_view bare = line.substr(indent);
    if (indent < 4 && (bare.starts_with("```") || bare.starts_with("~~~"))) {
      const std::string mark(bare.substr(0, bare.find_first_not_of(bare[0])));
      if (fence.empty()) {
        fence = mark;
      } else if (mark[0] == fence[0] && mark.size() >= fence.size() && bare.size() == mark.size()) {
        fence.clear();
      }
    }
    std::string_view below = rest;
    const std::string_view rule = TakeLine(below);
    if (!fence.empty() || indent >= 4 || line.find('|') == std::string_view::npos || !IsTableRule(rule) ||
        Cells(line).size() != Cells(rule).size()) {
      result += raw;
      text = rest;
      continue;
    }
    const size_t columns = Cells(rule).size();
    const auto add_row = [&](std::string_view row, std::string_view tag) {
      std::vector<std::string> cells = Cells(row);
      cells.resize(columns);
      result += "<tr>";
      for (const std::string& cell : cells) result += fmt::format("<{0}>{1}</{0}>", tag, CellToHtml(cell));
      result += "</tr>\n";
    };
    result += "\n<table>\n";
    add_row(line, "th");
    for (text = below; !text.empty(); text = below) {
      below = text;
      const std::string_view row = TakeLine(below);
      if (row.find('|') == std::string_view::npos) break;
      add_row(row, "td");
    }
    result += "</table>\n\n";
  }
  return result;
}

absl::StatusOr<Document> ReadMarkdown(std::string bytes, CutReport& characters) {
  Document document;
  std::string_view text = bytes;
  TakeFrontMatter(text, document);
  const std::string with_tables = WithTables(text);
  const std::unique_ptr<char, decltype(&std::free)> html(
      cmark_markdown_to_html(with_tables.data(), with_tables.size(), CMARK_OPT_UNSAFE), &std::free);
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
