// Numbers as news writes them: 4,050, 3.8億, 一千兩百, 四十多, 數億, fifteen.
#ifndef NEWSGRAPH_INGEST_TEXT_NUMBER_WORDS_H_
#define NEWSGRAPH_INGEST_TEXT_NUMBER_WORDS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace newsgraph {

// mantissa · 10^exponent, exact. Decimal, because 728.8億 is no binary number.
struct Decimal {
  uint64_t mantissa = 0;
  int exponent = 0;

  Decimal Scaled(int power) const { return {mantissa, exponent + power}; }
  // "72880000000", "0.89"; no exponent, no trailing zeros behind the point.
  std::string ToString() const;
  // Of small whole numbers; nullopt for fractions and what exceeds 10^9.
  std::optional<uint32_t> ToSmall() const;
  bool operator==(const Decimal&) const = default;
};

// A number read from the beginning of a text.
struct ReadNumber {
  Decimal low;
  Decimal high;         // equal to low unless the words leave a range open (數億: 3 to 9 億)
  uint32_t length = 0;  // code points
  bool digits = false;  // in digits rather than in words
  bool scaled = false;  // with 萬, 億 or million
  bool vague = false;   // 多, 餘, 數, 幾
  bool is_range() const { return !(low == high); }
};

// Digits with commas, point and Chinese or no scale, or Chinese numerals with theirs.
// Folded text. nullopt where no number begins.
std::optional<ReadNumber> ReadChineseNumber(std::u32string_view text);

// Digits, or words to ninety-nine, with or without thousand, million, billion, trillion
// (and m, bn, b, tn behind digits, where `money`).
std::optional<ReadNumber> ReadEnglishNumber(std::u32string_view text, bool money);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_NUMBER_WORDS_H_
