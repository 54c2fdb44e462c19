// Lines into sentences, lines into quotations. Private to the segmenter.
#ifndef NEWSGRAPH_INGEST_TEXT_SENTENCE_SPLITTER_H_
#define NEWSGRAPH_INGEST_TEXT_SENTENCE_SPLITTER_H_

#include <vector>

#include "ingest/text/analysis.h"

namespace newsgraph {

// Appends the sentences of one line, without surrounding white space, in order. None is
// longer than 1000 code points, so that what works on a sentence stays within bounds.
void SplitSentences(const FoldedText& text, Range line, std::vector<Range>& sentences);

// Appends the direct quotations of one line by begin, nested ones too. One that the
// line leaves open ends with it.
void FindQuotations(const FoldedText& text, Range line, std::vector<Quotation>& quotations);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_SENTENCE_SPLITTER_H_
