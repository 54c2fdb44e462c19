// Judgements and ambiguities.

#include <algorithm>
#include <memory>
#include <set>
#include <tuple>
#include <utility>

#include "graph/status.h"
#include "service/convert.h"
#include "service/paging.h"
#include "service/questions.h"

namespace newsgraph {
namespace {

// Where a judgement stands in the list: those in force by pair and author, then the detached ones.
std::string PositionOf(const Judgement& judgement, bool detached) {
  return (detached ? "d" : "c") + ToHex(judgement.left.value) + ToHex(judgement.right.value) + judgement.author;
}

}  // namespace

absl::Status Questions::ListJudgements(const v1::ListJudgementsRequest& request, const Deadline& deadline,
                                       v1::ListJudgementsResponse* response) const {
  const std::shared_ptr<const Snapshot> snapshot = store_.GetSnapshot();
  response->set_commit(snapshot->commit());
  NEWSGRAPH_ASSIGN_OR_RETURN(const PagePosition start, StartOfPage(request));
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::vector<Judgement> judgements, snapshot->ListJudgements());
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::vector<Judgement> detached, snapshot->ListDetachedJudgements());
  NEWSGRAPH_RETURN_IF_ERROR(deadline.Check());
  std::vector<std::pair<std::string, const Judgement*>> all;
  std::set<std::string> without_place;  // where they would stand otherwise
  for (const Judgement& judgement : detached) {
    without_place.insert(PositionOf(judgement, false));
    all.emplace_back(PositionOf(judgement, true), &judgement);
  }
  for (const Judgement& judgement : judgements) {
    std::string position = PositionOf(judgement, false);
    if (!without_place.contains(position)) all.emplace_back(std::move(position), &judgement);
  }
  std::sort(all.begin(), all.end());
  // The position is that of the first judgement of the page.
  auto next = std::lower_bound(all.begin(), all.end(), start,
                               [](const auto& judgement, const std::string& at) { return judgement.first < at; });
  for (const size_t size = PageSize(request.page_size());
       next != all.end() && static_cast<size_t>(response->judgements_size()) < size; ++next) {
    *response->add_judgements() = ToWire(*next->second, next->first.front() == 'd');
  }
  response->set_next_page_token(NextPageToken(request, next == all.end() ? "" : next->first));
  return absl::OkStatus();
}

absl::Status Questions::ListAmbiguities(const v1::ListAmbiguitiesRequest& request, const Deadline& deadline,
                                        v1::ListAmbiguitiesResponse* response) const {
  const std::shared_ptr<const Snapshot> snapshot = store_.GetSnapshot();
  response->set_commit(snapshot->commit());
  NEWSGRAPH_ASSIGN_OR_RETURN(PagePosition position, StartOfPage(request));
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::vector<Ambiguity> ambiguities,
                             snapshot->ListAmbiguities(PageSize(request.page_size()), &position));
  AnswerWriter writer(*snapshot, deadline);
  for (const Ambiguity& ambiguity : ambiguities) {
    v1::Ambiguity* to = response->add_ambiguities();
    to->set_level(ambiguity.level);
    for (const EntityId entity : ambiguity.entities) {
      NEWSGRAPH_RETURN_IF_ERROR(writer.Write(entity, to->add_entities()));
    }
    to->set_reason(ambiguity.reason);
  }
  response->set_next_page_token(NextPageToken(request, position));
  return absl::OkStatus();
}

}  // namespace newsgraph
