// How fast newsgraph reads, stores and answers, each figure beside a ceiling that is
// measured in the same run, so that a busy machine does not decide the ratio.
//
//   newsgraph_bench ARTICLES.jsonl --data DIR --samples SAMPLES.jsonl [--json FILE]

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "tools/bench/benchmarks.h"
#include "tools/bench/measure.h"

int main(int argc, char** argv) {
  CLI::App app("Measures ingest, storage, traversal and service against ceilings of the same run.");
  std::string articles, samples, data_directory, json_file;
  std::string work_directory =
      (std::filesystem::temp_directory_path() / fmt::format("newsgraph_bench.{}", getpid())).string();
  uint32_t edges = 1'000'000;
  uint64_t seed = 1;
  app.add_option("articles", articles, "documents as JSON lines; tests/soak/generate.py writes some")->required();
  app.add_option("--samples", samples, "articles of several kinds and languages, for analysis alone")->required();
  app.add_option("--data", data_directory, "directory of lexicons and rules")->required();
  app.add_option("--edges", edges, "of the random graph that is traversed")->capture_default_str();
  app.add_option("--seed", seed, "of that graph, and of the network's weights")->capture_default_str();
  app.add_option("--json", json_file, "also write the table as JSON");
  CLI11_PARSE(app, argc, argv);

  std::filesystem::create_directories(work_directory);
  newsgraph::BenchReport report;
  absl::Status status = newsgraph::BenchAnalysis(samples, data_directory, report);
  if (status.ok()) status = newsgraph::BenchIngest(articles, data_directory, work_directory, report);
  if (status.ok()) status = newsgraph::BenchNetwork(seed, report);
  if (status.ok()) status = newsgraph::BenchTraversal(edges, seed, report);
  std::filesystem::remove_all(work_directory);
  if (!status.ok()) {
    fmt::print(stderr, "newsgraph_bench: {}\n", std::string(status.message()));
    return 1;
  }
  if (!json_file.empty()) std::ofstream(json_file) << report.ToJson(seed) << "\n";
  return 0;
}
