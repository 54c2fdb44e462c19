// Tables of words and of marks in the sources: asking whether one stands there.
#ifndef NEWSGRAPH_INGEST_TEXT_WORD_TABLES_H_
#define NEWSGRAPH_INGEST_TEXT_WORD_TABLES_H_

#include <algorithm>
#include <iterator>
#include <string_view>

namespace newsgraph {

// A table is an array of words, which need no order.
template <typename Table>
bool IsOneOf(std::u32string_view word, const Table& words) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}
template <typename Table>
bool IsOneOf(std::string_view word, const Table& words) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

inline bool IsOneOf(char32_t c, std::u32string_view marks) { return marks.find(c) != std::u32string_view::npos; }

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_WORD_TABLES_H_
