#include "tools/eval/found.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <thread>
#include <tuple>
#include <utility>

#include "ingest/statement_confidence.h"

namespace newsgraph {
namespace {

// The first byte at which they part.
size_t FirstDifference(const std::string& a, const std::string& b) {
  const size_t common = std::min(a.size(), b.size());
  return static_cast<size_t>(
      std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(common), b.begin()).first - a.begin());
}

}  // namespace

FoundDocument FoundInGraph(const DocumentGraph& graph) {
  FoundDocument found;
  std::map<AtomId, int32_t> index;
  for (const Mention& mention : graph.mentions) {
    const int32_t entity = index.emplace(mention.atom, static_cast<int32_t>(index.size())).first->second;
    found.mentions.push_back({mention.span, mention.form, mention.type, entity});
  }
  const auto place = [](const FoundMention& mention) { return std::tuple(mention.span, mention.form); };
  std::stable_sort(found.mentions.begin(), found.mentions.end(),
                   [&](const FoundMention& a, const FoundMention& b) { return place(a) < place(b); });
  found.mentions.erase(std::unique(found.mentions.begin(), found.mentions.end(),
                                   [&](const FoundMention& a, const FoundMention& b) { return place(a) == place(b); }),
                       found.mentions.end());
  const auto entity_of = [&](const AtomId& atom) {
    return atom == AtomId() ? -1 : index.emplace(atom, static_cast<int32_t>(index.size())).first->second;
  };
  for (const Statement& statement : graph.statements) {
    FoundStatement& read = found.statements.emplace_back();
    read.subject = entity_of(statement.subject);
    read.predicate = statement.predicate;
    if (!statement.literal) read.object = entity_of(statement.object);
    read.literal = statement.literal;
    for (const Qualifier& qualifier : statement.qualifiers) {
      if (qualifier.name == "time") read.times.push_back(qualifier);
    }
    if (!statement.valid_from.empty()) read.times.push_back({"time", {}, statement.valid_from, {}});
    read.speaker = entity_of(statement.speaker);
    read.factuality = statement.factuality;
    read.confidence = statement.confidence;
    read.evidence = statement.evidence;
    read.rule = statement.rule;
    read.features = ConfidenceFeatures(graph, statement);
  }
  return found;
}

FoundSet Analyse(const GoldSet& gold, const Analyzer& analyzer, int threads) {
  FoundSet found;
  const size_t count = gold.documents.size();
  found.documents.resize(count);
  std::vector<std::string> refused(count);
  std::atomic<size_t> next{0};
  const auto work = [&] {
    for (size_t i = next++; i < count; i = next++) {
      const absl::StatusOr<DocumentGraph> graph = analyzer.Analyze(gold.documents[i].document);
      if (graph.ok()) {
        found.documents[i] = FoundInGraph(*graph);
      } else {
        refused[i] =
            fmt::format("analyse {}: {}", gold.documents[i].document.id, std::string(graph.status().message()));
      }
    }
  };
  const auto start = std::chrono::steady_clock::now();
  std::vector<std::thread> others;
  for (int i = 1; i < threads; ++i) others.emplace_back(work);
  work();
  for (std::thread& thread : others) thread.join();
  found.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  for (const GoldDocument& document : gold.documents) found.bytes += document.document.text.size();
  for (std::string& problem : refused) {
    if (!problem.empty()) found.problems.push_back(std::move(problem));
  }
  return found;
}

absl::StatusOr<FoundSet> MatchDocuments(const GoldSet& gold, const std::vector<DocumentGraph>& graphs) {
  std::map<std::string_view, const DocumentGraph*> by_id, by_text;
  for (const DocumentGraph& graph : graphs) {
    by_id.emplace(graph.document.id, &graph);
    by_text.emplace(graph.document.text, &graph);
  }
  FoundSet found;
  for (const GoldDocument& document : gold.documents) {
    const Document& wanted = document.document;
    auto match = by_id.find(wanted.id);
    if (match == by_id.end()) {
      match = by_text.find(wanted.text);
      if (match == by_text.end()) {
        found.problems.push_back(fmt::format("document {} is not in the graph; all of it counts as missed", wanted.id));
        found.documents.emplace_back();
        continue;
      }
    }
    const Document& there = match->second->document;
    if (there.text != wanted.text) {
      return absl::InvalidArgumentError(fmt::format(
          "document {}: the graph's text is not the gold's from byte {} on, so that no offset can be compared; "
          "extract the graph from the gold's own texts",
          wanted.id, FirstDifference(there.text, wanted.text)));
    }
    found.documents.push_back(FoundInGraph(*match->second));
  }
  return found;
}

}  // namespace newsgraph
