// Serves an empty graph inside this program and asks it over gRPC.

#include <grpcpp/grpcpp.h>

#include <cstdio>

#include "graph/graph_store.h"
#include "newsgraph/v1/graph_service.grpc.pb.h"
#include "service/server.h"

int main() {
  const auto store = newsgraph::GraphStore::OpenInMemory();
  if (!store.ok()) return 1;
  const auto server = newsgraph::Server::Start(**store, nullptr, {});
  if (!server.ok()) return 1;
  const auto stub = newsgraph::v1::GraphService::NewStub(
      grpc::CreateChannel((*server)->address(), grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  newsgraph::v1::ListPredicatesResponse response;
  const grpc::Status status = stub->ListPredicates(&context, {}, &response);
  std::printf("%d relations\n", response.predicates_size());
  return status.ok() && response.predicates_size() > 50 ? 0 : 1;
}
