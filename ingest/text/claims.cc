#include "ingest/text/claims.h"

#include <algorithm>
#include <optional>

#include "ingest/text/code_points.h"
#include "ingest/text/unlisted_words.h"

namespace newsgraph {
namespace {

// A clause of fewer words claims nothing by itself.
constexpr uint32_t kShortestClaim = 4, kShortestTold = 3;
// Of a view that nothing tells to be speech: 我覺得荒謬 only answers what was said before.
constexpr uint32_t kShortestView = 7;
// More clauses are a speech, no claim; as people talk, fewer.
constexpr size_t kMostClauses = 2, kMostTalkClauses = 2;
// A sentence of more has lost its way, and says too much for one claim; of as many, only what says that it is a view
// or a plan is one.
constexpr uint32_t kMostBreaksOfTalk = 5, kFewBreaksOfTalk = 3;
// Of a view in talk; without its subject (是樂意的), more.
constexpr uint32_t kShortestTalk = 6, kShortestWithoutSubject = 9;
// In talk, only what is shorter takes the next clause with it.
constexpr uint32_t kShortTalk = 12;
// Between what is judged and the word that judges it; between who plans and the plan.
constexpr uint32_t kFarthestJudgement = 12, kFarthestPlan = 8;
// Before what a clause speaks of: 而, 不過, 所以.
constexpr uint32_t kOpeningWords = 3;

enum class Kind : uint8_t {
  kNone,
  kSaid,
  kView,
  kPlan,
  kIntention,  // that something will be, said by who can see to it
  kForecast,
  kDemand,
  kRejection,
  kPraise,
  kCriticism,
  kLikeness
};

struct Clause {
  Range range;
  Kind kind = Kind::kNone;
  Range cue;
  int32_t topic = -1;  // index of a mention
  bool is_covered = false;
  bool is_told = false;  // by a verb or in quotation marks
  bool is_open = false;  // goes on behind its comma
  bool is_void = false;  // claims nothing, nor belongs to what does
  Range view_of_others;  // 把技術鎖起來 in 有人主張把技術鎖起來
};

// No clause begins with one of these alone; words before were cut off.
constexpr std::u32string_view kNeverBegins = U"的了过著着时后之地得";
constexpr uint32_t kLongestWord = 6;

// 說|的重點, but not 說|的確沒有, nor what stands behind a mark.
bool BeginsInsideWord(const SentenceView& view, uint32_t position) {
  if (kNeverBegins.find(view.at(position)) == std::u32string_view::npos) return false;
  if (position == view.begin() || !IsHan(view.at(position - 1))) return false;
  uint32_t end = position;
  while (end < view.end() && end - position < kLongestWord && IsHan(view.at(end))) ++end;
  return WordLengths(view.analysis().text.folded(position, end)).front() < 2;
}

bool IsTarget(EntityType type) { return !IsValueType(type) && type != EntityType::kUnknown; }

bool IsSame(Kind a, Kind b) {
  const auto plain = [](Kind kind) { return kind == Kind::kSaid ? Kind::kView : kind; };
  return plain(a) == plain(b);
}

std::string_view PredicateOf(Kind kind) {
  switch (kind) {
    case Kind::kPlan:
    case Kind::kIntention:
      return "plans";
    case Kind::kForecast:
      return "predicts";
    case Kind::kDemand:
      return "calls_for";
    case Kind::kPraise:
      return "praises";
    case Kind::kCriticism:
      return "criticizes";
    case Kind::kLikeness:
      return "describes";
    default:
      return "stated";
  }
}

class Reader {
 public:
  Reader(const SentenceView& view, const RelationMatcher& matcher, const MoodCues& moods, const ClaimCues& cues,
         const std::vector<CueHit>& hits, const Speech& speech, const std::vector<int32_t>& own)
      : view_(view), matcher_(matcher), moods_(moods), cues_(cues), hits_(hits), speech_(speech), own_(own) {}

  std::vector<Claim> Read(const std::vector<Range>& covered);

