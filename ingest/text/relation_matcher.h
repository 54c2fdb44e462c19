// Tries the rules of a language on a sentence.
#ifndef NEWSGRAPH_INGEST_TEXT_RELATION_MATCHER_H_
#define NEWSGRAPH_INGEST_TEXT_RELATION_MATCHER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/text/name_trie.h"
#include "ingest/text/relation_rules.h"
#include "ingest/text/sentence_view.h"

namespace newsgraph {

struct SentenceTopics;

// One word of a cue set as it stands in a sentence.
struct CueHit {
  Range range;
  uint32_t word = 0;
  bool in_longer = false;  // part of a longer word of any set: 會 in 不會, "not" in "is not a"
  bool is_part = false;    // part of a longer one that is more than a word of claims or figures: 會 in 不會
  bool is_anchor = true;   // not part of a longer one that is more than a word of mood: not 總裁 in 副總裁
};

// A part of the text that fills a role of a rule.
struct RoleFill {
  std::string_view role;  // of the rule
  std::string_view literal;
  int32_t mention = -1;  // -1: the words of `range`
  Range range;
  bool topic = false;

  bool pair = false;  // of a list whose members are in relation with each other
};

struct RuleMatch {
  const RelationRule* rule = nullptr;
  std::vector<RoleFill> fills;
  Range cue;
  uint32_t gap = 0;  // words that the gaps took
};

// Immutable after construction; safe from any thread.
class RelationMatcher {
 public:
  explicit RelationMatcher(RuleBook book);
  RelationMatcher(const RelationMatcher&) = delete;
  RelationMatcher& operator=(const RelationMatcher&) = delete;

  const RuleBook& book() const { return book_; }

  // Every word of every cue set in the sentence, by begin, longer first, in place of what `hits` held.
  void FindCues(const SentenceView& view, std::vector<CueHit>& hits) const;
  // Whether a hit is a word of the set; false for a null set.
  bool IsOf(const CueHit& hit, const CueSet* set) const;

  // Whether a hit is nothing but a word of mood, of claims or of figures: 將, 可能.
  bool IsMood(const CueHit& hit) const;

  // Whether a hit is a word by which rules of speech or attitude begin: a verb of saying, thinking, praising.
  bool IsSpeech(const CueHit& hit) const;

  // In, at: whether a word of @in_place stands before the position.
  bool FollowsPlaceWord(const SentenceView& view, uint32_t position) const;

  // For each rule and each place of its cue, the reading with the shortest gaps. `topics` are of a Chinese sentence
  // (clause_topic.h).
  std::vector<RuleMatch> Match(const SentenceView& view, const std::vector<CueHit>& hits,
                               const SentenceTopics& topics) const;

 private:
  friend class SentenceMatch;
  struct Word {
    std::vector<uint32_t> sets;  // ascending
    bool only_mood = false, only_claims = false;
    bool has_rules = false;  // some rule is looked up by it
    uint32_t hans = 0;       // the same in Simplified text, where it is of other sets: 1 + its index
  };
  // A pattern, and what must stand in a sentence before it is worth a walk: most patterns lack
  // a mention of the right kind on one side. Kinds are bits of KindsOf.
  struct PatternEntry {
    uint32_t rule = 0, pattern = 0;
    // Of needs_: the kinds that each slot on the left takes, and on the right; then the cue sets of which a word must
    // stand in the sentence.
    uint32_t left = 0, right = 0, sets = 0, end = 0;
  };

  // Whether a longer word keeps that at `at`, which is no anchor, from being one all the same. `has_matched` is known
  // of the hits before it. Of Chinese, which puts no spaces between words, it always does: 會 in 委員會. Of English,
  // where it is of its kind ("deputy governor"), stands there to hide it ("declined to say") or has matched itself;
  // else "bought" is read though "has bought" is a cue of other rules.
  bool IsHidden(const SentenceView& view, const std::vector<CueHit>& hits, size_t at,
                const std::vector<bool>& has_matched) const;

  RuleBook book_;
  const CueSet* coverb_;  // what follows is not what a clause speaks of; may be null
  const CueSet* with_;
  const CueSet* in_place_;
  const CueSet* condition_;
  const CueSet* according_to_;
  std::vector<Word> words_;
  uint32_t longest_word_ = 0;
  NameTrie word_trie_;  // values: 1 + index into words_
  std::vector<std::vector<PatternEntry>> patterns_by_set_;
  std::vector<uint64_t> needs_;
  std::vector<bool> is_speech_;  // by set
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_RELATION_MATCHER_H_
