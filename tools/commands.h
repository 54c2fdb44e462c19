// The subcommands of `newsgraph`. Each function adds its own to the program; a command
// that ran leaves its exit code in `exit_code`.
#ifndef NEWSGRAPH_TOOLS_COMMANDS_H_
#define NEWSGRAPH_TOOLS_COMMANDS_H_

#include <CLI/App.hpp>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/ontology.h"

namespace newsgraph {

// 0: done. 1: could not be done, or not all of it; the reason is on standard error.
// 2: the command line is wrong.
inline constexpr int kExitDone = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;

// ingest, extract, export, import, retract, judge, stats, verify.
void AddStoreCommands(CLI::App& app, int& exit_code);
// search, show, neighbors, path, statements, documents: on a directory or a server.
void AddAskCommands(CLI::App& app, int& exit_code);
// eval.
void AddEvalCommand(CLI::App& app, int& exit_code);
// serve.
void AddServeCommand(CLI::App& app, int& exit_code);

// Prints "newsgraph: MESSAGE" on standard error. kExitDone for OK, else kExitFailed.
int Report(const absl::Status& status);

// ../share/newsgraph beside the program.
std::string DefaultDataDirectory();

// What --ontology names, else the built-in one. Errors as of Ontology::Load.
absl::StatusOr<std::shared_ptr<const Ontology>> ProgramOntology();

// Now, UTC, ISO 8601 with seconds.
std::string UtcNow();

}  // namespace newsgraph

#endif  // NEWSGRAPH_TOOLS_COMMANDS_H_
