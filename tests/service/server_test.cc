// Deadlines, cancellation, overload, shutdown and ports.

#include "service/server.h"

#include <string>
#include <thread>

#include "tests/service/service_fixture.h"

namespace newsgraph {
namespace {

using testing::HasSubstr;

class ServerTest : public ServiceTest {
 protected:
  // One worker, held up by an analysis until analyzer.Open; nothing else may wait, or `waiting`.
  void HoldUp(size_t waiting) {
    ServerOptions options;
    options.workers = 1;
    options.max_waiting_calls = waiting;
    Restart(options);
    analyzer.Close();
    holder_ = std::thread([this] {
      v1::IngestDocumentRequest request;
      *request.mutable_document() = MakeDocument("held", "Ada Berg ceo_of Northwind\n");
      v1::IngestDocumentResponse response;
      grpc::ClientContext context;
      held_ = ingest->IngestDocument(&context, request, &response);
    });
    analyzer.AwaitWaiting(1);
  }

  // How the call that holds it up ended.
  grpc::Status AwaitHeld() {
    holder_.join();
    return held_;
  }
  grpc::Status LetGo() {
    analyzer.Open();
    return AwaitHeld();
  }

 private:
  std::thread holder_;
  grpc::Status held_;
};

TEST_F(ServerTest, APortInUseIsAClearError) {
  ServerOptions options;
  options.listen = server->address();
  const absl::Status status = Server::Start(*store, &analyzer, options).status();
  EXPECT_TRUE(absl::IsUnavailable(status));
  EXPECT_EQ(std::string(status.message()),
            "listen on " + server->address() +
                ": address already in use; end what listens there, or choose another port (0 takes a free one)");
}

TEST_F(ServerTest, ItRefusesToListenWhereOtherMachinesCouldAsk) {
  ServerOptions options;
  options.listen = "0.0.0.0:0";
  EXPECT_TRUE(absl::IsInvalidArgument(Server::Start(*store, &analyzer, options).status()));
}

TEST_F(ServerTest, WithoutAPortItAnswersInsideTheProcess) {
  ServerOptions options;
  options.listen.clear();
  const absl::StatusOr<std::unique_ptr<Server>> inside = Server::Start(*store, nullptr, options);
  ASSERT_TRUE(inside.ok()) << inside.status();
  EXPECT_EQ((*inside)->port(), 0);
  EXPECT_EQ((*inside)->address(), "");
  const auto stub = v1::GraphService::NewStub((*inside)->InProcessChannel());
  Ingest("a", "Ada Berg ceo_of Northwind\n");
  v1::GetStatisticsResponse response;
  grpc::ClientContext context;
  ASSERT_TRUE(stub->GetStatistics(&context, {}, &response).ok());
  EXPECT_EQ(response.documents(), 1u);

  const auto writes = v1::IngestService::NewStub((*inside)->InProcessChannel());
  v1::IngestDocumentRequest request;
  *request.mutable_document() = MakeDocument("b", "Ada Berg ceo_of Northwind\n");
  v1::IngestDocumentResponse ingested;
  grpc::ClientContext write_context;
  ExpectRefused(writes->IngestDocument(&write_context, request, &ingested), grpc::StatusCode::FAILED_PRECONDITION,
                "reads no documents");
}

TEST_F(ServerTest, ADeadlineEndsACallThatStillWaitsForAWorker) {
  HoldUp(1);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(1));
  v1::GetStatisticsResponse response;
  EXPECT_EQ(graph->GetStatistics(&context, {}, &response).error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_TRUE(LetGo().ok());
}

TEST_F(ServerTest, AWriteThatHasBegunIsFinishedAlsoWhenItsCallerGoesAway) {
  analyzer.Close();
  grpc::ClientContext context;
  std::thread caller([&] {
    v1::IngestDocumentRequest request;
    *request.mutable_document() = MakeDocument("a", "Ada Berg ceo_of Northwind\n");
    v1::IngestDocumentResponse response;
    EXPECT_EQ(ingest->IngestDocument(&context, request, &response).error_code(), grpc::StatusCode::CANCELLED);
  });
  analyzer.AwaitWaiting(1);
  context.TryCancel();
  caller.join();
  analyzer.Open();
  AwaitLog("IngestDocument ");
  EXPECT_TRUE(store->GetSnapshot()->GetDocument("a").ok());
}

TEST_F(ServerTest, MoreCallsThanMayWaitAreRefusedAtOnce) {
  HoldUp(0);
  v1::GetStatisticsResponse response;
  grpc::ClientContext context;
  ExpectRefused(graph->GetStatistics(&context, {}, &response), grpc::StatusCode::RESOURCE_EXHAUSTED,
                "busy: too many calls wait for an answer already; try again later");
  EXPECT_TRUE(LetGo().ok());
}

TEST_F(ServerTest, AShutdownLetsRunningCallsFinishAndTakesNoNewOnes) {
  HoldUp(1);
  std::thread stopping([this] { server->Shutdown(std::chrono::minutes(1)); });
  // A call is refused as soon as the shutdown has begun.
  grpc::Status status;
  do {
    v1::GetStatisticsResponse response;
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(50));
    status = graph->GetStatistics(&context, {}, &response);
  } while (status.error_code() != grpc::StatusCode::UNAVAILABLE);
  EXPECT_TRUE(LetGo().ok());
  stopping.join();
  server->Wait();
  EXPECT_TRUE(store->GetSnapshot()->GetDocument("held").ok());
}

TEST_F(ServerTest, AShutdownCancelsWhatStillRunsAfterItsTime) {
  HoldUp(1);
  std::thread stopping([this] { server->Shutdown(std::chrono::milliseconds(1)); });
  const grpc::Status status = AwaitHeld();
  analyzer.Open();
  stopping.join();
  EXPECT_THAT(status.error_code(), testing::AnyOf(grpc::StatusCode::CANCELLED, grpc::StatusCode::UNAVAILABLE))
      << status.error_message();
  // What had begun is whole.
  EXPECT_TRUE(store->Verify().ok());
}

TEST_F(ServerTest, AShutdownEndsAStreamBehindWhatWasReadOfIt) {
  grpc::ClientContext context;
  auto stream = ingest->IngestDocuments(&context);
  v1::IngestDocumentsRequest request;
  v1::IngestDocumentsResponse response;
  *request.mutable_document() = MakeDocument("first", "Ada Berg ceo_of Northwind\n");
  ASSERT_TRUE(stream->Write(request));
  ASSERT_TRUE(stream->Read(&response));
  analyzer.Close();
  *request.mutable_document() = MakeDocument("second", "Ada Berg ceo_of Northwind\n");
  ASSERT_TRUE(stream->Write(request));
  analyzer.AwaitWaiting(1);
  std::thread stopping([this] { server->Shutdown(std::chrono::minutes(1)); });
  analyzer.Open();
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.result().document(), "second");
  EXPECT_FALSE(stream->Read(&response));
  ExpectRefused(stream->Finish(), grpc::StatusCode::UNAVAILABLE,
                "shutting down; the documents that were answered are durable, send the others again");
  stopping.join();
}

TEST_F(ServerTest, EveryCallHasALineInTheLogThatTellsNoNews) {
  Ingest("a", "Ada Berg ceo_of Northwind\n");
  EXPECT_THAT(AwaitLog("IngestDocument "), testing::MatchesRegex("IngestDocument OK [0-9.]+ ms [0-9]+ bytes"));
  v1::GetEntityRequest request;
  request.set_id("Ada Berg");
  v1::GetEntityResponse response;
  Call(*graph, &v1::GraphService::Stub::GetEntity, request, &response);
  EXPECT_THAT(AwaitLog("GetEntity "), testing::MatchesRegex("GetEntity INVALID_ARGUMENT [0-9.]+ ms 0 bytes"));
}

TEST_F(ServerTest, ALongMessageStillReachesTheClient) {
  v1::GetDocumentRequest request;
  request.set_id(std::string(100'000, 'x'));
  v1::GetDocumentResponse response;
  ExpectRefused(Call(*graph, &v1::GraphService::Stub::GetDocument, request, &response), grpc::StatusCode::NOT_FOUND,
                "document xxx");
}

}  // namespace
}  // namespace newsgraph
