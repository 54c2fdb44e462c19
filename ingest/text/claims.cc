#include "ingest/text/claims.h"

#include <algorithm>
#include <optional>

namespace newsgraph {
namespace {

// A clause of fewer words claims nothing by itself.
constexpr uint32_t kShortestClaim = 4;
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

std::string_view PredicateOf(Kind kind) {
  switch (kind) {
    case Kind::kPlan:
      return "plans";
    case Kind::kForecast:
      return "predicts";
    case Kind::kDemand:
      return "calls_for";
    case Kind::kRejection:
      return "opposes";
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
  // The first word of the set in the range, no part of a longer cue.
  std::optional<Range> Find(const CueSet* set, Range range) const;
  bool IsOwn(int32_t mention) const {
    return mention >= 0 &&
           std::binary_search(own_.begin(), own_.end(), view_.mention(static_cast<uint32_t>(mention)).entity);
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
    if (!hit.in_longer && range.Contains(hit.range) && matcher_.IsOf(hit, set)) return hit.range;
  }
  return std::nullopt;
}

// What opens the clause, else nothing.
int32_t Reader::TopicOf(Range clause) const {
  for (const uint32_t index : view_.mentions()) {
    const TextMention& mention = view_.mention(index);
    if (!clause.Contains(mention.range) || mention.entity < 0) continue;
    if (view_.WordsBetween(clause.begin, mention.range.begin) > kOpeningWords) break;
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
  const bool is_own = IsOwn(clause.topic);
  const bool is_of_another = clause.topic >= 0 && !is_own;
  if (!is_of_another && take(cues_.intention)) return Kind::kPlan;
  if (take(cues_.no_duty)) return Kind::kRejection;
  if (take(cues_.duty)) return Kind::kDemand;
  if (take(cues_.future)) return is_own ? Kind::kPlan : Kind::kForecast;
  const bool has_target = is_of_another && IsTarget(view_.TypeOf(view_.mention(static_cast<uint32_t>(clause.topic))));
  if (take(cues_.bad)) return has_target ? Kind::kCriticism : Kind::kView;
  if (take(cues_.good)) return has_target ? Kind::kPraise : Kind::kView;
  if (has_target && take(cues_.likeness)) return Kind::kLikeness;
  if (take(cues_.view)) return Kind::kView;
  return speech_.is_told ? (speech_.is_opinion ? Kind::kView : Kind::kSaid) : Kind::kNone;
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
      claim.factuality = Factuality::kAsserted;
      break;
    default:
      claim.factuality = Factuality::kOpinion;
  }
  const bool is_supposed = Find(moods_.condition, speech_.range).has_value();
  if (is_supposed && (clause.kind == Kind::kPlan || clause.kind == Kind::kSaid)) {
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
    clause.is_covered =
        std::any_of(covered.begin(), covered.end(), [&](Range range) { return range.Overlaps(clause.range); });
    if (!clause.is_covered) clause.kind = KindOf(clause, clause.cue);
  }
  for (size_t i = 0; i < clauses_.size(); ++i) {
    const Clause& clause = clauses_[i];
    if (clause.kind == Kind::kNone) continue;
    // What follows without a word of its own belongs to it.
    size_t last = i;
    while (last + 1 < clauses_.size() && !clauses_[last + 1].is_covered &&
           (clauses_[last + 1].kind == Kind::kNone || clauses_[last + 1].kind == Kind::kSaid ||
            clauses_[last + 1].kind == clause.kind)) {
      ++last;
    }
    const Claim claim = ClaimOf(clause, clauses_[last].range.end);
    if (claim.subject >= 0 && claim.subject != claim.object && !claim.words.empty() &&
        view_.WordsBetween(claim.words.begin, claim.words.end) >= kShortestClaim) {
      claims.push_back(claim);
    }
    i = last;
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
