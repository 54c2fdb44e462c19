// Commands that work on a store of this machine: reading news into it, taking things
// out, and looking after it.

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "graph/formats.h"
#include "graph/graph_store.h"
#include "graph/query.h"
#include "graph/status.h"
#include "ingest/analyzer.h"
#include "ingest/document_reader.h"
#include "ingest/ingester.h"
#include "ingest/input_files.h"
#include "service/convert.h"
#include "service/questions.h"
#include "tools/commands.h"
#include "tools/connection.h"
#include "tools/entity_argument.h"
#include "tools/terminal.h"

namespace newsgraph {
namespace {

// A command that writes reads back little of what others wrote, and what analyses has the memory of its models.
constexpr size_t kCacheBytesOfWriter = 32 << 20;

absl::StatusOr<std::unique_ptr<GraphStore>> OpenStore(const std::string& directory, bool create, bool read_only) {
  GraphStoreOptions options;
  options.directory = directory;
  if (!read_only) options.block_cache_bytes = kCacheBytesOfWriter;
  options.create_if_missing = create;
  options.read_only = read_only;
  NEWSGRAPH_ASSIGN_OR_RETURN(options.ontology, ProgramOntology());
  return GraphStore::Open(options);
}

// An entity of the latest commit, by an id, old or new, or a name.
absl::StatusOr<EntityId> FindStoredEntity(const GraphStore& store, std::string_view text) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::optional<KnownNames> known_names, LoadKnownNames());
  const Questions questions(store, "", known_names ? &*known_names : nullptr);
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::string id, FindEntity(text, [&](const v1::SearchEntitiesRequest& request,
                                                                        v1::SearchEntitiesResponse* response) {
                               return questions.SearchEntities(request, Deadline{}, response);
                             }));
  return ResolveEntity(*store.GetSnapshot(), "entity", id);
}

void AddDatabaseOption(CLI::App* command, std::string& directory) {
  command->add_option("--db", directory, "directory of the store")->required()->type_name("DIR");
}

// --- reading news

struct ReadingOptions {
  std::vector<std::string> files;
  std::string data_directory = DefaultDataDirectory();
  std::string rule_directory;
  std::vector<std::string> lexicon_files;
  std::string input_format = "auto";
  std::string tagger = "trained";
  std::string encoding;
  int threads = 0;
  bool report = false;
};

std::vector<std::string> KnownEncodingNames() {
  const std::vector<std::string_view> known = KnownEncodings();
  return {known.begin(), known.end()};
}

void AddReadingOptions(CLI::App* command, ReadingOptions& options) {
  command
      ->add_option("files", options.files,
                   "article pages, feeds, ninjs, JSON lines, Markdown, plain text, each also packed by gzip; a folder "
                   "stands for what is in it, a quoted pattern for what it matches, - for standard input")
      ->required()
      ->type_name("FILE");
  command
      ->add_option("--input-format", options.input_format,
                   "text, jsonl, html, feed (RSS, Atom), ninjs, markdown, or auto: by content, then by suffix")
      ->check(CLI::IsMember({"auto", "text", "jsonl", "html", "feed", "ninjs", "markdown"}))
      ->capture_default_str();
  command
      ->add_option("--encoding", options.encoding,
                   "how the characters of all inputs are written; default: told from each")
      ->check(CLI::IsMember(KnownEncodingNames(), CLI::ignore_case))
      ->type_name("NAME");
  command->add_flag("--report", options.report,
                    "one line for each document on standard error: characters kept, and cut for which reason");
  command->add_option("--threads", options.threads, "threads that analyse; 0: one for each core")
      ->check(CLI::Range(0, 256))
      ->capture_default_str();
  command
      ->add_option("--lexicon", options.lexicon_files,
                   "a lexicon file of your own, beside the built-in ones; may be given again")
      ->allow_extra_args(false)
      ->type_name("FILE");
  command
      ->add_option(
          "--tagger", options.tagger,
          "trained: the tagger finds names that no list holds; fast: rules and lexicon alone, several times as fast")
      ->check(CLI::IsMember({"trained", "fast"}))
      ->capture_default_str();
  command
      ->add_option("--rules", options.rule_directory,
                   "rules of your own, in folders zh and en, beside the built-in ones")
      ->type_name("DIR");
  command->add_option("--data", options.data_directory, "directory of lexicons and rules")->type_name("DIR");
}

