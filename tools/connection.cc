#include "tools/connection.h"

#include <fmt/format.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <utility>

#include "graph/graph_store.h"
#include "graph/ids.h"
#include "graph/status.h"
#include "service/server.h"
#include "tools/answer_text.h"

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
    NEWSGRAPH_ASSIGN_OR_RETURN(connection->store_, GraphStore::Open(store_options));
    ServerOptions server_options;
    server_options.listen.clear();
    NEWSGRAPH_ASSIGN_OR_RETURN(connection->in_process_, Server::Start(*connection->store_, nullptr, server_options));
    channel = connection->in_process_->InProcessChannel();
  }
  connection->graph_ = v1::GraphService::NewStub(channel);
  return connection;
}

absl::StatusOr<std::string> Connection::FindEntity(std::string_view text) {
  if (ParseEntityOrAtomId(text)) return std::string(text);
  v1::SearchEntitiesRequest request;
  request.set_name(std::string(text));
  request.set_page_size(10);
  v1::SearchEntitiesResponse response;
  grpc::ClientContext context;
  NEWSGRAPH_RETURN_IF_ERROR(FromGrpc(graph_->SearchEntities(&context, request, &response)));
  if (response.matches().empty()) {
    return absl::NotFoundError(fmt::format("entity {}: nothing has this name; try `newsgraph search --prefix`", text));
  }
  if (response.matches_size() > 1 && response.matches(0).count() < 10 * response.matches(1).count()) {
    std::string list;
    for (const v1::EntityMatch& match : response.matches()) {
      list +=
          fmt::format("\n  {}  {} {} ({} mentions)", match.entity().id(),
                      TypeText(match.entity().type(), match.entity().subtype()), match.entity().name(), match.count());
    }
    return absl::FailedPreconditionError(fmt::format("entity {}: several have this name; give an id:{}", text, list));
  }
  return response.matches(0).entity().id();
}

}  // namespace newsgraph
