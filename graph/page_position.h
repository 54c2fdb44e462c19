// Page positions as text: ids in hexadecimal, then a number. Private to graph.
#ifndef NEWSGRAPH_GRAPH_PAGE_POSITION_H_
#define NEWSGRAPH_GRAPH_PAGE_POSITION_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "graph/graph_store.h"
#include "graph/ids.h"

namespace newsgraph {

// The last thing of a page: the next one begins after it.
struct LastOfPage {
  Id128 id;
  uint64_t number = 0;
};
PagePosition ToPosition(const LastOfPage& last);
// InvalidArgument: not made by ToPosition.
absl::StatusOr<LastOfPage> ParsePosition(const PagePosition& position);

// The key after `key` and before every longer one.
inline std::string KeyAfter(std::string key) { return key + '\0'; }

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_PAGE_POSITION_H_