absl::StatusOr<std::shared_ptr<const Analyzer>> LoadAnalyzer(const ReadingOptions& reading) {
  AnalyzerOptions options;
  options.data_directory = reading.data_directory;
  options.rule_directory = reading.rule_directory;
  NEWSGRAPH_ASSIGN_OR_RETURN(options.ontology, ProgramOntology());
  options.lexicon_files.assign(reading.lexicon_files.begin(), reading.lexicon_files.end());
  if (reading.tagger == "fast") options.without = kTaggerLever;
  return Analyzer::Load(options);
}

// "kept 585 characters, cut navigation 39, advertisement 23"
std::string DescribeCharacters(const CutReport& characters) {
  std::string description = fmt::format("kept {} characters", characters.kept);
  for (size_t i = 0; i < kCutReasons; ++i) {
    if (characters.cut[i] == 0) continue;
    description += fmt::format("{} {} {}", description.find("cut") == std::string::npos ? ", cut" : ",",
                               ToString(static_cast<CutReason>(i)), characters.cut[i]);
  }
  return description;
}

// `characters`: what became of those of the input.
absl::StatusOr<IngestReport> IngestFiles(const ReadingOptions& reading, GraphStore& store, bool print_each,
                                         CutReport& characters) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::shared_ptr<const Analyzer> analyzer, LoadAnalyzer(reading));
  IngesterOptions options;
  options.threads = reading.threads;
  Ingester ingester(store, *analyzer, options);
  DocumentReaderOptions reader_options;
  reader_options.format = *ParseDocumentFormat(reading.input_format);
  reader_options.encoding = reading.encoding;
  InputFiles files(reading.files, reader_options, std::cin);
  ProgressLine progress;
  uint64_t done = 0;
  absl::StatusOr<IngestReport> report = ingester.Run(
      [&] {
        absl::StatusOr<std::optional<ReadDocument>> read = files.Next();
        if (reading.report && read.ok() && read->has_value() && (*read)->document.ok()) {
          fmt::print(stderr, "{}: {}\n", (*read)->place, DescribeCharacters((*read)->characters));
        }
        return read;
      },
      [&](const IngestResult& result) {
        ++done;
        if (print_each && result.status.ok()) {
          fmt::print("acknowledged {} {}\n", result.document_id, result.commit);
          std::fflush(stdout);
        }
        progress.Show(fmt::format("{} documents, {}", done, result.place));
        return true;
      });
  characters = files.characters();
  return report;
}

void PrintErrors(const IngestReport& report) {
  for (const IngestResult& error : report.errors) {
    fmt::print(stderr, "newsgraph: {}\n", std::string(error.status.message()));
  }
  if (report.refused > report.errors.size()) {
    fmt::print(stderr, "newsgraph: and {} more\n", report.refused - report.errors.size());
  }
}

int RunIngest(const std::string& directory, const ReadingOptions& reading, const std::string& format, bool print_each) {
  absl::StatusOr<std::unique_ptr<GraphStore>> store = OpenStore(directory, /*create=*/true, /*read_only=*/false);
  if (!store.ok()) return Report(store.status());
  CutReport characters;
  const absl::StatusOr<IngestReport> report = IngestFiles(reading, **store, print_each, characters);
  if (!report.ok()) return Report(report.status());
  PrintErrors(*report);
  if (format == "json") {
    nlohmann::ordered_json cut = nlohmann::ordered_json::object();
    for (size_t i = 0; i < kCutReasons; ++i) cut[std::string(ToString(static_cast<CutReason>(i)))] = characters.cut[i];
    const nlohmann::ordered_json json = {
        {"added", report->added},       {"replaced", report->replaced},     {"unchanged", report->unchanged},
        {"refused", report->refused},   {"bytes", report->bytes},           {"atoms", report->atoms},
        {"mentions", report->mentions}, {"statements", report->statements}, {"characters_kept", characters.kept},
        {"characters_cut", cut}};
    fmt::print("{}\n", json.dump());
  } else {
    fmt::print("{} documents added, {} replaced, {} unchanged, {} refused\n", report->added, report->replaced,
               report->unchanged, report->refused);
    fmt::print("{} bytes of text: {} entities of one document each, {} mentions, {} statements\n", report->bytes,
               report->atoms, report->mentions, report->statements);
  }
  return report->refused == 0 ? kExitDone : kExitFailed;
}

