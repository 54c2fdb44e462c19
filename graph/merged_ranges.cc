#include "graph/merged_ranges.h"

#include <algorithm>

#include "graph/status.h"

namespace newsgraph {

MergedRanges::MergedRanges(const KvSnapshot& kv, Table table, std::vector<std::string> prefixes, std::string from)
    : kv_(kv), table_(table) {
  for (std::string& prefix : prefixes) ranges_.push_back({.prefix = std::move(prefix), .next = from});
}

absl::Status MergedRanges::Fill(Range& range) {
  if (!range.ahead.empty() || !range.more) return absl::OkStatus();
  range.more = false;
  const auto visit = [&](std::string_view key, std::string_view value) {
    key.remove_prefix(range.prefix.size());
    range.more = range.ahead.size() == range.chunk;
    if (range.more) {
      range.next = key;
    } else {
      range.ahead.emplace_back(key, value);
    }
    return !range.more;
  };
  NEWSGRAPH_RETURN_IF_ERROR(range.prefix.empty() ? kv_.ScanAll(table_, range.next, visit)
                                                 : kv_.Scan(table_, range.prefix, range.prefix + range.next, visit));
  std::reverse(range.ahead.begin(), range.ahead.end());
  range.chunk = std::min<size_t>(range.chunk * 4, 256);
  return absl::OkStatus();
}

bool MergedRanges::After(size_t left, size_t right) const {
  return std::pair(std::string_view(ranges_[left].ahead.back().first), left) >
         std::pair(std::string_view(ranges_[right].ahead.back().first), right);
}

absl::StatusOr<std::optional<MergedRanges::Row>> MergedRanges::Next() {
  const auto after = [this](size_t left, size_t right) { return After(left, right); };
  if (!started_) {
    started_ = true;
    for (size_t i = 0; i < ranges_.size(); ++i) {
      NEWSGRAPH_RETURN_IF_ERROR(Fill(ranges_[i]));
      if (!ranges_[i].ahead.empty()) heap_.push_back(i);
    }
    std::make_heap(heap_.begin(), heap_.end(), after);
  }
  if (heap_.empty()) return std::nullopt;
  std::pop_heap(heap_.begin(), heap_.end(), after);
  const size_t top = heap_.back();
  Range& range = ranges_[top];
  Row row{std::move(range.ahead.back().first), std::move(range.ahead.back().second), top};
  range.ahead.pop_back();
  NEWSGRAPH_RETURN_IF_ERROR(Fill(range));
  if (range.ahead.empty()) {
    heap_.pop_back();
  } else {
    std::push_heap(heap_.begin(), heap_.end(), after);
  }
  return row;
}

}  // namespace newsgraph
