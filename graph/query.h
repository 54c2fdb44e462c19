// Questions over a graph: neighbours, k hops, paths, statements, with one shared
// Filter, Limits and deadline, on a Snapshot.
//
// Every answer says of which commit it is, and whether it was cut short and why.
// Ties break on ids, so answers depend on the graph alone, not on its history.
#ifndef NEWSGRAPH_GRAPH_QUERY_H_
#define NEWSGRAPH_GRAPH_QUERY_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/csr_graph.h"
#include "graph/day.h"
#include "graph/graph_store.h"
#include "graph/model.h"

namespace newsgraph {

// How edges are followed. kBoth reads an edge either way.
enum class Follow : uint8_t { kOut = 0, kIn = 1, kBoth = 2 };

// Which statements count. Empty lists and unset fields allow everything. A question
// with a filter is the question without one on the graph of what passes.
struct Filter {
  std::vector<std::string> predicates;
  Follow follow = Follow::kBoth;  // symmetric relations too are followed as they are stored
  // Of entities reached: others are neither answered nor passed through. Not asked of a
  // start, nor of the two ends of a path.
  std::vector<EntityType> types;
  std::optional<int32_t> valid_from_day;  // window: the statement's validity overlaps it; unknown validity overlaps all
  std::optional<int32_t> valid_to_day;    // days since 1970-01-01, inclusive
  std::optional<int32_t> as_of_day;       // only documents known to be published on or before this day
  // Publishers. In walks they are compared by 32 bits of their hash: two of them fall
  // together once in 4 × 10^9.
  std::vector<std::string> sources;
  std::vector<EntityId> speakers;
  bool own_voice_only = false;           // only what the article says itself
  bool spoken_only = false;              // only what somebody says
  std::vector<Factuality> factualities;  // empty: all
  double min_confidence = 0;             // 0 … 1
  uint32_t min_support = 0;              // documents behind an edge (subject, predicate, object)
};

// Zero means the default in the comment.
struct Limits {
  uint32_t max_entities = 0;  // answered by Traverse, Neighbors: 10,000
  uint32_t max_edges = 0;     // answered by Traverse, Neighbors: 50,000
  // Statements behind edges that are looked at in the search: 5,000,000. Traverse may
  // look at as many again for the edges among what it found.
  uint64_t max_visited = 0;
  uint32_t max_paths = 0;       // all shortest paths: 100
  uint32_t max_hops = 0;        // paths: 8, at most 64
  uint32_t max_per_entity = 0;  // edges followed from one entity: no limit
};

enum class TruncationReason : uint8_t {
  kNone = 0,
  kMaxEntities = 1,
  kMaxEdges = 2,
  kMaxVisited = 3,
  kMaxPaths = 4,
  kMaxHops = 5,
  kMaxPerEntity = 6,
};
std::string_view ToString(TruncationReason reason);

struct Truncation {
  TruncationReason reason = TruncationReason::kNone;
  uint64_t returned = 0;  // entities, edges or paths, whichever was limited; 0 when nothing was
  uint64_t visited = 0;   // statements looked at
  bool truncated() const { return reason != TruncationReason::kNone; }
};

// When to give up: a moment, and a question asked now and then. Both optional.
struct Deadline {
  std::optional<std::chrono::steady_clock::time_point> at;
  std::function<bool()> cancelled;
  // OK, DeadlineExceeded or Cancelled.
  absl::Status Check() const;
};

// One relation between two entities with the statements behind it.
struct EdgeGroup {
  EntityId subject;
  std::string predicate;
  EntityId object;
  uint32_t support = 0;                                      // documents
  std::vector<std::pair<DocumentKey, uint32_t>> statements;  // best first: confidence, then key; at most 16
};

struct Neighbor {
  EntityId entity;
  EdgeGroup edge;
};

struct NeighborsAnswer {
  uint64_t commit = 0;
  std::vector<Neighbor> neighbors;  // by (predicate number, direction, entity)
  uint64_t degree = 0;              // edge groups that match, returned or not
  PagePosition next;                // empty at the end
  Truncation truncation;
};

struct SubgraphAnswer {
  uint64_t commit = 0;
  std::vector<EntityId> entities;  // by (hops, id)
  std::vector<uint8_t> hops;       // one for each
  std::vector<EdgeGroup> edges;    // among `entities`, by (subject, predicate number, object)
  Truncation truncation;
};

struct PathStep {
  EntityId from;
  EntityId to;
  std::vector<EdgeGroup> edges;  // every relation that joins the two, in either direction as stored
};

struct Path {
  std::vector<PathStep> steps;
};

struct PathsAnswer {
  uint64_t commit = 0;
  std::vector<Path> paths;  // by the ids of their entities
  Truncation truncation;
};

// Immutable; safe from any thread. Holds the snapshot and the adjacency built from it.
class QueryEngine {
 public:
  // Builds the adjacency of the whole snapshot: about 100 bytes an edge.
  static absl::StatusOr<std::shared_ptr<const QueryEngine>> Create(std::shared_ptr<const Snapshot> snapshot);
  ~QueryEngine();

  const Snapshot& snapshot() const;
  const CsrGraph& graph() const;

  // Every answer about an entity: NotFound when it is not in the graph. Ids that may be
  // old are resolved by the caller (Snapshot::Resolve).

  // `page_size` is at least 1. `position` is empty or the `next` of the page before,
  // perhaps of an earlier commit; InvalidArgument when it is neither.
  absl::StatusOr<NeighborsAnswer> Neighbors(EntityId entity, const Filter& filter, const Limits& limits,
                                            const Deadline& deadline, size_t page_size, PagePosition position) const;
  // Every entity within `hops` (1 … 16) of any start, and the edges among them.
  absl::StatusOr<SubgraphAnswer> Traverse(const std::vector<EntityId>& starts, uint32_t hops, const Filter& filter,
                                          const Limits& limits, const Deadline& deadline) const;
  // One shortest path (the first by ids), or none. Two-sided breadth-first search.
  absl::StatusOr<PathsAnswer> ShortestPath(EntityId from, EntityId to, const Filter& filter, const Limits& limits,
                                           const Deadline& deadline) const;
  absl::StatusOr<PathsAnswer> AllShortestPaths(EntityId from, EntityId to, const Filter& filter, const Limits& limits,
                                               const Deadline& deadline) const;
  // Connected components, edges read both ways: the entities of each, largest first,
  // then by smallest id.
  absl::StatusOr<std::vector<std::vector<EntityId>>> Components(const Filter& filter, const Deadline& deadline) const;

 private:
  struct Rep;
  explicit QueryEngine(std::unique_ptr<Rep> rep);
  std::unique_ptr<Rep> rep_;
};

// A page of the statements that match both. Reads the snapshot alone, so it needs no adjacency
// and answers of the latest commit; follow, types and min_support of the filter mean nothing here.
absl::StatusOr<std::vector<ResolvedStatement>> ListStatements(const Snapshot& snapshot, const StatementPattern& pattern,
                                                              const Filter& filter, const Deadline& deadline,
                                                              size_t page_size, PagePosition* position);

// All entities and all edges.
absl::StatusOr<SubgraphAnswer> WholeGraph(const Snapshot& snapshot);

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_QUERY_H_
