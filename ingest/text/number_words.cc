#include "ingest/text/number_words.h"

#include <algorithm>
#include <utility>

#include "ingest/text/code_points.h"

namespace newsgraph {
namespace {

constexpr size_t kMostDigits = 18;  // of a mantissa that fits 64 bits

int DigitOf(char32_t c) {
  switch (c) {
    case U'〇':
    case U'零':
      return 0;
    case U'一':
      return 1;
    case U'二':
    case U'两':
      return 2;
    case U'三':
      return 3;
    case U'四':
      return 4;
    case U'五':
      return 5;
    case U'六':
      return 6;
    case U'七':
      return 7;
    case U'八':
      return 8;
    case U'九':
      return 9;
    default:
      return -1;
  }
}

// 十, 百, 千 inside a section; 万, 亿, 兆 between sections.
int SmallPower(char32_t c) { return c == U'十' ? 1 : c == U'百' ? 2 : c == U'千' ? 3 : 0; }
int LargePower(char32_t c) { return c == U'万' ? 4 : c == U'亿' ? 8 : c == U'兆' ? 12 : 0; }

bool IsSome(char32_t c) { return c == U'数' || c == U'几'; }

uint64_t PowerOfTen(int power) {
  uint64_t value = 1;
  while (power-- > 0) value *= 10;
  return value;
}

char32_t At(std::u32string_view text, size_t i) { return i < text.size() ? text[i] : 0; }

// 4,050.5 in digits; length 0 for none.
std::pair<Decimal, uint32_t> ReadDigits(std::u32string_view text) {
  Decimal number;
  size_t i = 0, digits = 0;
  while (i < text.size()) {
    if (IsDigit(text[i])) {
      if (++digits > kMostDigits) return {{}, 0};
      number.mantissa = number.mantissa * 10 + (text[i] - U'0');
      ++i;
    } else if (text[i] == U',' && digits > 0 && digits <= 3 + 15 && IsDigit(At(text, i + 1)) &&
               IsDigit(At(text, i + 2)) && IsDigit(At(text, i + 3)) && !IsDigit(At(text, i + 4))) {
      ++i;
    } else {
      break;
    }
  }
  if (digits == 0) return {{}, 0};
  if (At(text, i) == U'.' && IsDigit(At(text, i + 1))) {
    ++i;
    while (i < text.size() && IsDigit(text[i])) {
      if (++digits > kMostDigits) return {{}, 0};
      number.mantissa = number.mantissa * 10 + (text[i] - U'0');
      --number.exponent;
      ++i;
    }
  }
  return {number, static_cast<uint32_t>(i)};
}

// 多, 余, 几 behind a number, where a unit or a scale follows.
bool IsAndSome(char32_t c) { return c == U'多' || c == U'余' || c == U'来'; }

}  // namespace

std::string Decimal::ToString() const {
  std::string digits = std::to_string(mantissa);
  int shift = exponent;
  while (shift < 0 && digits.size() > 1 && digits.back() == '0') {
    digits.pop_back();
    ++shift;
  }
  if (mantissa == 0) return "0";
  if (shift >= 0) return digits + std::string(static_cast<size_t>(std::min(shift, 40)), '0');
  const auto fraction = static_cast<size_t>(-shift);
  if (digits.size() <= fraction) digits.insert(0, fraction - digits.size() + 1, '0');
  digits.insert(digits.size() - fraction, 1, '.');
  return digits;
}

std::optional<uint32_t> Decimal::ToSmall() const {
  if (exponent < 0 || exponent > 9 || mantissa > 1000000000) return std::nullopt;
  const uint64_t value = mantissa * PowerOfTen(exponent);
  if (value > 1000000000) return std::nullopt;
  return static_cast<uint32_t>(value);
}

std::optional<ReadNumber> ReadChineseNumber(std::u32string_view text) {
  ReadNumber number;
  if (text.empty()) return std::nullopt;
  if (IsDigit(text[0])) {
    const auto [value, length] = ReadDigits(text);
    if (length == 0) return std::nullopt;
    number.digits = true;
    number.low = value;
    number.length = length;
    // 3千万, 2百多亿, 4万5千 as one: scales multiply.
    int power = 0;
    uint32_t i = length;
    if (IsAndSome(At(text, i)) && (LargePower(At(text, i + 1)) || SmallPower(At(text, i + 1)))) {
      ++i;
      number.vague = true;
    }
    while (const int step = LargePower(At(text, i)) + SmallPower(At(text, i))) {
      if (At(text, i) == U'十') break;
      power += step;
      ++i;
      number.scaled = true;
      if (power > 20) return std::nullopt;
    }
    if (i > length && !number.scaled) i = length;
    number.low = number.low.Scaled(power);
    number.length = i;
    // 1兆2000亿
    if (power >= 8 && IsDigit(At(text, i))) {
      const auto [rest, rest_length] = ReadDigits(text.substr(i));
      const int rest_power = LargePower(At(text, i + rest_length));
      if (rest_length > 0 && rest_power > 0 && rest_power < power && rest.exponent == 0 && number.low.exponent >= 0 &&
          number.low.exponent >= rest_power) {
        const int down = number.low.exponent - rest_power;
        if (down <= 9 && number.low.mantissa < 1000000) {
          number.low = {number.low.mantissa * PowerOfTen(down) + rest.mantissa, rest_power};
          number.length = i + rest_length + 1;
        }
      }
    }
    if (IsAndSome(At(text, number.length)) && At(text, number.length) != U'来') {
      ++number.length;
      number.vague = true;
    }
    number.high = number.low;
    return number;
  }

  // 数亿, 几十亿: three to nine of a scale, two to nine of a ten, hundred or thousand.
  if (IsSome(text[0])) {
    size_t i = 1;
    int power = 0;
    bool small = false;
    while (const int step = LargePower(At(text, i)) + SmallPower(At(text, i))) {
      small |= SmallPower(At(text, i)) > 0;
      power += step;
      if (power > 20) return std::nullopt;
      ++i;
    }
    if (power == 0) return std::nullopt;
    number.low = Decimal{small ? 2u : 3u, power};
    number.high = Decimal{9, power};
    number.length = static_cast<uint32_t>(i);
    number.scaled = true;
    number.vague = true;
    return number;
  }

  // 二〇二四 and 二零一四: digit by digit.
  size_t run = 0;
  while (run < text.size() && DigitOf(text[run]) >= 0 && text[run] != U'两') ++run;
  if (run >= 3 && SmallPower(At(text, run)) == 0 && LargePower(At(text, run)) == 0 && run <= 10) {
    for (size_t i = 0; i < run; ++i)
      number.low.mantissa = number.low.mantissa * 10 + static_cast<uint64_t>(DigitOf(text[i]));
    number.high = number.low;
    number.length = static_cast<uint32_t>(run);
    return number;
  }

  uint64_t total = 0, section = 0, digit = 0;
  size_t i = 0;
  bool any = false, has_digit = false;
  for (; i < text.size() && i < 24; ++i) {
    const char32_t c = text[i];
    if (const int value = DigitOf(c); value >= 0) {
      if (has_digit && digit != 0) break;  // 三四 is no number of two digits
      digit = static_cast<uint64_t>(value);
      has_digit = true;
      any = true;
    } else if (const int small = SmallPower(c)) {
      if (!has_digit && c != U'十') break;
      section += (has_digit ? digit : 1) * PowerOfTen(small);
      digit = 0;
      has_digit = false;
      any = true;
    } else if (const int large = LargePower(c)) {
      if (!any || section + digit == 0) break;
      total += (section + digit) * PowerOfTen(large);
      if (total > 1000000000000000000ull) return std::nullopt;
      section = digit = 0;
      has_digit = false;
      number.scaled = true;
    } else if ((IsAndSome(c) || c == U'几') && any && digit == 0 && i > 0 &&
               (SmallPower(text[i - 1]) || LargePower(text[i - 1]))) {
      // 四十多万: the rest is left open, the scale still counts.
      number.vague = true;
      const int scale = LargePower(At(text, i + 1));
      ++i;
      if (scale > 0) {
        total += section * PowerOfTen(scale);
        section = 0;
        number.scaled = true;
        ++i;
      }
      break;
    } else {
      break;
    }
  }
  if (!any || i == 0) return std::nullopt;
  number.low.mantissa = total + section + digit;
  number.high = number.low;
  number.length = static_cast<uint32_t>(i);
  return number;
}

std::optional<ReadNumber> ReadEnglishNumber(std::u32string_view text, bool money) {
  ReadNumber number;
  size_t i = 0;
  const auto word_at = [&](size_t begin) {
    size_t end = begin;
    while (end < text.size() && (IsLatinLetter(text[end]))) ++end;
    return text.substr(begin, end - begin);
  };
  if (!text.empty() && IsDigit(text[0])) {
    const auto [value, length] = ReadDigits(text);
    if (length == 0) return std::nullopt;
    number.low = value;
    number.digits = true;
    i = length;
  } else {
    static constexpr std::pair<std::u32string_view, int> kWords[] = {
        {U"one", 1},       {U"two", 2},       {U"three", 3},    {U"four", 4},     {U"five", 5},       {U"six", 6},
        {U"seven", 7},     {U"eight", 8},     {U"nine", 9},     {U"ten", 10},     {U"eleven", 11},    {U"twelve", 12},
        {U"thirteen", 13}, {U"fourteen", 14}, {U"fifteen", 15}, {U"sixteen", 16}, {U"seventeen", 17}, {U"eighteen", 18},
        {U"nineteen", 19}, {U"twenty", 20},   {U"thirty", 30},  {U"forty", 40},   {U"fifty", 50},     {U"sixty", 60},
        {U"seventy", 70},  {U"eighty", 80},   {U"ninety", 90}};
    const std::u32string_view word = word_at(0);
    if (word.empty()) return std::nullopt;
    int value = 0;
    for (const auto& [name, number_word] : kWords) {
      if (name == word) value = number_word;
    }
    if (value == 0) return std::nullopt;
    i = word.size();
    if (value >= 20 && At(text, i) == U'-') {
      const std::u32string_view unit = word_at(i + 1);
      for (const auto& [name, number_word] : kWords) {
        if (name == unit && number_word < 10) {
          value += number_word;
          i += 1 + unit.size();
          break;
        }
      }
    }
    number.low.mantissa = static_cast<uint64_t>(value);
  }
  static constexpr std::pair<std::u32string_view, int> kScales[] = {
      {U"hundred", 2}, {U"thousand", 3}, {U"million", 6}, {U"billion", 9}, {U"trillion", 12}};
  static constexpr std::pair<std::u32string_view, int> kShort[] = {{U"k", 3}, {U"m", 6},   {U"mn", 6}, {U"bn", 9},
                                                                   {U"b", 9}, {U"tn", 12}, {U"t", 12}};
  // "3.8 million", "3.8-million", "$3.8bn"
  for (int round = 0; round < 2; ++round) {
    const bool gap = At(text, i) == U' ' || At(text, i) == U'-';
    const std::u32string_view scale = word_at(i + (gap ? 1 : 0));
    int power = 0;
    for (const auto& [name, value] : kScales) {
      if (name == scale) power = value;
    }
    if (power == 0 && !gap && number.digits && money) {
      for (const auto& [name, value] : kShort) {
        if (name == scale) power = value;
      }
    }
    if (power == 0) break;
    number.low = number.low.Scaled(power);
    number.scaled = true;
    i += (gap ? 1 : 0) + scale.size();
  }
  number.high = number.low;
  number.length = static_cast<uint32_t>(i);
  return number;
}

}  // namespace newsgraph
