#include "graph/edge_walk.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "graph/status.h"

namespace newsgraph {
namespace {

constexpr size_t kMaxStatementsOfEdge = 16;
constexpr size_t kStatementsBetweenChecks = 1024;

}  // namespace

uint16_t PackConfidence(double confidence) { return static_cast<uint16_t>(std::lround(confidence * 10000)); }

absl::StatusOr<EdgeFilter> EdgeFilter::Make(const Filter& filter, const Ontology& ontology) {
  EdgeFilter made;
  made.follow_ = filter.follow;
  if (!filter.predicates.empty()) made.predicates_.resize(ontology.relations().size() + 1);
  for (const std::string& id : filter.predicates) {
    const Relation* relation = ontology.Find(id);
    if (relation == nullptr) {
      return absl::InvalidArgumentError(
          fmt::format("filter by predicate: the ontology has no relation '{}'; name one that it has", id));
    }
    made.predicates_[relation->number] = true;
  }
  for (const EntityType type : filter.types) made.types_ |= 1u << static_cast<int>(type);
  for (const Factuality factuality : filter.factualities) made.factualities_ |= 1u << static_cast<int>(factuality);
  made.has_window_ = filter.valid_from_day || filter.valid_to_day;
  made.valid_from_day_ = filter.valid_from_day.value_or(INT32_MIN);
  made.valid_to_day_ = filter.valid_to_day.value_or(INT32_MAX);
  if (made.valid_from_day_ > made.valid_to_day_) {
    return absl::InvalidArgumentError("filter by validity: the window ends before it begins; exchange its days");
  }
  made.as_of_day_ = filter.as_of_day;
  for (const std::string& publisher : filter.sources) made.sources_.push_back(SourceOf(publisher));
  std::sort(made.sources_.begin(), made.sources_.end());
  made.speakers_ = filter.speakers;
  std::sort(made.speakers_.begin(), made.speakers_.end());
  made.own_voice_only_ = filter.own_voice_only;
  made.spoken_only_ = filter.spoken_only;
  if (!(filter.min_confidence >= 0 && filter.min_confidence <= 1)) {
    return absl::InvalidArgumentError(
        fmt::format("filter by confidence: {} is not between 0 and 1", filter.min_confidence));
  }
  made.min_confidence_ = PackConfidence(filter.min_confidence);
  made.min_support_ = filter.min_support;
  return made;
}

bool EdgeFilter::Accepts(const CsrGraph::Evidence& evidence) const {
  if (evidence.confidence < min_confidence_) return false;
  if (factualities_ != 0 && (factualities_ >> static_cast<int>(evidence.factuality) & 1) == 0) return false;
  if (has_window_ && (evidence.valid_to_day < valid_from_day_ || evidence.valid_from_day > valid_to_day_)) return false;
  // A document without a date is not known to be that old.
  if (as_of_day_ && (evidence.published_day == INT32_MIN || evidence.published_day > *as_of_day_)) return false;
  if (!sources_.empty() && !std::binary_search(sources_.begin(), sources_.end(), evidence.source)) return false;
  if (own_voice_only_ && evidence.has_speaker) return false;
  if (spoken_only_ && !evidence.has_speaker) return false;
  if (!speakers_.empty() &&
      !(evidence.has_speaker && std::binary_search(speakers_.begin(), speakers_.end(), evidence.speaker))) {
    return false;
  }
  return true;
}

bool EdgeWalk::Passes(CsrGraph::EdgeIndex e) {
  if (!filter_.AcceptsPredicate(graph_.predicate(e))) {
    Count();
    return false;
  }
  uint32_t support = 0;
  const CsrGraph::Evidence* last = nullptr;
  for (const CsrGraph::Evidence& evidence : graph_.evidence(e)) {
    Count();
    if (last != nullptr && last->document == evidence.document) continue;
    if (!filter_.Accepts(evidence)) continue;
    last = &evidence;
    if (++support >= filter_.min_support()) return true;
  }
  return false;
}

namespace {

absl::StatusOr<EdgeGroup> MakeEdgeGroup(const CsrGraph& graph, const Ontology& ontology, const EdgeFilter& filter,
                                        CsrGraph::EdgeIndex e) {
  EdgeGroup group;
  group.subject = graph.entity(graph.source(e));
  group.object = graph.entity(graph.target(e));
  const Relation* relation = ontology.FindNumber(graph.predicate(e));
  if (relation == nullptr) {
    return absl::DataLossError(fmt::format("read the edge from {} to {}: the ontology has no relation {}; run verify",
                                           ToString(group.subject), ToString(group.object), graph.predicate(e)));
  }
  group.predicate = relation->id;
  std::vector<const CsrGraph::Evidence*> passing;
  for (const CsrGraph::Evidence& evidence : graph.evidence(e)) {
    if (!filter.Accepts(evidence)) continue;
    if (passing.empty() || passing.back()->document != evidence.document) ++group.support;
    passing.push_back(&evidence);
  }
  std::stable_sort(passing.begin(), passing.end(), [](const CsrGraph::Evidence* a, const CsrGraph::Evidence* b) {
    return a->confidence > b->confidence;
  });
  if (passing.size() > kMaxStatementsOfEdge) passing.resize(kMaxStatementsOfEdge);
  for (const CsrGraph::Evidence* evidence : passing)
    group.statements.emplace_back(evidence->document, evidence->statement);
  return group;
}

}  // namespace

absl::StatusOr<std::vector<EdgeGroup>> MakeEdgeGroups(const CsrGraph& graph, const Ontology& ontology,
                                                      const EdgeFilter& filter,
                                                      const std::vector<CsrGraph::EdgeIndex>& edges,
                                                      const Deadline& deadline) {
  std::vector<EdgeGroup> groups;
  groups.reserve(edges.size());
  size_t looked_at = 0;
  for (const CsrGraph::EdgeIndex e : edges) {
    // An edge between two hubs has as many statements as thousands of others together.
    looked_at += 1 + graph.evidence(e).size();
    if (looked_at >= kStatementsBetweenChecks) {
      NEWSGRAPH_RETURN_IF_ERROR(deadline.Check());
      looked_at = 0;
    }
    NEWSGRAPH_ASSIGN_OR_RETURN(EdgeGroup group, MakeEdgeGroup(graph, ontology, filter, e));
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace newsgraph
