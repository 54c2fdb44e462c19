// `newsgraph eval`: how well a graph, or the analyser, reads texts that people have marked.

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "graph/status.h"
#include "ingest/analyzer.h"
#include "tools/commands.h"
#include "tools/eval/figures.h"
#include "tools/eval/found.h"
#include "tools/eval/fresh_names.h"
#include "tools/eval/gold.h"
#include "tools/eval/report.h"

namespace newsgraph {
namespace {

constexpr std::string_view kRules = "rules/";  // and a family, as --without takes it

struct EvalOptions {
  std::string gold, graph, compare, label_map;
  std::vector<std::string> leave_out;
  std::string data_directory = DefaultDataDirectory();
  std::string rule_directory;
  std::vector<std::string> lexicon_files;
  std::string tagger = "trained";
  bool without_known_names = false;
  std::optional<uint64_t> fresh_names;  // the seed
  std::vector<std::string> without;     // names of levers
  int threads = 1;
  std::string format = "text";
  bool lists = false;
  bool texts = false;
  bool judged = false;
  size_t longest = 30;
  BootstrapOptions bootstrap;
};

absl::StatusOr<AnalyzerOptions> AnalyzerOptionsOf(const EvalOptions& options) {
  AnalyzerOptions analyzer_options;
  NEWSGRAPH_ASSIGN_OR_RETURN(analyzer_options.ontology, ProgramOntology());
  analyzer_options.data_directory = options.data_directory;
  analyzer_options.rule_directory = options.rule_directory;
  analyzer_options.lexicon_files.assign(options.lexicon_files.begin(), options.lexicon_files.end());
  if (options.tagger == "fast") analyzer_options.without |= kTaggerLever;
  for (const std::string& name : options.without) {
    if (const std::optional<Levers> lever = ParseLever(name)) {
      analyzer_options.without |= *lever;
    } else {
      analyzer_options.without_rules.insert(name.substr(kRules.size()));
    }
  }
  if (options.judged) analyzer_options.without |= kConfidenceLever;
  return analyzer_options;
}

absl::StatusOr<FoundSet> AnalyseTexts(const GoldSet& gold, const EvalOptions& options) {
  NEWSGRAPH_ASSIGN_OR_RETURN(AnalyzerOptions analyzer_options, AnalyzerOptionsOf(options));
  if (options.without_known_names) {
    std::vector<std::string> texts;
    for (const GoldDocument& document : gold.documents) {
      texts.push_back(document.document.title);
      texts.push_back(document.document.text);
    }
    NEWSGRAPH_ASSIGN_OR_RETURN(analyzer_options.excluded_entries, EntriesNamedIn(texts, analyzer_options));
  }
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::shared_ptr<const Analyzer> analyzer, Analyzer::Load(analyzer_options));
  const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  return Analyse(gold, *analyzer, options.threads == 0 ? cores : options.threads);
}

absl::StatusOr<FoundSet> GraphOf(const GoldSet& gold, const std::string& path) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::vector<DocumentGraph> graphs, ReadGraph(path));
  return MatchDocuments(gold, graphs);
}

std::vector<const DocumentScore*> Pointers(const std::vector<DocumentScore>& scores) {
  std::vector<const DocumentScore*> pointers;
  for (const DocumentScore& score : scores) pointers.push_back(&score);
  return pointers;
}

GoldOptions GoldOptionsOf(const EvalOptions& options) {
  return {options.label_map, {options.leave_out.begin(), options.leave_out.end()}};
}

absl::StatusOr<GoldSet> GoldOf(const EvalOptions& options) {
  NEWSGRAPH_ASSIGN_OR_RETURN(GoldSet gold, ReadGold(options.gold, GoldOptionsOf(options)));
  if (!options.fresh_names) return gold;
  NEWSGRAPH_ASSIGN_OR_RETURN(const AnalyzerOptions analyzer_options, AnalyzerOptionsOf(options));
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::set<std::string> listed, ListedNames(NamesToLookUp(gold), analyzer_options));
  NEWSGRAPH_ASSIGN_OR_RETURN(FreshNames fresh, WithFreshNames(gold, listed, *options.fresh_names));
  return std::move(fresh.gold);
}

