// One sentence while the rules of a language are tried on it: the walk along a pattern. For relation_matcher.cc alone.
#ifndef NEWSGRAPH_INGEST_TEXT_SENTENCE_MATCH_H_
#define NEWSGRAPH_INGEST_TEXT_SENTENCE_MATCH_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "ingest/text/clause_topic.h"
#include "ingest/text/mention_kinds.h"
#include "ingest/text/relation_matcher.h"

namespace newsgraph {

// The end of a sentence or of half of it.
inline bool IsHardStop(char32_t c) { return c == U'。' || c == U'!' || c == U'?' || c == U';' || c == U'；'; }

// Whether a word of the set ends at the position, spaces apart; false for a null set.
bool FollowsWordOf(const SentenceView& view, const CueSet* set, uint32_t position);

// Not safe from two threads.
class SentenceMatch {
 public:
  SentenceMatch(const RelationMatcher& matcher, const SentenceView& view, const std::vector<CueHit>& hits,
                const SentenceTopics& topics)
      : matcher_(matcher), view_(view), hits_(hits), topics_(topics), kinds_(view) {}

  // Whether all that the pattern names stands in the sentence, on its side of the hit.
  bool MayMatch(const RelationMatcher::PatternEntry& entry, const CueHit& hit) {
    if (hit_kinds_of_ != &hit) {
      hit_kinds_of_ = &hit;
      before_ = kinds_.Before(hit.range.begin);
      behind_ = kinds_.Behind(hit.range.end);
    }
    const uint64_t* const needs = matcher_.needs_.data();
    const auto stands = [needs](uint32_t begin, uint32_t end, uint64_t kinds) {
      return std::all_of(needs + begin, needs + end, [kinds](uint64_t slot) { return (slot & kinds) != 0; });
    };
    return stands(entry.left, entry.right, before_) && stands(entry.right, entry.sets, behind_) &&
           std::all_of(needs + entry.sets, needs + entry.end,
                       [this](uint64_t set) { return HasSet(static_cast<uint32_t>(set)); });
  }

  bool Try(const RelationRule& rule, const RulePattern& pattern, const CueHit& hit) {
    pattern_ = &pattern;
    hit_ = &hit;
    match_.rule = &rule;
    match_.fills.clear();
    match_.cue = hit.range;
    match_.gap = 0;
    if (!pattern.anchor_role.empty()) FillCue(pattern.anchor_role, pattern.anchor_literal, hit.range);
    return Walk(pattern.left, 0, hit.range.begin, -1);
  }
  RuleMatch& match() { return match_; }
  // "bought Hoshino, beating Northwind": the match takes Hoshino for who beats; "Lin An, the daughter of Gao Yi, was
  // hired": Gao Yi for who was.
  bool TakesNeighbour();

 private:
  bool Walk(const RuleElements& elements, size_t i, uint32_t position, int direction);
  bool WalkSlot(const RuleElements& elements, size_t i, uint32_t position, int direction);
  bool WalkTopic(const RuleElements& elements, size_t i, uint32_t position, int direction);
  void FindOpenings();
  std::array<int32_t, 2> OpeningsBefore(const RuleElement& element, uint32_t limit);
  bool MayBeginAt(const RuleElement& element, uint32_t position, int direction);
  bool WalkGap(const RuleElements& elements, size_t i, uint32_t position, int direction);
  bool WalkWords(const RuleElements& elements, size_t i, uint32_t position, int direction);
  bool WalkQuote(const RuleElements& elements, size_t i, uint32_t position, int direction);
  bool WalkTogether(const RuleElements& elements, size_t i, uint32_t position, int direction);
  const Quotation* QuotationAt(uint32_t position, int direction) const;
  bool WalkWordsBefore(const RuleElements& elements, size_t i, uint32_t position);
  bool SpeaksAgain(uint32_t position) const;
  bool StartsWithSpeech(uint32_t position) const;
  bool DoesMore(uint32_t position, bool is_said) const;
  bool StartsWithCondition(uint32_t position) const;

  bool Fits(const RuleElement& element, uint32_t index) const;
  bool OwnsWhatFollows(uint32_t index) const;
  bool IsOwningPronoun(uint32_t index) const;
  bool IsOwnerOnly(const RuleElements& elements, size_t i, uint32_t index, int direction) const;
  bool Fills(uint32_t index) const {
    return std::any_of(match_.fills.begin(), match_.fills.end(),
                       [index](const RoleFill& fill) { return fill.mention == static_cast<int32_t>(index); });
  }
  // 北嶺和凌川都是它的客戶: who stands in a list with what a role has taken is not whom the rest is about.
  bool IsListedWithFill(uint32_t index, bool also_itself) const {
    const int32_t entity = view_.mention(index).entity;
    return std::any_of(match_.fills.begin(), match_.fills.end(), [&](const RoleFill& fill) {
      if (fill.mention < 0 || fill.topic) return false;
      for (const int direction : {-1, 1}) {
        for (const uint32_t one : view_.ListFrom(static_cast<uint32_t>(fill.mention), direction)) {
          if (view_.mention(one).entity == entity && (also_itself || one != index)) return true;
        }
      }
      return false;
    });
  }
  bool Fits(const std::vector<SlotType>& types, const TextMention& mention) const;
  // Only the full stop of an English sentence is left.
  bool EndsSentence(uint32_t position) const {
    for (; position < view_.end(); ++position) {
      const char32_t c = view_.at(position);
      if (c != U'.' && !IsSpaceMark(c) && !IsClosingQuote(c)) return false;
    }
    return true;
  }
  bool HasWordAt(std::u32string_view word, uint32_t position, int direction) const;
  // A word of the set of at most so many characters that begins at the position, or ends there for a walk to the left.
  bool HasCueAt(uint32_t set, uint32_t position, int direction, uint32_t longest = UINT32_MAX);
  bool Fill(const RuleElement& element, const std::vector<uint32_t>& mentions, bool topic);
  bool FillPairs(const std::vector<uint32_t>& mentions);
  void FillCue(std::string_view role, std::string_view literal, Range cue);

  // A word of the set stands in the sentence.
  bool HasSet(uint32_t set) {
    if (has_set_.empty()) {
      has_set_.assign(matcher_.book().sets.size(), false);
      for (const CueHit& hit : hits_) {
        for (const uint32_t one : matcher_.words_[hit.word].sets) has_set_[one] = true;
      }
    }
    return has_set_[set];
  }
  void ChainHits();
  // The hits that begin at a position, or end there for a walk to the left; -1 for none.
  int32_t FirstHitAt(uint32_t position, int direction);
  int32_t NextHitAt(int32_t hit, int direction) const;

  const RelationMatcher& matcher_;
  const SentenceView& view_;
  const std::vector<CueHit>& hits_;
  const SentenceTopics& topics_;
  const KindsAround kinds_;
  const CueHit* hit_kinds_of_ = nullptr;
  uint64_t before_ = 0, behind_ = 0;               // kinds around that hit
  std::vector<bool> has_set_;                      // once it has been asked for
  std::vector<int32_t> begins_, ends_, next_end_;  // chains of hits by position, once they have been asked for
  std::vector<bool> opens_;                        // one for each mention of the sentence, once it has been asked for
  const RulePattern* pattern_ = nullptr;
  const CueHit* hit_ = nullptr;
  RuleMatch match_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_SENTENCE_MATCH_H_
