#include "service/graph_service.h"

#include "newsgraph/v1/graph_service.grpc.pb.h"
#include "newsgraph/v1/identity_service.grpc.pb.h"
#include "newsgraph/v1/ingest_service.grpc.pb.h"

namespace newsgraph {
namespace {

// A call that answers with `method` of `target`.
template <typename Target, typename Method, typename Request, typename Response>
grpc::ServerUnaryReactor* Start(const CallEnvironment& environment, grpc::CallbackServerContext* context,
                                std::string_view name, Target& target, Method method, const Request* request,
                                Response* response) {
  return new UnaryCall(environment, *context, name, *response,
                       [&target, method, request, response](const Deadline& deadline) {
                         return (target.*method)(*request, deadline, response);
                       });
}

class GraphCalls final : public v1::GraphService::CallbackService {
 public:
  GraphCalls(const CallEnvironment& calls, Questions& questions) : calls_(calls), questions_(questions) {}

  grpc::ServerUnaryReactor* GetEntity(grpc::CallbackServerContext* context, const v1::GetEntityRequest* request,
                                      v1::GetEntityResponse* response) override {
    return Start(calls_, context, "GetEntity", questions_, &Questions::GetEntity, request, response);
  }
  grpc::ServerUnaryReactor* ExplainEntity(grpc::CallbackServerContext* context, const v1::ExplainEntityRequest* request,
                                          v1::ExplainEntityResponse* response) override {
    return Start(calls_, context, "ExplainEntity", questions_, &Questions::ExplainEntity, request, response);
  }
  grpc::ServerUnaryReactor* SearchEntities(grpc::CallbackServerContext* context,
                                           const v1::SearchEntitiesRequest* request,
                                           v1::SearchEntitiesResponse* response) override {
    return Start(calls_, context, "SearchEntities", questions_, &Questions::SearchEntities, request, response);
  }
  grpc::ServerUnaryReactor* ListStatements(grpc::CallbackServerContext* context,
                                           const v1::ListStatementsRequest* request,
                                           v1::ListStatementsResponse* response) override {
    return Start(calls_, context, "ListStatements", questions_, &Questions::ListStatements, request, response);
  }
  grpc::ServerUnaryReactor* GetStatement(grpc::CallbackServerContext* context, const v1::GetStatementRequest* request,
                                         v1::GetStatementResponse* response) override {
    return Start(calls_, context, "GetStatement", questions_, &Questions::GetStatement, request, response);
  }
  grpc::ServerUnaryReactor* ListMentions(grpc::CallbackServerContext* context, const v1::ListMentionsRequest* request,
                                         v1::ListMentionsResponse* response) override {
    return Start(calls_, context, "ListMentions", questions_, &Questions::ListMentions, request, response);
  }
  grpc::ServerUnaryReactor* ListNeighbors(grpc::CallbackServerContext* context, const v1::ListNeighborsRequest* request,
                                          v1::ListNeighborsResponse* response) override {
    return Start(calls_, context, "ListNeighbors", questions_, &Questions::ListNeighbors, request, response);
  }
  grpc::ServerUnaryReactor* FindPaths(grpc::CallbackServerContext* context, const v1::FindPathsRequest* request,
                                      v1::FindPathsResponse* response) override {
    return Start(calls_, context, "FindPaths", questions_, &Questions::FindPaths, request, response);
  }
  grpc::ServerUnaryReactor* GetDocument(grpc::CallbackServerContext* context, const v1::GetDocumentRequest* request,
                                        v1::GetDocumentResponse* response) override {
    return Start(calls_, context, "GetDocument", questions_, &Questions::GetDocument, request, response);
  }
  grpc::ServerUnaryReactor* ListDocuments(grpc::CallbackServerContext* context, const v1::ListDocumentsRequest* request,
                                          v1::ListDocumentsResponse* response) override {
    return Start(calls_, context, "ListDocuments", questions_, &Questions::ListDocuments, request, response);
  }
  grpc::ServerUnaryReactor* ListPredicates(grpc::CallbackServerContext* context,
                                           const v1::ListPredicatesRequest* request,
                                           v1::ListPredicatesResponse* response) override {
    return Start(calls_, context, "ListPredicates", questions_, &Questions::ListPredicates, request, response);
  }
  grpc::ServerUnaryReactor* GetStatistics(grpc::CallbackServerContext* context, const v1::GetStatisticsRequest* request,
                                          v1::GetStatisticsResponse* response) override {
    return Start(calls_, context, "GetStatistics", questions_, &Questions::GetStatistics, request, response);
  }
  grpc::ServerWriteReactor<v1::TraverseResponse>* Traverse(grpc::CallbackServerContext* context,
                                                           const v1::TraverseRequest* request) override {
    return new TraverseCall(calls_, *context,
                            [this, request](const Deadline& deadline, std::vector<v1::TraverseResponse>* batches) {
                              return questions_.Traverse(*request, deadline, batches);
                            });
  }

