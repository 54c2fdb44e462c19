// Any bytes: their encoding, packing and format told from them, and as plain text and JSON
// lines.

#include "tests/fuzz/read_documents.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  for (const auto format : {newsgraph::DocumentFormat::kAuto, newsgraph::DocumentFormat::kPlainText,
                            newsgraph::DocumentFormat::kJsonLines}) {
    newsgraph::FuzzFormat(data, size, format);
  }
  return 0;
}
