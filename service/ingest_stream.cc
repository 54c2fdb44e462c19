#include "service/ingest_stream.h"

#include <utility>

#include "graph/status.h"

namespace newsgraph {

void OpenStreams::Drain() {
  const std::lock_guard lock(mutex_);
  draining_ = true;
  for (IngestStream* stream : streams_) stream->Drain();
}

IngestStream::IngestStream(const CallEnvironment& environment, grpc::CallbackServerContext& context, Writes& writes,
                           OpenStreams& open)
    : state_(environment, context, "IngestDocuments"), writes_(writes), open_(open) {
  {
    const std::lock_guard lock(open_.mutex_);
    open_.streams_.insert(this);
    draining_ = open_.draining_;
  }
  if (!environment.workers.Submit([this] { Run(); })) {
    Finish(state_.End(absl::ResourceExhaustedError(
        "ingest: too many streams of documents are open already; wait for one to end, or send single documents")));
  }
}

void IngestStream::Run() {
  absl::Status status = writes_.IngestDocuments([this] { return Receive(); },
                                                [this](const v1::IngestDocumentsResponse& r) { return Send(r); });
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !is_writing_; });
    if (gone_) {
      status = absl::CancelledError("the caller has gone");
    } else if (status.ok() && !at_end_) {
      status =
          absl::UnavailableError("shutting down; the documents that were answered are durable, send the others again");
    }
  }
  Finish(state_.End(status));
}

absl::StatusOr<std::optional<v1::IngestDocumentsRequest>> IngestStream::Receive() {
  std::unique_lock lock(mutex_);
  if (!is_reading_ && !at_end_ && !draining_ && !gone_) {
    is_reading_ = true;
    StartRead(&reading_);
  }
  changed_.wait(lock, [this] { return gone_ || !read_.empty() || at_end_ || draining_; });
  if (gone_) return absl::CancelledError("the caller has gone");
  if (read_.empty()) return std::optional<v1::IngestDocumentsRequest>();
  std::optional<v1::IngestDocumentsRequest> document(std::move(read_.front()));
  read_.pop_front();
  return document;
}

void IngestStream::OnReadDone(bool ok) {
  const std::lock_guard lock(mutex_);
  is_reading_ = false;
  if (!ok) {
    at_end_ = true;
  } else if (!draining_) {
    read_.push_back(std::move(reading_));
    reading_.Clear();
    if (read_.size() < kReadAhead) {
      is_reading_ = true;
      StartRead(&reading_);
    }
  }
  changed_.notify_all();
}

bool IngestStream::Send(const v1::IngestDocumentsResponse& response) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return gone_ || !is_writing_; });
  if (gone_) return false;
  writing_ = response;
  state_.AddBytes(writing_.ByteSizeLong());
  is_writing_ = true;
  StartWrite(&writing_);
  return true;
}

void IngestStream::OnWriteDone(bool ok) {
  const std::lock_guard lock(mutex_);
  is_writing_ = false;
  if (!ok) gone_ = true;
  changed_.notify_all();
}

void IngestStream::Drain() {
  const std::lock_guard lock(mutex_);
  draining_ = true;
  changed_.notify_all();
}

void IngestStream::OnCancel() {
  const std::lock_guard lock(mutex_);
  gone_ = true;
  changed_.notify_all();
}

void IngestStream::OnDone() {
  {
    const std::lock_guard lock(open_.mutex_);
    open_.streams_.erase(this);
  }
  state_.Log();
  delete this;
}

}  // namespace newsgraph