// --- taking things out

struct ExportOptions {
  std::string format = "jsonl";
  std::string around;
  uint32_t hops = 1;
  std::string output;
};

void AddExportOptions(CLI::App* command, ExportOptions& options) {
  command->add_option("--format", options.format, "jsonl (lossless), graphml or dot")
      ->check(CLI::IsMember({"jsonl", "graphml", "dot"}))
      ->capture_default_str();
  CLI::Option* around = command->add_option("--around", options.around, "only what is near this entity (name or id)")
                            ->type_name("ENTITY");
  command->add_option("--hops", options.hops, "how near")
      ->check(CLI::Range(1, 16))
      ->needs(around)
      ->capture_default_str();
  command->add_option("--output", options.output, "write to a file instead of standard output")->type_name("FILE");
}

absl::Status Export(const GraphStore& store, const ExportOptions& options, std::ostream& out) {
  const std::shared_ptr<const Snapshot> snapshot = store.GetSnapshot();
  if (options.format == "jsonl" && options.around.empty()) return ExportJsonLines(*snapshot, out);
  SubgraphAnswer subgraph;
  if (options.around.empty()) {
    NEWSGRAPH_ASSIGN_OR_RETURN(subgraph, WholeGraph(*snapshot));
  } else {
    NEWSGRAPH_ASSIGN_OR_RETURN(const EntityId start, FindStoredEntity(store, options.around));
    NEWSGRAPH_ASSIGN_OR_RETURN(const std::shared_ptr<const QueryEngine> engine, QueryEngine::Create(snapshot));
    NEWSGRAPH_ASSIGN_OR_RETURN(subgraph, engine->Traverse({start}, options.hops, Filter{}, Limits{}, Deadline{}));
    if (subgraph.truncation.truncated()) {
      fmt::print(stderr, "newsgraph: export: cut short after {} entities ({})\n", subgraph.entities.size(),
                 ToString(subgraph.truncation.reason));
    }
  }
  if (options.format == "graphml") return ExportGraphMl(*snapshot, subgraph, out);
  if (options.format == "dot") return ExportDot(*snapshot, subgraph, out);
  return ExportJsonLines(*snapshot, subgraph, out);
}

int RunExport(const GraphStore& store, const ExportOptions& options) {
  std::ofstream file;
  if (!options.output.empty()) {
    file.open(options.output, std::ios::binary | std::ios::trunc);
    if (!file) return Report(absl::UnavailableError(fmt::format("write {}: cannot be created", options.output)));
  }
  std::ostream& out = options.output.empty() ? std::cout : file;
  if (const absl::Status status = Export(store, options, out); !status.ok()) return Report(status);
  out.flush();
  if (!out) {
    return Report(
        absl::ResourceExhaustedError(fmt::format("write {}: not all of it could be written; is the disk full?",
                                                 options.output.empty() ? "standard output" : options.output)));
  }
  return kExitDone;
}

int RunExtract(const ReadingOptions& reading, const ExportOptions& options) {
  const absl::StatusOr<std::shared_ptr<const Ontology>> ontology = ProgramOntology();
  if (!ontology.ok()) return Report(ontology.status());
  absl::StatusOr<std::unique_ptr<GraphStore>> store = GraphStore::OpenInMemory(*ontology);
  if (!store.ok()) return Report(store.status());
  CutReport characters;
  const absl::StatusOr<IngestReport> report = IngestFiles(reading, **store, /*print_each=*/false, characters);
  if (!report.ok()) return Report(report.status());
  PrintErrors(*report);
  const int exported = RunExport(**store, options);
  return report->refused == 0 ? exported : kExitFailed;
}

int RunImport(const std::string& directory, const std::string& path) {
  absl::StatusOr<std::unique_ptr<GraphStore>> store = OpenStore(directory, /*create=*/true, /*read_only=*/false);
  if (!store.ok()) return Report(store.status());
  std::ifstream file;
  if (path != "-") {
    file.open(path, std::ios::binary);
    if (!file) return Report(absl::NotFoundError(fmt::format("read {}: no such file, or it cannot be read", path)));
  }
  const absl::StatusOr<ImportReport> report = ImportJsonLines(path == "-" ? std::cin : file, **store, UtcNow());
  if (!report.ok()) return Report(report.status());
  fmt::print("{} documents imported, {} unchanged, {} judgements\n", report->documents, report->unchanged,
             report->judgements);
  return kExitDone;
}

