// Reads a sentence into a graph in memory and asks who leads OpenAI.

#include <cstdio>

#include "graph/graph_store.h"
#include "graph/query.h"
#include "ingest/analyzer.h"
#include "ingest/ingester.h"

int main() {
  newsgraph::AnalyzerOptions options;
  options.data_directory = DATA_DIRECTORY;
  const auto analyzer = newsgraph::Analyzer::Load(options);
  const auto store = newsgraph::GraphStore::OpenInMemory();
  if (!analyzer.ok() || !store.ok()) return 1;
  newsgraph::Ingester ingester(**store, **analyzer, {});
  newsgraph::Document document;
  document.text = "Sam Altman is the chief executive of OpenAI.";
  const newsgraph::IngestResult result = ingester.IngestOne({"a sentence", document});
  if (!result.status.ok()) {
    std::fprintf(stderr, "%s\n", result.status.ToString().c_str());
    return 1;
  }
  newsgraph::StatementPattern pattern;
  pattern.predicate = "ceo_of";
  newsgraph::PagePosition position;
  const auto statements = newsgraph::ListStatements(*(*store)->GetSnapshot(), pattern, {}, {}, 10, &position);
  if (!statements.ok() || statements->size() != 1) return 1;
  const auto who = (*store)->GetSnapshot()->GetEntity(statements->front().subject);
  std::printf("%s leads OpenAI\n", who.ok() ? who->name.c_str() : "?");
  return who.ok() && who->name == "Sam Altman" ? 0 : 1;
}
