#include "ingest/text/mention_places.h"

#include <algorithm>
#include <iterator>

#include "ingest/text/code_points.h"

namespace newsgraph {

bool InBrackets(const FoldedText& text, const TextMention& mention) {
  for (uint32_t i = mention.range.begin; i > 0 && mention.range.begin - i < 12; --i) {
    const char32_t c = text[i - 1];
    if (c == U'(') return true;
    if (c == U')' || c == U'\n' || c == U'。') return false;
  }
  return false;
}

bool BeginsClause(const FoldedText& text, const TextMention& mention) {
  if (mention.range.begin == 0) return true;
  const char32_t c = text[mention.range.begin - 1];
  if (c == U' ' && mention.range.begin > 1) {
    const char32_t before = text[mention.range.begin - 2];
    return before == U'.' || before == U',' || before == U'"' || before == U'\n';
  }
  return c == U',' || c == U'。' || c == U';' || c == U'\n' || c == U':' || c == U'?' || c == U'!' || c == U'」' ||
         c == U'”';
}

// Behind a preposition.
bool IsGoverned(const FoldedText& text, const TextMention& mention) {
  const uint32_t begin = mention.range.begin;
  if (begin == 0) return false;
  if (IsHan(text[begin - 1])) {
    constexpr std::u32string_view kPrepositions = U"与和跟对向由被为给把将以在从于替";
    return kPrepositions.find(text[begin - 1]) != std::u32string_view::npos;
  }
  static constexpr std::u32string_view kPrepositions[] = {U" of ",   U" by ",   U" with ",    U" from ", U" at ",
                                                          U" for ",  U" to ",   U" in ",      U" on ",   U" over ",
                                                          U" than ", U" like ", U" against ", U" into ", U" the "};
  const std::u32string_view before = text.folded(begin > 9 ? begin - 9 : 0, begin);
  return std::any_of(std::begin(kPrepositions), std::end(kPrepositions),
                     [&](std::u32string_view word) { return before.ends_with(word); });
}

// 本报记者|乔怡
bool IsReporter(const FoldedText& text, const TextMention& mention) {
  const std::u32string_view before =
      text.folded(mention.range.begin > 3 ? mention.range.begin - 3 : 0, mention.range.begin);
  return before.ends_with(U"记者") || before.ends_with(U"主持人");
}

// Stands behind its verb or a preposition: hailed her, 批评他.
bool IsObject(const FoldedText& text, const TextMention& mention) {
  const std::u32string_view word = text.folded(mention.range.begin, mention.range.end);
  const char32_t after = mention.range.end < text.size() ? text[mention.range.end] : U'。';
  if (IsHan(word[0])) {
    constexpr std::u32string_view kGoverns = U"把将被对与和跟给向请找骂指赞控视替为比让劝问";
    const char32_t before = mention.range.begin > 0 ? text[mention.range.begin - 1] : 0;
    if (after == U'的') return false;
    return kGoverns.find(before) != std::u32string_view::npos || (!IsHan(after) && IsHan(before));
  }
  if (word == U"him" || word == U"them") return true;
  if (word == U"her" || word == U"it") {
    if (after != U' ') return mention.range.begin > 0;
    const uint32_t next = mention.range.end + 1;
    static constexpr std::u32string_view kBehind[] = {
        U"in ",   U"at ",      U"to ",    U"for ",     U"as ",    U"on ",     U"by ",
        U"with ", U"and ",     U"from ",  U"over ",    U"after ", U"before ", U"when ",
        U"of ",   U"because ", U"while ", U"through ", U"under ", U"up ",     U"out "};
    return std::any_of(std::begin(kBehind), std::end(kBehind),
                       [&](std::u32string_view behind) { return text.folded().substr(next, behind.size()) == behind; });
  }
  return false;
}

bool SpeaksNext(const FoldedText& text, const TextMention& mention) {
  const std::u32string_view behind = text.folded().substr(mention.range.end, 6);
  return behind.starts_with(U" said") || behind.starts_with(U" says") || behind.starts_with(U" told") ||
         behind.starts_with(U"说") || behind.starts_with(U"表示");
}

// Nvidia sued the chipmaker: what a clause begins with is not what it does something to.
bool StandsForNothing(const FoldedText& text, const TextMention& mention) {
  static constexpr std::u32string_view kSeeming[] = {
      U"emerged", U"emerges",  U"seems",      U"seemed",     U"appears",  U"appeared", U"turns out", U"turned out",
      U"happens", U"happened", U"transpires", U"transpired", U"followed", U"follows",  U"was said",  U"is said"};
  static constexpr std::u32string_view kBeing[] = {U"is ",       U"was ",    U"'s ",       U"\u2019s ",  U"will be ",
                                                   U"would be ", U"may be ", U"might be ", U"has been ", U"had been ",
                                                   U"became ",   U"is not ", U"was not ",  U"isn't ",    U"wasn't ",
                                                   U"remains ",  U"is also "};
  // Words of what follows, of which it is said.
  static constexpr std::u32string_view kClauses[] = {U" that ", U" whether ", U" how ", U" why ",
                                                     U" who ",  U" what ",    U" if ",  U" when "};
  static constexpr std::u32string_view kInfinitives[] = {
      U"hard to ",      U"difficult to ",   U"easy to ",       U"easier to ",  U"harder to ", U"impossible to ",
      U"possible to ",  U"important to ",   U"necessary to ",  U"time to ",    U"up to ",     U"worth ",
      U"essential to ", U"better to ",      U"best to ",       U"wrong to ",   U"raining",    U"time for ",
      U"hard for ",     U"impossible for ", U"difficult for ", U"easier for ", U"not until ", U"only when "};
  constexpr size_t kWindow = 44, kClauseWithin = 24;
  if (text.folded(mention.range.begin, mention.range.end) != U"it") return false;
  std::u32string_view rest = text.folded().substr(mention.range.end, kWindow);
  rest = rest.substr(0, rest.find_first_of(U".,;\n"));
  if (rest.starts_with(U' ')) rest.remove_prefix(1);
  const auto starts = [&](std::u32string_view word) { return rest.starts_with(word); };
  const auto leads_to_clause = [&](size_t within) {
    return std::any_of(std::begin(kClauses), std::end(kClauses), [&](std::u32string_view word) {
      const size_t at = rest.find(word);
      return at != std::u32string_view::npos && at <= within;
    });
  };
  if (std::any_of(std::begin(kSeeming), std::end(kSeeming), starts)) return leads_to_clause(kClauseWithin);
  const auto being = std::find_if(std::begin(kBeing), std::end(kBeing), starts);
  if (being == std::end(kBeing)) return false;
  rest.remove_prefix(being->size());
  return std::any_of(std::begin(kInfinitives), std::end(kInfinitives), starts) || leads_to_clause(kClauseWithin);
}

bool IsInOneClause(const FoldedText& text, const TextMention& before, Range phrase) {
  if (before.range.end > phrase.begin) return true;
  const std::u32string_view between = text.folded(before.range.end, phrase.begin);
  if (between.find_first_of(U",;:\"“”「」。") != std::u32string_view::npos) return false;
  for (const std::u32string_view joint : {U" said", U" says", U" that ", U" and ", U" which ", U" when ", U" after "}) {
    if (between.find(joint) != std::u32string_view::npos) return false;
  }
  return true;
}

}  // namespace newsgraph
