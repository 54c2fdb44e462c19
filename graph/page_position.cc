#include "graph/page_position.h"

#include <fmt/format.h>

#include <charconv>

namespace newsgraph {

PagePosition ToPosition(const LastOfPage& last) { return fmt::format("{}:{}", ToHex(last.id), last.number); }

absl::StatusOr<LastOfPage> ParsePosition(const PagePosition& position) {
  LastOfPage last;
  const size_t colon = position.find(':');
  if (colon != std::string::npos) {
    const auto id = ParseEntityOrAtomId("a" + position.substr(0, colon));
    const char* end = position.data() + position.size();
    const auto [read, error] = std::from_chars(position.data() + colon + 1, end, last.number);
    if (id && read == end && error == std::errc() && colon + 1 < position.size()) {
      last.id = id->value;
      return last;
    }
  }
  return absl::InvalidArgumentError("read the next page: the position is not one that a page gave; begin again");
}

}  // namespace newsgraph
