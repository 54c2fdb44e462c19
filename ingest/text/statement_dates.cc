#include "ingest/text/statement_dates.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>

#include "graph/day.h"

namespace newsgraph {
namespace {

// Between the head of a clause and when something takes effect: 自3月31日起生效.
constexpr uint32_t kBeforeEffect = 2;
// Between a name and its date: 星野股價14日開高走低.
constexpr uint32_t kMeasureWords = 3;

}  // namespace

const TextMention* NearestMention(const SentenceView& view, Range within, Range to,
                                  bool (*wanted)(const TextMention&)) {
  const TextMention* best = nullptr;
  uint32_t best_distance = 0;
  for (const uint32_t index : view.mentions()) {
    const TextMention& mention = view.mention(index);
    if (!within.Contains(mention.range) || mention.range.Overlaps(to) || !wanted(mention)) continue;
    const uint32_t distance = mention.range.end <= to.begin ? view.WordsBetween(mention.range.end, to.begin)
                                                            : view.WordsBetween(to.end, mention.range.begin);
    if (best == nullptr || distance < best_distance) {
      best = &mention;
      best_distance = distance;
    }
  }
  return best;
}

bool IsDate(const TextMention& mention) { return mention.type == EntityType::kDate; }

const TextMention* NearestDate(const SentenceView& view, Range clause, Range at) {
  Range part = clause;
  for (uint32_t i = clause.begin; i < clause.end; ++i) {
    if (view.at(i) != U'、') continue;
    if (i < at.begin) part.begin = i + 1;
    if (i >= at.end && part.end == clause.end) part.end = i;
  }
  const TextMention* date = NearestMention(view, part, at, IsDate);
  return date != nullptr ? date : NearestMention(view, clause, at, IsDate);
}

const TextMention* EffectiveDate(const SentenceView& view, Range clause) {
  if (clause.end >= view.end()) return nullptr;
  const Range next = view.ClauseAround(clause.end + 1);
  for (const uint32_t index : view.mentions()) {
    const TextMention& mention = view.mention(index);
    if (!IsDate(mention) || !next.Contains(mention.range)) continue;
    if (view.WordsBetween(next.begin, mention.range.begin) > kBeforeEffect) return nullptr;
    const std::u32string_view rest = view.analysis().text.folded(mention.range.end, next.end);
    return rest.starts_with(U"生效") || rest.starts_with(U"起生效") ? &mention : nullptr;
  }
  return nullptr;
}

bool OpensClause(const SentenceView& view, const TextMention& date) {
  uint32_t begin = view.ClauseAround(date.range.begin).begin;
  // 展望本季, 至於明年: the words only turn to it.
  static constexpr std::u32string_view kTurns[] = {U"展望", U"至于", U"对于", U"针对", U"关于", U"回顾"};
  const std::u32string_view before = view.analysis().text.folded(begin, date.range.begin);
  if (std::find(std::begin(kTurns), std::end(kTurns), before) != std::end(kTurns)) return true;
  if (view.WordsBetween(begin, date.range.begin) <= 1) return true;
  for (const uint32_t index : view.mentions()) {
    const TextMention& mention = view.mention(index);
    if (mention.entity < 0 || mention.range.begin < begin || mention.range.end > date.range.begin) continue;
    if (view.WordsBetween(begin, mention.range.begin) == 0) {
      return view.WordsBetween(mention.range.end, date.range.begin) <= kMeasureWords;
    }
  }
  return false;
}

std::string WeekOf(std::string_view iso_day) {
  constexpr int kWeek = 7, kThursday = 3, kEpoch = 3;  // 1970-01-01 was a Thursday, days from Monday
  const std::optional<int32_t> day = ParseDay(iso_day);
  if (!day || iso_day.size() < 10) return {};
  // A week is of the year of its Thursday.
  const int32_t thursday = *day - (*day + kEpoch) % kWeek + kThursday;
  int year = std::stoi(std::string(iso_day.substr(0, 4)));
  const auto first_of = [](int of) { return *ParseDay(fmt::format("{:04}", of)); };
  if (thursday < first_of(year)) --year;
  if (thursday >= first_of(year + 1)) ++year;
  return fmt::format("{:04}-W{:02}", year, (thursday - first_of(year)) / kWeek + 1);
}

}  // namespace newsgraph
