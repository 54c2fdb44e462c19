// The stream of documents of IngestDocuments, on gRPC's callback interface.
#ifndef NEWSGRAPH_SERVICE_INGEST_STREAM_H_
#define NEWSGRAPH_SERVICE_INGEST_STREAM_H_

#include <grpcpp/support/server_callback.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <set>

#include "newsgraph/v1/ingest_service.pb.h"
#include "service/calls.h"
#include "service/writes.h"

namespace newsgraph {

class IngestStream;

// The streams that are open, so that a shutdown can end them. Thread-safe.
class OpenStreams {
 public:
  // Ends every stream behind what was read of it, also those that open later.
  void Drain();

 private:
  friend class IngestStream;
  std::mutex mutex_;
  std::set<IngestStream*> streams_;
  bool draining_ = false;
};

// Holds one thread of the pool while it is open. Back-pressure: at most kReadAhead documents wait
// here beside those that the ingester analyses, and nothing is committed while the answer before
// the last one has not left; a client that does not read its answers is not read from.
class IngestStream final : public grpc::ServerBidiReactor<v1::IngestDocumentsRequest, v1::IngestDocumentsResponse> {
 public:
  static constexpr size_t kReadAhead = 2;

  // `environment.workers` is the pool of streams. All must outlive the stream.
  IngestStream(const CallEnvironment& environment, grpc::CallbackServerContext& context, Writes& writes,
               OpenStreams& open);

  // Reads no more; what was read is answered.
  void Drain();

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  void Run();
  absl::StatusOr<std::optional<v1::IngestDocumentsRequest>> Receive();
  bool Send(const v1::IngestDocumentsResponse& response);

  CallState state_;
  Writes& writes_;
  OpenStreams& open_;

  std::mutex mutex_;
  std::condition_variable changed_;
  v1::IngestDocumentsRequest reading_;
  std::deque<v1::IngestDocumentsRequest> read_;
  bool is_reading_ = false;
  bool at_end_ = false;  // the client has sent all
  bool draining_ = false;
  bool gone_ = false;  // cancelled, or a write failed
  bool is_writing_ = false;
  v1::IngestDocumentsResponse writing_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_SERVICE_INGEST_STREAM_H_
