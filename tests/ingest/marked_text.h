// ingest/text/marked_text.h, for texts that are well marked.
#ifndef NEWSGRAPH_TESTS_INGEST_MARKED_TEXT_H_
#define NEWSGRAPH_TESTS_INGEST_MARKED_TEXT_H_

#include <string_view>

#include "ingest/text/marked_text.h"

namespace newsgraph {

// Stops the test where the marks are wrong.
inline TextAnalysis ParseMarkedText(std::string_view marked) { return ReadMarkedText(marked).value(); }

}  // namespace newsgraph

#endif  // NEWSGRAPH_TESTS_INGEST_MARKED_TEXT_H_
