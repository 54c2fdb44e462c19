// Folding of names: the form under which two spellings of one name are equal.
//
// Width (full to half), case, Traditional to Simplified Chinese and variant
// characters, middle dots and hyphens, one code point to one; then white space joined,
// quotation marks and apostrophes made straight, trimmed. No language is needed. The
// tables are graph/data/han_*.txt. Safe from any thread.
#ifndef NEWSGRAPH_GRAPH_NAME_FOLDING_H_
#define NEWSGRAPH_GRAPH_NAME_FOLDING_H_

#include <string>
#include <string_view>

namespace newsgraph {

// One code point folded: width, case, script, the many middle dots to U+00B7, hyphens
// to '-'; quotation marks stay, for what they open and close. One to one, so that a
// folded text has as many code points as the text. Folding twice changes nothing more.
char32_t FoldCodePoint(char32_t c);
// Each code point of a text, as FoldCodePoint folds it.
std::u32string FoldCodePoints(std::u32string_view text);

// `name` must be valid UTF-8. "馬克‧扎克伯格", "馬克．扎克伯格" and "马克 · 扎克伯格" give
// the same. Folding twice changes nothing more.
std::string FoldName(std::string_view name);

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_NAME_FOLDING_H_
