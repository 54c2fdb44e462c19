// One walk over the edges of a graph: what its filter lets through, what it has looked
// at, and when it must stop. Private to the queries and algorithms.
#ifndef NEWSGRAPH_GRAPH_EDGE_WALK_H_
#define NEWSGRAPH_GRAPH_EDGE_WALK_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/csr_graph.h"
#include "graph/ontology.h"
#include "graph/query.h"

namespace newsgraph {

// A Filter with its names looked up. Immutable; safe from any thread.
class EdgeFilter {
 public:
  // InvalidArgument: an unknown predicate, a number out of range.
  static absl::StatusOr<EdgeFilter> Make(const Filter& filter, const Ontology& ontology);

  Follow follow() const { return follow_; }
  uint32_t min_support() const { return min_support_; }
  bool AcceptsPredicate(uint16_t predicate) const {
    return predicates_.empty() || (predicate < predicates_.size() && predicates_[predicate]);
  }
  bool AcceptsType(EntityType type) const { return types_ == 0 || (types_ >> static_cast<int>(type) & 1) != 0; }
  // Everything that is asked of one statement, its predicate apart.
  bool Accepts(const CsrGraph::Evidence& evidence) const;

 private:
  Follow follow_ = Follow::kBoth;
  std::vector<bool> predicates_;  // by number; empty for all
  uint32_t types_ = 0;            // one bit a type; 0 for all
  uint32_t factualities_ = 0;     // one bit each; 0 for all
  bool has_window_ = false;
  int32_t valid_from_day_ = INT32_MIN;
  int32_t valid_to_day_ = INT32_MAX;
  std::optional<int32_t> as_of_day_;
  std::vector<uint32_t> sources_;   // ascending; empty for all
  std::vector<EntityId> speakers_;  // ascending; empty for all
  bool own_voice_only_ = false;
  bool spoken_only_ = false;
  uint16_t min_confidence_ = 0;
  uint32_t min_support_ = 0;
};

// What Edge::confidence holds of 0 … 1.
uint16_t PackConfidence(double confidence);

// Leaves a walk, and Boost.Graph's loops, from wherever it is. Caught in the function
// that began the walk; nothing else is ever thrown.
struct WalkStopped {
  absl::Status status;  // OK when a limit stopped it
  TruncationReason reason = TruncationReason::kNone;
};

// For one thread, one query. `graph`, `filter` and `deadline` must outlive it.
class EdgeWalk {
 public:
  // 0 of `max_visited` and `max_per_entity`: no limit.
  EdgeWalk(const CsrGraph& graph, const EdgeFilter& filter, const Deadline& deadline, uint64_t max_visited,
           uint32_t max_per_entity)
      : graph_(graph),
        filter_(filter),
        deadline_(deadline),
        max_visited_(max_visited == 0 ? UINT64_MAX : max_visited),
        max_per_entity_(max_per_entity == 0 ? UINT32_MAX : max_per_entity) {}

  // The filter's types are not asked of these, ascending: starts, or the ends of a path.
  void Exempt(std::vector<CsrGraph::Vertex> vertices) { exempt_ = std::move(vertices); }
  bool AllowsVertex(CsrGraph::Vertex v) const {
    return filter_.AcceptsType(graph_.type(v)) || std::binary_search(exempt_.begin(), exempt_.end(), v);
  }

  // Whether enough statements behind `e` pass. Counts what it looks at; throws WalkStopped.
  bool Passes(CsrGraph::EdgeIndex e);
  bool Follows(CsrGraph::EdgeIndex e, CsrGraph::Vertex towards) {
    if (!AllowsVertex(towards)) {
      Count();
      return false;
    }
    return Passes(e);
  }
  // Called when a vertex has had `followed` edges followed and there is one more.
  bool MayFollowAnother(uint32_t followed) {
    if (followed < max_per_entity_) return true;
    cut_per_entity_ = true;
    return false;
  }

  // Counts one edge; throws WalkStopped when it is one too many or the time is over.
  void Count() {
    if (visited_ == max_visited_) throw WalkStopped{absl::OkStatus(), TruncationReason::kMaxVisited};
    if (++visited_ % kEdgesBetweenChecks == 0) CheckDeadline();
  }
  void CheckDeadline() const {
    if (absl::Status status = deadline_.Check(); !status.ok()) throw WalkStopped{std::move(status)};
  }

  // What has been found is followed to its end: only the deadline still counts.
  void LiftLimits() {
    max_visited_ = UINT64_MAX;
    max_per_entity_ = UINT32_MAX;
  }

  uint64_t visited() const { return visited_; }
  bool cut_per_entity() const { return cut_per_entity_; }
  const EdgeFilter& filter() const { return filter_; }
  const CsrGraph& graph() const { return graph_; }

 private:
  static constexpr uint64_t kEdgesBetweenChecks = 1024;

  const CsrGraph& graph_;
  const EdgeFilter& filter_;
  const Deadline& deadline_;
  uint64_t max_visited_;
  uint32_t max_per_entity_;
  std::vector<CsrGraph::Vertex> exempt_;
  uint64_t visited_ = 0;
  bool cut_per_entity_ = false;
};

// What passes `filter` of each edge, best first: confidence, then document and statement.
// DataLoss: an edge whose relation the ontology does not have.
absl::StatusOr<std::vector<EdgeGroup>> MakeEdgeGroups(const CsrGraph& graph, const Ontology& ontology,
                                                      const EdgeFilter& filter,
                                                      const std::vector<CsrGraph::EdgeIndex>& edges,
                                                      const Deadline& deadline);

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_EDGE_WALK_H_