// --- looking after the store

int RunRetract(const std::string& directory, const std::vector<std::string>& documents) {
  absl::StatusOr<std::unique_ptr<GraphStore>> store = OpenStore(directory, /*create=*/false, /*read_only=*/false);
  if (!store.ok()) return Report(store.status());
  int exit_code = kExitDone;
  for (const std::string& document : documents) {
    const absl::StatusOr<CommitResult> result = (*store)->Retract(document, UtcNow());
    if (!result.ok()) {
      exit_code = Report(result.status());
      continue;
    }
    fmt::print("retracted {}\n", document);
    for (const std::string& detached : result->detached_judgements)
      fmt::print("  judgement without a place now: {}\n", detached);
  }
  return exit_code;
}

struct JudgeOptions {
  std::string left, verdict, right, reason, author = "operator";
};

int RunJudge(const std::string& directory, const JudgeOptions& options) {
  absl::StatusOr<std::unique_ptr<GraphStore>> store = OpenStore(directory, /*create=*/false, /*read_only=*/false);
  if (!store.ok()) return Report(store.status());
  // An id names that very atom; a name stands for the atom whose id its entity bears.
  AtomId atoms[2];
  const std::string* arguments[2] = {&options.left, &options.right};
  for (int side = 0; side < 2; ++side) {
    if (const auto id = ParseEntityOrAtomId(*arguments[side])) {
      atoms[side] = *id;
      continue;
    }
    const absl::StatusOr<EntityId> entity = FindStoredEntity(**store, *arguments[side]);
    if (!entity.ok()) return Report(entity.status());
    atoms[side] = AtomId{entity->value};
  }
  const std::string now = UtcNow();
  const absl::StatusOr<CommitResult> result =
      options.verdict == "undo"
          ? (*store)->UndoJudgement(atoms[0], atoms[1], options.author, now)
          : (*store)->Judge(atoms[0], atoms[1], *ParseVerdict(options.verdict), options.reason, options.author, now);
  if (!result.ok()) return Report(result.status());
  fmt::print("{} {} {}\n", ToString(atoms[0]), options.verdict, ToString(atoms[1]));
  return kExitDone;
}

int RunStats(const std::string& directory, const std::string& format) {
  absl::StatusOr<std::unique_ptr<GraphStore>> store = OpenStore(directory, /*create=*/false, /*read_only=*/true);
  if (!store.ok()) return Report(store.status());
  const absl::StatusOr<StoreStatistics> statistics = (*store)->GetSnapshot()->GetStatistics();
  if (!statistics.ok()) return Report(statistics.status());
  const std::vector<std::pair<std::string_view, uint64_t>> counts = {
      {"documents", statistics->documents}, {"entities", statistics->entities},
      {"atoms", statistics->atoms},         {"mentions", statistics->mentions},
      {"turns", statistics->turns},         {"statements", statistics->statements},
      {"edges", statistics->edges},         {"judgements", statistics->judgements},
  };
  if (format == "json") {
    nlohmann::ordered_json json;
    for (const auto& [name, count] : counts) json[std::string(name)] = count;
    for (const auto& [type, count] : statistics->entities_by_type) json["entities_by_type"][type] = count;
    for (const auto& [predicate, count] : statistics->statements_by_predicate) {
      json["statements_by_predicate"][predicate] = count;
    }
    fmt::print("{}\n", json.dump());
    return kExitDone;
  }
  for (const auto& [name, count] : counts) fmt::print("{:>12}  {}\n", count, name);
  fmt::print("\nentities by type\n");
  for (const auto& [type, count] : statistics->entities_by_type) fmt::print("{:>12}  {}\n", count, type);
  fmt::print("\nstatements by predicate\n");
  for (const auto& [predicate, count] : statistics->statements_by_predicate)
    fmt::print("{:>12}  {}\n", count, predicate);
  return kExitDone;
}

