// Commands that ask: gRPC questions, to a server or to a service inside this program,
// and their answers as text, or as the JSON of the answer's message.

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "graph/status.h"
#include "tools/answer_text.h"
#include "tools/commands.h"
#include "tools/connection.h"

namespace newsgraph {
namespace {

struct AskOptions {
  ConnectionOptions connection;
  std::string format = "text";
  uint32_t limit = 100;
  double timeout_seconds = 30;
  // Filter.
  std::vector<std::string> predicates, types, factualities, sources;
  std::string direction = "both", from_date, to_date, as_of;
  double min_confidence = 0;
  uint32_t min_support = 0;
};

void AddAskOptions(CLI::App* command, AskOptions& options) {
  AddConnectionOptions(command, options.connection);
  command->add_option("--format", options.format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->add_option("--limit", options.limit, "answers at most")->check(CLI::Range(1, 100000))->capture_default_str();
  command->add_option("--timeout", options.timeout_seconds, "seconds to wait for an answer")
      ->check(CLI::Range(0.0, 3600.0))
      ->capture_default_str();
}

void AddFilterOptions(CLI::App* command, AskOptions& options) {
  command->add_option("--type", options.types, "only entities of this type are reached: PERSON, ORG, …");
  command->add_option("--direction", options.direction, "out, in or both")
      ->check(CLI::IsMember({"out", "in", "both"}))
      ->capture_default_str();
  command->add_option("--min-support", options.min_support, "documents behind an edge, at least");
}

void AddStatementFilterOptions(CLI::App* command, AskOptions& options) {
  command
      ->add_option("--factuality", options.factualities, "asserted, opinion, planned, hypothetical, denied, question")
      ->check(CLI::IsMember({"asserted", "opinion", "planned", "hypothetical", "denied", "question"}));
  command->add_option("--source", options.sources, "only documents of this publisher");
  command->add_option("--from", options.from_date, "holds on or after this date")->type_name("DATE");
  command->add_option("--to", options.to_date, "holds on or before this date")->type_name("DATE");
  command->add_option("--as-of", options.as_of, "only documents published by this date")->type_name("DATE");
  command->add_option("--min-confidence", options.min_confidence, "0 … 1")->check(CLI::Range(0.0, 1.0));
}

std::string Upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
  return text;
}

absl::Status FillFilter(const AskOptions& options, v1::Filter& filter) {
  for (const std::string& predicate : options.predicates) filter.add_predicates(predicate);
  for (const std::string& type : options.types) {
    v1::EntityType value;
    if (!v1::EntityType_Parse("ENTITY_TYPE_" + Upper(type), &value)) {
      return absl::InvalidArgumentError(
          fmt::format("--type {}: no such type; PERSON, ORG, GPE, PRODUCT are some", type));
    }
    filter.add_types(value);
  }
  for (const std::string& factuality : options.factualities) {
    v1::Factuality value = v1::FACTUALITY_UNSPECIFIED;
    v1::Factuality_Parse("FACTUALITY_" + Upper(factuality), &value);
    filter.add_factualities(value);
  }
  for (const std::string& source : options.sources) filter.add_sources(source);
  filter.set_direction(options.direction == "out"  ? v1::DIRECTION_OUT
                       : options.direction == "in" ? v1::DIRECTION_IN
                                                   : v1::DIRECTION_BOTH);
  filter.set_valid_from(options.from_date);
  filter.set_valid_to(options.to_date);
  filter.set_as_of(options.as_of);
  filter.set_min_confidence(options.min_confidence);
  filter.set_min_support(options.min_support);
  return absl::OkStatus();
}

// A call's context with the deadline of the options.
class Call {
 public:
  explicit Call(const AskOptions& options) {
    context_.set_deadline(std::chrono::system_clock::now() +
                          std::chrono::milliseconds(static_cast<int64_t>(options.timeout_seconds * 1000)));
  }
  grpc::ClientContext* operator()() { return &context_; }

