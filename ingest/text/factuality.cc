#include "ingest/text/factuality.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "ingest/text/english_forms.h"
#include "ingest/text/word_tables.h"

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

std::u32string_view WordAt(const SentenceView& view, uint32_t position) {
  uint32_t end = position;
  while (end < view.end() && (IsLatinWordMark(view.at(end)) || view.at(end) == U'\'')) ++end;
  return view.analysis().text.folded(position, end);
}

// The word that ends at a position, spaces apart, and where it begins.
std::u32string_view WordBefore(const SentenceView& view, uint32_t& position) {
  const uint32_t end = view.SkipSpaces(position, -1);
  position = end;
  while (position > view.begin() && (IsLatinWordMark(view.at(position - 1)) || view.at(position - 1) == U'\'')) {
    --position;
  }
  return view.analysis().text.folded(position, end);
}

// "Had Hoshino bought it, …", "Were Hoshino to buy it, …"
bool IsInvertedCondition(const SentenceView& view) {
  static constexpr std::u32string_view kInverted[] = {U"had", U"were", U"should"};
  static constexpr std::u32string_view kSubjects[] = {U"the",   U"a",    U"an",   U"he",  U"she", U"it",
                                                      U"they",  U"we",   U"i",    U"its", U"his", U"her",
                                                      U"their", U"this", U"that", U"you"};
  if (view.sentence().script != Script::kLatin || view.BreaksBetween(view.begin(), view.end()) == 0) return false;
  const uint32_t first = view.SkipSpaces(view.begin(), 1);
  const std::u32string_view word = WordAt(view, first);
  if (!IsOneOf(word, kInverted)) return false;
  const uint32_t next = view.SkipSpaces(first + static_cast<uint32_t>(word.size()), 1);
  return !view.MeetingAt(next, 1).empty() || IsOneOf(WordAt(view, next), kSubjects);
}

// "never left home and | died", "will sell Hoshino and | sued Northwind": a finite verb behind "and" has no part in
// what an auxiliary said of the verb before it; "has not bought or sold" shares its own.
bool BeginsAnew(const SentenceView& view, Range mood, Range cue) {
  static constexpr std::u32string_view kLinks[] = {U"and", U"but", U"then"};
  static constexpr std::u32string_view kPerfect[] = {U"has",   U"have",   U"had",    U"is",      U"are",     U"was",
                                                     U"were",  U"be",     U"been",   U"hasn't",  U"haven't", U"hadn't",
                                                     U"isn't", U"aren't", U"wasn't", U"weren't", U"being"};
  if (view.sentence().script != Script::kLatin || !IsFiniteByForm(WordAt(view, cue.begin))) return false;
  uint32_t link = cue.begin;
  std::u32string_view before = WordBefore(view, link);
  if (before.ends_with(U"ly") || before == U"later") before = WordBefore(view, link);
  if (!IsOneOf(before, kLinks) || link < mood.end) return false;
  uint32_t p = mood.begin;
  if (IsOneOf(WordBefore(view, p), kPerfect) || IsOneOf(WordAt(view, mood.begin), kPerfect)) return false;
  for (p = mood.end; p < link; ++p) {
    if (IsSpaceMark(view.at(p)) && IsOneOf(WordAt(view, p + 1), kPerfect)) return false;
  }
  return true;
}