 private:
  void Split();
  int32_t TopicOf(Range clause) const;
  uint32_t BehindView(Range clause) const;
  Kind KindOf(const Clause& clause, Range& cue) const;
  // As KindOf, where people talk: what is unfinished, asked or told of others is none.
  Kind KindInTalk(const Clause& clause, Kind kind, Range cue) const;
  bool SaysNothing(const Clause& clause) const;
  bool IsMereNeed(const Clause& clause, Range cue) const;
  bool TakeWill(const Clause& clause, Range& cue) const;
  bool FollowsWill(Range cue) const;
  Range ViewOfOthers(Range clause) const;
  bool AnswersOthers(const Clause& before, const Clause& view) const;
  bool IsOpen(Range clause) const;
  // Whether a word judges what the clause speaks of: not the money in "the wasted money".
  bool IsJudgement(const Clause& clause, Range cue) const;
  bool OpensClearly(Range clause, uint32_t topic) const;
  Range TopicRange(const Clause& clause) const { return view_.mention(static_cast<uint32_t>(clause.topic)).range; }
  bool IsAddressee(const Clause& clause) const;
  bool IsMeeting(Range cue) const;
  bool CanSeeTo(const Clause& clause, Range cue) const;
  bool IsNegated(Range cue) const;
  bool IsNoun(Range cue) const;
  Factuality HowSaid(Range words) const;
  uint32_t ShortestView(Range words) const;
  bool StartsWith(const CueSet* set, Range range) const {
    return std::any_of(hits_.begin(), hits_.end(),
                       [&](const CueHit& hit) { return hit.range.begin == range.begin && matcher_.IsOf(hit, set); });
  }
  uint32_t WordsOf(Range range) const { return view_.WordsBetween(range.begin, range.end); }
  bool Has(const CueSet* set, Range range) const { return Find(set, range).has_value(); }
  bool HasDate(Range range) const;
  bool NamesBefore(uint32_t begin, uint32_t end) const;
  bool IsOwner(uint32_t end) const;
  bool HasQuotation(Range range) const;
  // The first word of the set in the range, no part of a longer cue.
  std::optional<Range> Find(const CueSet* set, Range range) const;
  bool IsBorrowed(uint32_t position) const;
  bool IsOwn(int32_t mention) const {
    return mention >= 0 &&
           std::binary_search(own_.begin(), own_.end(), view_.mention(static_cast<uint32_t>(mention)).entity);
  }
  bool IsOrganization(int32_t entity) const {
    return view_.analysis().entities[static_cast<size_t>(entity)].type == EntityType::kOrg;
  }
  Claim ClaimOf(const Clause& clause, uint32_t end) const;

