// Folding of names: the form under which two spellings of one name are equal.
//
// Width (full to half), case, Traditional to Simplified Chinese and variant
// characters, one code point to one; then white space joined, middle dots of every
// kind to "·", trimmed. No language is needed. Safe from any thread.
#ifndef NEWSGRAPH_GRAPH_NAME_FOLDING_H_
#define NEWSGRAPH_GRAPH_NAME_FOLDING_H_

#include <string>
#include <string_view>

namespace newsgraph {

// One code point folded: width, case, script. One to one, so that a folded text has
// as many code points as the text.
char32_t FoldCodePoint(char32_t c);

// `name` must be valid UTF-8. "馬克‧扎克伯格" and "马克·扎克伯格" give the same.
std::string FoldName(std::string_view name);

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_NAME_FOLDING_H_
