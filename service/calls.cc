#include "service/calls.h"

#include <fmt/format.h>
#include <grpcpp/server_context.h>

namespace newsgraph {
namespace {

// gRPC sends a message percent-encoded in a header, and peers take 8 KiB of headers: a byte may
// become three.
constexpr size_t kMaxMessageBytes = 2000;

bool IsFaultOfServer(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kResourceExhausted:
      return true;
    default:
      return false;
  }
}

absl::Status Busy() {
  return absl::ResourceExhaustedError("busy: too many calls wait for an answer already; try again later");
}

}  // namespace

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  std::string message(status.message());
  if (message.size() > kMaxMessageBytes) {
    size_t end = kMaxMessageBytes;
    while (end > 0 && (static_cast<unsigned char>(message[end]) & 0xC0) == 0x80) --end;
    message.resize(end);
    message += "…";
  }
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), std::move(message));
}

CallState::CallState(const CallEnvironment& environment, grpc::CallbackServerContext& context, std::string_view method)
    : environment_(environment), method_(method) {
  const auto left = context.deadline() - std::chrono::system_clock::now();
  // A call without a deadline has one at the end of time, to which nothing can be added.
  if (left < std::chrono::hours(24 * 365)) deadline_ = begun_ + left;
}

Deadline CallState::GetDeadline() const {
  // gRPC cancels a call whose deadline is over too; that is not its caller's doing.
  return {deadline_,
          [this] { return cancelled_ && !(deadline_.has_value() && std::chrono::steady_clock::now() >= *deadline_); }};
}

grpc::Status CallState::End(const absl::Status& status) {
  code_ = status.code();
  if (IsFaultOfServer(code_)) fault_ = std::string(status.message());
  return ToGrpc(status);
}

void CallState::Log() const {
  if (!environment_.log) return;
  const double milliseconds =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun_).count();
  environment_.log(fmt::format("{} {} {:.1f} ms {} bytes{}{}", method_, absl::StatusCodeToString(code_), milliseconds,
                               bytes_, fault_.empty() ? "" : ": ", fault_));
}

UnaryCall::UnaryCall(const CallEnvironment& environment, grpc::CallbackServerContext& context, std::string_view method,
                     const google::protobuf::MessageLite& response, Answer answer)
    : state_(environment, context, method), response_(response), answer_(std::move(answer)) {
  const bool submitted = environment.workers.Submit([this] {
    const Deadline deadline = state_.GetDeadline();
    absl::Status status = deadline.Check();
    if (status.ok()) status = answer_(deadline);
    if (status.ok()) state_.AddBytes(response_.ByteSizeLong());
    Finish(state_.End(status));
  });
  if (!submitted) Finish(state_.End(Busy()));
}

void UnaryCall::OnDone() {
  state_.Log();
  delete this;
}

TraverseCall::TraverseCall(const CallEnvironment& environment, grpc::CallbackServerContext& context, Answer answer)
    : state_(environment, context, "Traverse"), answer_(std::move(answer)) {
  const bool submitted = environment.workers.Submit([this] {
    const Deadline deadline = state_.GetDeadline();
    absl::Status status = deadline.Check();
    if (status.ok()) status = answer_(deadline, &batches_);
    if (!status.ok()) {
      Finish(state_.End(status));
      return;
    }
    WriteNext();
  });
  if (!submitted) Finish(state_.End(Busy()));
}

void TraverseCall::WriteNext() {
  if (written_ == batches_.size()) {
    Finish(state_.End(absl::OkStatus()));
    return;
  }
  v1::TraverseResponse& batch = batches_[written_++];
  state_.AddBytes(batch.ByteSizeLong());
  StartWrite(&batch);
}

void TraverseCall::OnWriteDone(bool ok) {
  if (ok) {
    WriteNext();
  } else {
    Finish(state_.End(absl::CancelledError("the caller has gone")));
  }
}

void TraverseCall::OnDone() {
  state_.Log();
  delete this;
}

}  // namespace newsgraph
