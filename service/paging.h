// Page sizes and page tokens of requests. Pure functions; safe from any thread.
#ifndef NEWSGRAPH_SERVICE_PAGING_H_
#define NEWSGRAPH_SERVICE_PAGING_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "graph/ids.h"
#include "service/page_token.h"

namespace newsgraph {

// 100 when the request leaves it open, 1,000 at most.
inline size_t PageSize(uint32_t requested) { return requested == 0 ? 100 : std::min<uint32_t>(requested, 1000); }

// Of everything in a request that says which list it asks for.
template <typename Request>
uint64_t QueryFingerprint(Request request) {
  request.clear_page_size();
  request.clear_page_token();
  return HashFields({request.GetTypeName(), request.SerializeAsString()}).low;
}

// Where the request's page begins; empty at the beginning.
template <typename Request>
absl::StatusOr<std::string> StartOfPage(const Request& request) {
  if (request.page_token().empty()) return std::string();
  return ReadPageToken(QueryFingerprint(request), request.page_token());
}

// The token of the page that begins at `position`; empty at the end.
template <typename Request>
std::string NextPageToken(const Request& request, const std::string& position) {
  return position.empty() ? std::string() : MakePageToken(QueryFingerprint(request), position);
}

}  // namespace newsgraph

#endif  // NEWSGRAPH_SERVICE_PAGING_H_
