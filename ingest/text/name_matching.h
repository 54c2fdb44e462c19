// How alike two written names are. Folded code points throughout; safe from any thread.
#ifndef NEWSGRAPH_INGEST_TEXT_NAME_MATCHING_H_
#define NEWSGRAPH_INGEST_TEXT_NAME_MATCHING_H_

#include <string_view>
#include <vector>

namespace newsgraph {

// 马克·扎克伯格 and Mark Zuckerberg: two parts each; 林予晴: one.
std::vector<std::u32string_view> NameParts(std::u32string_view name);

// Insertions, deletions, substitutions and swaps of neighbours, up to `most`; most + 1 for more.
int EditDistance(std::u32string_view a, std::u32string_view b, int most);

// One person's name spelt in two ways: transliterations of four characters or more that
// differ in one, or Latin names of equal parts of which one has a slip of the pen. Two
// names of surname and given name in Han (林予晴, 林雨晴) are never one.
bool IsMisspelling(std::u32string_view a, std::u32string_view b);

// A name cut into its parts once, to be compared with many. Refers to the name.
struct PartedName {
  std::u32string_view name;
  std::vector<std::u32string_view> parts;  // of NameParts
};
bool IsMisspelling(const PartedName& a, const PartedName& b);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_NAME_MATCHING_H_
