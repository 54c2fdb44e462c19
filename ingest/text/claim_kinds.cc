// What a clause claims: a plan, a forecast, a demand, a judgement, or nothing.
#include <algorithm>
#include <optional>

#include "ingest/text/claim_reader.h"
#include "ingest/text/code_points.h"

namespace newsgraph {
namespace {

// A sentence of more clauses says too much for one claim, unless that is a view or a plan in so many words.
constexpr uint32_t kFewBreaksOfTalk = 3;
// Between what is judged and the word that judges it; between who plans and the plan.
constexpr uint32_t kFarthestJudgement = 12, kFarthestPlan = 8;

bool IsTarget(EntityType type) { return !IsValueType(type) && type != EntityType::kUnknown; }

}  // namespace

ClauseKind ClaimReader::KindOf(const Clause& clause, Range& cue) const {
  // What is not known or is others' view has words of its own.
  Range scope = clause.range;
  if (const std::optional<Range> unsure = Find(cues_.unsure, scope)) scope.end = unsure->begin;
  if (!clause.view_of_others.empty()) scope.end = scope.begin;
  const auto take = [&](const CueSet* set) {
    const std::optional<Range> found = Find(set, scope);
    if (found) cue = *found;
    return found.has_value();
  };
  if (speech_.is_denied) return ClauseKind::kSaid;
  if (speech_.told == "predicts") return ClauseKind::kForecast;
  const bool is_own = IsOwn(clause.topic);
  const bool is_of_another = clause.topic >= 0 && !is_own;
  if (!is_of_another && take(cues_.intention) && !IsNoun(cue)) return ClauseKind::kPlan;
  if (take(cues_.no_duty)) return ClauseKind::kView;
  if (take(cues_.duty) && !FollowsWill(cue)) {
    // 並不是所有用途都必須: no demand.
    const bool is_denied = std::any_of(hits_.begin(), hits_.end(), [&](const CueHit& hit) {
      return !hit.in_longer && scope.Contains(hit.range) && hit.range.end <= cue.begin &&
             matcher_.IsOf(hit, moods_.negation);
    });
    // 這是我們應該做好的事 says what it is.
    const std::u32string_view before = view_.analysis().text.folded(scope.begin, cue.begin);
    const std::u32string_view after = view_.analysis().text.folded(cue.end, scope.end);
    const bool is_what_it_is =
        before.find(U'是') != std::u32string_view::npos && after.find(U'的') != std::u32string_view::npos;
    return is_denied || is_what_it_is ? ClauseKind::kView : ClauseKind::kDemand;
  }
  const bool will_be = view_.sentence().script == Script::kLatin && clause.is_told
                           ? TakeWill(clause, cue)
                           : take(cues_.future) && !IsMeeting(cue);
  if (will_be) {
    // 他透露,會賣掉虧損的業務: what nobody else is named for is the speaker's own.
    const bool is_plan = clause.topic >= 0
                             ? is_own && view_.mention(static_cast<uint32_t>(clause.topic)).range.begin < cue.begin
                             : !speech_.is_talk && clause.is_told && !NamesBefore(clause.range.begin, cue.begin) &&
                                   (cue.begin == clause.range.begin ||
                                    (view_.sentence().script != Script::kLatin && IsOrganization(speech_.speaker)));
    if (is_plan && !speech_.is_opinion) return ClauseKind::kPlan;
    // Without a word for when, 會 tells what things are like; 都會 what they are always like.
    static constexpr std::u32string_view kAlways = U"都就常才";
    const bool is_habit = kAlways.find(view_.at(cue.begin)) != std::u32string_view::npos && !HasDate(clause.range);
    if ((clause.is_told && !is_habit) || HasDate(clause.range))
      return CanSeeTo(clause, cue) ? ClauseKind::kIntention : ClauseKind::kForecast;
  }
  cue = {};
  const bool has_target = is_of_another && !IsAddressee(clause) &&
                          OpensClearly(clause.range, TopicRange(clause).begin) &&
                          IsTarget(view_.TypeOf(view_.mention(static_cast<uint32_t>(clause.topic))));
  const auto judges = [&](const CueSet* set) { return take(set) && (!has_target || IsJudgement(clause, cue)); };
  // 稱北嶺「拿客戶的錢練膽子」: whose words about somebody are worth their marks finds fault, unless they praise.
  if (has_target && clause.is_told && !speech_.is_talk && !speech_.is_quoted &&
      TopicRange(clause).end < clause.range.end && IsOpeningQuote(view_.at(TopicRange(clause).end)) &&
      view_.at(TopicRange(clause).end) != U'《') {
    const Range words{TopicRange(clause).end + 1, clause.range.end};
    cue = {words.begin, std::min(words.begin + 1, words.end)};
    return Has(cues_.good, words) ? ClauseKind::kPraise : ClauseKind::kCriticism;
  }
  if (judges(cues_.bad)) return has_target && !IsNegated(cue) ? ClauseKind::kCriticism : ClauseKind::kView;
  if (judges(cues_.good)) {
    if (!has_target) return ClauseKind::kView;
    return IsNegated(cue) ? ClauseKind::kCriticism : ClauseKind::kPraise;
  }
  cue = {};
  if (has_target && take(cues_.likeness) && IsJudgement(clause, cue)) return ClauseKind::kLikeness;
  cue = {};
  if (take(cues_.view)) return ClauseKind::kView;
  // What is announced is no claim by itself.
  if (!clause.is_told || speech_.is_announced) return ClauseKind::kNone;
  return speech_.is_opinion ? ClauseKind::kView : ClauseKind::kSaid;
}

bool ClaimReader::SaysNothing(const Clause& clause) const {
  const Range range = clause.range;
  // 部長呼籲應該…, 說平台應該…: another one's words.
  if (const std::optional<Range> hold = Find(cues_.hold, range);
      hold && !clause.is_told && !IsOwn(clause.topic) && BehindView(range) == range.begin &&
      (hold->begin == range.begin || WordsOf({range.begin, hold->begin}) > 1) && hold->end < range.end) {
    return true;
  }
  if (!clause.view_of_others.empty() || Has(cues_.unsure, range) || Has(cues_.unasked, range)) return true;
  if (clause.topic >= 0 && !clause.is_told && IsAddressee(clause)) return true;
  const std::optional<Range> example = Find(cues_.example, range);
  if (example && view_.WordsBetween(range.begin, example->begin) <= 1) return true;
  const Range behind{BehindView(range), range.end};
  if (const std::optional<Range> reason = Find(cues_.example, behind); reason && reason->begin == behind.begin)
    return true;
  const std::optional<Range> act = Find(cues_.act, range);
  return act && view_.WordsBetween(range.begin, act->begin) <= kOpeningWords;
}

ClauseKind ClaimReader::KindInTalk(const Clause& clause, ClauseKind kind, Range cue) const {
  const Range range = clause.range;
  if (kind == ClauseKind::kNone || clause.is_told) return kind;
  const std::optional<Range> view = Find(cues_.view, range);
  const bool is_view = view && view_.WordsBetween(range.begin, view->begin) <= kOpeningWords;
  const bool is_long = view_.BreaksBetween(view_.begin(), view_.end()) > kFewBreaksOfTalk;
  const auto since_topic = [&] {
    return clause.topic < 0
               ? kFarthestPlan + 1
               : view_.WordsBetween(view_.mention(static_cast<uint32_t>(clause.topic)).range.end, cue.begin);
  };
  switch (kind) {
    case ClauseKind::kPlan: {
      const uint32_t begin = view_.SkipSpaces(cue.end, 1);
      const std::optional<Range> speak = Find(cues_.speak, {begin, range.end});
      const std::optional<Range> habit = Find(cues_.habit, {range.begin, cue.begin});
      const std::optional<Range> then = Find(cues_.habit, {begin, range.end});
      if ((speak && speak->begin == begin) || (then && then->begin == begin) || habit || Has(cues_.habit, cue)) {
        return ClauseKind::kNone;
      }
      if (clause.is_open || Has(moods_.condition, range)) return ClauseKind::kNone;
      if (since_topic() <= kFarthestPlan) return kind;
      // 想要報名的人: not the speaker.
      const std::u32string_view rest = view_.analysis().text.folded(cue.end, range.end);
      return cue.begin == range.begin && rest.find(U"的人") == std::u32string_view::npos ? kind : ClauseKind::kNone;
    }
    case ClauseKind::kDemand:
      // "you have to shout", "I ought to be polite": how things are, and manners.
      if (view_.sentence().script == Script::kLatin && !is_view && IsMereNeed(clause, cue)) return ClauseKind::kNone;
      // Who should, in words of the clause.
      return is_view || (!is_long && view_.WordsBetween(range.begin, cue.begin) > 1) ? kind : ClauseKind::kNone;
    case ClauseKind::kView:
      return is_view || (!is_long && range.begin == speech_.range.begin) ? kind : ClauseKind::kNone;
    case ClauseKind::kForecast:
      // Of what is named, on a day; else only where it is said to be a view.
      return is_view || (clause.topic >= 0 && HasDate(range) && !is_long) ? kind : ClauseKind::kNone;
    case ClauseKind::kPraise:
    case ClauseKind::kCriticism:
    case ClauseKind::kLikeness:
      if (TopicRange(clause).size() < 2 &&
          view_.mention(static_cast<uint32_t>(clause.topic)).form == MentionForm::kName) {
        return ClauseKind::kNone;
      }
      return !is_long || is_view ? kind : ClauseKind::kNone;
    default:
      return !is_long || is_view ? kind : ClauseKind::kNone;
  }
}

bool ClaimReader::FollowsWill(Range cue) const {
  return std::any_of(hits_.begin(), hits_.end(), [&](const CueHit& hit) {
    return hit.range.end <= cue.begin && view_.SkipSpaces(hit.range.end, 1) == cue.begin &&
           (matcher_.IsOf(hit, cues_.future) || matcher_.IsOf(hit, cues_.would));
  });
}

// Of what is told in English: "it would close", "sales will fall", where that is the verb of the clause; not what
// would have been, nor, word by word, what will be of others.
bool ClaimReader::TakeWill(const Clause& clause, Range& cue) const {
  std::optional<Range> will = Find(cues_.future, clause.range);
  const bool is_own = IsOwn(clause.topic);
  if (speech_.is_quoted && !is_own) will.reset();
  if (!will && !speech_.is_quoted && !Has(moods_.condition, clause.range)) will = Find(cues_.would, clause.range);
  if (!will) return false;
  const FoldedText& text = view_.analysis().text;
  const std::u32string_view rest = text.folded(view_.SkipSpaces(will->end, 1), clause.range.end);
  for (const std::u32string_view word : {U"have ", U"rather ", U"not have "}) {
    if (rest.starts_with(word)) return false;
  }
  // "he would be brought", "its offices would be closed": by others.
  const bool is_named = clause.topic >= 0 && !is_own;
  if (!is_named && (rest.starts_with(U"be ") || rest.starts_with(U"not be "))) return false;
  if (is_own && WordsOf({TopicRange(clause).end, will->begin}) > 2) return false;
  const bool is_first = std::none_of(hits_.begin(), hits_.end(), [&](const CueHit& hit) {
    return clause.range.begin < hit.range.begin && hit.range.end <= will->begin &&
           (matcher_.IsOf(hit, cues_.finite) || matcher_.IsSpeech(hit));
  });
  if (is_first) cue = *will;
  return is_first;
}

// Of English talk, "have to" and "need to", and what "you" and "I" should: no demands.
bool ClaimReader::IsMereNeed(const Clause& clause, Range cue) const {
  const FoldedText& text = view_.analysis().text;
  if (text.folded(cue.begin, cue.end).ends_with(U" to") && !text.folded(cue.begin, cue.end).starts_with(U"ought"))
    return true;
  const std::u32string_view before = text.folded(clause.range.begin, view_.SkipSpaces(cue.begin, -1));
  for (const std::u32string_view word : {U"i", U"you", U"it", U"that", U"this"}) {
    if (before == word || (before.ends_with(word) && before[before.size() - word.size() - 1] == U' ')) return true;
  }
  return false;
}

// Somebody who is no part of the talk, and what he thinks: 有人擔心…, "some people say …".
Range ClaimReader::ViewOfOthers(Range clause) const {
  const std::optional<Range> others = Find(cues_.others, clause);
  if (!others || view_.WordsBetween(clause.begin, others->begin) > 2 * kOpeningWords) return {};
  // 有一種看法是…: told without a verb.
  if (view_.at(others->end - 1) == U'是') return {view_.SkipSpaces(others->end, 1), clause.end};
  const std::optional<Range> hold = Find(cues_.hold, {others->end, clause.end});
  if (!hold) return {};
  return {view_.SkipSpaces(hold->end, 1), clause.end};
}

// Whether a view is one of what the clause before says that others think: 我覺得荒謬, 我看剛好相反.
bool ClaimReader::AnswersOthers(const Clause& before, const Clause& view) const {
  static constexpr std::u32string_view kPointers = U"这那此";
  if (before.view_of_others.empty()) return false;
  const Range words{BehindView(view.range), view.range.end};
  return words.begin > view.range.begin && !words.empty() &&
         (WordsOf(words) < kShortestTalk || kPointers.find(view_.at(words.begin)) != std::u32string_view::npos);
}

bool ClaimReader::IsOpen(Range clause) const {
  if (view_.sentence().script == Script::kLatin && !speech_.is_talk) return false;
  // 在這次選舉中: only when or where.
  static constexpr std::u32string_view kSettings = U"在从到当随经", kSettingEnds = U"中后前时下上里际间";
  if (kSettings.find(view_.at(clause.begin)) != std::u32string_view::npos &&
      kSettingEnds.find(view_.at(clause.end - 1)) != std::u32string_view::npos) {
    return true;
  }
  return std::any_of(hits_.begin(), hits_.end(), [&](const CueHit& hit) {
    return hit.range.end == clause.end && matcher_.IsOf(hit, cues_.open_end);
  });
}

// Whether nothing but 而, 不過, 其實 stands before the topic: not the object in 領先中國很難.
bool ClaimReader::OpensClearly(Range clause, uint32_t end) const {
  if (view_.sentence().script == Script::kLatin) return true;
  uint32_t begin = BehindView(clause);
  for (bool goes_on = true; goes_on && begin < end;) {
    goes_on = false;
    for (const CueHit& hit : hits_) {
      if (hit.range.begin != begin || hit.range.end > end || !matcher_.IsOf(hit, cues_.opening)) continue;
      begin = view_.SkipSpaces(hit.range.end, 1);
      goes_on = true;
      break;
    }
  }
  return begin >= end || IsOpeningQuote(view_.at(begin));
}

bool ClaimReader::IsJudgement(const Clause& clause, Range cue) const {
  const Range topic = view_.mention(static_cast<uint32_t>(clause.topic)).range;
  if (cue.begin < topic.end) return true;  // 我佩服他
  if (view_.WordsBetween(topic.end, cue.begin) > kFarthestJudgement) return false;
  if (view_.sentence().script == Script::kLatin) return true;
  // 他的成功, 連我浪費的時間
  if (cue.begin > topic.end && view_.at(cue.begin - 1) == U'的') return false;
  const bool is_attribute = cue.end + 1 < clause.range.end && view_.at(cue.end) == U'的';
  const std::u32string_view between = view_.analysis().text.folded(topic.end, cue.begin);
  return !is_attribute || between.find_first_of(U"是为算") != std::u32string_view::npos;
}

// 清單會在年底前公開, said by who leads the company: not of other people, nor what only comes of something.
bool ClaimReader::CanSeeTo(const Clause& clause, Range cue) const {
  static constexpr std::u32string_view kWills[] = {U"会",   U"将",   U"将会", U"不会", U"也会",
                                                   U"会在", U"将在", U"仍会", U"仍将"};
  if (!speech_.is_leader || speech_.is_talk || speech_.is_opinion) return false;
  const FoldedText& text = view_.analysis().text;
  if (std::find(std::begin(kWills), std::end(kWills), text.folded(cue.begin, cue.end)) == std::end(kWills))
    return false;
  if (Has(moods_.condition, clause.range) || Has(moods_.hypothetical, clause.range)) return false;
  if (text.folded(cue.end, clause.range.end).find_first_of(U"让令使") != std::u32string_view::npos) return false;
  if (clause.topic < 0 || IsOwn(clause.topic)) return true;
  const EntityType type = view_.TypeOf(view_.mention(static_cast<uint32_t>(clause.topic)));
  return type != EntityType::kPerson && type != EntityType::kOrg && type != EntityType::kGpe &&
         type != EntityType::kNorp;
}

// 會 in 諮詢會, where no name holds it.
bool ClaimReader::IsMeeting(Range cue) const {
  static constexpr std::u32string_view kBefore = U"委协学社机工公商议询谈";
  return cue.size() == 1 && view_.at(cue.begin) == U'会' && cue.begin > view_.begin() &&
         kBefore.find(view_.at(cue.begin - 1)) != std::u32string_view::npos;
}

// 你 in talk is who listens, and praise of him is politeness.
bool ClaimReader::IsAddressee(const Clause& clause) const {
  const char32_t first = view_.at(TopicRange(clause).begin);
  return speech_.is_talk && (first == U'你' || first == U'您');
}

bool ClaimReader::IsNegated(Range cue) const {
  static constexpr std::u32string_view kNot = U"不没無无未非";
  if (cue.begin > view_.begin() && kNot.find(view_.at(cue.begin - 1)) != std::u32string_view::npos) return true;
  return std::any_of(hits_.begin(), hits_.end(), [&](const CueHit& hit) {
    return !hit.in_longer && hit.range.end <= cue.begin && view_.WordsBetween(hit.range.end, cue.begin) <= 2 &&
           view_.BreaksBetween(hit.range.end, cue.begin) == 0 && matcher_.IsOf(hit, moods_.negation);
  });
}

// 這個計畫, 計畫的重點: what is planned and not that it is.
bool ClaimReader::IsNoun(Range cue) const {
  static constexpr std::u32string_view kBeforeNouns = U"个项该此份套种的", kAfterNouns = U"的了过著、之";
  if (view_.sentence().script == Script::kLatin) return false;
  return (cue.begin > view_.begin() && kBeforeNouns.find(view_.at(cue.begin - 1)) != std::u32string_view::npos) ||
         (cue.end < view_.end() && kAfterNouns.find(view_.at(cue.end)) != std::u32string_view::npos);
}

bool ClaimReader::IsOwner(uint32_t end) const {
  const std::u32string_view rest = view_.analysis().text.folded(end, view_.end());
  return rest.starts_with(U"的") || rest.starts_with(U"'s") || rest.starts_with(U"’s");
}

// Somebody or something has a name between the two.
bool ClaimReader::NamesBefore(uint32_t begin, uint32_t end) const {
  return std::any_of(view_.mentions().begin(), view_.mentions().end(), [&](uint32_t index) {
    const TextMention& mention = view_.mention(index);
    return mention.entity >= 0 && begin <= mention.range.begin && mention.range.end <= end;
  });
}

bool ClaimReader::HasDate(Range range) const {
  return std::any_of(view_.mentions().begin(), view_.mentions().end(), [&](uint32_t index) {
    const TextMention& mention = view_.mention(index);
    return range.Contains(mention.range) &&
           (mention.type == EntityType::kDate || (mention.type == EntityType::kQuantity && mention.value &&
                                                  (mention.value->unit == "year" || mention.value->unit == "month")));
  });
}

}  // namespace newsgraph
