// Sentences, headings, captions, bylines and interview turns of a document.
#ifndef NEWSGRAPH_INGEST_TEXT_SEGMENTER_H_
#define NEWSGRAPH_INGEST_TEXT_SEGMENTER_H_

#include "ingest/text/analysis.h"

namespace newsgraph {

// Fills in sentences, turns, quotations (direct ones, their speakers unset) and
// language of `analysis`, whose text is set. A line that begins with a short label and
// a colon is a turn where such labels recur; its speech runs over the following lines
// up to the next label, heading, caption or source line.
void Segment(TextAnalysis& analysis);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_SEGMENTER_H_
