#include "ingest/text/relation_matcher.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <utility>

#include "ingest/text/clause_topic.h"
#include "ingest/text/mention_kinds.h"

namespace newsgraph {
namespace {

// A claim of fewer words says nothing by itself.
constexpr uint32_t kShortestClause = 3;
constexpr uint32_t kShortestPhrase = 2;
constexpr std::u32string_view kSettingEnds = U"中后前时下上内里际间";
// What a noun phrase does not hold: "maker of arms that", "maker of arms based in".
constexpr std::u32string_view kPhraseEnds[] = {U"and",   U"but", U"by",   U"that",  U"which", U"who",   U"whose",
                                               U"where", U"in",  U"at",   U"on",    U"from",  U"since", U"with",
                                               U"to",    U"as",  U"when", U"while", U"is",    U"was",   U"are",
                                               U"were",  U"has", U"had",  U"said",  U"says",  U"based"};
// One character names nothing.
constexpr uint32_t kFewestWords = 2;
// Inside one quotation.
constexpr uint32_t kMostInnerQuotations = 4;
// Before what opens a clause: 而, 不過, 45歲的.
constexpr uint32_t kOpeningWords = 3;
// Behind a comma: 並在臉書上表示.
constexpr uint32_t kWordsBeforeSpeech = 6;
// Between a company and the person that holds an office in it.
constexpr uint32_t kTitleWords = 8;

bool IsHardStop(char32_t c) { return c == U'。' || c == U'!' || c == U'?' || c == U';' || c == U'；'; }

bool HasWordAt(const SentenceView& view, std::u32string_view word, uint32_t position, int direction) {
  const auto size = static_cast<uint32_t>(word.size());
  uint32_t begin = position;
  if (direction > 0) {
    if (position + size > view.end()) return false;
  } else {
    if (position < view.begin() + size) return false;
    begin = position - size;
  }
  if (view.analysis().text.folded(begin, begin + size) != word) return false;
  const bool open_left = IsLatinWordMark(word.front()) && begin > view.begin() && IsLatinWordMark(view.at(begin - 1));
  const bool open_right =
      IsLatinWordMark(word.back()) && begin + size < view.end() && IsLatinWordMark(view.at(begin + size));
  return !open_left && !open_right;
}

// Whole Latin words; of other scripts any.
bool HoldsWord(std::u32string_view text, std::u32string_view word) {
  for (size_t p = text.find(word); p != std::u32string_view::npos; p = text.find(word, p + 1)) {
    const size_t end = p + word.size();
    if (p > 0 && IsLatinWordMark(word.front()) && IsLatinWordMark(text[p - 1])) continue;
    if (end < text.size() && IsLatinWordMark(word.back()) && IsLatinWordMark(text[end])) continue;
    return true;
  }
  return false;
}

// A word of the set ends at the position, spaces apart.
bool FollowsWordOf(const SentenceView& view, const CueSet* set, uint32_t position) {
  if (set == nullptr) return false;
  position = view.SkipSpaces(position, -1);
  return std::any_of(set->words.begin(), set->words.end(),
                     [&](const std::u32string& word) { return HasWordAt(view, word, position, -1); });
}

}  // namespace

// One sentence while its rules are tried.
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

