// Where the next page of a list begins, sealed so that it is used with its own query only.
//
// A token is text without meaning for clients: base64url of a version, the fingerprint of the
// request it belongs to, the position, and a checksum against damage. It is no secret. Pure
// functions; safe from any thread.
#ifndef NEWSGRAPH_SERVICE_PAGE_TOKEN_H_
#define NEWSGRAPH_SERVICE_PAGE_TOKEN_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace newsgraph {

// The position holds stable ids only, so that a token can be used after later commits.
std::string MakePageToken(uint64_t fingerprint, std::string_view position);

// The position. InvalidArgument: damaged, of another query, or of another version.
absl::StatusOr<std::string> ReadPageToken(uint64_t fingerprint, std::string_view token);

}  // namespace newsgraph

#endif  // NEWSGRAPH_SERVICE_PAGE_TOKEN_H_
