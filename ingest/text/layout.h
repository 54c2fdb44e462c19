// The lines of a document: which are body, heading, caption or byline, and which
// begin a speech turn. Private to the segmenter.
#ifndef NEWSGRAPH_INGEST_TEXT_LAYOUT_H_
#define NEWSGRAPH_INGEST_TEXT_LAYOUT_H_

#include <cstdint>
#include <vector>

#include "ingest/text/analysis.h"

namespace newsgraph {

// One line that is not blank.
struct Line {
  Range range;  // without surrounding white space
  SentenceKind kind = SentenceKind::kBody;
  Range label;          // of a line that begins a turn; empty otherwise
  uint32_t speech = 0;  // where a labelled line's speech begins
  int32_t turn = -1;    // the turn that the line, or the line behind its label, belongs to
  bool after_blank = false;
};

// In order. Turns count from 0 in the order of their labels.
std::vector<Line> ReadLayout(const FoldedText& text);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_LAYOUT_H_
