// Names of a sentence that are there only to say who it was not: "bought by Hoshino, not by Northwind".
#include <algorithm>
#include <iterator>
#include <string_view>

#include "ingest/text/sentence_view.h"
#include "ingest/text/word_tables.h"

namespace newsgraph {
namespace {

// Longer ones first.
constexpr std::u32string_view kLatinExclusions[] = {U"as opposed to", U"rather than", U"instead of",
                                                    U"neither",       U"nor",         U"not"};
constexpr std::u32string_view kHanExclusions[] = {U"而不是", U"而非", U"并不是", U"不是", U"并非", U"绝非"};
// Of those, which also deny a whole clause: 林安不是北嶺的董事, "is not the founder".
constexpr std::u32string_view kMayDenyAll[] = {U"并不是", U"不是", U"并非", U"绝非", U"not"};
constexpr std::u32string_view kAuxiliaries[] = {
    U"is",   U"are", U"was",  U"were",  U"be",  U"been",  U"being", U"am",    U"has",  U"have",  U"had",   U"do",
    U"does", U"did", U"will", U"would", U"can", U"could", U"may",   U"might", U"must", U"shall", U"should"};
// Between the word and the name: "not by the", 而非由.
constexpr std::u32string_view kLatinBetween[] = {U"by", U"from", U"to",  U"with", U"for", U"in",  U"at",
                                                 U"of", U"on",   U"the", U"its",  U"his", U"her", U"that"};
constexpr std::u32string_view kHanBetween = U"由被向和与跟给对为在";
constexpr uint32_t kMostBetween = 2;

}  // namespace

uint32_t SentenceView::WordEnd(uint32_t position) const {
  while (position < range_.end && IsLatinWordMark(at(position))) ++position;
  return position;
}

// Where the name behind an excluding word or a contrast begins: past "by the", 由.
uint32_t SentenceView::NameBehind(uint32_t position) const {
  position = SkipSpaces(position, 1);
  for (uint32_t words = 0; words < kMostBetween && MeetingAt(position, 1).empty(); ++words) {
    if (sentence().script != Script::kLatin) {
      return position < range_.end && kHanBetween.find(at(position)) != std::u32string_view::npos ? position + 1
                                                                                                  : position;
    }
    const uint32_t end = WordEnd(position);
    if (!IsOneOf(analysis_.text.folded(position, end), kLatinBetween)) break;
    position = SkipSpaces(end, 1);
  }
  return position;
}

// "by Hoshino and by | Northwind", 被北嶺和被|凌川: behind a preposition that stands before the member that begins at
// `left` too; else the position.
uint32_t SentenceView::PastSamePreposition(uint32_t position, uint32_t left) const {
  left = SkipSpaces(left, -1);
  if (sentence().script != Script::kLatin) {
    return position < range_.end && left > range_.begin && at(left - 1) == at(position) &&
                   kHanBetween.find(at(position)) != std::u32string_view::npos
               ? position + 1
               : position;
  }
  const uint32_t end = WordEnd(position);
  const std::u32string_view word = analysis_.text.folded(position, end);
  if (!IsOneOf(word, kLatinBetween) || left < range_.begin + word.size() + 1) return position;
  const std::u32string_view before = analysis_.text.folded(range_.begin, left);
  if (!before.ends_with(word) || IsLatinWordMark(before[before.size() - word.size() - 1])) return position;
  return SkipSpaces(end, 1);
}

// Where what is meant instead begins, behind "but" or 而是; `position` itself where nothing is.
uint32_t SentenceView::ContrastEnd(uint32_t position) const {
  uint32_t p = SkipSpaces(position, 1);
  if (p < range_.end && at(p) == U',') p = SkipSpaces(p + 1, 1);
  const std::u32string_view rest = analysis_.text.folded(p, range_.end);
  if (sentence().script == Script::kLatin) {
    return analysis_.text.folded(p, WordEnd(p)) == U"but" ? NameBehind(p + 3) : position;
  }
  return rest.starts_with(U"而是") ? NameBehind(p + 2) : rest.starts_with(U"是") ? NameBehind(p + 1) : position;
}

void SentenceView::FindExclusions() {
  const bool is_latin = sentence().script == Script::kLatin;
  const auto denies_all = [&](uint32_t position, std::u32string_view word, size_t k) {
    if (!IsOneOf(word, kMayDenyAll)) return false;
    if (ContrastEnd(edges_[k].quote_end) != edges_[k].quote_end) return false;
    const uint32_t before = SkipSpaces(position, -1);
    if (!is_latin) return before > range_.begin && !IsBreak(before - 1) && at(before - 1) != U'的';
    uint32_t begin = before;
    while (begin > range_.begin && IsLatinWordMark(at(begin - 1))) --begin;
    return before == range_.begin || IsOneOf(analysis_.text.folded(begin, before), kAuxiliaries);
  };
  has_exclusions_ = false;
  for (uint32_t p = range_.begin; p < range_.end; ++p) {
    if (inside_name_[p - range_.begin] || (is_latin && p > range_.begin && IsLatinWordMark(at(p - 1)))) continue;
    const std::u32string_view rest = analysis_.text.folded(p, range_.end);
    const auto take = [&](std::u32string_view word) {
      if (!rest.starts_with(word) || (is_latin && rest.size() > word.size() && IsLatinWordMark(rest[word.size()])))
        return false;
      for (const uint32_t index : MeetingAt(NameBehind(p + static_cast<uint32_t>(word.size())), 1)) {
        const auto k =
            static_cast<size_t>(std::lower_bound(mentions().begin(), mentions().end(), index) - mentions().begin());
        if (mention(index).entity < 0 || IsValueType(TypeOf(mention(index))) || denies_all(p, word, k)) continue;
        edges_[k].exclusion_begin = p;
        edges_[k].excluded = has_exclusions_ = true;
        // Behind a member of a list it is only the next one.
        const uint32_t before = SkipSpaces(p, -1);
        if (MeetingAt(before, -1).empty()) forward_.Add(p - range_.begin, index);
      }
      return true;
    };
    if (is_latin ? std::any_of(std::begin(kLatinExclusions), std::end(kLatinExclusions), take)
                 : std::any_of(std::begin(kHanExclusions), std::end(kHanExclusions), take)) {
      continue;
    }
  }
}

// Behind a member of a list that ends at `from`: where the next begins that is set against it.
std::optional<uint32_t> SentenceView::OpposedMember(size_t k, uint32_t from) const {
  if (edges_[k].excluded) {
    if (const uint32_t contrast = ContrastEnd(from); contrast != from) return contrast;
  }
  uint32_t p = from;
  if (p < range_.end && at(p) == U',') p = SkipSpaces(p + 1, 1);
  if (sentence().script == Script::kLatin) {
    const std::u32string_view word = analysis_.text.folded(p, WordEnd(p));
    if (word == U"but" || word == U"and") p = SkipSpaces(p + 3, 1);
  }
  for (const Edges& edges : edges_) {
    if (edges.excluded && edges.exclusion_begin == p && p < edges.quote_begin) return edges.quote_begin;
  }
  return std::nullopt;
}

bool SentenceView::IsExcluded(uint32_t index) const {
  const auto k = std::lower_bound(mentions().begin(), mentions().end(), index);
  return k != mentions().end() && *k == index && edges_[static_cast<size_t>(k - mentions().begin())].excluded;
}

bool SentenceView::HasExcluded(uint32_t index, int direction) const {
  if (!has_exclusions_) return false;
  const std::vector<uint32_t> list = ListFrom(index, direction);
  return list.size() > 1 && std::any_of(list.begin(), list.end(), [this](uint32_t one) { return IsExcluded(one); });
}

bool SentenceView::IsExclusion(Range word) const {
  for (size_t k = 0; k < edges_.size(); ++k) {
    const Range name = mention(mentions()[k]).range;
    if (edges_[k].excluded && Range{edges_[k].exclusion_begin, name.begin}.Contains(word)) return true;
  }
  return false;
}

}  // namespace newsgraph
