// Reads the clauses of one speech as claims. For claims.cc and claim_kinds.cc alone.
#ifndef NEWSGRAPH_INGEST_TEXT_CLAIM_READER_H_
#define NEWSGRAPH_INGEST_TEXT_CLAIM_READER_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "ingest/text/claims.h"

namespace newsgraph {

enum class ClauseKind : uint8_t {
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
  ClauseKind kind = ClauseKind::kNone;
  Range cue;
  int32_t topic = -1;  // index of a mention
  bool is_covered = false;
  bool is_told = false;  // by a verb or in quotation marks
  bool is_open = false;  // goes on behind its comma
  bool is_void = false;  // claims nothing, nor belongs to what does
  Range view_of_others;  // 把技術鎖起來 in 有人主張把技術鎖起來
};

// Before what a clause speaks of: 而, 不過, 所以.
inline constexpr uint32_t kOpeningWords = 3;
// Of a view in talk.
inline constexpr uint32_t kShortestTalk = 6;

// Not safe from two threads.
class ClaimReader {
 public:
  ClaimReader(const SentenceView& view, const RelationMatcher& matcher, const MoodCues& moods, const ClaimCues& cues,
              const std::vector<CueHit>& hits, const Speech& speech, const std::vector<int32_t>& own)
      : view_(view), matcher_(matcher), moods_(moods), cues_(cues), hits_(hits), speech_(speech), own_(own) {}

  std::vector<Claim> Read(const std::vector<Range>& covered);

 private:
  void Split();
  int32_t TopicOf(Range clause) const;
  uint32_t BehindView(Range clause) const;
  ClauseKind KindOf(const Clause& clause, Range& cue) const;
  // As KindOf, where people talk: what is unfinished, asked or told of others is none.
  ClauseKind KindInTalk(const Clause& clause, ClauseKind kind, Range cue) const;
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

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_CLAIM_READER_H_
