// What kind of character a code point is, and strings of them. Safe from any thread.
#ifndef NEWSGRAPH_INGEST_TEXT_CODE_POINTS_H_
#define NEWSGRAPH_INGEST_TEXT_CODE_POINTS_H_

#include <string>
#include <string_view>

namespace newsgraph {

inline bool IsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }
inline bool IsHan(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x323AF) || c == 0x3007;
}
// With diacritics, as in names of Europe.
inline bool IsLatinUpper(char32_t c) {
  if (c < 0x80) return c >= U'A' && c <= U'Z';
  return (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x100 && c <= 0x17F && (c & 1) == 0);
}
inline bool IsLatinLetter(char32_t c) {
  if (c < 0x80) return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
  return (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) || (c >= 0x1E00 && c <= 0x1EFF);
}
inline bool IsMiddleDot(char32_t c) {
  return c == 0xB7 || c == 0x2022 || c == 0x2027 || c == 0x22C5 || c == 0x30FB || c == 0xFF65;
}
inline bool IsSpace(char32_t c) { return c == U' ' || c == 0xA0 || c == 0x3000 || c == U'\t'; }

// `utf8` must be valid.
std::u32string DecodeUtf8(std::string_view utf8);
std::string EncodeUtf8(std::u32string_view code_points);
// As FoldName folds it, in code points: the form of words in a FoldedText.
std::u32string FoldWord(std::string_view utf8);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_CODE_POINTS_H_
