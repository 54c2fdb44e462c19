// What must hold of any bytes read in any format.
#ifndef NEWSGRAPH_TESTS_FUZZ_READ_DOCUMENTS_H_
#define NEWSGRAPH_TESTS_FUZZ_READ_DOCUMENTS_H_

#include <sstream>
#include <string>

#include "graph/day.h"
#include "ingest/document_reader.h"
#include "tests/fuzz/fuzz_target.h"

namespace newsgraph {

inline void ReadDocuments(const std::string& bytes, DocumentFormat format, uint64_t limit) {
  std::istringstream in(bytes);
  const auto reader = DocumentReader::FromStream(in, "input", {format, limit});
  size_t documents = 0;
  while (true) {
    const auto next = reader->Next();
    NEWSGRAPH_FUZZ_CHECK(next.ok());
    if (!next->has_value()) break;
    // Each takes a byte of the input at least, but for the one that is empty.
    NEWSGRAPH_FUZZ_CHECK(++documents <= bytes.size() + 1);
    const absl::StatusOr<Document>& document = (*next)->document;
    if (!document.ok()) {
      NEWSGRAPH_FUZZ_CHECK(CheckUtf8(std::string(document.status().message())).ok());
      continue;
    }
    NEWSGRAPH_FUZZ_CHECK(!document->text.empty());
    NEWSGRAPH_FUZZ_CHECK(document->text.size() <= limit);
    for (const std::string* field : {&document->id, &document->uri, &document->title, &document->publisher,
                                     &document->author, &document->published, &document->language, &document->text}) {
      NEWSGRAPH_FUZZ_CHECK(CheckUtf8(*field).ok());
    }
    // JSON lines say what they like, which the analyser checks.
    if (format != DocumentFormat::kAuto && format != DocumentFormat::kJsonLines && !document->published.empty()) {
      NEWSGRAPH_FUZZ_CHECK(ParseDay(document->published).has_value());
    }
  }
}

// Whole, and under a small limit.
inline int FuzzFormat(const uint8_t* data, size_t size, DocumentFormat format) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  ReadDocuments(bytes, format, 1 << 20);
  ReadDocuments(bytes, format, 16);
  return 0;
}

}  // namespace newsgraph

#endif  // NEWSGRAPH_TESTS_FUZZ_READ_DOCUMENTS_H_
