// Numbers as news writes them: 4,050, 3.8億, 1萬2900, 一千兩百, 一點五億, 四十多, 兩三, 數億, 壹佰, fifteen, tens of
// thousands of.
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
  Decimal high;         // equal to low unless the words leave a range open (數億: 3 to 9 億, 兩三: 2 to 3)
  uint32_t length = 0;  // code points
  int power = 0;        // of ten, of the scale words behind its digits: what 5 lacks in 5到10億
  bool digits = false;  // in digits rather than in words
  bool scaled = false;  // with 萬, 億 or million
  bool vague = false;   // 多, 餘, 數, 幾
  bool is_range() const { return !(low == high); }
};

// Digits with commas, point and Chinese or no scale, or Chinese numerals with theirs.
// `bare`: 百, 千, 萬 may stand without a digit, as behind 近 and 上; they always may before 多 and 餘.
// Folded text. nullopt where no number begins.
std::optional<ReadNumber> ReadChineseNumber(std::u32string_view text, bool bare = false);

// A numeral of one character, capital or not: 0 to 9; -1 for others.
int NumeralOf(char32_t c);

// Digits, or words to nine hundred and ninety-nine, with or without dozen, thousand, million,
// billion, trillion (and m, bn, b, tn behind digits, where `money`); half a million, tens of
// thousands of (whose "of" belongs to it).
std::optional<ReadNumber> ReadEnglishNumber(std::u32string_view text, bool money);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_NUMBER_WORDS_H_