 private:
  grpc::ClientContext context_;
};

void PrintJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string json;
  if (google::protobuf::util::MessageToJsonString(message, &json, options).ok()) fmt::print("{}\n", json);
}

void PrintStatement(const v1::Statement& statement) {
  fmt::print("{}\n{}", StatementLine(statement), EvidenceLines(statement));
}

// Sets *field to the id of what the user named; leaves it when the user named nothing.
absl::Status SetEntity(Connection& connection, const std::string& argument, std::string* field) {
  if (argument.empty()) return absl::OkStatus();
  NEWSGRAPH_ASSIGN_OR_RETURN(*field, connection.FindEntity(argument));
  return absl::OkStatus();
}

// --- search

absl::Status Search(Connection& connection, const AskOptions& options, const std::string& name, bool prefix) {
  v1::SearchEntitiesRequest request;
  request.set_name(name);
  request.set_prefix(prefix);
  request.set_page_size(std::min<uint32_t>(options.limit, 1000));
  v1::SearchEntitiesResponse response;
  NEWSGRAPH_RETURN_IF_ERROR(FromGrpc(connection.graph().SearchEntities(Call(options)(), request, &response)));
  if (options.format == "json") {
    PrintJson(response);
    return absl::OkStatus();
  }
  if (response.matches().empty()) fmt::print("nothing has this name\n");
  for (const v1::EntityMatch& match : response.matches()) {
    fmt::print("{}  {:<16} {}", match.entity().id(), TypeText(match.entity().type(), match.entity().subtype()),
               match.entity().name());
    if (match.by_lexicon()) {
      fmt::print(" ({} in the lexicon)", name);
    } else if (match.name() != match.entity().name()) {
      fmt::print(" ({})", match.name());
    }
    fmt::print("  {} mentions\n", match.count());
  }
  fmt::print("{}", TruncationLine(response.truncation()));
  return absl::OkStatus();
}

// --- statements

struct StatementOptions {
  std::string about, subject, object, document, speaker, mentioning;
  bool spoken = false;
};

absl::Status Statements(Connection& connection, const AskOptions& options, const StatementOptions& which) {
  v1::ListStatementsRequest request;
  NEWSGRAPH_RETURN_IF_ERROR(SetEntity(connection, which.about, request.mutable_about()));
  NEWSGRAPH_RETURN_IF_ERROR(SetEntity(connection, which.subject, request.mutable_subject()));
  NEWSGRAPH_RETURN_IF_ERROR(SetEntity(connection, which.object, request.mutable_object()));
  NEWSGRAPH_RETURN_IF_ERROR(SetEntity(connection, which.speaker, request.mutable_speaker()));
  NEWSGRAPH_RETURN_IF_ERROR(SetEntity(connection, which.mentioning, request.mutable_mentioning()));
  request.set_document(which.document);
  NEWSGRAPH_RETURN_IF_ERROR(FillFilter(options, *request.mutable_filter()));
  request.mutable_filter()->clear_direction();
  request.mutable_filter()->set_spoken_only(which.spoken);
  request.set_page_size(std::min<uint32_t>(options.limit, 1000));
  uint32_t printed = 0;
  do {
    v1::ListStatementsResponse response;
    NEWSGRAPH_RETURN_IF_ERROR(FromGrpc(connection.graph().ListStatements(Call(options)(), request, &response)));
    if (options.format == "json") PrintJson(response);
    for (const v1::Statement& statement : response.statements()) {
      if (options.format == "text") PrintStatement(statement);
      ++printed;
    }
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty() && printed < options.limit);
  if (options.format == "text" && printed == 0) fmt::print("no such statement\n");
  if (options.format == "text" && !request.page_token().empty()) {
    fmt::print("(there are more; raise --limit)\n");
  }
  return absl::OkStatus();
}

// --- show

absl::Status Show(Connection& connection, const AskOptions& options, const std::string& entity, bool names_only,
                  bool explain) {
  v1::GetEntityRequest request;
  NEWSGRAPH_RETURN_IF_ERROR(SetEntity(connection, entity, request.mutable_id()));
  request.set_page_size(std::min<uint32_t>(options.limit, 1000));
  v1::GetEntityResponse response;
  NEWSGRAPH_RETURN_IF_ERROR(FromGrpc(connection.graph().GetEntity(Call(options)(), request, &response)));
  if (options.format == "json") {
    PrintJson(response);
    return absl::OkStatus();
  }
  const v1::Entity& found = response.entity();
  fmt::print("{}  {}  {}\n", found.name(), TypeText(found.type(), found.subtype()), found.id());
  for (const auto& [scheme, id] :
       std::map<std::string, std::string>(found.external_ids().begin(), found.external_ids().end())) {
    fmt::print("    {}: {}\n", scheme, id);
  }
  fmt::print("    in {} documents, as", found.documents());
  for (const v1::EntityName& name : found.names()) fmt::print(" {} ({})", name.text(), name.count());
  fmt::print("\n");
  if (explain) {
    v1::ExplainEntityRequest explain_request;
    explain_request.set_id(found.id());
    v1::ExplainEntityResponse reasons;
    NEWSGRAPH_RETURN_IF_ERROR(FromGrpc(connection.graph().ExplainEntity(Call(options)(), explain_request, &reasons)));
    for (const v1::JoinReason& reason : reasons.reasons()) {
      fmt::print("    {} = {}: {} ({})\n", reason.left(), reason.right(), reason.reason(), reason.level());
    }
  }
  if (names_only) return absl::OkStatus();
  fmt::print("\n");
  for (const v1::Statement& statement : response.statements()) PrintStatement(statement);
  if (!response.next_page_token().empty()) fmt::print("(there are more; raise --limit, or ask with `statements`)\n");
  return absl::OkStatus();
}

// --- neighbors

void PrintEdge(const v1::EdgeGroup& edge) {
  fmt::print("{} —{}→ {}  in {} document{}\n", edge.subject().name(), edge.predicate(), edge.object().name(),
             edge.support(), edge.support() == 1 ? "" : "s");
  for (const v1::Statement& statement : edge.statements()) fmt::print("{}", EvidenceLines(statement));
}

absl::Status Neighbors(Connection& connection, const AskOptions& options, const std::string& entity) {
  v1::ListNeighborsRequest request;
  NEWSGRAPH_RETURN_IF_ERROR(SetEntity(connection, entity, request.mutable_entity()));
  NEWSGRAPH_RETURN_IF_ERROR(FillFilter(options, *request.mutable_filter()));
  request.set_page_size(std::min<uint32_t>(options.limit, 1000));
  uint32_t printed = 0;
  do {
    v1::ListNeighborsResponse response;
    NEWSGRAPH_RETURN_IF_ERROR(FromGrpc(connection.graph().ListNeighbors(Call(options)(), request, &response)));
    if (options.format == "json") PrintJson(response);
    for (const v1::Neighbor& neighbor : response.neighbors()) {
      if (options.format == "text") PrintEdge(neighbor.edge());
      ++printed;
    }
    if (options.format == "text") fmt::print("{}", TruncationLine(response.truncation()));
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty() && printed < options.limit);
  if (options.format == "text" && printed == 0) fmt::print("no neighbours\n");
  return absl::OkStatus();
}

// Several hops: a stream of columns, put together again.
absl::Status Traverse(Connection& connection, const AskOptions& options, const std::string& entity, uint32_t hops) {
  v1::TraverseRequest request;
  NEWSGRAPH_RETURN_IF_ERROR(SetEntity(connection, entity, request.add_starts()));
  request.set_hops(hops);
  NEWSGRAPH_RETURN_IF_ERROR(FillFilter(options, *request.mutable_filter()));
  request.mutable_limits()->set_max_entities(options.limit);
  Call call(options);
  const auto stream = connection.graph().Traverse(call(), request);
  std::vector<std::string> names, predicates, documents;
  struct Row {
    uint32_t subject, predicate, object, document, statement;
  };
  std::vector<Row> rows;
  std::vector<std::string> entity_lines;
  v1::Truncation truncation;
  v1::TraverseResponse batch;
  while (stream->Read(&batch)) {
    if (options.format == "json") {
      PrintJson(batch);
      continue;
    }
    const v1::EntityColumns& entities = batch.entities();
    for (int i = 0; i < entities.ids_size(); ++i) {
      names.push_back(entities.names(i));
      entity_lines.push_back(fmt::format("{:>4}  {:<10} {}", entities.hops(i),
                                         TypeText(static_cast<v1::EntityType>(entities.types(i)), ""),
                                         entities.names(i)));
    }
    predicates.insert(predicates.end(), batch.predicates().begin(), batch.predicates().end());
    documents.insert(documents.end(), batch.documents().begin(), batch.documents().end());
    const v1::EdgeColumns& edges = batch.edges();
    for (int i = 0; i < edges.subjects_size(); ++i) {
      rows.push_back(
          {edges.subjects(i), edges.predicates(i), edges.objects(i), edges.documents(i), edges.statements(i)});
    }
    if (batch.has_truncation()) truncation = batch.truncation();
  }
  NEWSGRAPH_RETURN_IF_ERROR(FromGrpc(stream->Finish()));
  if (options.format == "json") return absl::OkStatus();
  fmt::print("hops  type       entity\n");
  for (const std::string& line : entity_lines) fmt::print("{}\n", line);
  fmt::print("{}\n", TruncationLine(truncation));
  for (const Row& row : rows) {
    v1::GetStatementRequest one;
    one.set_id(fmt::format("{}:{}", documents[row.document], row.statement));
    v1::GetStatementResponse evidence;
    NEWSGRAPH_RETURN_IF_ERROR(FromGrpc(connection.graph().GetStatement(Call(options)(), one, &evidence)));
    fmt::print("{} —{}→ {}\n{}", names[row.subject], predicates[row.predicate], names[row.object],
               EvidenceLines(evidence.statement()));
  }
  return absl::OkStatus();
}

// --- path

absl::Status FindPath(Connection& connection, const AskOptions& options, const std::string& from, const std::string& to,
                      bool all) {
  v1::FindPathsRequest request;
  NEWSGRAPH_RETURN_IF_ERROR(SetEntity(connection, from, request.mutable_from()));
  NEWSGRAPH_RETURN_IF_ERROR(SetEntity(connection, to, request.mutable_to()));
  request.set_mode(all ? v1::PATH_MODE_ALL_SHORTEST : v1::PATH_MODE_SHORTEST);
  NEWSGRAPH_RETURN_IF_ERROR(FillFilter(options, *request.mutable_filter()));
  request.mutable_limits()->set_max_paths(std::min<uint32_t>(options.limit, 1000));
  v1::FindPathsResponse response;
  NEWSGRAPH_RETURN_IF_ERROR(FromGrpc(connection.graph().FindPaths(Call(options)(), request, &response)));
  if (options.format == "json") {
    PrintJson(response);
    return absl::OkStatus();
  }
  if (response.paths().empty()) fmt::print("no path\n");
  for (const v1::Path& path : response.paths()) {
    std::string line = path.steps().empty() ? "both are one entity" : path.steps(0).from().name();
    for (const v1::PathStep& step : path.steps()) line += " – " + step.to().name();
    fmt::print("{}\n", line);
    for (const v1::PathStep& step : path.steps()) {
      for (const v1::EdgeGroup& edge : step.edges()) PrintEdge(edge);
    }
  }
  fmt::print("{}", TruncationLine(response.truncation()));
  return absl::OkStatus();
}

// --- mentions, documents

absl::Status Mentions(Connection& connection, const AskOptions& options, const std::string& entity) {
  v1::ListMentionsRequest request;
  NEWSGRAPH_RETURN_IF_ERROR(SetEntity(connection, entity, request.mutable_entity()));
  request.set_page_size(std::min<uint32_t>(options.limit, 1000));
  std::string last_document;
  bool any = false;
  do {
    v1::ListMentionsResponse response;
    NEWSGRAPH_RETURN_IF_ERROR(FromGrpc(connection.graph().ListMentions(Call(options)(), request, &response)));
    if (options.format == "json") PrintJson(response);
    std::map<std::string, const v1::DocumentSummary*> summaries;
    for (const v1::DocumentSummary& document : response.documents()) summaries[document.id()] = &document;
    std::map<std::string, std::map<std::string, int>> surfaces;
    std::vector<std::string> order;
    for (const v1::Mention& mention : response.mentions()) {
      if (surfaces.count(mention.document()) == 0) order.push_back(mention.document());
      ++surfaces[mention.document()][mention.span().text()];
      any = true;
    }
    if (options.format == "text") {
      for (const std::string& id : order) {
        const v1::DocumentSummary* const summary = summaries[id];
        fmt::print("{}  {}  {}\n    as", id, summary == nullptr ? "" : summary->language(),
                   summary == nullptr ? "" : summary->title());
        for (const auto& [surface, count] : surfaces[id]) fmt::print(" {} ({})", surface, count);
        fmt::print("\n");
      }
    }
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  if (options.format == "text" && !any) fmt::print("no document mentions it\n");
  return absl::OkStatus();
}

absl::Status Documents(Connection& connection, const AskOptions& options) {
  v1::ListDocumentsRequest request;
  request.set_page_size(std::min<uint32_t>(options.limit, 1000));
  uint32_t printed = 0;
  do {
    v1::ListDocumentsResponse response;
    NEWSGRAPH_RETURN_IF_ERROR(FromGrpc(connection.graph().ListDocuments(Call(options)(), request, &response)));
    if (options.format == "json") PrintJson(response);
    for (const v1::DocumentSummary& document : response.documents()) {
      if (options.format == "text") {
        fmt::print("{}  {}  {:<10}  {}  {}\n", document.id(), document.language(), document.published().substr(0, 10),
                   document.publisher(), document.title());
      }
      ++printed;
    }
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty() && printed < options.limit);
  return absl::OkStatus();
}

// Opens the connection and asks; the exit code.
template <typename Question>
int Ask(const AskOptions& options, const Question& question) {
  absl::StatusOr<std::unique_ptr<Connection>> connection = Connection::Open(options.connection);
  if (!connection.ok()) return Report(connection.status());
  absl::Status status = question(**connection);
  // gRPC says no more than that nobody is there, or that the time is over.
  if (absl::IsUnavailable(status) && !options.connection.server.empty()) {
    status = absl::UnavailableError(
        fmt::format("ask {}: no answer ({}); start it with `newsgraph serve`, or ask a store with --db",
                    options.connection.server, std::string(status.message())));
  }
  if (absl::IsDeadlineExceeded(status)) {
    status = absl::DeadlineExceededError(
        fmt::format("no answer within {} s; raise --timeout, or ask for less", options.timeout_seconds));
  }
  return Report(status);
}

}  // namespace

void AddAskCommands(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<AskOptions>();
  const auto entity = std::make_shared<std::string>();

  CLI::App* search = app.add_subcommand("search", "entities by any of their names, in any script");
  const auto prefix = std::make_shared<bool>(false);
  AddAskOptions(search, *options);
  search->add_option("name", *entity, "a name")->required();
  search->add_flag("--prefix", *prefix, "names that begin so");
  search->callback([=, &exit_code] {
    exit_code = Ask(*options, [&](Connection& c) { return Search(c, *options, *entity, *prefix); });
  });

  CLI::App* show = app.add_subcommand("show", "one entity: its names, and what is said of it");
  const auto names_only = std::make_shared<bool>(false);
  const auto explain = std::make_shared<bool>(false);
  AddAskOptions(show, *options);
  show->add_option("entity", *entity, "id or name")->required()->type_name("ENTITY");
  show->add_flag("--names", *names_only, "names only");
  show->add_flag("--explain", *explain, "why its names are one entity");
  show->callback([=, &exit_code] {
    exit_code = Ask(*options, [&](Connection& c) { return Show(c, *options, *entity, *names_only, *explain); });
  });

  CLI::App* neighbors = app.add_subcommand("neighbors", "what an entity is joined with, one step or several away");
  const auto hops = std::make_shared<uint32_t>(1);
  AddAskOptions(neighbors, *options);
  neighbors->add_option("entity", *entity, "id or name")->required()->type_name("ENTITY");
  neighbors->add_option("--hops", *hops, "steps")->check(CLI::Range(1, 16))->capture_default_str();
  neighbors->add_option("--predicate", options->predicates, "only this relation; may be given again");
  AddFilterOptions(neighbors, *options);
  AddStatementFilterOptions(neighbors, *options);
  neighbors->callback([=, &exit_code] {
    exit_code = Ask(*options, [&](Connection& c) {
      return *hops == 1 ? Neighbors(c, *options, *entity) : Traverse(c, *options, *entity, *hops);
    });
  });

  CLI::App* path = app.add_subcommand("path", "how two entities are connected, with the evidence of each step");
  const auto to = std::make_shared<std::string>();
  const auto all = std::make_shared<bool>(false);
  AddAskOptions(path, *options);
  path->add_option("from", *entity, "id or name")->required()->type_name("ENTITY");
  path->add_option("to", *to, "id or name")->required()->type_name("ENTITY");
  path->add_flag("--all", *all, "all paths of the least length");
  path->add_option("--predicate", options->predicates, "only this relation; may be given again");
  AddFilterOptions(path, *options);
  AddStatementFilterOptions(path, *options);
  path->callback([=, &exit_code] {
    exit_code = Ask(*options, [&](Connection& c) { return FindPath(c, *options, *entity, *to, *all); });
  });

  CLI::App* statements = app.add_subcommand("statements", "what is said, by any of subject, relation, object, speaker");
  const auto which = std::make_shared<StatementOptions>();
  AddAskOptions(statements, *options);
  statements->add_option("--about", which->about, "subject or object")->type_name("ENTITY");
  statements->add_option("--subject", which->subject, "who or what")->type_name("ENTITY");
  statements->add_option("--predicate", options->predicates, "the relation; may be given again");
  statements->add_option("--object", which->object, "to whom or what")->type_name("ENTITY");
  statements->add_option("--speaker", which->speaker, "who says so")->type_name("ENTITY");
  statements->add_option("--mentioning", which->mentioning, "named in the sentence that says so")->type_name("ENTITY");
  statements->add_option("--document", which->document, "in this document")->type_name("DOCUMENT");
  statements->add_flag("--spoken", which->spoken, "only what somebody says, not the article's own voice");
  AddStatementFilterOptions(statements, *options);
  statements->callback(
      [=, &exit_code] { exit_code = Ask(*options, [&](Connection& c) { return Statements(c, *options, *which); }); });

  CLI::App* mentions = app.add_subcommand("mentions", "which documents mention an entity, under which names");
  AddAskOptions(mentions, *options);
  mentions->add_option("entity", *entity, "id or name")->required()->type_name("ENTITY");
  mentions->callback(
      [=, &exit_code] { exit_code = Ask(*options, [&](Connection& c) { return Mentions(c, *options, *entity); }); });

  CLI::App* documents = app.add_subcommand("documents", "what has been read");
  AddAskOptions(documents, *options);
  documents->callback(
      [=, &exit_code] { exit_code = Ask(*options, [&](Connection& c) { return Documents(c, *options); }); });
}

}  // namespace newsgraph
