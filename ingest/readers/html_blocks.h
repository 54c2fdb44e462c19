// A page as lines: what is cut whole is marked and counted, the rest falls into blocks.
#ifndef NEWSGRAPH_INGEST_READERS_HTML_BLOCKS_H_
#define NEWSGRAPH_INGEST_READERS_HTML_BLOCKS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/document_reader.h"
#include "ingest/readers/html_tree.h"

namespace newsgraph {

enum class HtmlBlockKind : uint8_t { kParagraph, kHeading, kListItem, kCaption, kTableRow, kPreformatted };

// One line of text: a paragraph, heading, list item, caption, or row of a table (its cells
// apart by tabs).
struct HtmlBlock {
  std::string text;   // white space joined; never empty
  int32_t node = 0;   // the innermost block-level element that holds it
  int32_t list = -1;  // the innermost list that it is an item of
  HtmlBlockKind kind = HtmlBlockKind::kParagraph;
  int8_t level = 0;       // of a heading: 1 to 6
  bool in_quote = false;  // of a blockquote
  uint32_t length = 0;    // characters that are no white space
  uint32_t linked = 0;    // of them inside links
  double prose = 0;       // how much it is the text of an article; 0: no prose
};

// Marks the nodes that are no text of any article by what they are or are called. The
// reason of node i, or no value; what is inside of a marked node is not marked itself.
std::vector<std::optional<CutReason>> MarkCut(const HtmlTree& tree);

// The blocks of everything that is not marked; what is marked is counted.
std::vector<HtmlBlock> ReadBlocks(const HtmlTree& tree, const std::vector<std::optional<CutReason>>& cut,
                                  CutReport& characters);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_READERS_HTML_BLOCKS_H_
