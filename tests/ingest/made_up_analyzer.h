// An analyser that reads nothing and inputs that are made up, for tests of what goes on
// around analysis.
#ifndef NEWSGRAPH_TESTS_INGEST_MADE_UP_ANALYZER_H_
#define NEWSGRAPH_TESTS_INGEST_MADE_UP_ANALYZER_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ingest/ingester.h"
#include "tests/graph/document_builder.h"

namespace newsgraph {

// Makes a small graph of each text without reading it; refuses those that say so.
class MadeUpAnalyzer : public Analyzer {
 public:
  std::function<void(const Document&)> before;  // runs on the analysing thread

  absl::StatusOr<DocumentGraph> Analyze(Document document) const override {
    if (before) before(document);
    if (document.text == "refuse") return absl::InvalidArgumentError("told to refuse");
    DocumentBuilder builder(document.id);
    const AtomId person = builder.Add({.type = EntityType::kPerson, .name = "Ana Lima"});
    const AtomId company = builder.Add({.type = EntityType::kOrg, .name = document.text});
    builder.Say(person, "works_for", company);
    DocumentGraph graph = builder.Build();
    if (document.text == "broken") graph.mentions.clear();
    return graph;
  }
  const std::string& fingerprint() const override { return fingerprint_; }

 private:
  std::string fingerprint_ = "made up";
};

inline ReadDocument MakeRead(int number, const std::string& text) {
  return {"input:" + std::to_string(number), Document{.id = "d" + std::to_string(number), .text = text}};
}

// The texts one after another; "unreadable" ones are documents that could not be read.
inline Ingester::Source MakeSource(std::vector<std::string> texts) {
  auto next = std::make_shared<size_t>(0);
  return [next, texts = std::move(texts)]() -> absl::StatusOr<std::optional<ReadDocument>> {
    if (*next == texts.size()) return std::nullopt;
    const int number = static_cast<int>((*next)++);
    const std::string& text = texts[static_cast<size_t>(number)];
    if (text == "input fails") return absl::UnavailableError("the disk is gone");
    ReadDocument read = MakeRead(number, text);
    if (text == "unreadable") read.document = absl::InvalidArgumentError("read " + read.place + ": not UTF-8");
    return read;
  };
}

inline std::vector<std::string> MakeTexts(int count) {
  std::vector<std::string> texts;
  for (int i = 0; i < count; ++i) texts.push_back("Company " + std::to_string(i % 7));
  return texts;
}

inline IngesterOptions MakeOptions(int threads, size_t max_waiting = 0) {
  return {.threads = threads, .max_waiting = max_waiting, .clock = [] { return std::string("2024-01-01T00:00:00Z"); }};
}

}  // namespace newsgraph

#endif  // NEWSGRAPH_TESTS_INGEST_MADE_UP_ANALYZER_H_
