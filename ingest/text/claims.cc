#include "ingest/text/claims.h"

#include <algorithm>
#include <optional>

#include "ingest/text/claim_reader.h"
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
// A sentence of more has lost its way.
constexpr uint32_t kMostBreaksOfTalk = 5;
// Of a view in talk without its subject: 是樂意的.
constexpr uint32_t kShortestWithoutSubject = 9;
// In talk, only what is shorter takes the next clause with it.
constexpr uint32_t kShortTalk = 12;

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

bool IsSame(ClauseKind a, ClauseKind b) {
  const auto plain = [](ClauseKind kind) { return kind == ClauseKind::kSaid ? ClauseKind::kView : kind; };
  return plain(a) == plain(b);
}

std::string_view PredicateOf(ClauseKind kind) {
  switch (kind) {
    case ClauseKind::kPlan:
    case ClauseKind::kIntention:
      return "plans";
    case ClauseKind::kForecast:
      return "predicts";
    case ClauseKind::kDemand:
      return "calls_for";
    case ClauseKind::kPraise:
      return "praises";
    case ClauseKind::kCriticism:
      return "criticizes";
    case ClauseKind::kLikeness:
      return "describes";
    default:
      return "stated";
  }
}

}  // namespace

// Chinese clauses end at every comma, English ones at those that a conjunction follows.
void ClaimReader::Split() {
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
    if (!range.empty()) clauses_.push_back({range, ClauseKind::kNone, {}, -1, false});
    begin = p + std::max(join, 1U);
    p = begin - 1;
  }
}

std::optional<Range> ClaimReader::Find(const CueSet* set, Range range) const {
  for (const CueHit& hit : hits_) {
    if (!hit.in_longer && range.Contains(hit.range) && matcher_.IsOf(hit, set) && !IsBorrowed(hit.range.begin)) {
      return hit.range;
    }
  }
  return std::nullopt;
}