absl::StatusOr<EvalReport> Evaluate(const EvalOptions& options) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const GoldSet gold, GoldOf(options));
  NEWSGRAPH_ASSIGN_OR_RETURN(const FoundSet found,
                             options.graph.empty() ? AnalyseTexts(gold, options) : GraphOf(gold, options.graph));
  const std::vector<DocumentScore> scores = ScoreSet(gold, found);
  EvalReport report = MakeReport(gold, found, scores, options.bootstrap);
  if (!options.without.empty() && options.bootstrap.resamples > 0) {
    EvalOptions whole = options;
    whole.without.clear();
    NEWSGRAPH_ASSIGN_OR_RETURN(const FoundSet other, AnalyseTexts(gold, whole));
    const std::vector<DocumentScore> other_scores = ScoreSet(gold, other);
    report.differences = Differences(Pointers(scores), Pointers(other_scores), options.bootstrap);
  }
  if (!options.compare.empty()) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const FoundSet other, GraphOf(gold, options.compare));
    const std::vector<DocumentScore> other_scores = ScoreSet(gold, other);
    report.differences = Differences(Pointers(scores), Pointers(other_scores), options.bootstrap);
    for (const std::string& problem : other.problems) {
      report.problems.push_back(fmt::format("{}: {}", options.compare, problem));
    }
  }
  return report;
}

// What `extract` must be given, so that its graph can be scored against this gold.
int PrintTexts(const EvalOptions& options) {
  const absl::StatusOr<GoldSet> gold = GoldOf(options);
  if (!gold.ok()) return Report(gold.status());
  for (const GoldDocument& gold_document : gold->documents) {
    const Document& document = gold_document.document;
    nlohmann::ordered_json line = {{"id", document.id}};
    for (const auto& [key, value] : {std::pair("uri", &document.uri),
                                     {"title", &document.title},
                                     {"publisher", &document.publisher},
                                     {"author", &document.author},
                                     {"published", &document.published},
                                     {"language", &document.language}}) {
      if (!value->empty()) line[key] = *value;
    }
    line["text"] = document.text;
    fmt::print("{}\n", line.dump());
  }
  return kExitDone;
}

// What the model of confidence is fitted to.
int PrintJudged(const EvalOptions& options) {
  const absl::StatusOr<GoldSet> gold = GoldOf(options);
  if (!gold.ok()) return Report(gold.status());
  const absl::StatusOr<FoundSet> found = AnalyseTexts(*gold, options);
  if (!found.ok()) return Report(found.status());
  const std::vector<DocumentScore> scores = ScoreSet(*gold, *found);
  for (size_t i = 0; i < scores.size(); ++i) {
    for (const JudgedStatement& judged : scores[i].judged) {
      const FoundStatement& statement = found->documents[i].statements[judged.index];
      nlohmann::ordered_json features = nlohmann::ordered_json::object();
      for (const auto& [name, value] : statement.features) features[name] = value;
      const nlohmann::ordered_json line = {{"document", gold->documents[i].document.id},
                                           {"rule", statement.rule},
                                           {"right", judged.right},
                                           {"features", std::move(features)}};
      fmt::print("{}\n", line.dump());
    }
  }
  return kExitDone;
}

int RunEval(const EvalOptions& options) {
  if (options.texts) return PrintTexts(options);
  if (options.judged) return PrintJudged(options);
  const absl::StatusOr<EvalReport> report = Evaluate(options);
  if (!report.ok()) return Report(report.status());
  constexpr size_t kMostProblems = 10;
  for (size_t i = 0; i < report->problems.size() && i < kMostProblems; ++i) {
    fmt::print(stderr, "newsgraph: {}\n", report->problems[i]);
  }
  if (report->problems.size() > kMostProblems) {
    fmt::print(stderr, "newsgraph: and {} more\n", report->problems.size() - kMostProblems);
  }
  if (options.format == "json") {
    fmt::print("{}\n", ReportJson(*report, options.lists, options.longest).dump());
  } else {
    fmt::print("{}", ReportText(*report, options.lists, options.longest));
  }
  return kExitDone;
}

}  // namespace

