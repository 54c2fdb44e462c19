// What the sources of FindValues share: a place in folded text and what was read there.
#ifndef NEWSGRAPH_INGEST_TEXT_VALUE_SCANNER_H_
#define NEWSGRAPH_INGEST_TEXT_VALUE_SCANNER_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/text/analysis.h"
#include "ingest/text/code_points.h"
#include "ingest/text/number_words.h"
#include "ingest/text/value_finder.h"

namespace newsgraph {

// A value that begins at a position.
struct ReadValue {
  uint32_t length = 0;
  EntityType type = EntityType::kUnknown;
  std::string value;
  std::string unit;
  // exact, about, above, below, range; of dates empty where the value says it, or week.
  std::string_view precision = {};
};

// The text of one call of FindValues. Positions are of the whole text.
struct ValueScan {
  const FoldedText& text;
  Range range;
  Script script;
  std::optional<int32_t> published;  // days since 1970-01-01
  ValueContext& context;

  std::u32string_view Rest(uint32_t i) const { return text.folded(std::min(i, range.end), range.end); }
  char32_t At(uint32_t i) const { return i < range.end ? text[i] : 0; }
  char32_t Before(uint32_t i) const { return i > range.begin ? text[i - 1] : 0; }
  // At most `reach` code points before a position.
  std::u32string_view Last(uint32_t i, uint32_t reach) const {
    return text.folded(i > range.begin + reach ? i - reach : range.begin, i);
  }
  // The word of Latin letters that ends one space before a position; empty for none.
  std::u32string_view WordBefore(uint32_t i) const {
    if (Before(i) != U' ') return {};
    const uint32_t end = i - 1;
    uint32_t begin = end;
    while (begin > range.begin && IsLatinLetter(text[begin - 1])) --begin;
    return text.folded(begin, end);
  }
};

// Whether a number or a word may begin here: not inside a word, a code or another number.
bool MayBeginNumber(const ValueScan& scan, uint32_t i);

// Money, a percentage or a quantity, with the words of approximation that touch it.
std::optional<ReadValue> ReadAmount(const ValueScan& scan, uint32_t i);

// A calendar or fiscal date, an interval of dates, or a date relative to the day of publication.
std::optional<ReadValue> ReadDate(const ValueScan& scan, uint32_t i);
// The same without intervals: what date_values.cc joins.
std::optional<ReadValue> ReadChineseDate(const ValueScan& scan, uint32_t i);
std::optional<ReadValue> ReadEnglishDate(const ValueScan& scan, uint32_t i);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_VALUE_SCANNER_H_
