// Any bytes, as plain text and as JSON lines, whole and under a small limit.

#include <sstream>
#include <string>

#include "ingest/document_reader.h"
#include "tests/fuzz/fuzz_target.h"

namespace {

void ReadAs(const std::string& bytes, newsgraph::DocumentFormat format, uint64_t limit) {
  std::istringstream in(bytes);
  const auto reader = newsgraph::DocumentReader::FromStream(in, "input", {format, limit});
  size_t documents = 0;
  while (true) {
    const auto next = reader->Next();
    NEWSGRAPH_FUZZ_CHECK(next.ok());
    if (!next->has_value()) break;
    // Each takes a byte of the input at least, but for the one that is empty.
    NEWSGRAPH_FUZZ_CHECK(++documents <= bytes.size() + 1);
    const absl::StatusOr<newsgraph::Document>& document = (*next)->document;
    if (!document.ok()) {
      NEWSGRAPH_FUZZ_CHECK(newsgraph::CheckUtf8(std::string(document.status().message())).ok());
      continue;
    }
    NEWSGRAPH_FUZZ_CHECK(!document->text.empty());
    NEWSGRAPH_FUZZ_CHECK(document->text.size() <= limit);
    NEWSGRAPH_FUZZ_CHECK(newsgraph::CheckUtf8(document->text).ok());
    NEWSGRAPH_FUZZ_CHECK(newsgraph::CheckUtf8(document->title).ok());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  for (const auto format : {newsgraph::DocumentFormat::kPlainText, newsgraph::DocumentFormat::kJsonLines}) {
    ReadAs(bytes, format, 1 << 20);
    ReadAs(bytes, format, 16);
  }
  return 0;
}
