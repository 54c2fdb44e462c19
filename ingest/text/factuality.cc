#include "ingest/text/factuality.h"

#include <fmt/format.h>

#include <algorithm>

namespace newsgraph {
namespace {

bool IsDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "2014", "2014-05", "2014-05-13"; kNone for anything else.
TimePrecision PrecisionOf(std::string_view date) {
  const bool year = date.size() >= 4 && IsDigits(date.substr(0, 4));
  if (!year) return TimePrecision::kNone;
  if (date.size() == 4) return TimePrecision::kYear;
  const bool month = date.size() >= 7 && date[4] == '-' && IsDigits(date.substr(5, 2));
  if (month && date.size() == 7) return TimePrecision::kMonth;
  const bool day = month && date.size() >= 10 && date[7] == '-' && IsDigits(date.substr(8, 2));
  return day && date.size() == 10 ? TimePrecision::kDay : TimePrecision::kNone;
}

bool IsInDate(const SentenceView& view, Range range) {
  return std::any_of(view.mentions().begin(), view.mentions().end(), [&](uint32_t index) {
    const TextMention& mention = view.mention(index);
    return mention.type == EntityType::kDate && mention.range.Contains(range);
  });
}

// 不是第一個離開的人, not the only one to leave: that it is so is not what is denied.
bool DeniesTheRank(const SentenceView& view, Range negation) {
  const std::u32string_view word = view.analysis().text.folded(negation.begin, negation.end);
  const std::u32string_view rest = view.analysis().text.folded(negation.end, view.end());
  if (view.sentence().script == Script::kLatin) {
    return rest.starts_with(U" the first ") || rest.starts_with(U" the only ") || rest.starts_with(U" the last ");
  }
  if (word != U"不是" && word != U"并非" && word != U"绝非") return false;
  if (rest.starts_with(U"唯一")) return true;
  size_t counted = 0;
  if (rest.starts_with(U"头一") || (rest.size() > 1 && rest[0] == U'第')) counted = 2;
  if (rest.starts_with(U"最后一")) counted = 3;
  if (rest.starts_with(U"首")) counted = 1;
  static constexpr std::u32string_view kMeasures = U"个位名家次度回批任款届";
  return counted > 0 && rest.size() > counted && kMeasures.find(rest[counted]) != std::u32string_view::npos;
}

// 將訪問北嶺,並出席論壇: 並 goes on with what 將 began, unless it tells what is done (並已簽約).
bool GoesOn(const SentenceView& view, Range cue) {
  const Range clause = view.ClauseAround(cue.begin);
  if (view.at(clause.begin) != U'并') return false;
  for (uint32_t i = clause.begin; i < cue.begin; ++i) {
    if (view.at(i) == U'已' || view.at(i) == U'曾') return false;
  }
  return cue.end >= clause.end || view.at(cue.end) != U'了';
}

}  // namespace

MoodCues::MoodCues(const RuleBook& book)
    : negation(book.FindSet("negation")),
      denial(book.FindSet("denial")),
      planned(book.FindSet("planned")),
      hypothetical(book.FindSet("hypothetical")),
      condition(book.FindSet("condition")),
      opinion(book.FindSet("opinion")),
      question(book.FindSet("question")),
      undone(book.FindSet("undone")) {}

bool IsQuestion(const SentenceView& view, const RelationMatcher& matcher, const MoodCues& cues,
                const std::vector<CueHit>& hits) {
  uint32_t end = view.end();
  while (end > view.begin() && (IsSpaceMark(view.at(end - 1)) || IsClosingQuote(view.at(end - 1)))) --end;
  if (end > view.begin() && view.at(end - 1) == U'?') return true;
  if (end > view.begin() && view.at(end - 1) == U'。') --end;
  return std::any_of(hits.begin(), hits.end(),
                     [&](const CueHit& hit) { return hit.range.end == end && matcher.IsOf(hit, cues.question); });
}

Factuality MoodOf(const SentenceView& view, const RelationMatcher& matcher, const MoodCues& cues,
                  const std::vector<CueHit>& hits, Range scope, Range cue) {
  if (IsQuestion(view, matcher, cues, hits)) return Factuality::kQuestion;
  bool denied = false, hypothetical = false, planned = false, opinion = false;
  const bool goes_on = GoesOn(view, cue);
  for (const CueHit& hit : hits) {
    // 不 in 不過 denies nothing, nor does 將 plan that marks what is acted on: 將星野納入旗下.
    if (hit.in_longer || hit.range.Overlaps(cue) || IsInDate(view, hit.range) || view.TouchesName(hit.range)) continue;
    if (hit.range.size() == 1 && view.at(hit.range.begin) == U'将' && !view.MeetingAt(hit.range.end, 1).empty())
      continue;
    const bool before = hit.range.end <= cue.begin;
    const bool in_scope = scope.Contains(hit.range);
    const bool near = before && view.WordsBetween(hit.range.end, cue.begin) <= 16;
    if (in_scope && before && matcher.IsOf(hit, cues.negation) && !DeniesTheRank(view, hit.range)) denied = !denied;
    if (near && matcher.IsOf(hit, cues.denial)) denied = true;
    if (in_scope && !before && matcher.IsOf(hit, cues.undone)) denied = true;
    if (in_scope && before && matcher.IsOf(hit, cues.planned)) planned = true;
    if (goes_on && near && view.at(hit.range.begin) == U'将' && matcher.IsOf(hit, cues.planned)) planned = true;
    if (in_scope && matcher.IsOf(hit, cues.hypothetical)) hypothetical = true;
    if ((before || view.sentence().script == Script::kLatin) && matcher.IsOf(hit, cues.condition)) hypothetical = true;
    if (in_scope && matcher.IsOf(hit, cues.opinion)) opinion = true;
  }
  if (denied) return Factuality::kDenied;
  if (hypothetical) return Factuality::kHypothetical;
  if (planned) return Factuality::kPlanned;
  return opinion ? Factuality::kOpinion : Factuality::kAsserted;
}

ValidTime ValidTimeOf(const std::string& value) {
  ValidTime time;
  if (const size_t dots = value.find(".."); dots != std::string::npos) {
    const std::string from = value.substr(0, dots), to = value.substr(dots + 2);
    const TimePrecision precision = PrecisionOf(from.empty() ? to : from);
    if (precision == TimePrecision::kNone) return time;
    if (!from.empty() && !to.empty() && PrecisionOf(to) != precision) return time;
    return {from, to, precision};
  }
  if (value.size() == 7 && value.substr(4, 2) == "-Q" && IsDigits(value.substr(0, 4)) && value[6] >= '1' &&
      value[6] <= '4') {
    const int last = 3 * (value[6] - '0');
    return {fmt::format("{}-{:02}", value.substr(0, 4), last - 2), fmt::format("{}-{:02}", value.substr(0, 4), last),
            TimePrecision::kMonth};
  }
  time.precision = PrecisionOf(value);
  if (time.precision != TimePrecision::kNone) time.from = value;
  return time;
}

}  // namespace newsgraph
