// Any bytes as the text of a document, in each language: what analysis makes of them the
// store must take.

#include <memory>
#include <string>

#include "graph/graph_store.h"
#include "ingest/analyzer.h"
#include "ingest/document_reader.h"
#include "tests/fuzz/fuzz_target.h"

namespace {

const newsgraph::Analyzer& SharedAnalyzer() {
  static const std::shared_ptr<const newsgraph::Analyzer> analyzer =
      newsgraph::Analyzer::Load({.data_directory = NEWSGRAPH_DATA_DIR}).value();
  return *analyzer;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const size_t line = text.find('\n');
  for (const char* language : {"", "zh-Hant", "en"}) {
    newsgraph::Document document{.id = "d", .published = "2024-07-24", .language = language, .text = text};
    if (line != std::string::npos) document.title = text.substr(0, line);
    const auto graph = SharedAnalyzer().Analyze(document);
    if (!newsgraph::CheckUtf8(text).ok()) {
      NEWSGRAPH_FUZZ_CHECK(!graph.ok());
      continue;
    }
    if (!graph.ok()) {
      NEWSGRAPH_FUZZ_CHECK(graph.status().code() == absl::StatusCode::kInvalidArgument);
      continue;
    }
    const auto store = newsgraph::GraphStore::OpenInMemory().value();
    const auto commit = store->Put(*graph, "2024-07-24T00:00:00Z");
    if (!commit.ok()) std::fprintf(stderr, "%s\n", std::string(commit.status().message()).c_str());
    NEWSGRAPH_FUZZ_CHECK(commit.ok());
  }
  return 0;
}
