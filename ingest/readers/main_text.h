// The text of an article in a page that holds more than it.
#ifndef NEWSGRAPH_INGEST_READERS_MAIN_TEXT_H_
#define NEWSGRAPH_INGEST_READERS_MAIN_TEXT_H_

#include <string>
#include <string_view>

#include "ingest/document_reader.h"
#include "ingest/readers/byline.h"
#include "ingest/readers/html_tree.h"

namespace newsgraph {

struct MainText {
  std::string text;      // a line a block, without a break at the end; empty when there is none
  std::string headline;  // of the page, for when nothing else tells the title
  Byline byline;         // of lines that were cut as bylines
};

// A whole page: first the part that holds the article is found (what marks itself as one,
// else where the prose is densest), then what stands in it and is none is cut. `title` is
// what the page says its title is; a line that repeats it is cut.
MainText FindMainText(const HtmlTree& tree, std::string_view title, CutReport& characters);

// HTML that is the article: the body of a feed's item or of a wire service's.
MainText ReadFragment(const HtmlTree& tree, std::string_view title, CutReport& characters);

// HTML that has no page around it: every line but the headline and bylines above the text.
MainText ReadEveryBlock(const HtmlTree& tree, std::string_view title, CutReport& characters);

// Text that is no HTML: a line a block, without blank lines and white space at the ends.
std::string ReadLines(std::string_view text);
// What may be either, as feeds and wire services leave it open: HTML if it has tags.
bool HasTags(std::string_view text);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_READERS_MAIN_TEXT_H_
