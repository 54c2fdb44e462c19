// newsgraph_tagger_features: texts as JSON lines → what the tagger sees of them (ingest/tagger_training.h).
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "ingest/tagger_training.h"

namespace newsgraph {
namespace {

absl::Status Run(const std::string& input, const std::string& output, const std::string& language, bool without_names,
                 const std::string& tables, AnalyzerOptions options) {
  std::vector<Document> documents;
  std::ifstream in(input);
  std::string line;
  for (size_t number = 1; std::getline(in, line); ++number) {
    const nlohmann::json json = nlohmann::json::parse(line, nullptr, false);
    if (!json.is_object() || !json.contains("text") || !json["text"].is_string()) {
      return absl::InvalidArgumentError(fmt::format("{}:{}: no JSON object with a text", input, number));
    }
    Document& document = documents.emplace_back();
    document.text = json["text"];
    document.language = json.value("language", language);
  }
  if (documents.empty()) return absl::NotFoundError(fmt::format("read {}: no lines in it", input));
  if (without_names) {
    std::vector<std::string> texts;
    for (const Document& document : documents) texts.push_back(document.text);
    absl::StatusOr<std::set<std::string>> named = EntriesNamedIn(texts, options);
    if (!named.ok()) return named.status();
    options.excluded_entries = *std::move(named);
  }
  std::ofstream out(output, std::ios::binary);
  return WriteTaggerFeatures(options, tables, documents, out);
}

}  // namespace
}  // namespace newsgraph

int main(int argc, char** argv) {
  CLI::App app("Writes what the tagger sees of texts, to train its weights.");
  std::string input, output, language, tables;
  bool without_names = false;
  newsgraph::AnalyzerOptions options;
  app.add_option("input", input, "JSON lines with a text each")->required();
  app.add_option("output", output, "where the features go")->required();
  app.add_option("--language", language, "of the texts that do not say")->required();
  app.add_option("--data", options.data_directory, "ingest/data")->required();
  app.add_option("--tables", tables, "tables.weights")->required();
  app.add_flag("--without-known-names", without_names, "with the lexicon emptied of the names in the texts");
  CLI11_PARSE(app, argc, argv);
  if (const absl::Status status = newsgraph::Run(input, output, language, without_names, tables, options);
      !status.ok()) {
    fmt::print(stderr, "{}\n", std::string(status.message()));
    return 1;
  }
  return 0;
}