 private:
  const CallEnvironment& calls_;
  Questions& questions_;
};

class IngestCalls final : public v1::IngestService::CallbackService {
 public:
  IngestCalls(const CallEnvironment& calls, const CallEnvironment& streams, Writes& writes, OpenStreams& open_streams)
      : calls_(calls), streams_(streams), writes_(writes), open_streams_(open_streams) {}

  grpc::ServerBidiReactor<v1::IngestDocumentsRequest, v1::IngestDocumentsResponse>* IngestDocuments(
      grpc::CallbackServerContext* context) override {
    return new IngestStream(streams_, *context, writes_, open_streams_);
  }
  grpc::ServerUnaryReactor* IngestDocument(grpc::CallbackServerContext* context,
                                           const v1::IngestDocumentRequest* request,
                                           v1::IngestDocumentResponse* response) override {
    return Start(calls_, context, "IngestDocument", writes_, &Writes::IngestDocument, request, response);
  }
  grpc::ServerUnaryReactor* RetractDocument(grpc::CallbackServerContext* context,
                                            const v1::RetractDocumentRequest* request,
                                            v1::RetractDocumentResponse* response) override {
    return Start(calls_, context, "RetractDocument", writes_, &Writes::RetractDocument, request, response);
  }

 private:
  const CallEnvironment& calls_;
  const CallEnvironment& streams_;
  Writes& writes_;
  OpenStreams& open_streams_;
};

class IdentityCalls final : public v1::IdentityService::CallbackService {
 public:
  IdentityCalls(const CallEnvironment& calls, Questions& questions, Writes& writes)
      : calls_(calls), questions_(questions), writes_(writes) {}

  grpc::ServerUnaryReactor* Judge(grpc::CallbackServerContext* context, const v1::JudgeRequest* request,
                                  v1::JudgeResponse* response) override {
    return Start(calls_, context, "Judge", writes_, &Writes::Judge, request, response);
  }
  grpc::ServerUnaryReactor* UndoJudgement(grpc::CallbackServerContext* context, const v1::UndoJudgementRequest* request,
                                          v1::UndoJudgementResponse* response) override {
    return Start(calls_, context, "UndoJudgement", writes_, &Writes::UndoJudgement, request, response);
  }
  grpc::ServerUnaryReactor* ListJudgements(grpc::CallbackServerContext* context,
                                           const v1::ListJudgementsRequest* request,
                                           v1::ListJudgementsResponse* response) override {
    return Start(calls_, context, "ListJudgements", questions_, &Questions::ListJudgements, request, response);
  }
  grpc::ServerUnaryReactor* ListAmbiguities(grpc::CallbackServerContext* context,
                                            const v1::ListAmbiguitiesRequest* request,
                                            v1::ListAmbiguitiesResponse* response) override {
    return Start(calls_, context, "ListAmbiguities", questions_, &Questions::ListAmbiguities, request, response);
  }

 private:
  const CallEnvironment& calls_;
  Questions& questions_;
  Writes& writes_;
};

}  // namespace

std::vector<std::unique_ptr<grpc::Service>> MakeServices(const CallEnvironment& calls, const CallEnvironment& streams,
                                                         Questions& questions, Writes& writes,
                                                         OpenStreams& open_streams) {
  std::vector<std::unique_ptr<grpc::Service>> services;
  services.push_back(std::make_unique<GraphCalls>(calls, questions));
  services.push_back(std::make_unique<IngestCalls>(calls, streams, writes, open_streams));
  services.push_back(std::make_unique<IdentityCalls>(calls, questions, writes));
  return services;
}

}  // namespace newsgraph