// "did not back it until July": in July he did.
bool IsOnlyUntil(const SentenceView& view, Range scope, Range cue) {
  if (view.sentence().script != Script::kLatin) return false;
  for (uint32_t p = cue.end; p + 1 < scope.end; ++p) {
    if (!IsSpaceMark(view.at(p)) || WordAt(view, p + 1) != U"until") continue;
    const auto& meets = view.MeetingAt(view.SkipSpaces(p + 6, 1), 1);
    return std::any_of(meets.begin(), meets.end(),
                       [&](uint32_t index) { return view.mention(index).type == EntityType::kDate; });
  }
  return false;
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
      undone(book.FindSet("undone")),
      ended(book.FindSet("ended")),
      nearly(book.FindSet("nearly")) {}

bool IsQuestion(const SentenceView& view, const RelationMatcher& matcher, const MoodCues& cues,
                const std::vector<CueHit>& hits) {
  uint32_t end = view.end();
  while (end > view.begin() && (IsSpaceMark(view.at(end - 1)) || IsClosingQuote(view.at(end - 1)))) --end;
  if (end > view.begin() && view.at(end - 1) == U'?') return true;
  if (end > view.begin() && view.at(end - 1) == U'。') --end;
  return std::any_of(hits.begin(), hits.end(),
                     [&](const CueHit& hit) { return hit.range.end == end && matcher.IsOf(hit, cues.question); });
}

bool StandsRightBefore(const SentenceView& view, const RelationMatcher& matcher, const CueSet* set,
                       const std::vector<CueHit>& hits, Range cue) {
  return std::any_of(hits.begin(), hits.end(), [&](const CueHit& hit) {
    return hit.range.end <= cue.begin && view.WordsBetween(hit.range.end, cue.begin) <= 1 &&
           view.BreaksBetween(hit.range.end, cue.begin) == 0 && matcher.IsOf(hit, set);
  });
}

std::optional<Factuality> MoodOfCopula(const SentenceView& view, const RelationMatcher& matcher, const MoodCues& cues,
                                       const std::vector<CueHit>& hits, Range between) {
  static constexpr std::u32string_view kCopulas[] = {U"is", U"are", U"was", U"were"};
  const auto denials = std::count_if(hits.begin(), hits.end(), [&](const CueHit& hit) {
    return !hit.is_part && between.Contains(hit.range) && matcher.IsOf(hit, cues.negation) &&
           !view.TouchesName(hit.range) && !DeniesTheRank(view, hit.range) && !view.IsExclusion(hit.range);
  });
  if (IsQuestion(view, matcher, cues, hits)) {
    if (view.sentence().script != Script::kLatin) {
      return view.analysis().text.folded(between.begin, between.end).find(U'是') != std::u32string_view::npos
                 ? std::optional(Factuality::kQuestion)
                 : std::nullopt;
    }
    uint32_t before = between.begin;
    bool is_asked = IsOneOf(WordBefore(view, before), kCopulas);
    for (uint32_t p = between.begin; p < between.end && !is_asked; ++p) {
      is_asked = IsSpaceMark(view.at(p)) && IsOneOf(WordAt(view, p + 1), kCopulas);
    }
    if (is_asked) return Factuality::kQuestion;
  }
  return denials % 2 == 1 ? std::optional(Factuality::kDenied) : std::nullopt;
}

Factuality MoodOf(const SentenceView& view, const RelationMatcher& matcher, const MoodCues& cues,
                  const std::vector<CueHit>& hits, Range scope, Range cue) {
  if (IsQuestion(view, matcher, cues, hits)) return Factuality::kQuestion;
  bool denied = false, hypothetical = IsInvertedCondition(view), planned = false, opinion = false;
  const bool goes_on = GoesOn(view, cue);
  // "did not sell it, angering its owners"
  const Range clause = view.ClauseAround(cue.begin);
  const bool is_trailing = view.IsTrailingParticiple(cue);
  for (const CueHit& hit : hits) {
    // 不 in 不過 denies nothing, nor does 將 plan that marks what is acted on: 將星野納入旗下.
    if (hit.is_part || hit.range.Overlaps(cue) || IsInDate(view, hit.range) || view.TouchesName(hit.range)) continue;
    if (hit.range.size() == 1 && view.at(hit.range.begin) == U'将' && !view.MeetingAt(hit.range.end, 1).empty())
      continue;
    const bool before = hit.range.end <= cue.begin;
    const bool in_scope = scope.Contains(hit.range);
    const bool near = before && view.WordsBetween(hit.range.end, cue.begin) <= 16;
    if (before && (BeginsAnew(view, hit.range, cue) || view.IsInClosedAside(hit.range, cue.begin))) continue;
    if (in_scope && before && matcher.IsOf(hit, cues.negation) && !DeniesTheRank(view, hit.range) &&
        !view.IsExclusion(hit.range) && (!is_trailing || clause.Contains(hit.range))) {
      denied = !denied;
    }
    if (near && matcher.IsOf(hit, cues.denial)) denied = true;
    if (in_scope && !before && matcher.IsOf(hit, cues.undone)) denied = true;
    if (in_scope && before && matcher.IsOf(hit, cues.planned)) planned = true;
    if (goes_on && near && view.at(hit.range.begin) == U'将' && matcher.IsOf(hit, cues.planned)) planned = true;
    if (in_scope && matcher.IsOf(hit, cues.hypothetical)) hypothetical = true;
    if ((before || view.sentence().script == Script::kLatin) && matcher.IsOf(hit, cues.condition)) hypothetical = true;
    if (in_scope && matcher.IsOf(hit, cues.opinion)) opinion = true;
  }
  if (denied && IsOnlyUntil(view, scope, cue)) denied = false;
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
