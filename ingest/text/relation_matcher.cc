#include "ingest/text/relation_matcher.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "ingest/text/sentence_match.h"
#include "ingest/text/word_tables.h"

namespace newsgraph {

RelationMatcher::RelationMatcher(RuleBook book) : book_(std::move(book)) {
  struct Sets {
    std::vector<uint32_t> any, hant, hans;
  };
  std::map<std::u32string, Sets> sets_of;
  const auto add_words = [&](const std::vector<std::u32string>& words, uint32_t set, std::vector<uint32_t> Sets::*of) {
    for (std::u32string word : words) {
      std::transform(word.begin(), word.end(), word.begin(), NameTrie::Unify);
      std::vector<uint32_t>& sets = sets_of[std::move(word)].*of;
      if (sets.empty() || sets.back() != set) sets.push_back(set);
    }
  };
  for (uint32_t set = 0; set < book_.sets.size(); ++set) {
    add_words(book_.sets[set].words, set, &Sets::any);
    add_words(book_.sets[set].hant, set, &Sets::hant);
    add_words(book_.sets[set].hans, set, &Sets::hans);
  }
  const auto word_of = [this](const std::vector<uint32_t>& any, const std::vector<uint32_t>& limited) {
    Word word;
    std::set_union(any.begin(), any.end(), limited.begin(), limited.end(), std::back_inserter(word.sets));
    const auto is_of_claims = [this](uint32_t set) {
      const std::string& name = book_.sets[set].name;
      return name.starts_with(kClaimSetPrefix) || name.starts_with(kFigureSetPrefix);
    };
    word.only_claims = std::all_of(word.sets.begin(), word.sets.end(), is_of_claims);
    word.only_mood = std::all_of(word.sets.begin(), word.sets.end(), [&](uint32_t set) {
      return is_of_claims(set) || IsOneOf(book_.sets[set].name, kMoodSets);
    });
    return word;
  };
  for (const auto& [text, sets] : sets_of) {
    longest_word_ = std::max(longest_word_, static_cast<uint32_t>(text.size()));
    words_.push_back(word_of(sets.any, sets.hant));
    word_trie_.Insert(text) = static_cast<uint32_t>(words_.size());
    if (sets.hant.empty() && sets.hans.empty()) continue;
    words_.back().hans = static_cast<uint32_t>(words_.size()) + 1;
    words_.push_back(word_of(sets.any, sets.hans));
  }
  coverb_ = book_.FindSet("coverb");
  with_ = book_.FindSet("with");
  in_place_ = book_.FindSet("in_place");
  condition_ = book_.FindSet("condition");
  according_to_ = book_.FindSet("according_to");
  patterns_by_set_.resize(book_.sets.size());
  is_speech_.assign(book_.sets.size(), false);
  for (uint32_t rule = 0; rule < book_.rules.size(); ++rule) {
    for (uint32_t pattern = 0; pattern < book_.rules[rule].patterns.size(); ++pattern) {
      const RulePattern& one = book_.rules[rule].patterns[pattern];
      if (book_.rules[rule].speech || book_.rules[rule].attitude) is_speech_[one.anchor_set] = true;
      PatternEntry entry{rule, pattern};
      const auto add = [this](RuleElements elements, RuleElementKind kind) {
        for (const RuleElement* element : elements) {
          if (element->kind != kind) continue;
          needs_.push_back(kind == RuleElementKind::kSlot ? KindsTaken(*element) : element->set);
        }
        return static_cast<uint32_t>(needs_.size());
      };
      entry.left = static_cast<uint32_t>(needs_.size());
      entry.right = add(one.left, RuleElementKind::kSlot);
      entry.sets = add(one.right, RuleElementKind::kSlot);
      add(one.left, RuleElementKind::kCue);
      entry.end = add(one.right, RuleElementKind::kCue);
      patterns_by_set_[one.anchor_set].push_back(entry);
    }
  }
  for (Word& word : words_) {
    word.has_rules = std::any_of(word.sets.begin(), word.sets.end(),
                                 [this](uint32_t set) { return !patterns_by_set_[set].empty(); });
  }
}

void RelationMatcher::FindCues(const SentenceView& view, std::vector<CueHit>& hits) const {
  hits.clear();
  const std::u32string_view text = view.analysis().text.folded();
  const bool is_hans = view.sentence().script == Script::kHans;
  for (uint32_t p = view.begin(); p < view.end(); ++p) {
    if (IsLatinWordMark(text[p]) && p > view.begin() && IsLatinWordMark(text[p - 1])) continue;
    const size_t first = hits.size();
    uint32_t node = 0;
    for (uint32_t i = p; i < view.end(); ++i) {
      node = word_trie_.Step(node, text[i]);
      if (node == NameTrie::kNone) break;
      const uint32_t word = word_trie_.value(node);
      if (word == NameTrie::kNone) continue;
      if (IsLatinWordMark(text[i]) && i + 1 < view.end() && IsLatinWordMark(text[i + 1])) continue;
      uint32_t index = word - 1;
      if (is_hans && words_[index].hans != 0) index = words_[index].hans - 1;
      if (!words_[index].sets.empty()) hits.push_back({{p, i + 1}, index, false});
    }
    std::reverse(hits.begin() + static_cast<std::ptrdiff_t>(first), hits.end());
  }
  uint32_t covered = 0, covered_by_words = 0,
           covered_by_others = 0;  // farthest ends of the hits before; longer ones come first
  for (CueHit& hit : hits) {
    hit.in_longer = hit.range.end <= covered;
    hit.is_part = hit.range.end <= covered_by_words;
    hit.is_anchor = hit.range.end > covered_by_others;
    // "Reform Party leader": "party leader" is no cue and hides none.
    if (view.TouchesName(hit.range)) continue;
    covered = std::max(covered, hit.range.end);
    if (!words_[hit.word].only_claims) covered_by_words = std::max(covered_by_words, hit.range.end);
    if (!words_[hit.word].only_mood) covered_by_others = std::max(covered_by_others, hit.range.end);
  }
}

bool RelationMatcher::IsOf(const CueHit& hit, const CueSet* set) const {
  if (set == nullptr) return false;
  const auto& sets = words_[hit.word].sets;
  return std::binary_search(sets.begin(), sets.end(), static_cast<uint32_t>(set - book_.sets.data()));
}

bool RelationMatcher::IsMood(const CueHit& hit) const { return words_[hit.word].only_mood; }

bool RelationMatcher::IsSpeech(const CueHit& hit) const {
  const auto& sets = words_[hit.word].sets;
  return std::any_of(sets.begin(), sets.end(), [this](uint32_t set) { return is_speech_[set]; });
}

bool RelationMatcher::FollowsPlaceWord(const SentenceView& view, uint32_t position) const {
  return FollowsWordOf(view, in_place_, position);
}

bool RelationMatcher::IsHidden(const SentenceView& view, const std::vector<CueHit>& hits, size_t at,
                               const std::vector<bool>& has_matched) const {
  if (view.sentence().script != Script::kLatin) return true;
  const CueHit& hit = hits[at];
  const std::vector<uint32_t>& own = words_[hit.word].sets;
  for (size_t k = at; k-- > 0 && hits[k].range.begin + longest_word_ >= hit.range.end;) {
    const Word& longer = words_[hits[k].word];
    if (hits[k].range.end < hit.range.end || longer.only_mood || view.TouchesName(hits[k].range)) continue;
    const bool is_of_its_kind =
        std::find_first_of(own.begin(), own.end(), longer.sets.begin(), longer.sets.end()) != own.end();
    if (has_matched[k] || !longer.has_rules || is_of_its_kind) return true;
  }
  return false;
}

std::vector<RuleMatch> RelationMatcher::Match(const SentenceView& view, const std::vector<CueHit>& hits,
                                              const SentenceTopics& topics) const {
  std::vector<RuleMatch> matches;
  SentenceMatch sentence(*this, view, hits, topics);
  std::vector<bool> has_matched(hits.size(), false);
  for (size_t at = 0; at < hits.size(); ++at) {
    const CueHit& hit = hits[at];
    if (view.TouchesName(hit.range) || (!hit.is_anchor && IsHidden(view, hits, at, has_matched))) continue;
    const size_t before = matches.size();
    for (const uint32_t set : words_[hit.word].sets) {
      const RelationRule* found = nullptr;
      for (const PatternEntry& entry : patterns_by_set_[set]) {
        const RelationRule& rule = book_.rules[entry.rule];
        // The patterns of a rule stand in the order of preference.
        if (found == &rule) continue;
        if (!sentence.MayMatch(entry, hit) || !sentence.Try(rule, rule.patterns[entry.pattern], hit)) continue;
        if (sentence.TakesNeighbour()) continue;
        found = &rule;
        matches.push_back(sentence.match());
      }
    }
    has_matched[at] = matches.size() > before;
  }
  return matches;
}

}  // namespace newsgraph
