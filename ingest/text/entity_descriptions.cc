#include "ingest/text/entity_descriptions.h"

#include <algorithm>
#include <iterator>

#include "ingest/text/code_points.h"
#include "ingest/text/reference_words.h"

namespace newsgraph {
namespace {

constexpr uint32_t kWordsBefore = 4;     // of an English apposition before a name
constexpr uint32_t kLongestAfter = 60;   // of one behind it
constexpr uint32_t kSurroundings = 48;   // on each side of a name
constexpr size_t kMostSurroundings = 4;  // per entity

bool IsWordMark(char32_t c) {
  return IsLatinLetter(c) || IsDigit(c) || c == U'-' || c == U'\'' || c == U'’' || c == U'.';
}

// Where a description in English ends: "a maker of", "the bank that".
constexpr std::u32string_view kEnds[] = {
    U"of", U"that", U"which", U"who",  U"whose", U"whom", U"in",  U"at", U"from", U"for",     U"with",  U"based", U"to",
    U"by", U"on",   U"and",   U"said", U"has",   U"had",  U"was", U"is", U"will", U"founded", U"owned", U"where"};

}  // namespace

EntityDescriptions::EntityDescriptions(const TextAnalysis& analysis, const EnglishHeads& english_heads)
    : analysis_(analysis),
      english_heads_(english_heads),
      words_(analysis.entities.size()),
      surroundings_(analysis.entities.size()) {
  for (const TextMention& mention : analysis.mentions) {
    if (mention.form == MentionForm::kName && mention.entity >= 0) LookAround(mention);
  }
}

void EntityDescriptions::LookAround(const TextMention& name) {
  const auto entity = static_cast<size_t>(name.entity);
  if (name.sentence < analysis_.sentences.size() && surroundings_[entity].size() < kMostSurroundings) {
    const Range sentence = analysis_.sentences[name.sentence].range;
    const uint32_t begin = name.range.begin > kSurroundings ? name.range.begin - kSurroundings : 0;
    surroundings_[entity].push_back({std::max(begin, std::min(sentence.begin, name.range.begin)),
                                     std::max(std::min(name.range.end + kSurroundings, sentence.end), name.range.end)});
  }
  const bool is_han = IsHan(analysis_.text[name.range.begin]) ||
                      (name.range.begin > 0 && IsHan(analysis_.text[name.range.begin - 1])) ||
                      (name.range.end < analysis_.text.size() && IsHan(analysis_.text[name.range.end]));
  if (is_han) {
    LookAroundHan(name.range, words_[entity]);
  } else {
    LookAroundLatin(name.range, words_[entity]);
  }
}

// the Danish shipping group|Maersk; Maersk|, a shipping group based in; Maersk| is a shipping group.
void EntityDescriptions::LookAroundLatin(Range name, std::vector<std::u32string_view>& out) const {
  const FoldedText& text = analysis_.text;
  uint32_t end = name.begin;
  for (uint32_t word = 0; word < kWordsBefore && end > 1 && text[end - 1] == U' '; ++word) {
    uint32_t begin = end - 1;
    while (begin > 0 && IsWordMark(text[begin - 1])) --begin;
    const std::u32string_view found = text.folded(begin, end - 1);
    if (found.empty() || found.ends_with(U'.')) break;
    // "the Lunmei", "of Lunmei": nothing is said.
    if (std::find(std::begin(kEnds), std::end(kEnds), found) != std::end(kEnds)) break;
    if (found == U"the" || found == U"a" || found == U"an") break;
    // "the Commission fined Boeing": a verb and who did it.
    if (found.ends_with(U"ed")) break;
    if (IsLatinUpper(text.original(begin)) && (word == 0 || english_heads_.Of(found))) break;
    out.push_back(found);
    end = begin;
  }
  static constexpr std::u32string_view kLeads[] = {U", a ",     U", an ",     U", the ",     U", its ",  U", his ",
                                                   U", her ",   U" is a ",    U" is an ",    U" was a ", U" was an ",
                                                   U" is the ", U" was the ", U" became a ", U" - a "};
  const std::u32string_view behind = text.folded().substr(name.end, 12);
  for (const std::u32string_view lead : kLeads) {
    if (!behind.starts_with(lead)) continue;
    uint32_t begin = name.end + static_cast<uint32_t>(lead.size());
    const uint32_t limit = std::min(text.size(), begin + kLongestAfter);
    while (begin < limit) {
      uint32_t stop = begin;
      while (stop < limit && IsWordMark(text[stop]) &&
             !(text[stop] == U'.' && (stop + 1 >= text.size() || text[stop + 1] == U' ' || text[stop + 1] == U'\n')))
        ++stop;
      const std::u32string_view found = text.folded(begin, stop);
      if (found.empty() || std::find(std::begin(kEnds), std::end(kEnds), found) != std::end(kEnds)) break;
      out.push_back(found);
      if (stop >= limit || text[stop] != U' ') break;
      begin = stop + 1;
    }
    break;
  }
}

// 新創公司|像素花園; 像素花園|是一家…的新創公司。
void EntityDescriptions::LookAroundHan(Range name, std::vector<std::u32string_view>& out) const {
  const FoldedText& text = analysis_.text;
  uint32_t end = name.begin;
  if (end > 0 && (text[end - 1] == U'、' || text[end - 1] == U'《' || text[end - 1] == U'「' || text[end - 1] == U'〈'))
    --end;
  if (const std::u32string_view noun = NounEndingAt(text.folded(end > 6 ? end - 6 : 0, end)); !noun.empty()) {
    out.push_back(noun);
  }
  static constexpr std::u32string_view kLeads[] = {U"是一", U"为一", U",一", U"是", U"为", U","};
  const std::u32string_view behind = text.folded().substr(name.end, 2);
  for (const std::u32string_view lead : kLeads) {
    if (!behind.starts_with(lead)) continue;
    if (lead.size() == 1 && lead == U",") break;
    uint32_t stop = name.end + static_cast<uint32_t>(lead.size());
    const uint32_t limit = std::min(text.size(), stop + kLongestAfter / 2);
    while (stop < limit && text[stop] != U',' && text[stop] != U'。' && text[stop] != U';' && text[stop] != U'\n')
      ++stop;
    if (stop == limit) break;
    if (const std::u32string_view noun = NounEndingAt(text.folded(stop > 6 ? stop - 6 : 0, stop)); !noun.empty()) {
      out.push_back(noun);
    }
    break;
  }
}

bool EntityDescriptions::Says(int32_t entity, std::u32string_view word) const {
  const auto& words = WordsOf(entity);
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool EntityDescriptions::IsNear(int32_t entity, std::u32string_view word) const {
  if (word.empty()) return false;
  const auto& places = surroundings_[static_cast<size_t>(entity)];
  return std::any_of(places.begin(), places.end(), [&](Range place) {
    return analysis_.text.folded(place.begin, place.end).find(word) != std::u32string_view::npos;
  });
}

}  // namespace newsgraph
