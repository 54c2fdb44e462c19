// Any bytes as Markdown.

#include "tests/fuzz/read_documents.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return newsgraph::FuzzFormat(data, size, newsgraph::DocumentFormat::kMarkdown);
}
