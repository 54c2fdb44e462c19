#include "service/current_graph.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "graph/status.h"

namespace newsgraph {
namespace {

// How often one that waits for a build asks whether its caller has gone.
constexpr std::chrono::milliseconds kCheckEvery(20);

}  // namespace

absl::StatusOr<std::shared_ptr<const QueryEngine>> CurrentGraph::Get(uint64_t min_commit, const Deadline& deadline) {
  std::shared_ptr<const Snapshot> snapshot = store_.GetSnapshot();
  if (min_commit > snapshot->commit()) {
    return absl::FailedPreconditionError(
        fmt::format("commit {}: the graph is at commit {}; send the commit of a write that was acknowledged",
                    min_commit, snapshot->commit()));
  }
  std::unique_lock lock(mutex_);
  while (true) {
    if (engine_ != nullptr && engine_->snapshot().commit() >= snapshot->commit()) return engine_;
    if (!building_) break;
    if (engine_ != nullptr && engine_->snapshot().commit() >= min_commit) return engine_;
    NEWSGRAPH_RETURN_IF_ERROR(deadline.Check());
    built_.wait_for(lock, kCheckEvery);
  }
  building_ = true;
  lock.unlock();
  absl::StatusOr<std::shared_ptr<const QueryEngine>> engine = QueryEngine::Create(std::move(snapshot));
  lock.lock();
  building_ = false;
  if (engine.ok()) engine_ = *engine;
  built_.notify_all();
  return engine;
}

}  // namespace newsgraph
