// The latest writes by the ids their clients gave them, so that a write whose answer was lost
// can be sent again without being done twice.
#ifndef NEWSGRAPH_SERVICE_REQUEST_WINDOW_H_
#define NEWSGRAPH_SERVICE_REQUEST_WINDOW_H_

#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "absl/status/statusor.h"
#include "graph/ids.h"

namespace newsgraph {

// Thread-safe. Remembers the last `capacity` writes that were answered; in memory, so none from
// before the start. What failed is not remembered: it may be tried again under its id.
class RequestWindow {
 public:
  explicit RequestWindow(size_t capacity = 10'000) : capacity_(capacity) {}

  // The answer that this write was given before; nullopt: do it, then call End or Abandon.
  // InvalidArgument: the id is too long, or was used with another content. Aborted: a write of
  // this id is running. Without an id there is nothing to remember, and End and Abandon do nothing.
  absl::StatusOr<std::optional<std::string>> Begin(const std::string& request_id, Id128 content);
  void End(const std::string& request_id, std::string answer);
  void Abandon(const std::string& request_id);

 private:
  struct Write {
    Id128 content;
    std::optional<std::string> answer;  // not before it is done
  };
  const size_t capacity_;
  std::mutex mutex_;
  std::unordered_map<std::string, Write> writes_;
  std::deque<std::string> done_;  // oldest first
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_SERVICE_REQUEST_WINDOW_H_
