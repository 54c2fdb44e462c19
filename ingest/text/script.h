// Which writing system characters and texts are in.
#ifndef NEWSGRAPH_INGEST_TEXT_SCRIPT_H_
#define NEWSGRAPH_INGEST_TEXT_SCRIPT_H_

#include <cstdint>
#include <string_view>

#include "ingest/text/analysis.h"
#include "ingest/text/code_points.h"

namespace newsgraph {

// Of the Latin, Greek and Cyrillic alphabets, accents included; half or full width.
inline bool IsAlphabetic(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c < 0x530 && c != 0xD7 && c != 0xF7) ||
         (c >= 0x1E00 && c < 0x2000) || (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A);
}
inline bool IsWhite(char32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x3000 || c == 0xA0 || c == 0xFEFF ||
         (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029;
}

// How much of a range is in which script. `traditional` and `simplified` count
// characters that only one of the two ways of writing Chinese uses.
struct ScriptCounts {
  uint32_t han = 0, traditional = 0, simplified = 0, alphabetic = 0;
};
ScriptCounts CountScripts(const FoldedText& text, Range range);

// "zh-Hant", "zh-Hans" or "en"; "und" for a text that is in none of the scripts. Han
// that could be either counts as Traditional.
std::string_view LanguageOf(const ScriptCounts& counts);

// Of one sentence of a document in `language`, which decides where the sentence does not.
Script ScriptOf(const ScriptCounts& counts, std::string_view language);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_SCRIPT_H_
