// HTML: a page is a document. Its text is the article's, a line a block, without what
// stands around it; title, author, date, outlet and language are what the page says.

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "graph/status.h"
#include "ingest/readers/declared_language.h"
#include "ingest/readers/format_reader.h"
#include "ingest/readers/html_tree.h"
#include "ingest/readers/main_text.h"
#include "ingest/readers/page_metadata.h"

namespace newsgraph {
namespace {

// Markup may be as much again as the text; a page of more is no article.
constexpr uint64_t kMarkUp = 2;

// "navigation 120, notice 8": what there was instead of a text.
std::string ListCut(const CutReport& characters) {
  std::string list;
  for (size_t i = 0; i < kCutReasons; ++i) {
    if (characters.cut[i] == 0) continue;
    list += fmt::format("{}{} {}", list.empty() ? "" : ", ", ToString(static_cast<CutReason>(i)), characters.cut[i]);
  }
  return list.empty() ? "nothing" : list;
}

absl::StatusOr<Document> ReadHtml(std::string bytes, CutReport& characters) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const HtmlTree tree, HtmlTree::Parse(bytes));
  PageMetadata metadata = ReadPageMetadata(tree);
  MainText main = FindMainText(tree, metadata.title, characters);
  if (main.text.empty() && !metadata.article_body.empty()) {
    main.text = ReadLines(metadata.article_body);
    characters.kept = CountCharacters(main.text);
  }
  if (main.text.empty()) {
    return absl::InvalidArgumentError(
        fmt::format("no article in this page (characters: {}); give the page of one article", ListCut(characters)));
  }
  Document document;
  document.title = metadata.title.empty() ? std::move(main.headline) : std::move(metadata.title);
  document.author = metadata.author.empty() ? std::move(main.byline.author) : std::move(metadata.author);
  document.published = metadata.published.empty() ? std::move(main.byline.published) : std::move(metadata.published);
  document.publisher = std::move(metadata.publisher);
  document.uri = std::move(metadata.uri);
  document.language = DeclaredLanguage(metadata.language, main.text);
  document.text = std::move(main.text);
  return document;
}

}  // namespace

bool LooksLikeHtml(std::string_view beginning) {
  std::string lower(beginning.substr(0, 1024));
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  std::string_view rest = lower;
  // Comments and an XML declaration may come first.
  while (true) {
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
    if (rest.starts_with("<!--")) {
      rest.remove_prefix(std::min(rest.find("-->"), rest.size() - 3) + 3);
    } else if (rest.starts_with("<?xml")) {
      rest.remove_prefix(std::min(rest.find('>'), rest.size() - 1) + 1);
    } else {
      break;
    }
  }
  return rest.starts_with("<!doctype html") || rest.starts_with("<html") || rest.starts_with("<head") ||
         rest.starts_with("<body");
}

std::unique_ptr<DocumentReader> OpenHtml(ReaderInput input) {
  const uint64_t limit = kMarkUp * input.options.max_document_bytes;
  return OpenWholeFile(std::move(input), limit, ReadHtml);
}

}  // namespace newsgraph
