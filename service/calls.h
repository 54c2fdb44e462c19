// One RPC each, on gRPC's callback interface. The work is done on a pool's threads; gRPC's own
// threads only start calls and pass on what is ready. Each call deletes itself when it is done
// and then writes its line to the log.
#ifndef NEWSGRAPH_SERVICE_CALLS_H_
#define NEWSGRAPH_SERVICE_CALLS_H_

#include <grpcpp/support/server_callback.h>
#include <grpcpp/support/status.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "graph/query.h"
#include "newsgraph/v1/graph_service.pb.h"
#include "service/worker_pool.h"

namespace newsgraph {

// The codes are the same. A message is cut where a header could not carry it.
grpc::Status ToGrpc(const absl::Status& status);

// Where calls run and what is written of them; must outlive them.
struct CallEnvironment {
  WorkerPool& workers;
  std::function<void(std::string_view)> log;  // empty: none
};

// What one call's line in the log tells, and when its caller has gone.
class CallState {
 public:
  CallState(const CallEnvironment& environment, grpc::CallbackServerContext& context, std::string_view method);

  // The caller's deadline, and whether it has gone. Holds `this`.
  Deadline GetDeadline() const;
  void Cancel() { cancelled_ = true; }
  void AddBytes(size_t bytes) { bytes_ += bytes; }
  // To be called once, before the call is finished.
  grpc::Status End(const absl::Status& status);
  void Log() const;

 private:
  const CallEnvironment& environment_;
  const std::string_view method_;
  const std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  std::optional<std::chrono::steady_clock::time_point> deadline_;
  std::atomic<bool> cancelled_ = false;
  absl::StatusCode code_ = absl::StatusCode::kUnknown;
  std::string fault_;  // what went wrong on this side
  size_t bytes_ = 0;
};

// One answer to one request.
class UnaryCall final : public grpc::ServerUnaryReactor {
 public:
  using Answer = std::function<absl::Status(const Deadline&)>;
  // `answer` fills in `response`.
  UnaryCall(const CallEnvironment& environment, grpc::CallbackServerContext& context, std::string_view method,
            const google::protobuf::MessageLite& response, Answer answer);

  void OnCancel() override { state_.Cancel(); }
  void OnDone() override;

 private:
  CallState state_;
  const google::protobuf::MessageLite& response_;
  const Answer answer_;
};

// A stream of batches.
class TraverseCall final : public grpc::ServerWriteReactor<v1::TraverseResponse> {
 public:
  using Answer = std::function<absl::Status(const Deadline&, std::vector<v1::TraverseResponse>*)>;
  TraverseCall(const CallEnvironment& environment, grpc::CallbackServerContext& context, Answer answer);

  void OnCancel() override { state_.Cancel(); }
  void OnWriteDone(bool ok) override;
  void OnDone() override;

 private:
  void WriteNext();

  CallState state_;
  const Answer answer_;
  std::vector<v1::TraverseResponse> batches_;
  size_t written_ = 0;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_SERVICE_CALLS_H_
