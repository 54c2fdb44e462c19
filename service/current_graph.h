// The adjacency that walks run on, kept no older than it must be.
#ifndef NEWSGRAPH_SERVICE_CURRENT_GRAPH_H_
#define NEWSGRAPH_SERVICE_CURRENT_GRAPH_H_

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>

#include "absl/status/statusor.h"
#include "graph/graph_store.h"
#include "graph/query.h"

namespace newsgraph {

// Thread-safe. Building reads every edge, so at most one thread builds at a time: the one that
// asked first after a commit. Those that ask meanwhile get the adjacency from before, unless it
// is older than the commit they need; then they wait.
class CurrentGraph {
 public:
  // `store` must outlive it.
  explicit CurrentGraph(const GraphStore& store) : store_(store) {}

  // Of commit `min_commit` or a later one. FailedPrecondition: there has been no such commit.
  absl::StatusOr<std::shared_ptr<const QueryEngine>> Get(uint64_t min_commit, const Deadline& deadline);

 private:
  const GraphStore& store_;
  std::mutex mutex_;
  std::condition_variable built_;
  std::shared_ptr<const QueryEngine> engine_;
  bool building_ = false;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_SERVICE_CURRENT_GRAPH_H_