 private:
  bool Walk(const RuleElements& elements, size_t i, uint32_t position, int direction);
  bool WalkSlot(const RuleElements& elements, size_t i, uint32_t position, int direction);
  bool WalkTopic(const RuleElements& elements, size_t i, uint32_t position, int direction);
  void FindOpenings();
  std::array<int32_t, 2> OpeningsBefore(const RuleElement& element, uint32_t limit);
  bool WalkGap(const RuleElements& elements, size_t i, uint32_t position, int direction);
  bool WalkWords(const RuleElements& elements, size_t i, uint32_t position, int direction);
  bool WalkQuote(const RuleElements& elements, size_t i, uint32_t position, int direction);
  bool WalkTogether(const RuleElements& elements, size_t i, uint32_t position, int direction);
  const Quotation* QuotationAt(uint32_t position, int direction) const;
  bool WalkWordsBefore(const RuleElements& elements, size_t i, uint32_t position);
  bool SpeaksAgain(uint32_t position) const;
  bool StartsWithSpeech(uint32_t position) const;
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
  bool HasWordAt(std::u32string_view word, uint32_t position, int direction) const {
    return newsgraph::HasWordAt(view_, word, position, direction);
  }
  bool HasCueAt(uint32_t set, uint32_t position, int direction) const;
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

void SentenceMatch::ChainHits() {
  if (!begins_.empty()) return;
  begins_.assign(view_.end() - view_.begin() + 1, -1);
  ends_.assign(view_.end() - view_.begin() + 1, -1);
  next_end_.assign(hits_.size(), -1);
  for (size_t i = hits_.size(); i-- > 0;) {
    begins_[hits_[i].range.begin - view_.begin()] = static_cast<int32_t>(i);
    int32_t& head = ends_[hits_[i].range.end - view_.begin()];
    next_end_[i] = head;
    head = static_cast<int32_t>(i);
  }
}

bool SentenceMatch::Fits(const std::vector<SlotType>& types, const TextMention& mention) const {
  const EntityType type = view_.TypeOf(mention);
  for (const SlotType& slot : types) {
    if (slot.any) {
      // A title is nobody.
      if (mention.entity >= 0 && type != EntityType::kPosition) return true;
      continue;
    }
    if (slot.type != type) continue;
    if (slot.detail.empty()) return true;
    if (IsValueType(type)) {
      if (mention.value && mention.value->unit == slot.detail) return true;
    } else if (const std::string& subtype = view_.SubtypeOf(mention);
               subtype == slot.detail || (subtype.empty() && !slot.strict)) {
      return true;
    }
  }
  return false;
}

bool SentenceMatch::Fits(const RuleElement& element, uint32_t index) const {
  const TextMention& mention = view_.mention(index);
  if (element.name_only && mention.form != MentionForm::kName) return false;
  if (!Fits(element.types, mention)) return false;
  if (element.words != SlotWords::kAny) {
    const auto& words = matcher_.book().sets[element.set].words;
    const std::u32string_view own = view_.analysis().text.folded(mention.range.begin, mention.range.end);
    if (element.words == SlotWords::kHoldsWord || element.words == SlotWords::kHoldsNone) {
      const bool holds =
          std::any_of(words.begin(), words.end(), [&](const std::u32string& word) { return HoldsWord(own, word); });
      if (holds != (element.words == SlotWords::kHoldsWord)) return false;
    } else if ((std::find(words.begin(), words.end(), own) != words.end()) != (element.words == SlotWords::kOfSet))
      return false;
  }
  if (IsValueType(view_.TypeOf(mention))) return mention.value.has_value();
  return mention.entity >= 0 || !element.literal.empty();
}

// "its batteries": speaks of what follows, and is no object itself.
bool SentenceMatch::IsOwningPronoun(uint32_t index) const {
  static constexpr std::u32string_view kOwners[] = {U"its", U"their", U"our", U"his", U"my", U"your"};
  const TextMention& mention = view_.mention(index);
  if (mention.form != MentionForm::kPronoun || view_.sentence().script != Script::kLatin) return false;
  const std::u32string_view own = view_.analysis().text.folded(mention.range.begin, mention.range.end);
  return std::find(std::begin(kOwners), std::end(kOwners), own) != std::end(kOwners);
}

// "sold its rival to": where the pattern does not go on with a word, what is owned would have to fill the slot.
bool SentenceMatch::IsOwnerOnly(const RuleElements& elements, size_t i, uint32_t index, int direction) const {
  if (direction < 0 || !IsOwningPronoun(index)) return false;
  return i + 1 == elements.size() || elements[i + 1]->kind == RuleElementKind::kGap;
}

bool SentenceMatch::OwnsWhatFollows(uint32_t index) const {
  const SentenceView::Places places = view_.AfterMention(index, 1);
  return std::any_of(places.begin(), places.end(), [this](uint32_t end) { return HasWordAt(U"的", end, 1); });
}

// Takes the mentions into the role; false when subject and object would be one.
bool SentenceMatch::Fill(const RuleElement& element, const std::vector<uint32_t>& mentions, bool topic) {
  const size_t before = match_.fills.size();
  for (const uint32_t index : mentions) {
    const TextMention& mention = view_.mention(index);
    if (element.same && std::none_of(match_.fills.begin(), match_.fills.end(), [&](const RoleFill& fill) {
          return fill.role == "S" && view_.mention(static_cast<uint32_t>(fill.mention)).entity == mention.entity;
        })) {
      return false;
    }
    if (element.literal.empty() && mention.entity >= 0 && (element.role == "S" || element.role == "O")) {
      for (size_t k = 0; k < before; ++k) {
        const RoleFill& other = match_.fills[k];
        if ((other.role == "S" || other.role == "O") && other.role != element.role && other.literal.empty() &&
            other.mention >= 0 && view_.mention(static_cast<uint32_t>(other.mention)).entity == mention.entity) {
          match_.fills.resize(before);
          return false;
        }
      }
    }
    match_.fills.push_back({element.role, element.literal, static_cast<int32_t>(index), mention.range, topic});
  }
  return true;
}

// Each member is a subject and an object; who reads the match takes the pairs.
bool SentenceMatch::FillPairs(const std::vector<uint32_t>& mentions) {
  for (const std::string_view role : {"S", "O"}) {
    for (const uint32_t index : mentions) {
      match_.fills.push_back({role, {}, static_cast<int32_t>(index), view_.mention(index).range, false, true});
    }
  }
  return true;
}

// As the object a cue is the entity that it names, an office say; else its words.
void SentenceMatch::FillCue(std::string_view role, std::string_view literal, Range cue) {
  for (const uint32_t index : view_.mentions()) {
    const TextMention& mention = view_.mention(index);
    if (!literal.empty() && mention.range == cue && mention.entity >= 0) {
      match_.fills.push_back({role, {}, static_cast<int32_t>(index), cue, false});
      return;
    }
  }
  match_.fills.push_back({role, literal, -1, cue, false});
}

bool SentenceMatch::HasCueAt(uint32_t set, uint32_t position, int direction) const {
  const auto& words = matcher_.book().sets[set].words;
  return std::any_of(words.begin(), words.end(),
                     [&](const std::u32string& word) { return HasWordAt(word, position, direction); });
}

bool SentenceMatch::Walk(const RuleElements& elements, size_t i, uint32_t position, int direction) {
  if (i == elements.size()) {
    return direction > 0 || Walk(pattern_->right, 0, hit_->range.end, 1);
  }
  const RuleElement& element = *elements[i];
  switch (element.kind) {
    case RuleElementKind::kGap:
      return WalkGap(elements, i, position, direction);
    case RuleElementKind::kTopic:
      return WalkTopic(elements, i, position, direction);
    default:
      break;
  }
  position = view_.SkipSpaces(position, direction);
  switch (element.kind) {
    case RuleElementKind::kWord:
      if (!HasWordAt(element.word, position, direction)) return false;
      return Walk(elements, i + 1,
                  direction > 0 ? position + static_cast<uint32_t>(element.word.size())
                                : position - static_cast<uint32_t>(element.word.size()),
                  direction);
    case RuleElementKind::kCue:
      ChainHits();
      for (int32_t k = direction > 0 ? begins_[position - view_.begin()] : ends_[position - view_.begin()]; k >= 0;) {
        const CueHit& hit = hits_[static_cast<size_t>(k)];
        const auto& sets = matcher_.words_[hit.word].sets;
        if (std::binary_search(sets.begin(), sets.end(), element.set)) {
          const size_t before = match_.fills.size();
          if (!element.role.empty()) FillCue(element.role, element.literal, hit.range);
          if (Walk(elements, i + 1, direction > 0 ? hit.range.end : hit.range.begin, direction)) return true;
          match_.fills.resize(before);
        }
        if (direction > 0) {
          k = static_cast<size_t>(k) + 1 < hits_.size() &&
                      hits_[static_cast<size_t>(k) + 1].range.begin == hit.range.begin
                  ? k + 1
                  : -1;
        } else {
          k = next_end_[static_cast<size_t>(k)];
        }
      }
      return false;
    case RuleElementKind::kNotWord:
      return !HasWordAt(element.word, position, direction) && Walk(elements, i + 1, position, direction);
    case RuleElementKind::kNotCue:
      return !HasCueAt(element.set, position, direction) && Walk(elements, i + 1, position, direction);
    case RuleElementKind::kSeenWord:
      return HasWordAt(element.word, position, direction) && Walk(elements, i + 1, position, direction);
    case RuleElementKind::kSeenCue:
      return HasCueAt(element.set, position, direction) && Walk(elements, i + 1, position, direction);
    case RuleElementKind::kNotSlot:
    case RuleElementKind::kSeenSlot: {
      const auto& meets = view_.MeetingAt(position, direction);
      const bool fits = std::any_of(meets.begin(), meets.end(), [&](uint32_t index) { return Fits(element, index); });
      return fits == (element.kind == RuleElementKind::kSeenSlot) && Walk(elements, i + 1, position, direction);
    }
    case RuleElementKind::kClauseBegin:
      if (position > view_.begin() && !view_.IsBreak(position - 1) && !IsOpeningQuote(view_.at(position - 1))) {
        return false;
      }
      return Walk(elements, i + 1, position, direction);
    case RuleElementKind::kClauseEnd:
      if (position < view_.end() && !view_.IsBreak(position) && !IsClosingQuote(view_.at(position)) &&
          !EndsSentence(position)) {
        return false;
      }
      return Walk(elements, i + 1, position, direction);
    case RuleElementKind::kSlot:
      return WalkSlot(elements, i, position, direction);
    case RuleElementKind::kClause:
    case RuleElementKind::kPhrase:
      return WalkWords(elements, i, position, direction);
    case RuleElementKind::kQuote:
      return WalkQuote(elements, i, position, direction);
    case RuleElementKind::kWords:
      return WalkTogether(elements, i, position, direction);
    default:
      return false;
  }
}

bool SentenceMatch::WalkSlot(const RuleElements& elements, size_t i, uint32_t position, int direction) {
  const RuleElement& element = *elements[i];
  for (const uint32_t index : view_.MeetingAt(position, direction)) {
    if (!Fits(element, index) || (element.bare && OwnsWhatFollows(index))) continue;
    if (IsOwnerOnly(elements, i, index, direction)) continue;
    // 北嶺和凌川都是它的客戶, where 它 was taken for 北嶺.
    if (view_.mention(index).form == MentionForm::kPronoun && !element.same && IsListedWithFill(index, false)) continue;
    const size_t before = match_.fills.size();
    if (element.many || element.pairs) {
      std::vector<uint32_t> list = view_.ListFrom(index, direction);
      const auto end = std::find_if_not(list.begin(), list.end(), [&](uint32_t one) { return Fits(element, one); });
      list.erase(end, list.end());
      if (list.size() > 1 && (element.pairs ? FillPairs(list) : Fill(element, list, false))) {
        for (const uint32_t next : view_.AfterMention(list.back(), direction)) {
          if (Walk(elements, i + 1, next, direction)) return true;
        }
        match_.fills.resize(before);
      }
    }
    if (element.pairs || !Fill(element, {index}, false)) continue;
    for (const uint32_t next : view_.AfterMention(index, direction)) {
      if (Walk(elements, i + 1, next, direction)) return true;
    }
    match_.fills.resize(before);
  }
  return false;
}

// Which mentions stand where a clause begins, a date before them apart.
void SentenceMatch::FindOpenings() {
  const std::vector<uint32_t>& mentions = view_.mentions();
  if (opens_.size() == mentions.size()) return;
  opens_.assign(mentions.size(), false);
  uint32_t from = view_.begin();  // where the clause begins, or the date at its beginning ends
  uint32_t at = view_.begin();
  for (size_t k = 0; k < mentions.size(); ++k) {
    const TextMention& mention = view_.mention(mentions[k]);
    for (; at < mention.range.begin; ++at) {
      if (view_.IsBreak(at)) from = at + 1;
    }
    const bool near = from <= mention.range.begin && view_.WordsBetween(from, mention.range.begin) <= kOpeningWords;
    if (near && mention.type == EntityType::kDate) from = mention.range.end;
    opens_[k] = near && !FollowsWordOf(view_, matcher_.coverb_, mention.range.begin) &&
                !FollowsWordOf(view_, matcher_.with_, mention.range.begin);
  }
}

// What the text speaks of where a subject is left out: what opens the nearest clause before, else what the sentence
// before spoke of, where nothing else is a subject in between.
bool SentenceMatch::WalkTopic(const RuleElements& elements, size_t i, uint32_t position, int direction) {
  const RuleElement& element = *elements[i];
  const uint32_t limit = direction < 0 ? position : hit_->range.begin;
  const auto take = [&](uint32_t index) {
    const size_t before = match_.fills.size();
    if (IsListedWithFill(index, true)) return false;
    if (Fill(element, {index}, true)) {
      if (Walk(elements, i + 1, position, direction)) return true;
      match_.fills.resize(before);
    }
    return false;
  };
  bool is_free = true;
  if (view_.sentence().script == Script::kLatin) {
    for (const int32_t candidate : OpeningsBefore(element, limit)) {
      if (candidate < 0) continue;
      is_free = false;
      if (take(static_cast<uint32_t>(candidate))) return true;
    }
  } else {
    bool of_kin = false;
    for (auto topic = topics_.clauses.rbegin(); topic != topics_.clauses.rend(); ++topic) {
      if (topic->clause.begin > limit) continue;
      // 父親林安種田,母親高以樂教書: kin of one whom both leave out.
      if (topic->clause.begin <= hit_->range.begin && hit_->range.end <= topic->clause.end) {
        of_kin = topic->is_kin;
      } else if (of_kin && topic->is_kin) {
        continue;
      }
      // 林安的父親林海種田,母親高以樂教書: kin of 林安.
      if (of_kin && topic->kin_owner >= 0 && topic->clause.end <= hit_->range.begin) {
        const auto owner = static_cast<uint32_t>(topic->kin_owner);
        if (Fits(element, owner) && !Fills(owner)) return take(owner);
      }
      for (const uint32_t index : topic->opening) {
        if (view_.mention(index).range.end > limit) continue;
        is_free = false;
        if (Fits(element, index) && !Fills(index) && take(index)) return true;
      }
      is_free = is_free && !topic->has_other;
      // 紀勤指出,匯控還將加強合作,包括認購…: who acts is another, unless he speaks again.
      if (topic->other_acts && element.role == "S" && !IsOfThings(element) && !match_.rule->speech &&
          !match_.rule->attitude) {
        break;
      }
    }
    is_free = is_free || element.role != "S" || element.main;
    // 國會通過海洋法,明年上路: a thing is spoken of once it has been named.
    if (IsOfThings(element)) {
      for (size_t k = view_.mentions().size(); k-- > 0;) {
        const uint32_t index = view_.mentions()[k];
        if (view_.mention(index).range.end <= limit && Fits(element, index) && !Fills(index)) return take(index);
      }
    }
  }
  if (element.main) {
    for (const uint32_t index : view_.main()) {
      if (Fits(element, index) && !IsListedWithFill(index, true)) return take(index);
    }
  }
  const bool is_any = view_.sentence().script == Script::kLatin || IsOfThings(element) || element.main;
  if (!is_free && !is_any) return false;
  for (const uint32_t index : is_any ? view_.previous() : topics_.before) {
    if (Fits(element, index)) return take(index);
  }
  return false;
}

// In English: what opens the nearest clause before, and the first of the sentence; -1 for none.
std::array<int32_t, 2> SentenceMatch::OpeningsBefore(const RuleElement& element, uint32_t limit) {
  FindOpenings();
  const std::vector<uint32_t>& mentions = view_.mentions();
  int32_t first = -1, opening = -1;
  for (size_t k = 0; k < mentions.size(); ++k) {
    const TextMention& mention = view_.mention(mentions[k]);
    if (mention.range.begin >= limit) break;
    if (mention.range.end > limit || !Fits(element, mentions[k]) || Fills(mentions[k])) continue;
    // Hoshino chief executive Lin An: the person is who the clause speaks of.
    const auto is_titled = [&](int32_t by) {
      if (by < 0 || view_.TypeOf(mention) != EntityType::kPerson) return false;
      const TextMention& before = view_.mention(static_cast<uint32_t>(by));
      return view_.TypeOf(before) == EntityType::kOrg && before.range.end <= mention.range.begin &&
             view_.BreaksBetween(before.range.end, mention.range.begin) == 0 &&
             view_.WordsBetween(before.range.end, mention.range.begin) <= kTitleWords;
    };
    const bool follows = FollowsWordOf(view_, matcher_.coverb_, mention.range.begin) ||
                         FollowsWordOf(view_, matcher_.with_, mention.range.begin);
    if ((first < 0 && !follows) || is_titled(first)) first = static_cast<int32_t>(mentions[k]);
    if (opens_[k] || is_titled(opening)) opening = static_cast<int32_t>(mentions[k]);
  }
  return {opening, element.main ? -1 : first};
}

bool SentenceMatch::WalkGap(const RuleElements& elements, size_t i, uint32_t position, int direction) {
  const RuleElement& element = *elements[i];
  const uint32_t gap_before = match_.gap;
  for (uint32_t q = position;;) {
    const uint32_t low = std::min(q, position), high = std::max(q, position);
    const uint32_t words = view_.WordsBetween(low, high);
    if (words > element.longest) break;
    if (!view_.IsInsideName(q)) {
      match_.gap = gap_before + words;
      if (Walk(elements, i + 1, q, direction)) return true;
    }
    if (direction > 0 ? q >= view_.end() : q <= view_.begin()) break;
    const uint32_t crossed = direction > 0 ? q : q - 1;
    if (IsHardStop(view_.at(crossed))) break;
    if (!element.over_commas && (view_.IsBreak(crossed) || view_.at(crossed) == U'、')) break;
    q = direction > 0 ? q + 1 : q - 1;
    bool forbidden = false;
    for (const uint32_t index : view_.MeetingAt(q, -direction)) {
      const Range range = view_.mention(index).range;
      const bool whole = direction > 0 ? range.begin >= position : range.end <= position;
      // "buys its batteries from": what the subject owns is no other company.
      if (direction > 0 && view_.mention(index).type == EntityType::kOrg && IsOwningPronoun(index)) continue;
      if (whole && !element.types.empty() && Fits(element.types, view_.mention(index))) forbidden = true;
    }
    if (!forbidden && element.words == SlotWords::kNotOfSet) {
      const uint32_t taken = direction > 0 ? q - position : position - q;
      const auto& set = matcher_.book().sets[element.set].words;
      forbidden = std::any_of(set.begin(), set.end(), [&](const std::u32string& word) {
        return word.size() <= taken && HasWordAt(word, q, -direction);
      });
    }
    if (forbidden) break;
  }
  match_.gap = gap_before;
  return false;
}

bool SentenceMatch::WalkWords(const RuleElements& elements, size_t i, uint32_t position, int direction) {
  const RuleElement& element = *elements[i];
  if (direction < 0) return WalkWordsBefore(elements, i, position);
  position = view_.SkipSpaces(position, 1);
  // 發表聲明,強調…: the nearer verb of saying has its own reading.
  if (element.kind == RuleElementKind::kClause && StartsWithSpeech(position)) return false;
  uint32_t end = position;
  if (position < view_.end() && IsOpeningQuote(view_.at(position))) {
    const Quotation* quotation = QuotationAt(position, 1);
    if (quotation != nullptr && element.kind == RuleElementKind::kClause &&
        view_.WordsBetween(position, std::min(quotation->range.end, view_.end())) > 2 * kShortestClause) {
      // The marks belong to the quotation, not to what is said; it may run on.
      const size_t before = match_.fills.size();
      match_.fills.push_back(
          {element.role, element.literal, -1, {quotation->range.begin + 1, quotation->range.end - 1}, false});
      if (Walk(elements, i + 1, std::min(quotation->range.end, view_.end()), direction)) return true;
      match_.fills.resize(before);
    }
  }
  bool is_supposed = StartsWithCondition(position);
  const bool is_noun_phrase = element.literal == "TEXT";
  const auto ends_phrase = [&](std::u32string_view word) { return HasWordAt(word, end, 1); };
  for (; end < view_.end(); ++end) {
    if (IsHardStop(view_.at(end))) break;
    if (is_noun_phrase && end > position && IsSpaceMark(view_.at(end - 1)) &&
        std::any_of(std::begin(kPhraseEnds), std::end(kPhraseEnds), ends_phrase)) {
      break;
    }
    if (!view_.IsBreak(end)) continue;
    // 希望在下一代的發展中,…: where and when is not yet what.
    const bool is_setting =
        HasWordAt(U"在", position, 1) && kSettingEnds.find(view_.at(end - 1)) != std::u32string_view::npos;
    if (element.kind == RuleElementKind::kClause ? SpeaksAgain(end + 1) : !is_supposed && !is_setting) break;
    is_supposed = false;
  }
  const uint32_t after = end;
  while (end > position && (IsSpaceMark(view_.at(end - 1)) || view_.at(end - 1) == U'.')) --end;
  const bool is_clause = element.kind == RuleElementKind::kClause || view_.sentence().script == Script::kLatin;
  const uint32_t shortest = is_clause ? kShortestClause : kShortestPhrase;
  if (view_.WordsBetween(position, end) < (is_noun_phrase ? 1 : shortest)) return false;
  const size_t before = match_.fills.size();
  match_.fills.push_back({element.role, element.literal, -1, {position, end}, false});
  if (Walk(elements, i + 1, after, direction)) return true;
  match_.fills.resize(before);
  return false;
}

// What stands before the comma, from where the sentence begins: …,林安說.
bool SentenceMatch::WalkWordsBefore(const RuleElements& elements, size_t i, uint32_t position) {
  const RuleElement& element = *elements[i];
  uint32_t end = view_.SkipSpaces(position, -1);
  if (end > view_.begin() && view_.at(end - 1) == U',') --end;
  uint32_t begin = end;
  while (begin > view_.begin() && !IsHardStop(view_.at(begin - 1))) --begin;
  begin = view_.SkipSpaces(begin, 1);
  if (begin >= end || view_.WordsBetween(begin, end) < kShortestClause) return false;
  const size_t before = match_.fills.size();
  match_.fills.push_back({element.role, element.literal, -1, {begin, end}, false});
  if (Walk(elements, i + 1, begin, -1)) return true;
  match_.fills.resize(before);
  return false;
}

bool SentenceMatch::StartsWithSpeech(uint32_t position) const {
  return std::any_of(hits_.begin(), hits_.end(), [&](const CueHit& hit) {
    return hit.range.begin == position && hit.is_anchor && matcher_.IsSpeech(hit);
  });
}

// 一旦當選,…: what follows the comma belongs to it.
bool SentenceMatch::StartsWithCondition(uint32_t position) const {
  return std::any_of(hits_.begin(), hits_.end(), [&](const CueHit& hit) {
    return hit.range.begin == position && matcher_.IsOf(hit, matcher_.condition_);
  });
}

// Another verb of saying soon behind a comma, 並表示, or the one who speaks as its subject: 他說.
bool SentenceMatch::SpeaksAgain(uint32_t position) const {
  static constexpr std::u32string_view kSpeaker[] = {U"他", U"她"};
  position = view_.SkipSpaces(position, 1);
  const std::u32string_view rest = view_.analysis().text.folded(position, view_.end());
  if (std::any_of(std::begin(kSpeaker), std::end(kSpeaker), [rest](std::u32string_view word) {
        return rest.starts_with(word) && !rest.substr(1).starts_with(U"们");
      })) {
    return true;
  }
  // 星野說沒有這回事,北嶺則不願回應: of another the text itself tells.
  for (const uint32_t index : view_.MeetingAt(position, 1)) {
    const TextMention& mention = view_.mention(index);
    const EntityType type = view_.TypeOf(mention);
    if ((type == EntityType::kPerson || type == EntityType::kOrg || type == EntityType::kGpe) &&
        view_.analysis().text.folded(mention.range.end, view_.end()).starts_with(U"则")) {
      return true;
    }
  }
  return std::any_of(hits_.begin(), hits_.end(), [&](const CueHit& hit) {
    return hit.range.begin >= position && hit.is_anchor &&
           view_.WordsBetween(position, hit.range.begin) <= kWordsBeforeSpeech &&
           view_.BreaksBetween(position, hit.range.begin) == 0 && matcher_.IsSpeech(hit);
  });
}

// The direct quotation that begins (or ends, for a walk to the left) at a position.
const Quotation* SentenceMatch::QuotationAt(uint32_t position, int direction) const {
  const std::vector<Quotation>& quotations = view_.analysis().quotations;
  auto it = std::lower_bound(quotations.begin(), quotations.end(), position,
                             [](const Quotation& quotation, uint32_t p) { return quotation.range.begin < p; });
  const auto fits = [](const Quotation& quotation) { return quotation.direct && quotation.range.size() > 2; };
  if (direction > 0) {
    return it != quotations.end() && it->range.begin == position && fits(*it) ? &*it : nullptr;
  }
  // Quotations inside the one that ends here begin between.
  for (uint32_t steps = 0; steps < kMostInnerQuotations && it != quotations.begin(); ++steps) {
    --it;
    if (it->range.end == position && fits(*it)) return &*it;
  }
  return nullptr;
}

bool SentenceMatch::WalkQuote(const RuleElements& elements, size_t i, uint32_t position, int direction) {
  const RuleElement& element = *elements[i];
  const Quotation* quotation = QuotationAt(position, direction);
  if (quotation == nullptr) return false;
  const size_t before = match_.fills.size();
  match_.fills.push_back(
      {element.role, element.literal, -1, {quotation->range.begin + 1, quotation->range.end - 1}, false});
  const uint32_t next =
      direction > 0 ? std::min(quotation->range.end, view_.end()) : std::max(quotation->range.begin, view_.begin());
  if (Walk(elements, i + 1, next, direction)) return true;
  match_.fills.resize(before);
  return false;
}

// Words that no mark parts; the fewest with which the rest of the pattern matches.
bool SentenceMatch::WalkTogether(const RuleElements& elements, size_t i, uint32_t position, int direction) {
  const RuleElement& element = *elements[i];
  for (uint32_t q = position; direction > 0 ? q < view_.end() : q > view_.begin();) {
    const char32_t crossed = view_.at(direction > 0 ? q : q - 1);
    if (view_.IsBreak(direction > 0 ? q : q - 1) || IsHardStop(crossed) || crossed == U'、') return false;
    q = direction > 0 ? q + 1 : q - 1;
    const Range range{std::min(q, position), std::max(q, position)};
    const uint32_t words = view_.WordsBetween(range.begin, range.end);
    if (words > element.longest) return false;
    if (words < kFewestWords || view_.IsInsideName(q)) continue;
    if (element.ends_with_cue && !HasCueAt(element.set, range.end, -1)) continue;
    const size_t before = match_.fills.size();
    match_.fills.push_back({element.role, element.literal, -1, range, false});
    if (Walk(elements, i + 1, q, direction)) return true;
    match_.fills.resize(before);
  }
  return false;
}

RelationMatcher::RelationMatcher(RuleBook book) : book_(std::move(book)) {
  std::map<std::u32string, std::vector<uint32_t>> sets_of;
  for (uint32_t set = 0; set < book_.sets.size(); ++set) {
    for (std::u32string word : book_.sets[set].words) {
      std::transform(word.begin(), word.end(), word.begin(), NameTrie::Unify);
      std::vector<uint32_t>& sets = sets_of[std::move(word)];
      if (sets.empty() || sets.back() != set) sets.push_back(set);
    }
  }
  for (auto& [text, sets] : sets_of) {
    const bool only_mood = std::all_of(sets.begin(), sets.end(), [this](uint32_t set) {
      const std::string& name = book_.sets[set].name;
      return name.starts_with(kClaimSetPrefix) || name.starts_with(kFigureSetPrefix) ||
             std::find(std::begin(kMoodSets), std::end(kMoodSets), name) != std::end(kMoodSets);
    });
    words_.push_back({std::move(sets), only_mood});
    word_trie_.Insert(text) = static_cast<uint32_t>(words_.size());
  }
  coverb_ = book_.FindSet("coverb");
  with_ = book_.FindSet("with");
  in_place_ = book_.FindSet("in_place");
  condition_ = book_.FindSet("condition");
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
}

void RelationMatcher::FindCues(const SentenceView& view, std::vector<CueHit>& hits) const {
  hits.clear();
  const std::u32string_view text = view.analysis().text.folded();
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
      hits.push_back({{p, i + 1}, word - 1, false});
    }
    std::reverse(hits.begin() + static_cast<std::ptrdiff_t>(first), hits.end());
  }
  uint32_t covered = 0, covered_by_others = 0;  // farthest ends of the hits before; longer ones come first
  for (CueHit& hit : hits) {
    hit.in_longer = hit.range.end <= covered;
    hit.is_anchor = hit.range.end > covered_by_others;
    // "Reform Party leader": "party leader" is no cue and hides none.
    if (view.TouchesName(hit.range)) continue;
    covered = std::max(covered, hit.range.end);
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

std::vector<RuleMatch> RelationMatcher::Match(const SentenceView& view, const std::vector<CueHit>& hits,
                                              const SentenceTopics& topics) const {
  std::vector<RuleMatch> matches;
  SentenceMatch sentence(*this, view, hits, topics);
  for (const CueHit& hit : hits) {
    if (!hit.is_anchor || view.TouchesName(hit.range)) continue;
    for (const uint32_t set : words_[hit.word].sets) {
      const RelationRule* found = nullptr;
      for (const PatternEntry& entry : patterns_by_set_[set]) {
        const RelationRule& rule = book_.rules[entry.rule];
        // The patterns of a rule stand in the order of preference.
        if (found == &rule) continue;
        if (!sentence.MayMatch(entry, hit) || !sentence.Try(rule, rule.patterns[entry.pattern], hit)) continue;
        found = &rule;
        matches.push_back(sentence.match());
      }
    }
  }
  return matches;
}

}  // namespace newsgraph
