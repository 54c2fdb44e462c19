#include "ingest/text/told_words.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "ingest/text/word_tables.h"

namespace newsgraph {
namespace {

// A clause before "she said" of fewer words only opens the one that goes on behind it.
constexpr uint32_t kFewestTold = 4;

// The Latin word that begins at a position, folded.
std::u32string_view WordAt(const SentenceView& view, uint32_t begin, uint32_t end) {
  uint32_t p = begin;
  while (p < end && IsLatinWordMark(view.at(p))) ++p;
  return view.analysis().text.folded(begin, p);
}

char32_t LastBefore(const SentenceView& view, uint32_t position) {
  position = view.SkipSpaces(position, -1);
  return position > view.begin() ? view.at(position - 1) : U'\0';
}

}  // namespace

Range ToldAround(const SentenceView& view, Range subject, Range cue, Range words) {
  static constexpr std::u32string_view kGoesOn[] = {U"and",   U"but", U"so",     U"while",
                                                    U"which", U"who", U"though", U"adding"};
  const uint32_t begin = std::min(subject.begin, cue.begin);
  const uint32_t end = view.SkipSpaces(std::max(subject.end, cue.end), 1);
  if (view.sentence().script != Script::kLatin || !view.sentence().range.Contains(subject)) return words;
  if (words.begin < end || begin <= view.begin() || LastBefore(view, begin) != U',' ||
      LastBefore(view, words.begin) != U',')
    return words;
  uint32_t comma = view.SkipSpaces(begin, -1) - 1;
  // "Boeing, she told reporters, had": one clause, whose subject stands before.
  const Range before{view.begin(), comma};
  const std::u32string_view next = WordAt(view, words.begin, words.end);
  if (view.WordsBetween(before.begin, before.end) >= kFewestTold && IsOneOf(next, kGoesOn)) return before;
  return {before.begin, words.end};
}

bool IsTold(const SentenceView& view, const RelationMatcher& matcher, const ClaimCues& cues,
            const std::vector<CueHit>& hits, Range cue, Range words) {
  static constexpr std::u32string_view kNeverOpens[] = {U"with", U"of", U"by", U"s", U"as", U"into", U"about", U"to"};
  static constexpr std::u32string_view kSubjects[] = {U"he", U"she", U"it", U"they", U"we", U"i", U"you", U"there"};
  static constexpr std::u32string_view kRelatives[] = {U"who", U"which", U"whose", U"whom", U"where", U"that"};
  static constexpr std::u32string_view kLinks[] = {U"and", U"but", U"or", U"then"};
  if (view.sentence().script != Script::kLatin || words.empty() || words.begin < cue.end) return true;
  const FoldedText& text = view.analysis().text;
  if (words.begin > view.begin() && IsOpeningQuote(view.at(words.begin - 1))) return true;
  const std::u32string_view first = WordAt(view, words.begin, words.end);
  if (IsOneOf(first, kNeverOpens)) return false;
  const std::u32string_view between = text.folded(cue.end, words.begin);
  const std::u32string_view verb = text.folded(cue.begin, cue.end);
  if (between.find(U"that ") != std::u32string_view::npos || verb == U"said" || verb == U"says" || verb == U"saying" ||
      IsOneOf(first, kSubjects)) {
    return true;
  }
  // The first verb that a subject may stand before.
  std::u32string_view last;
  for (uint32_t p = words.begin; p < words.end;) {
    if (!IsLatinWordMark(view.at(p))) {
      if (IsOpeningQuote(view.at(p))) return true;
      ++p;
      continue;
    }
    const std::u32string_view word = WordAt(view, p, words.end);
    const auto end = p + static_cast<uint32_t>(word.size());
    if (IsOneOf(word, kRelatives)) return false;
    const bool is_verb = p > words.begin && ((word.size() > 3 && word.ends_with(U"ed")) ||
                                             std::any_of(hits.begin(), hits.end(), [&](const CueHit& hit) {
                                               return hit.range == Range{p, end} && matcher.IsOf(hit, cues.finite);
                                             }));
    if (is_verb) return !IsOneOf(last, kLinks);
    last = word;
    p = end;
  }
  return false;
}

}  // namespace newsgraph
