// Several key ranges of one table read as one, in the order of what follows their
// prefixes: the statements of all profiles of an entity by document, its atoms by id.
// Private to graph; not thread-safe.
#ifndef NEWSGRAPH_GRAPH_MERGED_RANGES_H_
#define NEWSGRAPH_GRAPH_MERGED_RANGES_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/storage/kv.h"

namespace newsgraph {

class MergedRanges {
 public:
  struct Row {
    std::string suffix;  // the key without the prefix of its range
    std::string value;
    size_t range = 0;  // in `prefixes`
  };

  // From the first suffix that is not before `from`. An empty prefix is the whole table.
  // `kv` must outlive it.
  MergedRanges(const KvSnapshot& kv, Table table, std::vector<std::string> prefixes, std::string from);

  // By (suffix, range); nullopt at the end.
  absl::StatusOr<std::optional<Row>> Next();

 private:
  // A range with the rows read ahead of it, the first of them last.
  struct Range {
    std::string prefix;
    std::vector<std::pair<std::string, std::string>> ahead;
    std::string next;  // suffix to read on from
    size_t chunk = 4;  // rows to read at once; grows, since most ranges are short
    bool more = true;
  };

  absl::Status Fill(Range& range);
  bool After(size_t left, size_t right) const;

  const KvSnapshot& kv_;
  const Table table_;
  std::vector<Range> ranges_;
  std::vector<size_t> heap_;  // ranges with rows, the first row on top
  bool started_ = false;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_MERGED_RANGES_H_
