// What date_values.cc and value_finder.cc share: a place in folded text and what was read there.
#ifndef NEWSGRAPH_INGEST_TEXT_VALUE_SCANNER_H_
#define NEWSGRAPH_INGEST_TEXT_VALUE_SCANNER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/text/analysis.h"
#include "ingest/text/number_words.h"

namespace newsgraph {

// A value that begins at a position.
struct ReadValue {
  uint32_t length = 0;
  EntityType type = EntityType::kUnknown;
  std::string value;
  std::string unit;
};

// The text of one call of FindValues. Positions are of the whole text.
struct ValueScan {
  const FoldedText& text;
  Range range;
  Script script;
  std::optional<int32_t> published;  // days since 1970-01-01
  int32_t last_year = 0;             // of the last absolute date read; what 翌年 counts from

  std::u32string_view Rest(uint32_t i) const { return text.folded(i, range.end); }
  char32_t At(uint32_t i) const { return i < range.end ? text[i] : 0; }
  char32_t Before(uint32_t i) const { return i > range.begin ? text[i - 1] : 0; }
};

inline bool StartsWith(std::u32string_view text, std::u32string_view word) {
  return text.substr(0, word.size()) == word;
}

// A calendar or fiscal date, an interval of years, or a date relative to the day of publication.
std::optional<ReadValue> ReadDate(const ValueScan& scan, uint32_t i);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_VALUE_SCANNER_H_