  const SentenceView& view_;
  const RelationMatcher& matcher_;
  const MoodCues& moods_;
  const ClaimCues& cues_;
  const std::vector<CueHit>& hits_;
  const Speech& speech_;
  const std::vector<int32_t>& own_;
  std::vector<Clause> clauses_;
};

// Chinese clauses end at every comma, English ones at those that a conjunction follows.
void Reader::Split() {
  static constexpr std::u32string_view kConjunctions[] = {U"and", U"but", U"so", U"or", U"because", U"while"};
  const auto ends_at = [&](uint32_t position) {
    if (!view_.IsBreak(position)) return false;
    if (view_.sentence().script != Script::kLatin || view_.at(position) != U',') return true;
    const uint32_t next = view_.SkipSpaces(position + 1, 1);
    const std::u32string_view rest = view_.analysis().text.folded(next, speech_.range.end);
    return next < speech_.range.end &&
           std::any_of(std::begin(kConjunctions), std::end(kConjunctions), [rest](std::u32string_view word) {
             return rest.substr(0, word.size()) == word && rest.size() > word.size() &&
                    !IsLatinWordMark(rest[word.size()]);
           });
  };
  // "said it was false and that it would appeal"
  const auto joins_at = [&](uint32_t position) -> uint32_t {
    static constexpr std::u32string_view kJoins[] = {U" and that ", U" but that ", U", and that ", U", but that "};
    static constexpr std::u32string_view kKept[] = {U" and would ",     U" but would ",    U" and will ",
                                                    U" and it would ",  U" and he would ", U" and she would ",
                                                    U" and they would "};
    if (view_.sentence().script != Script::kLatin || !speech_.is_told || speech_.is_quoted) return 0;
    const std::u32string_view rest = view_.analysis().text.folded(position, speech_.range.end);
    for (const std::u32string_view words : kJoins) {
      if (rest.starts_with(words)) return static_cast<uint32_t>(words.size());
    }
    return std::any_of(std::begin(kKept), std::end(kKept),
                       [rest](std::u32string_view words) { return rest.starts_with(words); })
               ? 5
               : 0;
  };
  uint32_t begin = speech_.range.begin;
  for (uint32_t p = begin; p <= speech_.range.end; ++p) {
    const uint32_t join = p < speech_.range.end ? joins_at(p) : 0;
    if (p < speech_.range.end && join == 0 && !ends_at(p)) continue;
    Range range{view_.SkipSpaces(begin, 1), p};
    while (range.end > range.begin && IsSpaceMark(view_.at(range.end - 1))) --range.end;
    if (!range.empty()) clauses_.push_back({range, Kind::kNone, {}, -1, false});
    begin = p + std::max(join, 1U);
    p = begin - 1;
  }
}

std::optional<Range> Reader::Find(const CueSet* set, Range range) const {
  for (const CueHit& hit : hits_) {
    if (!hit.in_longer && range.Contains(hit.range) && matcher_.IsOf(hit, set) && !IsBorrowed(hit.range.begin)) {
      return hit.range;
    }
  }
  return std::nullopt;
}

// In quotation marks inside of the speech: somebody's words in it, which do not make it what it is.
bool Reader::IsBorrowed(uint32_t position) const {
  uint32_t depth = 0;
  for (uint32_t p = speech_.range.begin; p < position; ++p) {
    if (IsClosingQuote(view_.at(p)) && depth > 0) {
      --depth;
    } else if (IsOpeningQuote(view_.at(p))) {
      ++depth;
    }
  }
  return depth > 0;
}

// Behind 我認為, "I think", where the clause opens with it.
uint32_t Reader::BehindView(Range clause) const {
  const std::optional<Range> view = Find(cues_.view, clause);
  if (!view || view_.WordsBetween(clause.begin, view->begin) > kOpeningWords) return clause.begin;
  uint32_t begin = view_.SkipSpaces(view->end, 1);
  while (begin < clause.end && view_.IsBreak(begin)) begin = view_.SkipSpaces(begin + 1, 1);
  return std::min(begin, clause.end);
}

// What opens the clause, else nothing.
int32_t Reader::TopicOf(Range clause) const {
  clause.begin = BehindView(clause);
  for (const uint32_t index : view_.mentions()) {
    const TextMention& mention = view_.mention(index);
    if (!clause.Contains(mention.range) || mention.entity < 0) continue;
    if (view_.WordsBetween(clause.begin, mention.range.begin) > kOpeningWords) break;
    // 對我們來說, 都是我們要的: whom or what it is about is not what the clause speaks of.
    static constexpr std::u32string_view kNoTopicAfter = U"对给让被把和与跟从在是为比像替向由";
    if (mention.range.begin > clause.begin && !OpensClearly(clause, mention.range.begin) &&
        kNoTopicAfter.find(view_.at(mention.range.begin - 1)) != std::u32string_view::npos) {
      return -1;
    }
    // 我們的目標: what somebody has is not he.
    if (IsOwn(static_cast<int32_t>(index)) && IsOwner(mention.range.end)) return -1;
    return static_cast<int32_t>(index);
  }
  return -1;
}

Kind Reader::KindOf(const Clause& clause, Range& cue) const {
  // What is not known or is others' view has words of its own.
  Range scope = clause.range;
  if (const std::optional<Range> unsure = Find(cues_.unsure, scope)) scope.end = unsure->begin;
  if (!clause.view_of_others.empty()) scope.end = scope.begin;
  const auto take = [&](const CueSet* set) {
    const std::optional<Range> found = Find(set, scope);
    if (found) cue = *found;
    return found.has_value();
  };
  if (speech_.is_denied) return Kind::kSaid;
  if (speech_.told == "predicts") return Kind::kForecast;
  const bool is_own = IsOwn(clause.topic);
  const bool is_of_another = clause.topic >= 0 && !is_own;
  if (!is_of_another && take(cues_.intention) && !IsNoun(cue)) return Kind::kPlan;
  if (take(cues_.no_duty)) return Kind::kView;
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
    return is_denied || is_what_it_is ? Kind::kView : Kind::kDemand;
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
    if (is_plan && !speech_.is_opinion) return Kind::kPlan;
    // Without a word for when, 會 tells what things are like; 都會 what they are always like.
    static constexpr std::u32string_view kAlways = U"都就常才";
    const bool is_habit = kAlways.find(view_.at(cue.begin)) != std::u32string_view::npos && !HasDate(clause.range);
    if ((clause.is_told && !is_habit) || HasDate(clause.range))
      return CanSeeTo(clause, cue) ? Kind::kIntention : Kind::kForecast;
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
    return Has(cues_.good, words) ? Kind::kPraise : Kind::kCriticism;
  }
  if (judges(cues_.bad)) return has_target && !IsNegated(cue) ? Kind::kCriticism : Kind::kView;
  if (judges(cues_.good)) {
    if (!has_target) return Kind::kView;
    return IsNegated(cue) ? Kind::kCriticism : Kind::kPraise;
  }
  cue = {};
  if (has_target && take(cues_.likeness) && IsJudgement(clause, cue)) return Kind::kLikeness;
  cue = {};
  if (take(cues_.view)) return Kind::kView;
  // What is announced is no claim by itself.
  if (!clause.is_told || speech_.is_announced) return Kind::kNone;
  return speech_.is_opinion ? Kind::kView : Kind::kSaid;
}

bool Reader::SaysNothing(const Clause& clause) const {
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

Kind Reader::KindInTalk(const Clause& clause, Kind kind, Range cue) const {
  const Range range = clause.range;
  if (kind == Kind::kNone || clause.is_told) return kind;
  const std::optional<Range> view = Find(cues_.view, range);
  const bool is_view = view && view_.WordsBetween(range.begin, view->begin) <= kOpeningWords;
  const bool is_long = view_.BreaksBetween(view_.begin(), view_.end()) > kFewBreaksOfTalk;
  const auto since_topic = [&] {
    return clause.topic < 0
               ? kFarthestPlan + 1
               : view_.WordsBetween(view_.mention(static_cast<uint32_t>(clause.topic)).range.end, cue.begin);
  };
  switch (kind) {
    case Kind::kPlan: {
      const uint32_t begin = view_.SkipSpaces(cue.end, 1);
      const std::optional<Range> speak = Find(cues_.speak, {begin, range.end});
      const std::optional<Range> habit = Find(cues_.habit, {range.begin, cue.begin});
      const std::optional<Range> then = Find(cues_.habit, {begin, range.end});
      if ((speak && speak->begin == begin) || (then && then->begin == begin) || habit || Has(cues_.habit, cue)) {
        return Kind::kNone;
      }
      if (clause.is_open || Has(moods_.condition, range)) return Kind::kNone;
      if (since_topic() <= kFarthestPlan) return kind;
      // 想要報名的人: not the speaker.
      const std::u32string_view rest = view_.analysis().text.folded(cue.end, range.end);
      return cue.begin == range.begin && rest.find(U"的人") == std::u32string_view::npos ? kind : Kind::kNone;
    }
    case Kind::kDemand:
      // "you have to shout", "I ought to be polite": how things are, and manners.
      if (view_.sentence().script == Script::kLatin && !is_view && IsMereNeed(clause, cue)) return Kind::kNone;
      // Who should, in words of the clause.
      return is_view || (!is_long && view_.WordsBetween(range.begin, cue.begin) > 1) ? kind : Kind::kNone;
    case Kind::kView:
      return is_view || (!is_long && range.begin == speech_.range.begin) ? kind : Kind::kNone;
    case Kind::kForecast:
      // Of what is named, on a day; else only where it is said to be a view.
      return is_view || (clause.topic >= 0 && HasDate(range) && !is_long) ? kind : Kind::kNone;
    case Kind::kPraise:
    case Kind::kCriticism:
    case Kind::kLikeness:
      if (TopicRange(clause).size() < 2 &&
          view_.mention(static_cast<uint32_t>(clause.topic)).form == MentionForm::kName) {
        return Kind::kNone;
      }
      return !is_long || is_view ? kind : Kind::kNone;
    default:
      return !is_long || is_view ? kind : Kind::kNone;
  }
}

bool Reader::FollowsWill(Range cue) const {
  return std::any_of(hits_.begin(), hits_.end(), [&](const CueHit& hit) {
    return hit.range.end <= cue.begin && view_.SkipSpaces(hit.range.end, 1) == cue.begin &&
           (matcher_.IsOf(hit, cues_.future) || matcher_.IsOf(hit, cues_.would));
  });
}

// Of what is told in English: "it would close", "sales will fall", where that is the verb of the clause; not what
// would have been, nor, word by word, what will be of others.
bool Reader::TakeWill(const Clause& clause, Range& cue) const {
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
bool Reader::IsMereNeed(const Clause& clause, Range cue) const {
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
Range Reader::ViewOfOthers(Range clause) const {
  const std::optional<Range> others = Find(cues_.others, clause);
  if (!others || view_.WordsBetween(clause.begin, others->begin) > 2 * kOpeningWords) return {};
  // 有一種看法是…: told without a verb.
  if (view_.at(others->end - 1) == U'是') return {view_.SkipSpaces(others->end, 1), clause.end};
  const std::optional<Range> hold = Find(cues_.hold, {others->end, clause.end});
  if (!hold) return {};
  return {view_.SkipSpaces(hold->end, 1), clause.end};
}

// Whether a view is one of what the clause before says that others think: 我覺得荒謬, 我看剛好相反.
bool Reader::AnswersOthers(const Clause& before, const Clause& view) const {
  static constexpr std::u32string_view kPointers = U"这那此";
  if (before.view_of_others.empty()) return false;
  const Range words{BehindView(view.range), view.range.end};
  return words.begin > view.range.begin && !words.empty() &&
         (WordsOf(words) < kShortestTalk || kPointers.find(view_.at(words.begin)) != std::u32string_view::npos);
}

bool Reader::IsOpen(Range clause) const {
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
bool Reader::OpensClearly(Range clause, uint32_t end) const {
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

bool Reader::IsJudgement(const Clause& clause, Range cue) const {
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
bool Reader::CanSeeTo(const Clause& clause, Range cue) const {
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
bool Reader::IsMeeting(Range cue) const {
  static constexpr std::u32string_view kBefore = U"委协学社机工公商议询谈";
  return cue.size() == 1 && view_.at(cue.begin) == U'会' && cue.begin > view_.begin() &&
         kBefore.find(view_.at(cue.begin - 1)) != std::u32string_view::npos;
}

// 你 in talk is who listens, and praise of him is politeness.
bool Reader::IsAddressee(const Clause& clause) const {
  const char32_t first = view_.at(TopicRange(clause).begin);
  return speech_.is_talk && (first == U'你' || first == U'您');
}

bool Reader::IsNegated(Range cue) const {
  static constexpr std::u32string_view kNot = U"不没無无未非";
  if (cue.begin > view_.begin() && kNot.find(view_.at(cue.begin - 1)) != std::u32string_view::npos) return true;
  return std::any_of(hits_.begin(), hits_.end(), [&](const CueHit& hit) {
    return !hit.in_longer && hit.range.end <= cue.begin && view_.WordsBetween(hit.range.end, cue.begin) <= 2 &&
           view_.BreaksBetween(hit.range.end, cue.begin) == 0 && matcher_.IsOf(hit, moods_.negation);
  });
}

uint32_t Reader::ShortestView(Range words) const {
  static constexpr std::u32string_view kNoSubject = U"是有要很满蛮可会还不能应需也就都本必";
  if (!speech_.is_talk) return kShortestClaim;
  return kNoSubject.find(view_.at(words.begin)) != std::u32string_view::npos ? kShortestWithoutSubject : kShortestTalk;
}

// 這個計畫, 計畫的重點: what is planned and not that it is.
bool Reader::IsNoun(Range cue) const {
  static constexpr std::u32string_view kBeforeNouns = U"个项该此份套种的", kAfterNouns = U"的了过著、之";
  if (view_.sentence().script == Script::kLatin) return false;
  return (cue.begin > view_.begin() && kBeforeNouns.find(view_.at(cue.begin - 1)) != std::u32string_view::npos) ||
         (cue.end < view_.end() && kAfterNouns.find(view_.at(cue.end)) != std::u32string_view::npos);
}

bool Reader::HasQuotation(Range range) const {
  for (uint32_t p = range.begin; p < range.end; ++p) {
    const char32_t c = view_.at(p);
    if (IsOpeningQuote(c) && c != U'《' && c != U'〈' && c != U'‘') return true;
  }
  return false;
}

// Who quotes words and not what they say has a view before him, but for what was or was not.
Factuality Reader::HowSaid(Range words) const {
  // What somebody is quoted to judge is his view too.
  if (std::any_of(hits_.begin(), hits_.end(), [&](const CueHit& hit) {
        return !hit.in_longer && words.Contains(hit.range) && matcher_.IsOf(hit, cues_.judging);
      })) {
    return Factuality::kOpinion;
  }
  if (Has(cues_.settled, words)) return Factuality::kAsserted;
  return speech_.is_quoted || HasQuotation(words) ? Factuality::kOpinion : Factuality::kAsserted;
}

bool Reader::IsOwner(uint32_t end) const {
  const std::u32string_view rest = view_.analysis().text.folded(end, view_.end());
  return rest.starts_with(U"的") || rest.starts_with(U"'s") || rest.starts_with(U"’s");
}

// Somebody or something has a name between the two.
bool Reader::NamesBefore(uint32_t begin, uint32_t end) const {
  return std::any_of(view_.mentions().begin(), view_.mentions().end(), [&](uint32_t index) {
    const TextMention& mention = view_.mention(index);
    return mention.entity >= 0 && begin <= mention.range.begin && mention.range.end <= end;
  });
}

bool Reader::HasDate(Range range) const {
  return std::any_of(view_.mentions().begin(), view_.mentions().end(), [&](uint32_t index) {
    const TextMention& mention = view_.mention(index);
    return range.Contains(mention.range) &&
           (mention.type == EntityType::kDate || (mention.type == EntityType::kQuantity && mention.value &&
                                                  (mention.value->unit == "year" || mention.value->unit == "month")));
  });
}

Claim Reader::ClaimOf(const Clause& clause, uint32_t end) const {
  Claim claim;
  claim.predicate = PredicateOf(clause.kind);
  claim.subject = speech_.speaker;
  claim.words = {clause.range.begin, end};
  claim.cue = clause.cue;
  switch (clause.kind) {
    case Kind::kPlan:
      claim.factuality = Factuality::kPlanned;
      if (clause.topic >= 0) {
        const TextMention& topic = view_.mention(static_cast<uint32_t>(clause.topic));
        claim.subject = topic.entity;
        claim.subject_range = topic.range;
      }
      if (view_.sentence().script != Script::kLatin) claim.words.begin = view_.SkipSpaces(clause.cue.end, 1);
      // 正打算,若有機會…
      while (claim.words.begin < end && view_.IsBreak(claim.words.begin)) ++claim.words.begin;
      break;
    case Kind::kPraise:
    case Kind::kCriticism:
    case Kind::kLikeness: {
      const TextMention& topic = view_.mention(static_cast<uint32_t>(clause.topic));
      claim.object = topic.entity;
      claim.object_range = topic.range;
      claim.factuality = Factuality::kOpinion;
      break;
    }
    case Kind::kIntention:
      claim.factuality = Factuality::kPlanned;
      break;
    case Kind::kSaid:
      claim.factuality = speech_.is_denied ? Factuality::kDenied : HowSaid(claim.words);
      break;
    default:
      claim.factuality =
          speech_.is_planned && clause.kind == Kind::kForecast ? Factuality::kPlanned : Factuality::kOpinion;
      if (clause.kind != Kind::kForecast || claim.words.begin < BehindView(clause.range)) {
        claim.words.begin = BehindView(clause.range);
      }
  }
  const bool is_supposed = Find(moods_.condition, {clause.range.begin, end}).has_value();
  if (is_supposed && (clause.kind == Kind::kPlan || clause.kind == Kind::kIntention || clause.kind == Kind::kSaid ||
                      clause.kind == Kind::kForecast)) {
    claim.factuality = Factuality::kHypothetical;
  }
  return claim;
}

std::vector<Claim> Reader::Read(const std::vector<Range>& covered) {
  std::vector<Claim> claims;
  if (IsQuestion(view_, matcher_, moods_, hits_)) return claims;
  if (speech_.is_talk && !speech_.is_quoted && view_.BreaksBetween(view_.begin(), view_.end()) > kMostBreaksOfTalk) {
    return claims;
  }
  Split();
  for (Clause& clause : clauses_) {
    clause.topic = TopicOf(clause.range);
    // A verb of thinking reaches not far where people talk.
    clause.is_told = speech_.is_told && (!speech_.is_talk || speech_.is_quoted || &clause == &clauses_.front());
    clause.is_open = IsOpen(clause.range);
    clause.view_of_others = ViewOfOthers(clause.range);
    clause.is_covered = speech_.told != "predicts" && std::any_of(covered.begin(), covered.end(), [&](Range range) {
                          return range.Overlaps(clause.range);
                        });
    if (clause.is_covered) continue;
    clause.kind = KindOf(clause, clause.cue);
    if (!speech_.is_talk) continue;
    clause.is_void = SaysNothing(clause);
    clause.kind = clause.is_void ? Kind::kNone : KindInTalk(clause, clause.kind, clause.cue);
  }
  // What is left beside relations that were read is worth a word only where it is a view or most of what was said.
  const bool is_read = std::any_of(clauses_.begin(), clauses_.end(), [](const Clause& one) { return one.is_covered; });
  for (size_t i = 0; i < clauses_.size(); ++i) {
    Clause clause = clauses_[i];
    if (clause.kind == Kind::kNone) continue;
    size_t last = i;
    // 若良率拉不上來,省下的錢會賠回去: what the condition is of says what it is.
    if (last + 1 < clauses_.size() && !clauses_[last + 1].is_covered && clauses_[last + 1].kind != Kind::kNone &&
        IsSame(clause.kind, Kind::kSaid) && (clause.is_open || Has(moods_.condition, clause.range))) {
      ++last;
      clause.kind = clauses_[last].kind;
      clause.cue = clauses_[last].cue;
      if (clause.topic < 0) clause.topic = clauses_[last].topic;
      if (clause.kind == Kind::kPraise || clause.kind == Kind::kCriticism || clause.kind == Kind::kLikeness) {
        clause.kind = Kind::kView;
      }
    }
    const bool is_told_in_english = clause.is_told && !speech_.is_quoted && view_.sentence().script == Script::kLatin;
    // What follows without a word of its own belongs to it.
    const size_t most = speech_.is_talk && !clauses_[i].is_open ? kMostTalkClauses : kMostClauses;
    while (
        last + 1 < clauses_.size() && (last + 1 < i + most || clauses_[last].is_open) &&
        !clauses_[last + 1].is_covered && !clauses_[last + 1].is_void &&
        !(is_told_in_english && clause.kind != clauses_[last + 1].kind) &&
        // 存貨都有訂單,「不是囤米」: words that are quoted are a claim of their own.
        !(!clauses_[last].is_open && IsOpeningQuote(view_.at(clauses_[last + 1].range.begin)) && !speech_.is_quoted) &&
        !(speech_.is_talk &&
          (StartsWith(cues_.contrast, clauses_[last + 1].range) || Has(moods_.condition, clauses_[last + 1].range) ||
           (!clauses_[last].is_open && !clauses_[i].is_open && WordsOf(clauses_[last].range) > kShortTalk))) &&
        (clauses_[last + 1].kind == Kind::kNone || clauses_[last + 1].kind == Kind::kSaid ||
         IsSame(clauses_[last + 1].kind, clause.kind))) {
      ++last;
    }
    // 公司受制於人,在這波浪潮中: what only begins something else is left to that.
    size_t end = last;
    while (end > i && clauses_[end].is_open) --end;
    const bool is_begun = clauses_[end].is_open && clause.kind != Kind::kPraise && clause.kind != Kind::kCriticism;
    Claim claim = ClaimOf(clause, clauses_[end].range.end);
    if (i > 0 && !clauses_[i - 1].is_covered && IsSame(clause.kind, Kind::kView) &&
        AnswersOthers(clauses_[i - 1], clause)) {
      // 有人主張把技術鎖起來,我認為那錯了: he is against it.
      const Range view = clauses_[i - 1].view_of_others;
      if (WordsOf(view) >= kShortestClaim && !clause.cue.empty() && Has(cues_.bad, clause.range) &&
          !IsNegated(clause.cue)) {
        claim.predicate = "opposes";
        claim.words = view;
        claim.cue = {};
        claims.push_back(claim);
        i = last;
        continue;
      }
      claim.words.begin = clauses_[i - 1].range.begin;
    }
    i = last;
    if (is_begun && (speech_.is_talk || i == end)) continue;
    // Cut off by what another speaker says, or in the middle of a word.
    static constexpr std::u32string_view kEnds = U"。.!?… ";
    if (claim.words.end < view_.end()) {
      const char32_t next = view_.at(claim.words.end);
      if (!view_.IsBreak(claim.words.end) && !IsClosingQuote(next) && !IsOpeningQuote(next) &&
          kEnds.find(next) == std::u32string_view::npos) {
        continue;
      }
    }
    if (!claim.words.empty() && BeginsInsideWord(view_, claim.words.begin)) continue;
    if (claim.subject < 0 || claim.subject == claim.object || claim.words.empty()) continue;
    const uint32_t words = view_.WordsBetween(claim.words.begin, claim.words.end);
    // "he would appeal"
    const bool is_told_plan = clause.kind == Kind::kPlan && clause.is_told && view_.sentence().script == Script::kLatin;
    const bool is_view = IsSame(clause.kind, Kind::kView) || (speech_.is_talk && clause.kind == Kind::kDemand);
    if (words < (!is_view && is_told_plan                           ? kShortestTold
                 : !is_view                                         ? kShortestClaim
                 : !speech_.is_told && clause.kind != Kind::kDemand ? kShortestView
                                                                    : ShortestView(claim.words)))
      continue;
    // What more is said in passing is most often the text's own.
    if (clause.kind == Kind::kSaid && !speech_.is_talk && !speech_.is_quoted && !claims.empty() &&
        !IsOpeningQuote(view_.at(clause.range.begin))) {
      continue;
    }
    if (is_read && clause.kind == Kind::kSaid &&
        2 * words < view_.WordsBetween(speech_.range.begin, speech_.range.end)) {
      continue;
    }
    claims.push_back(claim);
  }
  return claims;
}

}  // namespace

ClaimCues::ClaimCues(const RuleBook& book)
    : future(book.FindSet("claim_future")),
      intention(book.FindSet("claim_intention")),
      duty(book.FindSet("claim_duty")),
      no_duty(book.FindSet("claim_no_duty")),
      good(book.FindSet("claim_good")),
      bad(book.FindSet("claim_bad")),
      likeness(book.FindSet("claim_likeness")),
      view(book.FindSet("claim_view")),
      judging(book.FindSet("claim_judging")),
      settled(book.FindSet("claim_settled")),
      unsure(book.FindSet("claim_unsure")),
      act(book.FindSet("claim_act")),
      others(book.FindSet("claim_others")),
      hold(book.FindSet("claim_hold")),
      unasked(book.FindSet("claim_unasked")),
      open_end(book.FindSet("claim_open_end")),
      speak(book.FindSet("claim_speak")),
      habit(book.FindSet("claim_habit")),
      example(book.FindSet("claim_example")),
      opening(book.FindSet("claim_opening")),
      contrast(book.FindSet("claim_contrast")),
      would(book.FindSet("claim_would")),
      finite(book.FindSet("claim_finite")) {}

bool IsWholeClaim(const SentenceView& view, const RelationMatcher& matcher, const ClaimCues& cues,
                  const std::vector<CueHit>& hits, Range words) {
  // 稱其為先驅 gives a name and tells nothing.
  if (words.size() > 1 && view.at(words.begin) == U'其' && view.at(words.begin + 1) == U'为') return false;
  if (words.empty() || BeginsInsideWord(view, words.begin)) return false;
  if (view.sentence().turn < 0) return true;
  return std::none_of(hits.begin(), hits.end(), [&](const CueHit& hit) {
    return !hit.in_longer && words.Contains(hit.range) &&
           (matcher.IsOf(hit, cues.unasked) || (hit.range.begin == words.begin && matcher.IsOf(hit, cues.speak)) ||
            (hit.range.end == words.end && matcher.IsOf(hit, cues.open_end)));
  });
}

std::vector<Claim> ReadClaims(const SentenceView& view, const RelationMatcher& matcher, const MoodCues& moods,
                              const ClaimCues& cues, const std::vector<CueHit>& hits, const Speech& speech,
                              const std::vector<int32_t>& own, const std::vector<Range>& covered) {
  return Reader(view, matcher, moods, cues, hits, speech, own).Read(covered);
}

}  // namespace newsgraph