void AddEvalCommand(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<EvalOptions>();
  CLI::App* command =
      app.add_subcommand("eval", "precision, recall, F1, identity and statements against texts marked by people");
  command
      ->add_option("--gold", options->gold,
                   "graph JSON lines, sentences with entities (.jsonl), or a folder with manifest, documents and gold")
      ->required()
      ->type_name("FILE|DIR");
  CLI::Option* graph =
      command
          ->add_option("graph", options->graph,
                       "graph JSON lines, as `extract` prints them; without it the gold's texts are analysed")
          ->type_name("GRAPH");
  CLI::Option* compare = command
                             ->add_option("--compare", options->compare,
                                          "another graph of the same texts: which is better, and how surely")
                             ->type_name("GRAPH");
  command
      ->add_option("--labels", options->label_map, "whose labels the sentences have; default: by the name of the file")
      ->type_name("MAP");
  command->add_option("--leave-out", options->leave_out, "a document that is not scored")
      ->allow_extra_args(false)  // what follows is the graph
      ->type_name("ID");
  command
      ->add_flag("--without-known-names", options->without_known_names,
                 "analyse without every lexicon entry that has a name in the texts")
      ->excludes(graph);
  command
      ->add_option(
          "--without", options->without,
          fmt::format("leave out a part of reading and compare with the whole; {}, or {}FAMILY", LeverNames(), kRules))
      ->allow_extra_args(false)
      ->excludes(graph)
      ->excludes(compare)
      ->check([](const std::string& name) {
        if (ParseLever(name) || name.starts_with(kRules)) return std::string();
        return fmt::format("there is no {}; there are {}, and {}FAMILY", name, LeverNames(), kRules);
      })
      ->type_name("LEVER");
  command
      ->add_option(
          "--fresh-names", options->fresh_names,
          "put an invented name of its type in place of every name that the lexicon lists, drawn with this seed")
      ->excludes(graph)
      ->type_name("SEED");
  command
      ->add_option("--lexicon", options->lexicon_files,
                   "a lexicon file of your own, beside the built-in ones; may be given again")
      ->allow_extra_args(false)
      ->excludes(graph)
      ->type_name("FILE");
  command->add_option("--tagger", options->tagger, "trained, or fast: rules and lexicon alone")
      ->check(CLI::IsMember({"trained", "fast"}))
      ->excludes(graph)
      ->capture_default_str();
  command
      ->add_option("--rules", options->rule_directory,
                   "rules of your own, in folders zh and en, beside the built-in ones")
      ->excludes(graph)
      ->type_name("DIR");
  command->add_option("--data", options->data_directory, "directory of lexicons and rules")->type_name("DIR");
  command->add_option("--threads", options->threads, "threads that analyse; 0: one for each core")
      ->check(CLI::Range(0, 256))
      ->capture_default_str();
  command->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->add_flag("--lists", options->lists,
                    "what was missed, spurious, of a wrong type or cut wrongly; of statements also which rules fired, "
                    "and how sure they were");
  command
      ->add_flag("--texts", options->texts, "print the gold's documents as JSON lines for `extract`, and score nothing")
      ->excludes(graph);
  command
      ->add_flag("--judged", options->judged,
                 "print each statement, what its confidence is made of and whether it is right, as JSON lines")
      ->excludes(graph);
  command->add_option("--longest", options->longest, "how many lines of each list")->capture_default_str();
  command->add_option("--resamples", options->bootstrap.resamples, "draws of the bootstrap; 0: no intervals")
      ->check(CLI::Range(0, 100000))
      ->capture_default_str();
  command->add_option("--seed", options->bootstrap.seed, "of the draws")->capture_default_str();
  command->callback([=, &exit_code] { exit_code = RunEval(*options); });
}

}  // namespace newsgraph
