// The walk along a pattern: slots, topics, gaps.
#include "ingest/text/sentence_match.h"

#include <iterator>
#include <string>

#include "ingest/text/word_tables.h"

namespace newsgraph {
namespace {

// Before what opens a clause: 而, 不過, 45歲的.
constexpr uint32_t kOpeningWords = 3;
// Between a company and the person that holds an office in it.
constexpr uint32_t kTitleWords = 8;

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

}  // namespace

bool FollowsWordOf(const SentenceView& view, const CueSet* set, uint32_t position) {
  if (set == nullptr) return false;
  position = view.SkipSpaces(position, -1);
  return std::any_of(set->words.begin(), set->words.end(),
                     [&](const std::u32string& word) { return HasWordAt(view, word, position, -1); });
}

bool SentenceMatch::HasWordAt(std::u32string_view word, uint32_t position, int direction) const {
  return newsgraph::HasWordAt(view_, word, position, direction);
}

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

int32_t SentenceMatch::FirstHitAt(uint32_t position, int direction) {
  ChainHits();
  return direction > 0 ? begins_[position - view_.begin()] : ends_[position - view_.begin()];
}

int32_t SentenceMatch::NextHitAt(int32_t hit, int direction) const {
  const auto k = static_cast<size_t>(hit);
  if (direction < 0) return next_end_[k];
  return k + 1 < hits_.size() && hits_[k + 1].range.begin == hits_[k].range.begin ? hit + 1 : -1;
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
  return IsOneOf(own, kOwners);
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

bool SentenceMatch::HasCueAt(uint32_t set, uint32_t position, int direction, uint32_t longest) {
  for (int32_t k = FirstHitAt(position, direction); k >= 0; k = NextHitAt(k, direction)) {
    const CueHit& hit = hits_[static_cast<size_t>(k)];
    const auto& sets = matcher_.words_[hit.word].sets;
    if (hit.range.size() <= longest && std::binary_search(sets.begin(), sets.end(), set)) return true;
  }
  return false;
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
      for (int32_t k = FirstHitAt(position, direction); k >= 0; k = NextHitAt(k, direction)) {
        const CueHit& hit = hits_[static_cast<size_t>(k)];
        const auto& sets = matcher_.words_[hit.word].sets;
        if (std::binary_search(sets.begin(), sets.end(), element.set)) {
          const size_t before = match_.fills.size();
          if (!element.role.empty()) FillCue(element.role, element.literal, hit.range);
          if (Walk(elements, i + 1, direction > 0 ? hit.range.end : hit.range.begin, direction)) return true;
          match_.fills.resize(before);
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
    // Who is named only to be denied is told of with whom it was: "Hoshino, not Northwind, bought it".
    const bool is_argument = element.role == "S" || element.role == "O";
    const bool is_aside = is_argument && direction < 0 && view_.HasExcluded(index, 1);
    if (element.many || element.pairs || is_aside || (is_argument && view_.HasExcluded(index, direction))) {
      std::vector<uint32_t> list = view_.ListFrom(index, direction);
      if (is_aside) {
        std::vector<uint32_t> aside = view_.ListFrom(index, 1);
        aside.erase(std::remove_if(
                        aside.begin(), aside.end(),
                        [&](uint32_t one) { return one == index || view_.mention(one).range.end > hit_->range.begin; }),
                    aside.end());
        list.insert(list.begin(), aside.begin(), aside.end());
      }
      // One of another kind, or one whose kind was taken for another, breaks no list.
      list.erase(std::remove_if(list.begin(), list.end(), [&](uint32_t one) { return !Fits(element, one); }),
                 list.end());
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

bool SentenceMatch::TakesNeighbour() {
  const bool takes_from_aside = std::any_of(match_.fills.begin(), match_.fills.end(), [this](const RoleFill& fill) {
    if (fill.mention < 0 || fill.topic || fill.role == "_" || view_.IsExcluded(static_cast<uint32_t>(fill.mention)))
      return false;
    const int32_t owner = view_.OwnerOfClosedAside(fill.range, hit_->range.begin);
    return owner >= 0 && !Fills(static_cast<uint32_t>(owner));
  });
  if (takes_from_aside) return true;
  if (!view_.IsTrailingParticiple(hit_->range)) return false;
  FindOpenings();
  return std::any_of(match_.fills.begin(), match_.fills.end(), [this](const RoleFill& fill) {
    if (fill.role != "S" || fill.mention < 0 || fill.topic || fill.range.end > hit_->range.begin) return false;
    if (fill.range.end >= view_.end() || view_.at(fill.range.end) != U',') return false;
    if (view_.BreaksBetween(fill.range.end, hit_->range.begin) != 1) return false;
    const auto& all = view_.mentions();
    const auto k = std::lower_bound(all.begin(), all.end(), static_cast<uint32_t>(fill.mention)) - all.begin();
    return !opens_[static_cast<size_t>(k)];
  });
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
    if (view_.IsInClosedAside(mention.range, hit_->range.begin)) continue;
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

// Told without a walk: most places of a gap have neither a mention nor a cue behind them.
bool SentenceMatch::MayBeginAt(const RuleElement& element, uint32_t position, int direction) {
  switch (element.kind) {
    case RuleElementKind::kSlot:
      return !view_.MeetingAt(view_.SkipSpaces(position, direction), direction).empty();
    case RuleElementKind::kCue:
      return FirstHitAt(view_.SkipSpaces(position, direction), direction) >= 0;
    default:
      return true;
  }
}

bool SentenceMatch::WalkGap(const RuleElements& elements, size_t i, uint32_t position, int direction) {
  const RuleElement& element = *elements[i];
  const uint32_t gap_before = match_.gap;
  const RuleElement* const next = i + 1 < elements.size() ? elements[i + 1] : nullptr;
  for (uint32_t q = position;;) {
    const uint32_t low = std::min(q, position), high = std::max(q, position);
    const uint32_t words = view_.WordsBetween(low, high);
    if (words > element.longest) break;
    if (!view_.IsInsideName(q) && (next == nullptr || MayBeginAt(*next, q, direction))) {
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
      if (IsOwningPronoun(index)) continue;
      // "(Greek: Νίκος Αλεξίου; born 1960)": nor is another name of the one before.
      if (!view_.mention(index).gloss_of.empty()) continue;
      if (whole && !element.types.empty() && Fits(element.types, view_.mention(index))) forbidden = true;
    }
    if (!forbidden && element.words == SlotWords::kNotOfSet) {
      forbidden = HasCueAt(element.set, q, -direction, direction > 0 ? q - position : position - q);
    }
    if (forbidden) break;
  }
  match_.gap = gap_before;
  return false;
}

}  // namespace newsgraph
