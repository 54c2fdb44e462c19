#include "ingest/text/number_words.h"

#include <algorithm>
#include <utility>

#include "ingest/text/code_points.h"

namespace newsgraph {
namespace {

constexpr size_t kMostDigits = 18;  // of a mantissa that fits 64 bits
constexpr int kMostPower = 20;
constexpr size_t kLongestNumeral = 24;  // code points
constexpr uint64_t kMostNumeral = 1000000000000000000ull;

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

// Of cheques and contracts. 参 is also to take part, 陆 land, 伍 a surname: see IsCapitalNumber.
int CapitalDigitOf(char32_t c) {
  static constexpr std::u32string_view kCapitals = U"零壹贰叁肆伍陆柒捌玖";
  if (c == U'参') return 3;
  const size_t digit = kCapitals.find(c);
  return digit == std::u32string_view::npos || c == 0 ? -1 : static_cast<int>(digit);
}

// 十, 百, 千 inside a section; 万, 亿, 兆 between sections.
int SmallPower(char32_t c) {
  switch (c) {
    case U'十':
    case U'拾':
      return 1;
    case U'百':
    case U'佰':
      return 2;
    case U'千':
    case U'仟':
      return 3;
    default:
      return 0;
  }
}
int LargePower(char32_t c) { return c == U'万' ? 4 : c == U'亿' ? 8 : c == U'兆' ? 12 : 0; }

// 廿, 卅
int TensOf(char32_t c) { return c == U'廿' ? 2 : c == U'卅' ? 3 : 0; }

bool IsSome(char32_t c) { return c == U'数' || c == U'几'; }
// 多, 余, 来 behind a number, where a unit or a scale follows.
bool IsAndSome(char32_t c) { return c == U'多' || c == U'余' || c == U'来'; }

uint64_t PowerOfTen(int power) {
  uint64_t value = 1;
  while (power-- > 0) value *= 10;
  return value;
}

char32_t At(std::u32string_view text, size_t i) { return i < text.size() ? text[i] : 0; }

// A capital numeral begins a number only with a capital scale or a currency behind it.
bool IsCapitalNumber(std::u32string_view text) {
  if (CapitalDigitOf(At(text, 0)) < 0) return false;
  static constexpr std::u32string_view kBehind = U"拾佰仟万亿元圆";
  const char32_t next = At(text, 1);
  return next != 0 && kBehind.find(next) != std::u32string_view::npos;
}

// 4,050.5 in digits; length 0 for none.
std::pair<Decimal, uint32_t> ReadDigits(std::u32string_view text) {
  Decimal number;
  size_t i = 0, digits = 0;
  while (i < text.size()) {
    if (IsDigit(text[i])) {
      if (++digits > kMostDigits) return {{}, 0};
      number.mantissa = number.mantissa * 10 + (text[i] - U'0');
      ++i;
    } else if (text[i] == U',' && digits > 0 && IsDigit(At(text, i + 1)) && IsDigit(At(text, i + 2)) &&
               IsDigit(At(text, i + 3)) && !IsDigit(At(text, i + 4))) {
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

// The scales from `i` on multiplied, as a power of ten; moves `i` behind them.
int ReadScales(std::u32string_view text, uint32_t& i) {
  int power = 0;
  while (const int step = LargePower(At(text, i)) + SmallPower(At(text, i))) {
    if (SmallPower(At(text, i)) == 1) break;  // 3十 is nothing
    // 700千米, 5兆瓦: the unit's own.
    const char32_t after = At(text, i + 1);
    if (step <= 3 && (after == U'米' || after == U'克' || after == U'瓦')) break;
    if (step == 12 && (after == U'瓦' || after == U'赫')) break;
    power += step;
    ++i;
    if (power > kMostPower) break;
  }
  return power;
}

std::optional<ReadNumber> ReadChineseDigits(std::u32string_view text) {
  ReadNumber number;
  const auto [value, length] = ReadDigits(text);
  if (length == 0) return std::nullopt;
  number.digits = true;
  // 3千万, 2百多亿: scales multiply.
  uint32_t i = length;
  if (IsAndSome(At(text, i)) && (LargePower(At(text, i + 1)) || SmallPower(At(text, i + 1)) > 1)) {
    ++i;
    number.vague = true;
  }
  int power = ReadScales(text, i);
  if (power > kMostPower) return std::nullopt;
  number.power = power;
  number.scaled = power > 0;
  number.low = value.Scaled(power);
  // 1兆2000亿, 1万2900
  while (power >= 3 && IsDigit(At(text, i))) {
    const auto [rest, rest_length] = ReadDigits(text.substr(i));
    uint32_t end = i + rest_length;
    const int rest_power = ReadScales(text, end);
    const char32_t after = At(text, end);
    const int down = number.low.exponent - rest_power;
    const bool is_date = rest_power == 0 && (after == U'年' || after == U'月' || after == U'日' || after == U'时');
    if (rest_length == 0 || rest.exponent != 0 || rest_power >= power || down < 0 || down > 12 || is_date ||
        number.low.mantissa >= 1000000 || rest.mantissa >= PowerOfTen(std::min(power - rest_power, 18)))
      break;
    number.low = {number.low.mantissa * PowerOfTen(down) + rest.mantissa, rest_power};
    number.power = power = rest_power;
    i = end;
  }
  if (At(text, i) == U'多' || At(text, i) == U'余') {
    ++i;
    number.vague = true;
  }
  number.length = i;
  number.high = number.low;
  return number;
}

// 数亿, 几十亿: three to nine of a scale, two to nine of a ten, hundred or thousand.
std::optional<ReadNumber> ReadSome(std::u32string_view text) {
  ReadNumber number;
  size_t i = 1;
  bool small = false;
  while (const int step = LargePower(At(text, i)) + SmallPower(At(text, i))) {
    small |= SmallPower(At(text, i)) > 0;
    number.power += step;
    if (number.power > kMostPower) return std::nullopt;
    ++i;
  }
  if (number.power == 0) return std::nullopt;
  number.low = Decimal{small ? 2u : 3u, number.power};
  number.high = Decimal{9, number.power};
  number.length = static_cast<uint32_t>(i);
  number.scaled = true;
  number.vague = true;
  return number;
}

// A numeral as it is read: what is closed by 万, 亿, 兆; the section since; the digit at hand.
struct Numeral {
  uint64_t total = 0, section = 0, digit = 0;

  void Close(int small) {
    section += digit * PowerOfTen(small);
    digit = 0;
  }
  // 三万五千亿 is (三万五千)亿, 一亿五千万 is 一亿 and 五千万.
  void CloseSection(int large, bool all) {
    const uint64_t closed = (all ? total : 0) + section + digit;
    total = (all ? 0 : total) + closed * PowerOfTen(large);
    section = digit = 0;
  }
  uint64_t value() const { return total + section + digit; }
};

class NumeralReader {
 public:
  NumeralReader(std::u32string_view text, bool bare) : text_(text), bare_(bare), capital_(IsCapitalNumber(text)) {}

  std::optional<ReadNumber> Read() {
    const char32_t first = text_[0];
    if (first == U'半' && LargePower(At(text_, 1))) return Half();
    if ((SmallPower(first) > 1 || LargePower(first)) && (bare_ || IsAndSome(At(text_, 1)))) {
      low_.digit = high_.digit = 1;
      has_digit_ = any_ = true;
    }
    while (i_ < text_.size() && i_ < kLongestNumeral && Step()) {
    }
    if (!any_ || i_ == 0) return std::nullopt;
    number_.low.mantissa = low_.value();
    number_.high.mantissa = high_.value();
    ReadFraction();
    number_.length = static_cast<uint32_t>(i_);
    return number_;
  }

 private:
  int Digit(char32_t c) const { return capital_ ? std::max(DigitOf(c), CapitalDigitOf(c)) : DigitOf(c); }

  // 半亿
  ReadNumber Half() {
    number_.power = LargePower(text_[1]);
    number_.low = number_.high = Decimal{5, number_.power - 1};
    number_.scaled = true;
    number_.length = 2;
    return number_;
  }

  // Takes the next character in; false where the number ends.
  bool Step() {
    const char32_t c = text_[i_];
    if (Digit(c) >= 0 || (c == U'、' && has_digit_)) return StepDigit(c);
    if (const int tens = TensOf(c); tens > 0 && !any_) {
      low_.section = high_.section = static_cast<uint64_t>(tens) * 10;
      any_ = true;
      ++i_;
      return true;
    }
    if (const int small = SmallPower(c)) {
      if (!has_digit_ && c != U'十') return false;
      if (has_digit_) number_.power += small;
      if (!has_digit_) low_.digit = high_.digit = 1;
      low_.Close(small);
      high_.Close(small);
    } else if (const int large = LargePower(c)) {
      if (!any_ || (low_.section + low_.digit == 0 && last_large_ == 0) || large == last_large_) return false;
      if (!Scale(large)) return false;
    } else if (any_ && low_.digit == 0 && i_ > 0 && (SmallPower(text_[i_ - 1]) || LargePower(text_[i_ - 1]))) {
      return StepVague(c);
    } else {
      return false;
    }
    has_digit_ = false;
    any_ = true;
    ++i_;
    return true;
  }

  bool StepDigit(char32_t c) {
    // 七、八 beside each other, where no third follows.
    const bool listed = c == U'、';
    const int value = Digit(listed ? At(text_, i_ + 1) : c);
    if (listed && (value < 0 || At(text_, i_ + 2) == U'、')) return false;
    if (has_digit_ && low_.digit != 0) {
      // 两三: one or the next; 三五 is no number of two digits.
      if (low_.digit != high_.digit || static_cast<uint64_t>(value) != low_.digit + 1) return false;
      if (Digit(At(text_, i_ + (listed ? 2 : 1))) >= 0) return false;
      high_.digit = static_cast<uint64_t>(value);
      i_ += listed ? 2 : 1;
      return true;
    }
    if (listed) return false;
    low_.digit = high_.digit = static_cast<uint64_t>(value);
    number_.power = 0;
    has_digit_ = any_ = true;
    ++i_;
    return true;
  }

  // 四十多万: the rest is left open, the scale still counts. 十几: eleven to nineteen.
  bool StepVague(char32_t c) {
    if (c == U'几' && SmallPower(text_[i_ - 1]) == 1) {
      low_.digit = 1;
      high_.digit = 9;
      has_digit_ = false;
    } else if (!IsAndSome(c)) {
      return false;
    }
    number_.vague = true;
    ++i_;
    while (const int large = LargePower(At(text_, i_))) {
      if (!Scale(large)) break;
      ++i_;
    }
    return false;
  }

  bool Scale(int large) {
    const bool all = last_large_ != 0 && large > last_large_;
    const uint64_t most = kMostNumeral / PowerOfTen(large);
    if ((all ? high_.total : 0) + high_.section + high_.digit > most || high_.total > kMostNumeral) return false;
    low_.CloseSection(large, all);
    high_.CloseSection(large, all);
    number_.power += large;
    number_.scaled = true;
    last_large_ = large;
    return true;
  }

  // 一点五亿; but 八点十分 is a time.
  void ReadFraction() {
    if (At(text_, i_) != U'点' || number_.is_range() || number_.vague || number_.scaled) return;
    size_t i = i_ + 1;
    Decimal value = number_.low;
    while (i < text_.size() && DigitOf(text_[i]) >= 0 && text_[i] != U'两' && value.exponent > -6) {
      value.mantissa = value.mantissa * 10 + static_cast<uint64_t>(DigitOf(text_[i]));
      --value.exponent;
      ++i;
    }
    if (value.exponent == 0 || value.mantissa > kMostNumeral / 10) return;
    const char32_t after = At(text_, i);
    if (after == U'十' || after == U'分' || after == U'刻' || after == U'半') return;
    auto end = static_cast<uint32_t>(i);
    const int power = ReadScales(text_, end);
    if (power > kMostPower) return;
    number_.low = number_.high = value.Scaled(power);
    number_.power = power;
    number_.scaled = power > 0;
    i_ = end;
  }

  const std::u32string_view text_;
  const bool bare_, capital_;
  ReadNumber number_;
  Numeral low_, high_;
  size_t i_ = 0;
  int last_large_ = 0;
  bool any_ = false, has_digit_ = false;
};

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

int NumeralOf(char32_t c) { return std::max(DigitOf(c), CapitalDigitOf(c)); }

std::optional<ReadNumber> ReadChineseNumber(std::u32string_view text, bool bare) {
  if (text.empty()) return std::nullopt;
  if (IsDigit(text[0])) return ReadChineseDigits(text);
  if (IsSome(text[0])) return ReadSome(text);
  // 二〇二四 and 二零一四: digit by digit.
  size_t run = 0;
  while (run < text.size() && DigitOf(text[run]) >= 0 && text[run] != U'两') ++run;
  if (run >= 3 && SmallPower(At(text, run)) == 0 && LargePower(At(text, run)) == 0 && run <= 10) {
    ReadNumber number;
    for (size_t i = 0; i < run; ++i)
      number.low.mantissa = number.low.mantissa * 10 + static_cast<uint64_t>(DigitOf(text[i]));
    number.high = number.low;
    number.length = static_cast<uint32_t>(run);
    return number;
  }
  return NumeralReader(text, bare).Read();
}

namespace {

using NumberWord = std::pair<std::u32string_view, int>;

constexpr NumberWord kWords[] = {
    {U"one", 1},       {U"two", 2},       {U"three", 3},    {U"four", 4},     {U"five", 5},       {U"six", 6},
    {U"seven", 7},     {U"eight", 8},     {U"nine", 9},     {U"ten", 10},     {U"eleven", 11},    {U"twelve", 12},
    {U"thirteen", 13}, {U"fourteen", 14}, {U"fifteen", 15}, {U"sixteen", 16}, {U"seventeen", 17}, {U"eighteen", 18},
    {U"nineteen", 19}, {U"twenty", 20},   {U"thirty", 30},  {U"forty", 40},   {U"fifty", 50},     {U"sixty", 60},
    {U"seventy", 70},  {U"eighty", 80},   {U"ninety", 90}};
constexpr NumberWord kScales[] = {
    {U"hundred", 2}, {U"thousand", 3}, {U"million", 6}, {U"billion", 9}, {U"trillion", 12}};
constexpr NumberWord kShortScales[] = {{U"k", 3}, {U"m", 6},   {U"mn", 6}, {U"bn", 9},
                                       {U"b", 9}, {U"tn", 12}, {U"t", 12}};
constexpr NumberWord kManyOf[] = {{U"tens", 1},     {U"hundreds", 2}, {U"thousands", 3},
                                  {U"millions", 6}, {U"billions", 9}, {U"trillions", 12}};

template <size_t kSize>
int ValueOf(const NumberWord (&words)[kSize], std::u32string_view word) {
  for (const auto& [name, value] : words) {
    if (name == word) return value;
  }
  return 0;
}

class EnglishReader {
 public:
  EnglishReader(std::u32string_view text, bool money) : text_(text), money_(money) {}

  std::optional<ReadNumber> Read() {
    if (!text_.empty() && IsDigit(text_[0])) {
      const auto [value, length] = ReadDigits(text_);
      if (length == 0) return std::nullopt;
      number_.low = value;
      number_.digits = true;
      i_ = length;
    } else if (const std::u32string_view word = WordAt(0); word.empty()) {
      return std::nullopt;
    } else if (ValueOf(kManyOf, word) > 0) {
      return ManyOf();
    } else if (!Begin(word)) {
      return std::nullopt;
    }
    ReadScales();
    if (!number_.digits && number_.low.exponent == 0 && Follows(U" and a half")) {
      number_.low = {number_.low.mantissa * 10 + 5, -1};
      i_ += 11;
    }
    if (number_.high == Decimal{}) number_.high = number_.low;
    number_.length = static_cast<uint32_t>(i_);
    return number_;
  }

 private:
  std::u32string_view WordAt(size_t begin) const {
    size_t end = begin;
    while (end < text_.size() && IsLatinLetter(text_[end])) ++end;
    return text_.substr(std::min(begin, text_.size()), end - begin);
  }
  bool Follows(std::u32string_view words) const {
    return text_.substr(std::min(i_, text_.size())).substr(0, words.size()) == words &&
           !IsLatinLetter(At(text_, i_ + words.size()));
  }

  // tens of billions of, millions of
  std::optional<ReadNumber> ManyOf() {
    int words = 0;
    while (words < 3) {
      const std::u32string_view word = WordAt(i_);
      const int power = ValueOf(kManyOf, word);
      if (power == 0) break;
      i_ += word.size();
      if (!Follows(U" of")) return std::nullopt;
      number_.power += power;
      number_.length = static_cast<uint32_t>(i_ + 3);
      i_ += 4;
      ++words;
    }
    if (words == 0 || number_.power < 2) return std::nullopt;
    number_.low = {2, number_.power};
    number_.high = {9, number_.power};
    number_.scaled = number_.vague = true;
    return number_;
  }

  // forty-two, a million, half a billion, several hundred
  bool Begin(std::u32string_view word) {
    i_ = word.size();
    if (word == U"half") {
      if (!Follows(U" a")) return false;
      const std::u32string_view scale = WordAt(i_ + 3);
      const int power = ValueOf(kScales, scale);
      if (power < 3) return false;
      number_.low = {5, power - 1};
      number_.power = power;
      number_.scaled = true;
      i_ += 3 + scale.size();
      return true;
    }
    if (word == U"a" || word == U"several") {
      const std::u32string_view scale = WordAt(i_ + 1);
      if (At(text_, i_) != U' ' || (ValueOf(kScales, scale) == 0 && scale != U"dozen")) return false;
      number_.low.mantissa = word == U"a" ? 1 : 3;
      if (word == U"several") {
        number_.high.mantissa = 9;
        number_.vague = true;
      }
      return true;
    }
    const int value = ReadBelowHundred(word);
    if (value == 0) return false;
    number_.low.mantissa = static_cast<uint64_t>(value);
    // one hundred and twenty
    if (value < 10 && Follows(U" hundred")) {
      i_ += 8;
      number_.low.mantissa *= 100;
      const size_t before = i_;
      if (Follows(U" and")) i_ += 4;
      const std::u32string_view rest = WordAt(i_ + 1);
      const size_t begin = i_ + 1;
      if (At(text_, i_) == U' ' && !rest.empty() && ValueOf(kWords, rest) > 0) {
        i_ = begin + rest.size();
        number_.low.mantissa += static_cast<uint64_t>(ReadBelowHundred(rest));
      } else {
        i_ = before;
      }
      number_.scaled = true;
    }
    return true;
  }

  // The word ends at i_; moves i_ behind a unit joined to it.
  int ReadBelowHundred(std::u32string_view word) {
    int value = ValueOf(kWords, word);
    if (value >= 20 && At(text_, i_) == U'-') {
      const std::u32string_view unit = WordAt(i_ + 1);
      if (const int ones = ValueOf(kWords, unit); ones > 0 && ones < 10) {
        value += ones;
        i_ += 1 + unit.size();
      }
    }
    return value;
  }

  // "3.8 million", "3.8-million", "$3.8bn", "two dozen"
  void ReadScales() {
    for (int round = 0; round < 2; ++round) {
      const bool gap = At(text_, i_) == U' ' || At(text_, i_) == U'-';
      const std::u32string_view scale = WordAt(i_ + (gap ? 1 : 0));
      if (gap && scale == U"dozen" && number_.low.exponent == 0 && number_.low.mantissa < 100) {
        number_.low.mantissa *= 12;
        number_.high.mantissa *= 12;
        number_.scaled = true;
        i_ += 6;
        return;
      }
      int power = gap || number_.digits ? ValueOf(kScales, scale) : 0;
      if (power == 0 && !gap && number_.digits && money_) power = ValueOf(kShortScales, scale);
      if (power == 0) return;
      number_.low = number_.low.Scaled(power);
      if (!(number_.high == Decimal{})) number_.high = number_.high.Scaled(power);
      number_.power += power;
      number_.scaled = true;
      i_ += (gap ? 1 : 0) + scale.size();
    }
  }

  const std::u32string_view text_;
  const bool money_;
  ReadNumber number_;
  size_t i_ = 0;
};

}  // namespace

std::optional<ReadNumber> ReadEnglishNumber(std::u32string_view text, bool money) {
  return EnglishReader(text, money).Read();
}

}  // namespace newsgraph
