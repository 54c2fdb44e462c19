// A server on a free loopback port, over a store in memory and a scripted analyser, with stubs.
#ifndef NEWSGRAPH_TESTS_SERVICE_SERVICE_FIXTURE_H_
#define NEWSGRAPH_TESTS_SERVICE_SERVICE_FIXTURE_H_

#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "graph/graph_store.h"
#include "newsgraph/v1/graph_service.grpc.pb.h"
#include "newsgraph/v1/identity_service.grpc.pb.h"
#include "newsgraph/v1/ingest_service.grpc.pb.h"
#include "service/server.h"
#include "tests/service/scripted_analyzer.h"

namespace newsgraph {

class ServiceTest : public testing::Test {
 protected:
  ServiceTest() { Restart({}); }

  // The server on `options`, over the same store.
  void Restart(ServerOptions options) {
    server.reset();
    options.listen = "127.0.0.1:0";
    options.ingest_threads = 1;
    options.clock = [] { return "2025-01-02T03:04:05Z"; };
    options.log = [this](std::string_view line) {
      const std::lock_guard lock(log_mutex_);
      log_.emplace_back(line);
      logged_.notify_all();
    };
    absl::StatusOr<std::unique_ptr<Server>> started = Server::Start(*store, &analyzer, options);
    ASSERT_TRUE(started.ok()) << started.status();
    server = *std::move(started);
    channel = grpc::CreateChannel(server->address(), grpc::InsecureChannelCredentials());
    graph = v1::GraphService::NewStub(channel);
    ingest = v1::IngestService::NewStub(channel);
    identity = v1::IdentityService::NewStub(channel);
  }

  // One unary call. `method` is a stub's member.
  template <typename Stub, typename Request, typename Response>
  grpc::Status Call(Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    const Request& request, Response* response) {
    grpc::ClientContext context;
    return (stub.*method)(&context, request, response);
  }

  static v1::Document MakeDocument(const std::string& id, const std::string& text,
                                   const std::string& published = "2024-07-24") {
    v1::Document document;
    document.set_id(id);
    document.set_title("About " + id);
    document.set_publisher("Sample Daily");
    document.set_published(published);
    document.set_text(text);
    return document;
  }

  // The commit.
  uint64_t Ingest(const std::string& id, const std::string& text, const std::string& published = "2024-07-24") {
    v1::IngestDocumentRequest request;
    *request.mutable_document() = MakeDocument(id, text, published);
    v1::IngestDocumentResponse response;
    grpc::ClientContext context;
    const grpc::Status status = ingest->IngestDocument(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.commit();
  }

  // The id of the one entity of this name; empty when there is not exactly one.
  std::string Find(const std::string& name) {
    v1::SearchEntitiesRequest request;
    request.set_name(name);
    v1::SearchEntitiesResponse response;
    grpc::ClientContext context;
    const grpc::Status status = graph->SearchEntities(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(response.matches_size(), 1) << name;
    return response.matches_size() == 1 ? response.matches(0).entity().id() : "";
  }

  // Returns when a line of the log begins so.
  std::string AwaitLog(const std::string& beginning) {
    std::unique_lock lock(log_mutex_);
    std::string found;
    logged_.wait(lock, [&] {
      for (const std::string& line : log_) {
        if (line.rfind(beginning, 0) == 0) found = line;
      }
      return !found.empty();
    });
    return found;
  }

  std::unique_ptr<GraphStore> store = *GraphStore::OpenInMemory();
  ScriptedAnalyzer analyzer;
  std::mutex log_mutex_;
  std::condition_variable logged_;
  std::vector<std::string> log_;
  std::unique_ptr<Server> server;
  std::shared_ptr<grpc::Channel> channel;
  std::unique_ptr<v1::GraphService::Stub> graph;
  std::unique_ptr<v1::IngestService::Stub> ingest;
  std::unique_ptr<v1::IdentityService::Stub> identity;
};

// A call that ended so, with these words somewhere in its message.
inline void ExpectRefused(const grpc::Status& status, grpc::StatusCode code, const std::string& words) {
  EXPECT_EQ(status.error_code(), code) << status.error_message();
  EXPECT_THAT(status.error_message(), testing::HasSubstr(words));
}

// Statements as "SUBJECT predicate OBJECT".
template <typename Statements>
std::vector<std::string> ToLines(const Statements& statements) {
  std::vector<std::string> lines;
  for (const v1::Statement& statement : statements) {
    lines.push_back(statement.subject().name() + " " + statement.predicate() + " " + statement.object().name());
  }
  return lines;
}

}  // namespace newsgraph

#endif  // NEWSGRAPH_TESTS_SERVICE_SERVICE_FIXTURE_H_
