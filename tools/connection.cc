#include "tools/connection.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <utility>

#include "graph/graph_store.h"
#include "graph/status.h"
#include "service/server.h"
#include "tools/commands.h"
#include "tools/entity_argument.h"

namespace newsgraph {
namespace {

// Over a whole document's answer; the store refuses documents of more than 16 MB.
constexpr int kMaxMessageBytes = 256 << 20;

}  // namespace

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
}

void AddConnectionOptions(CLI::App* command, ConnectionOptions& options) {
  CLI::Option* const directory =
      command->add_option("--db", options.directory, "ask the store in this directory")->type_name("DIR");
  CLI::Option* const server =
      command->add_option("--server", options.server, "ask this server")->type_name("HOST:PORT");
  directory->excludes(server);
}

absl::StatusOr<std::optional<KnownNames>> LoadKnownNames() {
  absl::StatusOr<KnownNames> names = KnownNames::Load(DefaultDataDirectory(), {});
  // A store can be asked without the data files that it was made with.
  if (absl::IsNotFound(names.status())) return std::nullopt;
  NEWSGRAPH_RETURN_IF_ERROR(names.status());
  return *std::move(names);
}

Connection::Connection() = default;
Connection::~Connection() = default;

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(const ConnectionOptions& options) {
  if (options.directory.empty() && options.server.empty()) {
    return absl::InvalidArgumentError("nothing to ask; give --db DIR or --server HOST:PORT");
  }
  std::unique_ptr<Connection> connection(new Connection);
  std::shared_ptr<grpc::Channel> channel;
  if (!options.server.empty()) {
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
    channel = grpc::CreateCustomChannel(options.server, grpc::InsecureChannelCredentials(), arguments);
  } else {
    GraphStoreOptions store_options;
    store_options.directory = options.directory;
    store_options.create_if_missing = false;
    store_options.read_only = true;
    NEWSGRAPH_ASSIGN_OR_RETURN(store_options.ontology, ProgramOntology());
    NEWSGRAPH_ASSIGN_OR_RETURN(connection->store_, GraphStore::Open(store_options));
    NEWSGRAPH_ASSIGN_OR_RETURN(connection->known_names_, LoadKnownNames());
    ServerOptions server_options;
    server_options.listen.clear();
    if (connection->known_names_) server_options.known_names = &*connection->known_names_;
    NEWSGRAPH_ASSIGN_OR_RETURN(connection->in_process_, Server::Start(*connection->store_, nullptr, server_options));
    channel = connection->in_process_->InProcessChannel();
  }
  connection->graph_ = v1::GraphService::NewStub(channel);
  return connection;
}

absl::StatusOr<std::string> Connection::FindEntity(std::string_view text) {
  return newsgraph::FindEntity(text,
                               [this](const v1::SearchEntitiesRequest& request, v1::SearchEntitiesResponse* response) {
                                 grpc::ClientContext context;
                                 return FromGrpc(graph_->SearchEntities(&context, request, response));
                               });
}

}  // namespace newsgraph