// In quotation marks inside of the speech: somebody's words in it, which do not make it what it is.
bool ClaimReader::IsBorrowed(uint32_t position) const {
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
uint32_t ClaimReader::BehindView(Range clause) const {
  const std::optional<Range> view = Find(cues_.view, clause);
  if (!view || view_.WordsBetween(clause.begin, view->begin) > kOpeningWords) return clause.begin;
  uint32_t begin = view_.SkipSpaces(view->end, 1);
  while (begin < clause.end && view_.IsBreak(begin)) begin = view_.SkipSpaces(begin + 1, 1);
  return std::min(begin, clause.end);
}

// What opens the clause, else nothing.
int32_t ClaimReader::TopicOf(Range clause) const {
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

uint32_t ClaimReader::ShortestView(Range words) const {
  static constexpr std::u32string_view kNoSubject = U"是有要很满蛮可会还不能应需也就都本必";
  if (!speech_.is_talk) return kShortestClaim;
  return kNoSubject.find(view_.at(words.begin)) != std::u32string_view::npos ? kShortestWithoutSubject : kShortestTalk;
}

bool ClaimReader::HasQuotation(Range range) const {
  for (uint32_t p = range.begin; p < range.end; ++p) {
    const char32_t c = view_.at(p);
    if (IsOpeningQuote(c) && c != U'《' && c != U'〈' && c != U'‘') return true;
  }
  return false;
}

// Who quotes words and not what they say has a view before him, but for what was or was not.
Factuality ClaimReader::HowSaid(Range words) const {
  // What somebody is quoted to judge is his view too.
  if (std::any_of(hits_.begin(), hits_.end(), [&](const CueHit& hit) {
        return !hit.in_longer && words.Contains(hit.range) && matcher_.IsOf(hit, cues_.judging);
      })) {
    return Factuality::kOpinion;
  }
  if (Has(cues_.settled, words)) return Factuality::kAsserted;
  return speech_.is_quoted || HasQuotation(words) ? Factuality::kOpinion : Factuality::kAsserted;
}

Claim ClaimReader::ClaimOf(const Clause& clause, uint32_t end) const {
  Claim claim;
  claim.predicate = PredicateOf(clause.kind);
  claim.subject = speech_.speaker;
  claim.words = {clause.range.begin, end};
  claim.cue = clause.cue;
  switch (clause.kind) {
    case ClauseKind::kPlan:
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
    case ClauseKind::kPraise:
    case ClauseKind::kCriticism:
    case ClauseKind::kLikeness: {
      const TextMention& topic = view_.mention(static_cast<uint32_t>(clause.topic));
      claim.object = topic.entity;
      claim.object_range = topic.range;
      claim.factuality = Factuality::kOpinion;
      break;
    }
    case ClauseKind::kIntention:
      claim.factuality = Factuality::kPlanned;
      break;
    case ClauseKind::kSaid:
      claim.factuality = speech_.is_denied ? Factuality::kDenied : HowSaid(claim.words);
      break;
    default:
      claim.factuality =
          speech_.is_planned && clause.kind == ClauseKind::kForecast ? Factuality::kPlanned : Factuality::kOpinion;
      if (clause.kind != ClauseKind::kForecast || claim.words.begin < BehindView(clause.range)) {
        claim.words.begin = BehindView(clause.range);
      }
  }
  const bool is_supposed = Find(moods_.condition, {clause.range.begin, end}).has_value();
  if (is_supposed && (clause.kind == ClauseKind::kPlan || clause.kind == ClauseKind::kIntention ||
                      clause.kind == ClauseKind::kSaid || clause.kind == ClauseKind::kForecast)) {
    claim.factuality = Factuality::kHypothetical;
  }
  return claim;
}

std::vector<Claim> ClaimReader::Read(const std::vector<Range>& covered) {
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
    clause.kind = clause.is_void ? ClauseKind::kNone : KindInTalk(clause, clause.kind, clause.cue);
  }
  // What is left beside relations that were read is worth a word only where it is a view or most of what was said.
  const bool is_read = std::any_of(clauses_.begin(), clauses_.end(), [](const Clause& one) { return one.is_covered; });
  for (size_t i = 0; i < clauses_.size(); ++i) {
    Clause clause = clauses_[i];
    if (clause.kind == ClauseKind::kNone) continue;
    size_t last = i;
    // 若良率拉不上來,省下的錢會賠回去: what the condition is of says what it is.
    if (last + 1 < clauses_.size() && !clauses_[last + 1].is_covered && clauses_[last + 1].kind != ClauseKind::kNone &&
        IsSame(clause.kind, ClauseKind::kSaid) && (clause.is_open || Has(moods_.condition, clause.range))) {
      ++last;
      clause.kind = clauses_[last].kind;
      clause.cue = clauses_[last].cue;
      if (clause.topic < 0) clause.topic = clauses_[last].topic;
      if (clause.kind == ClauseKind::kPraise || clause.kind == ClauseKind::kCriticism ||
          clause.kind == ClauseKind::kLikeness) {
        clause.kind = ClauseKind::kView;
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
        (clauses_[last + 1].kind == ClauseKind::kNone || clauses_[last + 1].kind == ClauseKind::kSaid ||
         IsSame(clauses_[last + 1].kind, clause.kind))) {
      ++last;
    }
    // 公司受制於人,在這波浪潮中: what only begins something else is left to that.
    size_t end = last;
    while (end > i && clauses_[end].is_open) --end;
    const bool is_begun =
        clauses_[end].is_open && clause.kind != ClauseKind::kPraise && clause.kind != ClauseKind::kCriticism;
    Claim claim = ClaimOf(clause, clauses_[end].range.end);
    if (i > 0 && !clauses_[i - 1].is_covered && IsSame(clause.kind, ClauseKind::kView) &&
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
    const bool is_told_plan =
        clause.kind == ClauseKind::kPlan && clause.is_told && view_.sentence().script == Script::kLatin;
    const bool is_view =
        IsSame(clause.kind, ClauseKind::kView) || (speech_.is_talk && clause.kind == ClauseKind::kDemand);
    if (words < (!is_view && is_told_plan                                 ? kShortestTold
                 : !is_view                                               ? kShortestClaim
                 : !speech_.is_told && clause.kind != ClauseKind::kDemand ? kShortestView
                                                                          : ShortestView(claim.words)))
      continue;
    // What more is said in passing is most often the text's own.
    if (clause.kind == ClauseKind::kSaid && !speech_.is_talk && !speech_.is_quoted && !claims.empty() &&
        !IsOpeningQuote(view_.at(clause.range.begin))) {
      continue;
    }
    if (is_read && clause.kind == ClauseKind::kSaid &&
        2 * words < view_.WordsBetween(speech_.range.begin, speech_.range.end)) {
      continue;
    }
    claims.push_back(claim);
  }
  return claims;
}

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
  return ClaimReader(view, matcher, moods, cues, hits, speech, own).Read(covered);
}

}  // namespace newsgraph
