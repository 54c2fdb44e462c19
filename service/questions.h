// The methods that read, without a transport: request in, answer or status out.
#ifndef NEWSGRAPH_SERVICE_QUESTIONS_H_
#define NEWSGRAPH_SERVICE_QUESTIONS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "graph/graph_store.h"
#include "graph/query.h"
#include "ingest/known_names.h"
#include "newsgraph/v1/graph_service.pb.h"
#include "newsgraph/v1/identity_service.pb.h"
#include "service/current_graph.h"

namespace newsgraph {

// Thread-safe. Each method answers from one snapshot, whose commit it names; the comments of
// proto/newsgraph/v1 say what each does and which errors it gives. A deadline that is over, or a
// caller who has gone, ends any of them with DeadlineExceeded or Cancelled.
class Questions {
 public:
  // `store` and `known_names` must outlive it. `analyser`: the fingerprint that GetStatistics
  // names. `known_names`: what a search understands beside the names of documents; null for none.
  Questions(const GraphStore& store, std::string analyser, const KnownNames* known_names)
      : store_(store), analyser_(std::move(analyser)), known_names_(known_names), graph_(store) {}

  absl::Status GetEntity(const v1::GetEntityRequest& request, const Deadline& deadline,
                         v1::GetEntityResponse* response) const;
  absl::Status ExplainEntity(const v1::ExplainEntityRequest& request, const Deadline& deadline,
                             v1::ExplainEntityResponse* response) const;
  absl::Status SearchEntities(const v1::SearchEntitiesRequest& request, const Deadline& deadline,
                              v1::SearchEntitiesResponse* response) const;
  absl::Status ListStatements(const v1::ListStatementsRequest& request, const Deadline& deadline,
                              v1::ListStatementsResponse* response) const;
  absl::Status GetStatement(const v1::GetStatementRequest& request, const Deadline& deadline,
                            v1::GetStatementResponse* response) const;
  absl::Status ListMentions(const v1::ListMentionsRequest& request, const Deadline& deadline,
                            v1::ListMentionsResponse* response) const;
  absl::Status GetDocument(const v1::GetDocumentRequest& request, const Deadline& deadline,
                           v1::GetDocumentResponse* response) const;
  absl::Status ListDocuments(const v1::ListDocumentsRequest& request, const Deadline& deadline,
                             v1::ListDocumentsResponse* response) const;
  absl::Status ListPredicates(const v1::ListPredicatesRequest& request, const Deadline& deadline,
                              v1::ListPredicatesResponse* response) const;
  absl::Status GetStatistics(const v1::GetStatisticsRequest& request, const Deadline& deadline,
                             v1::GetStatisticsResponse* response) const;

  absl::Status ListNeighbors(const v1::ListNeighborsRequest& request, const Deadline& deadline,
                             v1::ListNeighborsResponse* response);
  absl::Status FindPaths(const v1::FindPathsRequest& request, const Deadline& deadline,
                         v1::FindPathsResponse* response);
  // The batches of the stream.
  absl::Status Traverse(const v1::TraverseRequest& request, const Deadline& deadline,
                        std::vector<v1::TraverseResponse>* batches);

  absl::Status ListJudgements(const v1::ListJudgementsRequest& request, const Deadline& deadline,
                              v1::ListJudgementsResponse* response) const;
  absl::Status ListAmbiguities(const v1::ListAmbiguitiesRequest& request, const Deadline& deadline,
                               v1::ListAmbiguitiesResponse* response) const;

 private:
  const GraphStore& store_;
  const std::string analyser_;
  const KnownNames* const known_names_;
  CurrentGraph graph_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_SERVICE_QUESTIONS_H_
