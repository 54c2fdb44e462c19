// Where questions go: a server, or a service inside this program on a store.
#ifndef NEWSGRAPH_TOOLS_CONNECTION_H_
#define NEWSGRAPH_TOOLS_CONNECTION_H_

#include <CLI/App.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ingest/known_names.h"
#include "newsgraph/v1/graph_service.grpc.pb.h"
#include "newsgraph/v1/graph_service.pb.h"

namespace newsgraph {

class GraphStore;
class Server;

// --db DIR or --server HOST:PORT, one of the two.
struct ConnectionOptions {
  std::string directory;
  std::string server;
};
void AddConnectionOptions(CLI::App* command, ConnectionOptions& options);

// Not thread-safe.
class Connection {
 public:
  static absl::StatusOr<std::unique_ptr<Connection>> Open(const ConnectionOptions& options);
  ~Connection();

  v1::GraphService::Stub& graph() { return *graph_; }

  // As in entity_argument.h.
  absl::StatusOr<std::string> FindEntity(std::string_view text);

 private:
  Connection();
  std::unique_ptr<GraphStore> store_;
  std::optional<KnownNames> known_names_;
  std::unique_ptr<Server> in_process_;
  std::unique_ptr<v1::GraphService::Stub> graph_;
};

// The names that searches of this program understand beside those of documents; nullopt where
// the data files are not installed.
absl::StatusOr<std::optional<KnownNames>> LoadKnownNames();

// A grpc::Status as one of ours: the codes are the same.
absl::Status FromGrpc(const grpc::Status& status);

}  // namespace newsgraph

#endif  // NEWSGRAPH_TOOLS_CONNECTION_H_