int RunVerify(const std::string& directory) {
  absl::StatusOr<std::unique_ptr<GraphStore>> store = OpenStore(directory, /*create=*/false, /*read_only=*/true);
  if (!store.ok()) return Report(store.status());
  if (const absl::Status status = (*store)->Verify(); !status.ok()) return Report(status);
  fmt::print("{}: every table agrees with the documents, statements, atoms and judgements\n", directory);
  return kExitDone;
}

// What the parsed options of one command live in, for as long as the program runs.
template <typename T>
std::shared_ptr<T> Kept() {
  return std::make_shared<T>();
}

void AddFormatOption(CLI::App* command, std::string& format) {
  format = "text";
  command->add_option("--format", format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
}

}  // namespace

void AddStoreCommands(CLI::App& app, int& exit_code) {
  const auto directory = Kept<std::string>();
  const auto reading = Kept<ReadingOptions>();
  const auto exporting = Kept<ExportOptions>();
  const auto format = Kept<std::string>();

  CLI::App* ingest = app.add_subcommand("ingest", "read news into a store, created when missing");
  AddDatabaseOption(ingest, *directory);
  AddReadingOptions(ingest, *reading);
  AddFormatOption(ingest, *format);
  const auto each = Kept<bool>();
  ingest->add_flag("--each", *each, "one line for each document as it becomes durable: acknowledged ID COMMIT");
  ingest->callback([=, &exit_code] { exit_code = RunIngest(*directory, *reading, *format, *each); });

  CLI::App* extract = app.add_subcommand("extract", "the graph of these files alone, to standard output");
  AddReadingOptions(extract, *reading);
  AddExportOptions(extract, *exporting);
  extract->callback([=, &exit_code] { exit_code = RunExtract(*reading, *exporting); });

  CLI::App* export_command = app.add_subcommand("export", "the graph of a store, or a part of it, as text");
  AddDatabaseOption(export_command, *directory);
  AddExportOptions(export_command, *exporting);
  export_command->callback([=, &exit_code] {
    const auto store = OpenStore(*directory, /*create=*/false, /*read_only=*/true);
    exit_code = store.ok() ? RunExport(**store, *exporting) : Report(store.status());
  });

  const auto import_file = Kept<std::string>();
  CLI::App* import = app.add_subcommand("import", "read back what `export --format jsonl` wrote");
  AddDatabaseOption(import, *directory);
  import->add_option("file", *import_file, "graph JSON lines; - is standard input")->required()->type_name("FILE");
  import->callback([=, &exit_code] { exit_code = RunImport(*directory, *import_file);
});

const auto documents = Kept<std::vector<std::string>>();
CLI::App* retract = app.add_subcommand("retract", "take documents out, as if they had never been read");
AddDatabaseOption(retract, *directory);
retract->add_option("documents", *documents, "document ids")->required()->type_name("DOCUMENT");
retract->callback([=, &exit_code] { exit_code = RunRetract(*directory, *documents); });

const auto judging = Kept<JudgeOptions>();
CLI::App* judge =
    app.add_subcommand("judge", "say that two entities are the same, different or unsure; undo takes it back");
AddDatabaseOption(judge, *directory);
judge->add_option("left", judging->left, "entity: id or name")->required()->type_name("ENTITY");
judge->add_option("verdict", judging->verdict, "same, different, unsure or undo")
    ->required()
    ->check(CLI::IsMember({"same", "different", "unsure", "undo"}));
judge->add_option("right", judging->right, "entity: id or name")->required()->type_name("ENTITY");
judge->add_option("--reason", judging->reason, "why, in words");
judge->add_option("--author", judging->author, "who says so")->capture_default_str();
judge->callback([=, &exit_code] { exit_code = RunJudge(*directory, *judging); });

CLI::App* stats = app.add_subcommand("stats", "how much there is of what");
AddDatabaseOption(stats, *directory);
AddFormatOption(stats, *format);
stats->callback([=, &exit_code] { exit_code = RunStats(*directory, *format); });

CLI::App* verify = app.add_subcommand("verify", "check every table of a store against the others");
AddDatabaseOption(verify, *directory);
verify->callback([=, &exit_code] { exit_code = RunVerify(*directory); });
}  // namespace newsgraph

}  // namespace newsgraph
