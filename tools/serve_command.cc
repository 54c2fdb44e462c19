// serve: the graph of one directory over gRPC, until it is told to stop.

#include <fmt/format.h>
#include <pthread.h>
#include <signal.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <chrono>
#include <memory>
#include <string>

#include "graph/graph_store.h"
#include "ingest/analyzer.h"
#include "service/server.h"
#include "tools/commands.h"

namespace newsgraph {
namespace {

struct ServeOptions {
  std::string directory;
  std::string listen = "127.0.0.1:50051";
  std::string data_directory = DefaultDataDirectory();
  std::string rule_directory;
  std::string tagger = "trained";
  int threads = 0;
  double drain_seconds = 10;
  bool quiet = false;
};

int Serve(const ServeOptions& options) {
  // Blocked before any thread is started, so that only the one that waits gets them.
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  sigaddset(&stop, SIGINT);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);

  AnalyzerOptions analyzer_options;
  analyzer_options.data_directory = options.data_directory;
  if (options.tagger == "fast") analyzer_options.without = kTaggerLever;
  analyzer_options.rule_directory = options.rule_directory;
  const absl::StatusOr<std::shared_ptr<const Ontology>> ontology = ProgramOntology();
  if (!ontology.ok()) return Report(ontology.status());
  analyzer_options.ontology = *ontology;
  const absl::StatusOr<std::shared_ptr<const Analyzer>> analyzer = Analyzer::Load(analyzer_options);
  if (!analyzer.ok()) return Report(analyzer.status());
  GraphStoreOptions store_options;
  store_options.directory = options.directory;
  store_options.ontology = *ontology;
  const absl::StatusOr<std::unique_ptr<GraphStore>> store = GraphStore::Open(store_options);
  if (!store.ok()) return Report(store.status());
  ServerOptions server_options;
  server_options.listen = options.listen;
  server_options.ingest_threads = options.threads;
  if (!options.quiet) {
    server_options.log = [](std::string_view line) { fmt::print(stderr, "{} {}\n", UtcNow(), line); };
  }
  const absl::StatusOr<std::unique_ptr<Server>> server = Server::Start(**store, analyzer->get(), server_options);
  if (!server.ok()) return Report(server.status());
  fmt::print("listening on {}\n", (*server)->address());
  std::fflush(stdout);

  int signal = 0;
  sigwait(&stop, &signal);
  fmt::print("stopping: calls that run may finish for {} s\n", options.drain_seconds);
  std::fflush(stdout);
  (*server)->Shutdown(std::chrono::milliseconds(static_cast<int64_t>(options.drain_seconds * 1000)));
  (*server)->Wait();
  fmt::print("stopped\n");
  return kExitDone;
}

}  // namespace

void AddServeCommand(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<ServeOptions>();
  CLI::App* serve = app.add_subcommand("serve", "answer questions and take documents over gRPC");
  serve->add_option("--db", options->directory, "directory of the store, created when missing")
      ->required()
      ->type_name("DIR");
  serve->add_option("--listen", options->listen, "loopback address; port 0 is a free one, printed when it listens")
      ->type_name("HOST:PORT")
      ->capture_default_str();
  serve
      ->add_option("--threads", options->threads, "threads that analyse each stream of documents; 0: one for each core")
      ->check(CLI::Range(0, 256));
  serve->add_option("--drain", options->drain_seconds, "seconds that running calls get when it is told to stop")
      ->check(CLI::Range(0.0, 3600.0))
      ->capture_default_str();
  serve
      ->add_option("--tagger", options->tagger, "of documents that are sent: trained, or fast: rules and lexicon alone")
      ->check(CLI::IsMember({"trained", "fast"}))
      ->capture_default_str();
  serve
      ->add_option("--rules", options->rule_directory,
                   "rules of your own, in folders zh and en, beside the built-in ones")
      ->type_name("DIR");
  serve->add_option("--data", options->data_directory, "directory of lexicons and rules")->type_name("DIR");
  serve->add_flag("--quiet", options->quiet, "no line a call on standard error");
  serve->callback([options, &exit_code] { exit_code = Serve(*options); });
}

}  // namespace newsgraph
