// Where a server may listen.
#ifndef NEWSGRAPH_SERVICE_LISTEN_ADDRESS_H_
#define NEWSGRAPH_SERVICE_LISTEN_ADDRESS_H_

#include <string>

#include "absl/status/statusor.h"

namespace newsgraph {

struct ListenAddress {
  std::string host;  // "127.0.0.1", "[::1]", "localhost"
  int port = 0;      // 0: a free one
};

// InvalidArgument: not HOST:PORT, or a host that other machines can reach: without TLS nobody
// else may ask, nor write.
absl::StatusOr<ListenAddress> ParseListenAddress(const std::string& text);

// Unavailable: something else listens there, or this user may not. A port that is free now may
// be taken a moment later; gRPC itself says only that it failed, not why.
absl::Status CheckPortIsFree(const ListenAddress& address);

}  // namespace newsgraph

#endif  // NEWSGRAPH_SERVICE_LISTEN_ADDRESS_H_
