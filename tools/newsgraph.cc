// The program: one name, many subcommands. This file only puts them together.

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "tools/commands.h"

namespace newsgraph {

namespace {

std::string& OntologyFile() {
  static std::string file;
  return file;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Ontology>> ProgramOntology() {
  if (OntologyFile().empty()) return Ontology::Default();
  return Ontology::Load(OntologyFile());
}

void AddOntologyOption(CLI::App& app) {
  app.add_option("--ontology", OntologyFile(),
                 "relations of your own: a file as graph/data/ontology.tsv, rows appended to it; a store that was made "
                 "with it is opened with it")
      ->envname("NEWSGRAPH_ONTOLOGY")
      ->type_name("FILE");
  app.fallthrough();
}

int Report(const absl::Status& status) {
  if (status.ok()) return kExitDone;
  std::cout.flush();
  fmt::print(stderr, "newsgraph: {}\n", std::string(status.message()));
  return kExitFailed;
}

std::string DefaultDataDirectory() {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  return (program.parent_path().parent_path() / "share" / "newsgraph").string();
}

std::string UtcNow() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

}  // namespace newsgraph

int main(int argc, char** argv) {
  CLI::App app(
      "newsgraph reads news and answers questions about who did what to whom, who said so, and in which sentence.");
  app.name("newsgraph");
  app.require_subcommand(1);
  app.set_version_flag("--version", NEWSGRAPH_VERSION);
  app.failure_message([](const CLI::App* program, const CLI::Error& error) {
    const std::vector<CLI::App*> commands = program->get_subcommands();
    return fmt::format("newsgraph: {}\nRun `newsgraph{} --help` for what it takes.\n", error.what(),
                       commands.empty() ? "" : " " + commands.front()->get_name());
  });
  newsgraph::AddOntologyOption(app);
  int exit_code = newsgraph::kExitDone;
  newsgraph::AddStoreCommands(app, exit_code);
  newsgraph::AddAskCommands(app, exit_code);
  newsgraph::AddEvalCommand(app, exit_code);
  newsgraph::AddServeCommand(app, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? newsgraph::kExitDone : newsgraph::kExitUsage;
  }
  return exit_code;
}
