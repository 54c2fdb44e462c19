#include "ingest/text/claims.h"

#include <algorithm>
#include <optional>

namespace newsgraph {
namespace {

// A clause of fewer words claims nothing by itself.
constexpr uint32_t kShortestClaim = 4;
// Of a view that nothing tells to be speech: 我覺得荒謬 only answers what was said before.
constexpr uint32_t kShortestView = 7;
// More clauses are a speech, no claim.
constexpr size_t kMostClauses = 3;
// Before what a clause speaks of: 而, 不過, 所以.
constexpr uint32_t kOpeningWords = 3;

enum class Kind : uint8_t {
  kNone,
  kSaid,
  kView,
  kPlan,
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
};

bool IsTarget(EntityType type) { return !IsValueType(type) && type != EntityType::kUnknown; }

bool IsSame(Kind a, Kind b) {
  const auto plain = [](Kind kind) { return kind == Kind::kSaid ? Kind::kView : kind; };
  return plain(a) == plain(b);
}

std::string_view PredicateOf(Kind kind) {
  switch (kind) {
    case Kind::kPlan:
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
  Kind KindOf(const Clause& clause, Range& cue) const;
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
  uint32_t begin = speech_.range.begin;
  for (uint32_t p = begin; p <= speech_.range.end; ++p) {
    if (p < speech_.range.end && !ends_at(p)) continue;
    Range range{view_.SkipSpaces(begin, 1), p};
    while (range.end > range.begin && IsSpaceMark(view_.at(range.end - 1))) --range.end;
    if (!range.empty()) clauses_.push_back({range, Kind::kNone, {}, -1, false});
    begin = p + 1;
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

// What opens the clause, else nothing.
int32_t Reader::TopicOf(Range clause) const {
  for (const uint32_t index : view_.mentions()) {
    const TextMention& mention = view_.mention(index);
    if (!clause.Contains(mention.range) || mention.entity < 0) continue;
    if (view_.WordsBetween(clause.begin, mention.range.begin) > kOpeningWords) break;
    // 我們的目標: what somebody has is not he.
    if (IsOwn(static_cast<int32_t>(index)) && IsOwner(mention.range.end)) return -1;
    return static_cast<int32_t>(index);
  }
  return -1;
}

Kind Reader::KindOf(const Clause& clause, Range& cue) const {
  const auto take = [&](const CueSet* set) {
    const std::optional<Range> found = Find(set, clause.range);
    if (found) cue = *found;
    return found.has_value();
  };
  if (speech_.is_denied) return Kind::kSaid;
  if (speech_.told == "predicts") return Kind::kForecast;
  const bool is_own = IsOwn(clause.topic);
  const bool is_of_another = clause.topic >= 0 && !is_own;
  if (!is_of_another && take(cues_.intention)) return Kind::kPlan;
  if (take(cues_.no_duty)) return Kind::kView;
  if (take(cues_.duty)) return Kind::kDemand;
  if (take(cues_.future)) {
    // 他透露,會賣掉虧損的業務: what nobody else is named for is the speaker's own.
    const bool is_plan = clause.topic >= 0
                             ? is_own && view_.mention(static_cast<uint32_t>(clause.topic)).range.begin < cue.begin
                             : speech_.is_told && !NamesBefore(clause.range.begin, cue.begin) &&
                                   (cue.begin == clause.range.begin || IsOrganization(speech_.speaker));
    if (is_plan && !speech_.is_opinion) return Kind::kPlan;
    // Without a word for when, 會 tells what things are like.
    if (speech_.is_told || HasDate(clause.range)) return Kind::kForecast;
    cue = {};
  }
  const bool has_target = is_of_another && IsTarget(view_.TypeOf(view_.mention(static_cast<uint32_t>(clause.topic))));
  if (take(cues_.bad)) return has_target ? Kind::kCriticism : Kind::kView;
  if (take(cues_.good)) return has_target ? Kind::kPraise : Kind::kView;
  if (has_target && take(cues_.likeness)) return Kind::kLikeness;
  if (take(cues_.view)) return Kind::kView;
  // What is announced is no claim by itself.
  if (!speech_.is_told || speech_.is_announced) return Kind::kNone;
  return speech_.is_opinion ? Kind::kView : Kind::kSaid;
}

bool Reader::HasQuotation(Range range) const {
  for (uint32_t p = range.begin; p < range.end; ++p) {
    const char32_t c = view_.at(p);
    if (IsOpeningQuote(c) && c != U'《' && c != U'〈' && c != U'‘') return true;
  }
  return false;
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
    case Kind::kSaid:
      // Who quotes words and not what they say has a view before him.
      claim.factuality = speech_.is_denied                                ? Factuality::kDenied
                         : speech_.is_quoted || HasQuotation(claim.words) ? Factuality::kOpinion
                                                                          : Factuality::kAsserted;
      break;
    default:
      claim.factuality = Factuality::kOpinion;
  }
  const bool is_supposed = Find(moods_.condition, {clause.range.begin, end}).has_value();
  if (is_supposed && (clause.kind == Kind::kPlan || clause.kind == Kind::kSaid || clause.kind == Kind::kForecast)) {
    claim.factuality = Factuality::kHypothetical;
  }
  return claim;
}

std::vector<Claim> Reader::Read(const std::vector<Range>& covered) {
  std::vector<Claim> claims;
  if (IsQuestion(view_, matcher_, moods_, hits_)) return claims;
  Split();
  for (Clause& clause : clauses_) {
    clause.topic = TopicOf(clause.range);
    clause.is_covered = speech_.told != "predicts" && std::any_of(covered.begin(), covered.end(), [&](Range range) {
                          return range.Overlaps(clause.range);
                        });
    if (!clause.is_covered) clause.kind = KindOf(clause, clause.cue);
  }
  // What is left beside relations that were read is worth a word only where it is a view or most of what was said.
  const bool is_read = std::any_of(clauses_.begin(), clauses_.end(), [](const Clause& one) { return one.is_covered; });
  for (size_t i = 0; i < clauses_.size(); ++i) {
    Clause clause = clauses_[i];
    if (clause.kind == Kind::kNone) continue;
    size_t last = i;
    // 若良率拉不上來,省下的錢會賠回去: what the condition is of says what it is.
    if (last + 1 < clauses_.size() && !clauses_[last + 1].is_covered && clauses_[last + 1].kind != Kind::kNone &&
        IsSame(clause.kind, Kind::kSaid) && Find(moods_.condition, clause.range).has_value()) {
      ++last;
      clause.kind = clauses_[last].kind;
      clause.cue = clauses_[last].cue;
      if (clause.kind == Kind::kPraise || clause.kind == Kind::kCriticism || clause.kind == Kind::kLikeness) {
        clause.kind = Kind::kView;
      }
    }
    // What follows without a word of its own belongs to it.
    while (last + 1 < clauses_.size() && last + 1 < i + kMostClauses && !clauses_[last + 1].is_covered &&
           (clauses_[last + 1].kind == Kind::kNone || clauses_[last + 1].kind == Kind::kSaid ||
            IsSame(clauses_[last + 1].kind, clause.kind))) {
      ++last;
    }
    const Claim claim = ClaimOf(clause, clauses_[last].range.end);
    i = last;
    if (claim.subject < 0 || claim.subject == claim.object || claim.words.empty()) continue;
    const uint32_t words = view_.WordsBetween(claim.words.begin, claim.words.end);
    if (words < (IsSame(clause.kind, Kind::kView) && !speech_.is_told ? kShortestView : kShortestClaim)) continue;
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
      view(book.FindSet("claim_view")) {}

std::vector<Claim> ReadClaims(const SentenceView& view, const RelationMatcher& matcher, const MoodCues& moods,
                              const ClaimCues& cues, const std::vector<CueHit>& hits, const Speech& speech,
                              const std::vector<int32_t>& own, const std::vector<Range>& covered) {
  return Reader(view, matcher, moods, cues, hits, speech, own).Read(covered);
}

}  // namespace newsgraph
