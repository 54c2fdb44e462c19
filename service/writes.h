// The methods that write, without a transport: request in, answer or status out.
#ifndef NEWSGRAPH_SERVICE_WRITES_H_
#define NEWSGRAPH_SERVICE_WRITES_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/graph_store.h"
#include "graph/query.h"
#include "ingest/ingester.h"
#include "newsgraph/v1/identity_service.pb.h"
#include "newsgraph/v1/ingest_service.pb.h"
#include "service/request_window.h"

namespace newsgraph {

struct WritesOptions {
  int ingest_threads = 0;                  // analysing, for each stream; 0: one for each core
  uint64_t max_document_bytes = 16 << 20;  // longer documents are refused
  std::function<std::string()> clock;      // ISO 8601
};

// Thread-safe. The comments of proto/newsgraph/v1 say what each method does and which errors it
// gives. A deadline counts until the write begins; what has begun is finished.
class Writes {
 public:
  // `store` and `analyzer` must outlive it; without an analyser documents are refused.
  Writes(GraphStore& store, const Analyzer* analyzer, WritesOptions options);

  absl::Status IngestDocument(const v1::IngestDocumentRequest& request, const Deadline& deadline,
                              v1::IngestDocumentResponse* response);
  absl::Status RetractDocument(const v1::RetractDocumentRequest& request, const Deadline& deadline,
                               v1::RetractDocumentResponse* response);
  absl::Status Judge(const v1::JudgeRequest& request, const Deadline& deadline, v1::JudgeResponse* response);
  absl::Status UndoJudgement(const v1::UndoJudgementRequest& request, const Deadline& deadline,
                             v1::UndoJudgementResponse* response);

  // The next document of a stream, nullopt at its end; may wait.
  using Receive = std::function<absl::StatusOr<std::optional<v1::IngestDocumentsRequest>>()>;
  // What became of it. May wait; false ends the stream.
  using Send = std::function<bool(const v1::IngestDocumentsResponse&)>;
  // Answers every document in order, each after it is durable. Returns when the stream has ended
  // and all of it is answered; or with the status of a store that failed, or of `receive`.
  absl::Status IngestDocuments(const Receive& receive, const Send& send);

 private:
  absl::Status CheckAnalyzer() const;
  // Gives the answer that this write was given before, or does it and remembers the answer.
  template <typename Request, typename Response>
  absl::Status Once(const Request& request, const Deadline& deadline, Response* response,
                    const std::function<absl::Status()>& write);

  GraphStore& store_;
  const Analyzer* const analyzer_;
  const WritesOptions options_;
  std::optional<Ingester> ingester_;
  RequestWindow window_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_SERVICE_WRITES_H_
