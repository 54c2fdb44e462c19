// Money, percentages and quantities: a number with its unit, its sign and the words of approximation around it.
#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "ingest/text/value_scanner.h"
#include "ingest/text/value_words.h"

namespace newsgraph {
namespace {

std::string ValueOf(const ReadNumber& number) {
  if (!number.is_range()) return number.low.ToString();
  return number.low.ToString() + ".." + number.high.ToString();
}

bool IsRangeMark(char32_t c) {
  return c == U'到' || c == U'至' || c == U'-' || c == U'~' || c == U'–' || c == U'—' || c == U'～';
}

// An amount while it is read.
struct Amount {
  uint32_t end = 0;
  EntityType type = EntityType::kUnknown;
  ReadNumber number;
  std::string unit;
  uint8_t flags = 0;      // of the unit
  bool more = false;      // 三成多, 一年多
  bool negative = false;  // "-", 负
};

std::optional<Amount> Of(EntityType type, uint32_t end, const ReadNumber& number, std::string_view unit,
                         uint8_t flags = 0) {
  return Amount{end, type, number, std::string(unit), flags};
}

// A word of English to the singular; the words of kEnglishUnits are tried before.
std::u32string Singular(std::u32string_view word) {
  using Irregular = std::pair<std::u32string_view, std::u32string_view>;
  static constexpr Irregular kIrregular[] = {{U"children", U"child"}, {U"men", U"man"},     {U"women", U"woman"},
                                             {U"feet", U"foot"},      {U"inches", U"inch"}, {U"buses", U"bus"},
                                             {U"times", U"times"},    {U"gpus", U"gpu"},    {U"lives", U"life"}};
  for (const auto& [plural, singular] : kIrregular) {
    if (word == plural) return std::u32string(singular);
  }
  const auto ends = [&](std::u32string_view tail) { return word.size() > tail.size() + 1 && word.ends_with(tail); };
  if (ends(U"ies")) return std::u32string(word.substr(0, word.size() - 3)) + U"y";
  if (ends(U"sses") || ends(U"xes") || ends(U"ches") || ends(U"shes"))
    return std::u32string(word.substr(0, word.size() - 2));
  if (ends(U"s") && !ends(U"ss") && !ends(U"us") && !ends(U"is"))
    return std::u32string(word.substr(0, word.size() - 1));
  return std::u32string(word);
}

class AmountReader {
 public:
  AmountReader(const ValueScan& scan, uint32_t begin) : scan_(scan), begin_(begin), words_(GetValueWords()) {}

  std::optional<ReadValue> Read() const {
    const uint32_t i = begin_;
    const ValueWord* about = words_.about_before.Longest(scan_.Rest(i));
    std::string_view precision;
    uint32_t begin = i;
    bool time_only = false;
    if (about != nullptr) {
      // 上百 is more than a hundred; 上 before anything else is above.
      begin = i + static_cast<uint32_t>(about->word.size());
      if (about->word == U"上" && IsDigit(scan_.At(begin))) return std::nullopt;
      precision = about->unit;
      time_only = about->flags & kTimeOnly;
      if (const ValueWord* second = words_.about_before.Longest(scan_.Rest(begin));
          second != nullptr && !(second->flags & kTimeOnly) && second->word != U"上") {
        begin += static_cast<uint32_t>(second->word.size());
        if (precision.empty()) precision = second->unit;
      }
      if (!MayBeginNumber(scan_, begin)) return std::nullopt;
    }
    std::optional<Amount> amount = SignedAmount(begin, about != nullptr && IsHan(scan_.At(i)));
    if (!amount.has_value() || (time_only && !(amount->flags & kTimeUnit))) return std::nullopt;
    const bool from = i > scan_.range.begin && IsFrom(i);
    Join(*amount, from);
    if (const ValueWord* behind = words_.about_behind.Longest(scan_.Rest(amount->end))) {
      amount->end += static_cast<uint32_t>(behind->word.size());
      if (precision.empty()) precision = behind->unit;
    }
    if (amount->number.is_range()) {
      precision = "range";
    } else if (precision.empty()) {
      precision = amount->number.vague || amount->more ? "above" : "exact";
    }
    return ReadValue{amount->end - i, amount->type, (amount->negative ? "-" : "") + ValueOf(amount->number),
                     amount->unit, precision};
  }

 private:
  // "from 4% to 5%" and 由12%升至15% are two values.
  bool IsFrom(uint32_t i) const {
    const char32_t before = scan_.Before(i);
    return before == U'从' || before == U'由' || before == U'自' || scan_.WordBefore(i) == U"from";
  }

  // 3亿至4亿美元 is read with its number; here 52%至54%, "$3 billion to $4 billion".
  void Join(Amount& first, bool from) const {
    if (from || first.number.is_range() || first.negative || first.more) return;
    uint32_t next = first.end;
    if (IsRangeMark(scan_.At(next))) {
      ++next;
    } else if (scan_.Rest(next).starts_with(U" to ")) {
      next += 4;
    } else {
      return;
    }
    const std::optional<Amount> second = PlainAmount(next, false);
    if (!second.has_value() || second->type != first.type || second->unit != first.unit || second->number.is_range())
      return;
    first.number.high = second->number.low;
    first.end = second->end;
  }

  std::optional<Amount> SignedAmount(uint32_t i, bool bare) const {
    const char32_t before = scan_.Before(i);
    uint32_t sign = 0;
    if (scan_.At(i) == U'-') {
      if (!IsDigit(scan_.At(i + 1)) || IsDigit(before) || IsLatinLetter(before) || before == U'-' || before == U')')
        return std::nullopt;
      sign = 1;
    } else if (scan_.At(i) == U'负') {
      sign = 1;
    } else if (scan_.Rest(i).starts_with(U"零下")) {
      sign = 2;
    } else if (scan_.Rest(i).starts_with(U"minus ")) {
      sign = 6;
    }
    std::optional<Amount> amount = PlainAmount(i + sign, bare);
    if (sign == 0 || !amount.has_value()) return amount;
    if (amount->type != EntityType::kPercent && !(amount->flags & kSigned)) return std::nullopt;
    amount->negative = true;
    return amount;
  }

  // Money, a percentage or a quantity that begins with its number or its currency.
  std::optional<Amount> PlainAmount(uint32_t i, bool bare) const {
    if (const ValueWord* currency = words_.currency_before.Longest(scan_.Rest(i))) {
      if (auto money = MoneyBehind(i + static_cast<uint32_t>(currency->word.size()), *currency)) return money;
    }
    if (IsHan(scan_.At(i))) {
      if (auto share = ChineseShare(i)) return share;
      if (scan_.Rest(i).starts_with(U"摄氏") || scan_.Rest(i).starts_with(U"华氏")) return Degrees(i);
    }
    if (IsLatinLetter(scan_.At(i))) {
      if (auto share = EnglishShare(i)) return share;
    }
    bool english = false;
    std::optional<ReadNumber> number = Number(i, false, bare, english);
    if (!number.has_value()) return std::nullopt;
    uint32_t end = i + number->length;
    ReadRange(end, english, false, *number);
    if (auto amount = Percent(end, *number)) return amount;
    if (auto amount = Money(end, *number)) return amount;
    return Quantity(i, end, *number, english);
  }

  // "a third of", "two-thirds", "half its", "one in eight"
  std::optional<Amount> EnglishShare(uint32_t i) const {
    struct Part {
      std::u32string_view word;
      Decimal percent;
    };
    static constexpr Part kParts[] = {{U"third", {33, 0}}, {U"quarter", {25, 0}}, {U"fifth", {20, 0}},
                                      {U"sixth", {17, 0}}, {U"seventh", {14, 0}}, {U"eighth", {125, -1}},
                                      {U"ninth", {11, 0}}, {U"tenth", {10, 0}}};
    static constexpr Part kMany[] = {{U"two-thirds", {67, 0}},     {U"two thirds", {67, 0}},
                                     {U"three-quarters", {75, 0}}, {U"three quarters", {75, 0}},
                                     {U"two-fifths", {40, 0}},     {U"three-fifths", {60, 0}},
                                     {U"four-fifths", {80, 0}},    {U"nine-tenths", {90, 0}}};
    static constexpr Part kOneIn[] = {{U"two", {50, 0}}, {U"three", {33, 0}}, {U"four", {25, 0}},    {U"five", {20, 0}},
                                      {U"six", {17, 0}}, {U"seven", {14, 0}}, {U"eight", {125, -1}}, {U"nine", {11, 0}},
                                      {U"ten", {10, 0}}, {U"20", {5, 0}},     {U"100", {1, 0}},      {U"10", {10, 0}}};
    static constexpr std::u32string_view kBehind[] = {U" of ",    U" more ", U" less ",  U" fewer ",
                                                      U" higher", U" lower", U" larger", U" smaller"};
    const std::u32string_view rest = scan_.Rest(i);
    const auto share = [&](size_t length, Decimal percent) -> std::optional<Amount> {
      const auto end = i + static_cast<uint32_t>(length);
      if (IsLatinLetter(scan_.At(end)) || IsDigit(scan_.At(end)) || scan_.At(end) == U'-') return std::nullopt;
      ReadNumber number;
      number.low = number.high = percent;
      return Of(EntityType::kPercent, end, number, "%");
    };
    for (const Part& part : kMany) {
      if (rest.starts_with(part.word)) return share(part.word.size(), part.percent);
    }
    const size_t one = rest.starts_with(U"a ") ? 2 : rest.starts_with(U"one ") || rest.starts_with(U"one-") ? 4 : 0;
    for (const Part& part : kParts) {
      if (one == 0 || !rest.substr(one).starts_with(part.word)) continue;
      const std::u32string_view behind = rest.substr(one + part.word.size());
      // "a quarter of a point" is no share.
      if (behind.starts_with(U" of a ") || behind.starts_with(U" of one ")) continue;
      const bool is_share =
          scan_.Last(i, 3) == U"by " || std::any_of(std::begin(kBehind), std::end(kBehind),
                                                    [&](std::u32string_view word) { return behind.starts_with(word); });
      if (is_share) return share(one + part.word.size(), part.percent);
    }
    if (rest.starts_with(U"half of ") || rest.starts_with(U"half its ") || rest.starts_with(U"half their ")) {
      return share(4, {50, 0});
    }
    if (rest.starts_with(U"one in ")) {
      for (const Part& part : kOneIn) {
        if (rest.substr(7).starts_with(part.word)) {
          if (auto amount = share(7 + part.word.size(), part.percent)) return amount;
        }
      }
    }
    return std::nullopt;
  }

  std::optional<ReadNumber> Number(uint32_t i, bool money, bool bare, bool& english) const {
    const bool digit = IsDigit(scan_.At(i));
    std::optional<ReadNumber> number;
    english = false;
    if (digit || IsHan(scan_.At(i))) number = ReadChineseNumber(scan_.Rest(i), bare);
    if (digit && number.has_value() && !number->scaled && !IsHan(scan_.At(i + number->length))) {
      if (auto other = ReadEnglishNumber(scan_.Rest(i), money); other.has_value()) {
        english = true;
        return other;
      }
    } else if (!digit && IsLatinLetter(scan_.At(i))) {
      english = true;
      return ReadEnglishNumber(scan_.Rest(i), money);
    }
    return number;
  }

  std::optional<Amount> MoneyBehind(uint32_t i, const ValueWord& currency) const {
    if (scan_.At(i) == U' ') ++i;
    if (const ValueWord* about = words_.about_before.Longest(scan_.Rest(i));
        about != nullptr && IsHan(about->word[0]) && about->word != U"上")
      i += static_cast<uint32_t>(about->word.size());
    bool english = false;
    std::optional<ReadNumber> number = Number(i, true, false, english);
    if (!number.has_value() || (english && !number->digits)) return std::nullopt;
    uint32_t end = i + number->length;
    ReadRange(end, english, true, *number);
    if (scan_.At(end) == U'元' || scan_.At(end) == U'圆') ++end;
    std::string_view unit = currency.unit;
    if (currency.word == U"¥" && scan_.script == Script::kHans) unit = "CNY";
    // "$5 a share" is money all the same.
    return Of(EntityType::kMoney, end, *number, unit);
  }

  // 摄氏38度
  std::optional<Amount> Degrees(uint32_t i) const {
    const std::string_view unit = scan_.At(i) == U'摄' ? "degree_celsius" : "degree_fahrenheit";
    i += 2;
    if (scan_.Rest(i).starts_with(U"零下")) return std::nullopt;
    std::optional<ReadNumber> number = ReadChineseNumber(scan_.Rest(i));
    if (!number.has_value()) return std::nullopt;
    uint32_t end = i + number->length;
    ReadRange(end, false, false, *number);
    if (scan_.At(end) != U'度') return std::nullopt;
    return Of(EntityType::kQuantity, end + 1, *number, unit, kMeasure | kSigned);
  }

  // 百分之三十, 千分之三, 三成五, 八五折
  std::optional<Amount> ChineseShare(uint32_t i) const {
    const std::u32string_view rest = scan_.Rest(i);
    const int power = rest.starts_with(U"百分之")   ? 0
                      : rest.starts_with(U"千分之") ? -1
                      : rest.starts_with(U"万分之") ? -2
                                                    : 1;
    if (power <= 0) {
      std::optional<ReadNumber> number = ReadChineseNumber(scan_.Rest(i + 3));
      if (!number.has_value()) return std::nullopt;
      uint32_t end = i + 3 + number->length;
      if (IsRangeMark(scan_.At(end)) && !number->is_range()) {
        if (const auto second = ReadChineseNumber(scan_.Rest(end + 1)); second.has_value() && !second->is_range()) {
          number->high = second->low;
          end += 1 + second->length;
        }
      }
      number->low = number->low.Scaled(power);
      number->high = number->high.Scaled(power);
      return Of(EntityType::kPercent, end, *number, "%");
    }
    const int tens = NumeralOf(scan_.At(i));
    if (tens < 1) return std::nullopt;
    return Tenths(i + 1, static_cast<uint64_t>(tens));
  }

  // Behind the tenths: 折, 五折, 成, 成五, 成多.
  std::optional<Amount> Tenths(uint32_t i, uint64_t tenths) const {
    uint64_t ones = 0;
    bool has_ones = false;
    if (const int digit = NumeralOf(scan_.At(i)); digit >= 0 && scan_.At(i + 1) == U'折') {
      ones = static_cast<uint64_t>(digit);
      has_ones = true;
      ++i;
    }
    ReadNumber number;
    number.low = {tenths * 10 + ones, 0};
    number.high = number.low;
    if (scan_.At(i) == U'折') return IsDiscount(i) ? Of(EntityType::kPercent, i + 1, number, "%") : std::nullopt;
    if (scan_.At(i) != U'成' || has_ones) return std::nullopt;
    const char32_t after = scan_.At(i + 1);
    static constexpr std::u32string_view kWords = U"为立功员长本就果分交熟人型都群品效绩语不";
    if (after != 0 && kWords.find(after) != std::u32string_view::npos) return std::nullopt;
    uint32_t end = i + 1;
    if (const int digit = NumeralOf(after); digit > 0 && NumeralOf(scan_.At(end + 1)) < 0) {
      number.low.mantissa += static_cast<uint64_t>(digit);
      number.high = number.low;
      ++end;
    }
    auto amount = Of(EntityType::kPercent, end, number, "%");
    if (scan_.At(end) == U'多' || scan_.At(end) == U'余') {
      amount->more = true;
      ++amount->end;
    }
    return amount;
  }

  bool IsDiscount(uint32_t i) const {
    const char32_t after = scan_.At(i + 1);
    static constexpr std::u32string_view kWords = U"叠断磨线返射腾中合服寿价算";
    return after == 0 || kWords.find(after) == std::u32string_view::npos;
  }

  // 5到10, 10-15, 6 to 8: the second number scales the first where that has no scale of its own.
  void ReadRange(uint32_t& end, bool english, bool money, ReadNumber& number) const {
    if (number.is_range()) return;
    uint32_t next = end;
    if (IsRangeMark(scan_.At(end))) {
      next = end + 1;
    } else if (english && scan_.Rest(end).starts_with(U" to ")) {
      next = end + 4;
    } else {
      return;
    }
    // "$3 to $4 billion", but "$3 billion to $4 billion" are two amounts.
    if (money && scan_.At(next) == U'$') {
      if (number.scaled) return;
      ++next;
    }
    std::optional<ReadNumber> second =
        english ? ReadEnglishNumber(scan_.Rest(next), money) : ReadChineseNumber(scan_.Rest(next));
    if (second.has_value() && english && IsDigit(scan_.At(next)) && IsHan(scan_.At(next + second->length))) {
      second = ReadChineseNumber(scan_.Rest(next));
    }
    if (!second.has_value() || second->is_range()) return;
    if (english && second->digits != number.digits) return;
    if (!number.scaled && second->scaled) {
      if (second->power == 0) return;
      number.low = number.low.Scaled(second->power);
    }
    number.high = second->low;
    number.scaled |= second->scaled;
    number.vague |= second->vague;
    end = next + second->length;
  }

  std::optional<Amount> Percent(uint32_t end, const ReadNumber& number) const {
    if (const ValueWord* percent = words_.percent_behind.Longest(scan_.Rest(end))) {
      ReadNumber value = number;
      if (percent->unit == "bp") {
        value.low = value.low.Scaled(-2);
        value.high = value.high.Scaled(-2);
      }
      return Of(EntityType::kPercent, end + static_cast<uint32_t>(percent->word.size()), value, "%");
    }
    // 8折, 85折, 3成
    if (!number.digits || number.scaled || number.is_range()) return std::nullopt;
    const uint32_t small = number.low.ToSmall().value_or(0);
    if (scan_.At(end) == U'折' && small > 0 && small < 100 && IsDiscount(end)) {
      ReadNumber value = number;
      if (small < 10) value.low = value.high = value.low.Scaled(1);
      return Of(EntityType::kPercent, end + 1, value, "%");
    }
    if (scan_.At(end) == U'成' && small > 0 && small < 10) return Tenths(end, small);
    return std::nullopt;
  }

  std::optional<Amount> Money(uint32_t end, const ReadNumber& number) const {
    const std::u32string_view rest = scan_.Rest(end);
    if (rest.empty()) return std::nullopt;
    if (const ValueWord* currency = words_.currency_behind.Longest(rest); currency != nullptr && IsHan(rest[0])) {
      return Of(EntityType::kMoney, end + static_cast<uint32_t>(currency->word.size()), number, currency->unit);
    }
    const bool large = number.digits || number.scaled || number.low.ToSmall().value_or(0) >= 10;
    if (rest[0] == U'元' && large) {
      const char32_t after = scan_.At(end + 1);
      static constexpr std::u32string_view kWords = U"宇素件老首旦月年气帅祖化朗";
      if (after != 0 && kWords.find(after) != std::u32string_view::npos) return std::nullopt;
      return Of(EntityType::kMoney, end + 1, number, LocalCurrency());
    }
    if (rest[0] == U'块') return Colloquial(end, number);
    // "212p", but 1080p is a picture.
    const uint32_t pence = number.low.ToSmall().value_or(1000);
    if (rest[0] == U'p' && number.digits && !number.scaled && pence < 1000 && pence != 480 && pence != 720 &&
        !IsLatinLetter(scan_.At(end + 1)) && !IsDigit(scan_.At(end + 1)) && scan_.At(end + 1) != U'.') {
      return Pence(end + 1, number);
    }
    if (rest[0] == U' ' || rest[0] == U'-') return EnglishMoney(end, number);
    return std::nullopt;
  }

  // Plain 元 is the currency of the place the script is of.
  std::string_view LocalCurrency() const { return scan_.script == Script::kHant ? "TWD" : "CNY"; }

  // 八块五毛, 五块钱; but 三块地
  std::optional<Amount> Colloquial(uint32_t end, const ReadNumber& number) const {
    if (scan_.At(end + 1) == U'钱') return Of(EntityType::kMoney, end + 2, number, LocalCurrency());
    const int tenths = NumeralOf(scan_.At(end + 1));
    const char32_t unit = scan_.At(end + 2);
    if (tenths < 1 || (unit != U'毛' && unit != U'角') || number.is_range() || number.low.exponent != 0 ||
        number.low.mantissa > 1000000)
      return std::nullopt;
    ReadNumber value = number;
    value.low = value.high = Decimal{number.low.mantissa * 10 + static_cast<uint64_t>(tenths), -1};
    return Of(EntityType::kMoney, end + 3, value, LocalCurrency());
  }

  std::optional<Amount> Pence(uint32_t end, ReadNumber number) const {
    number.low = number.low.Scaled(-2);
    number.high = number.high.Scaled(-2);
    return Of(EntityType::kMoney, end, number, "GBP");
  }

  std::optional<Amount> EnglishMoney(uint32_t end, const ReadNumber& number) const {
    const auto [word, length] = EnglishUnit(end + 1, words_.currency_behind);
    if (word != nullptr) return Of(EntityType::kMoney, end + 1 + length, number, word->unit);
    if (scan_.Rest(end).starts_with(U" pence") && !IsLatinLetter(scan_.At(end + 6))) return Pence(end + 6, number);
    if (scan_.Rest(end).starts_with(U" cents") && !IsLatinLetter(scan_.At(end + 6))) {
      ReadNumber value = number;
      value.low = value.low.Scaled(-2);
      value.high = value.high.Scaled(-2);
      return Of(EntityType::kMoney, end + 6, value, "USD");
    }
    return std::nullopt;
  }

  // The end of a word of Latin letters, and the points of u.s.
  uint32_t WordEnd(uint32_t i) const {
    while (IsLatinLetter(scan_.At(i)) || (scan_.At(i) == U'.' && IsLatinLetter(scan_.At(i - 1)) &&
                                          (IsLatinLetter(scan_.At(i + 1)) || scan_.Before(i - 1) == U'.')))
      ++i;
    return i;
  }

  // The longest row of three words or fewer from `i` on, in the singular or plural, and its length.
  std::pair<const ValueWord*, uint32_t> EnglishUnit(uint32_t i, const ValueWordTable& table) const {
    std::array<uint32_t, 3> ends{};
    size_t count = 0;
    for (uint32_t place = i; count < ends.size();) {
      const uint32_t end = WordEnd(place);
      if (end == place) break;
      ends[count++] = end;
      if (scan_.At(end) != U' ' && scan_.At(end) != U'-') break;
      place = end + 1;
    }
    for (; count > 0; --count) {
      const uint32_t end = ends[count - 1];
      if (IsDigit(scan_.At(end))) continue;
      const std::u32string_view phrase = scan_.text.folded(i, end);
      if (const ValueWord* word = table.Find(phrase)) return {word, end - i};
      const uint32_t last = count > 1 ? ends[count - 2] + 1 : i;
      const std::u32string singular =
          std::u32string(scan_.text.folded(i, last)) + Singular(scan_.text.folded(last, end));
      if (const ValueWord* word = table.Find(singular)) return {word, end - i};
    }
    return {nullptr, 0};
  }

  // 员工260人 counts employees.
  bool HasWordBefore(uint32_t i, std::initializer_list<std::u32string_view> words, uint32_t reach) const {
    const std::u32string_view before = scan_.Last(i, reach);
    for (const std::u32string_view word : words) {
      if (before.find(word) != std::u32string_view::npos) return true;
    }
    return false;
  }

  std::optional<Amount> Quantity(uint32_t i, uint32_t end, const ReadNumber& number, bool english) const {
    const uint32_t gap = scan_.At(end) == U' ' && number.digits ? 1 : 0;
    if (number.digits) {
      if (const ValueWord* symbol = words_.symbols.Longest(scan_.Rest(end + gap))) {
        const uint32_t behind = end + gap + static_cast<uint32_t>(symbol->word.size());
        if (!IsDigit(scan_.At(behind))) return Of(EntityType::kQuantity, behind, number, symbol->unit, symbol->flags);
      }
    }
    if (!english || (number.digits && IsHan(scan_.At(end + gap)))) return ChineseQuantity(i, end, end + gap, number);
    return EnglishQuantity(i, end, number);
  }

  // `end`: of the number; `unit_begin`: behind the space there may be.
  std::optional<Amount> ChineseQuantity(uint32_t i, uint32_t end, uint32_t unit_begin, const ReadNumber& number) const {
    if (scan_.Before(i) == U'第') return std::nullopt;
    if (auto amount = ChineseMeasure(i, unit_begin, number)) return amount;
    const uint32_t small = number.low.ToSmall().value_or(1000);
    const bool is_count = number.digits || number.scaled || number.vague || number.is_range() || small >= 10;
    const ValueWord* classifier = words_.classifiers.Longest(scan_.Rest(unit_begin));
    if (classifier != nullptr) {
      uint32_t behind = unit_begin + static_cast<uint32_t>(classifier->word.size());
      uint32_t noun_begin = behind;
      const ValueWord* noun = nullptr;
      if (!(classifier->flags & kItself)) {
        noun = words_.chinese_nouns.Longest(scan_.Rest(behind));
        if (noun == nullptr) {
          noun_begin = SkipModifier(behind);
          noun = words_.chinese_nouns.Longest(scan_.Rest(noun_begin));
        }
      }
      if (!is_count && (noun == nullptr || !(noun->flags & kCounted))) return std::nullopt;
      std::string_view unit = classifier->unit;
      if (noun != nullptr) {
        unit = noun->unit;
        behind = noun_begin + static_cast<uint32_t>(noun->word.size());
      }
      if (unit.empty()) return std::nullopt;
      if (unit == "person" &&
          (HasWordBefore(i, {U"员工", U"雇员", U"雇用", U"职员"}, 6) || scan_.Rest(behind).starts_with(U"员工")))
        unit = "employee";
      return Of(EntityType::kQuantity, behind, number, unit);
    }
    if (!is_count) return std::nullopt;
    const ValueWord* noun = words_.chinese_nouns.Longest(scan_.Rest(unit_begin));
    if (noun != nullptr && (number.scaled || number.vague || (noun->flags & kNoClassifier))) {
      return Of(EntityType::kQuantity, unit_begin + static_cast<uint32_t>(noun->word.size()), number, noun->unit);
    }
    // 参数量达720亿
    if (number.scaled && HasWordBefore(i, {U"参数量", U"参数规模", U"参数达"}, 9)) {
      return Of(EntityType::kQuantity, end, number, "parameter");
    }
    return std::nullopt;
  }

  uint32_t SkipModifier(uint32_t i) const {
    const ValueWord* modifier = words_.modifiers.Longest(scan_.Rest(i));
    return modifier == nullptr ? i : i + static_cast<uint32_t>(modifier->word.size());
  }

  // 20多年, 一年半, 十一个半小时, 3个多小时
  std::optional<Amount> ChineseMeasure(uint32_t i, uint32_t unit_begin, const ReadNumber& number) const {
    const std::u32string_view rest = scan_.Rest(unit_begin);
    ReadNumber value = number;
    bool more = false;
    uint32_t begin = unit_begin;
    const ValueWord* unit = nullptr;
    if (rest.size() > 2 && rest[0] == U'个' && (rest[1] == U'半' || rest[1] == U'多')) {
      // The unit stands behind 个: 月, 小时, 星期, 钟头.
      const std::u32string joined = U"个" + std::u32string(rest.substr(2, 4));
      unit = words_.chinese_measures.Longest(joined);
      if (unit == nullptr || unit->word.size() < 2) return std::nullopt;
      begin += 1;
      if (rest[1] == U'半') {
        if (!AddHalf(value)) return std::nullopt;
      } else {
        more = true;
      }
    } else {
      unit = words_.chinese_measures.Longest(rest);
    }
    if (unit == nullptr || !IsMeasured(i, *unit, number)) return std::nullopt;
    uint32_t end = begin + static_cast<uint32_t>(unit->word.size());
    if (unit->flags & kTimeUnit) {
      static constexpr std::u32string_view kBehindHalf = U"导数场岛径夜价决";
      static constexpr std::u32string_view kBehindMore = U"次数少元家名方国年种个";
      const char32_t then = scan_.At(end + 1);
      if (scan_.At(end) == U'半' && !more && (then == 0 || kBehindHalf.find(then) == std::u32string_view::npos)) {
        if (AddHalf(value)) ++end;
      } else if (scan_.At(end) == U'多' && (then == 0 || kBehindMore.find(then) == std::u32string_view::npos)) {
        more = true;
        ++end;
      }
    }
    auto amount = Of(EntityType::kQuantity, end, value, unit->unit, unit->flags);
    amount->more = more;
    return amount;
  }

  static bool AddHalf(ReadNumber& number) {
    if (number.is_range() || number.low.exponent != 0 || number.low.mantissa > 1000000) return false;
    number.low = number.high = Decimal{number.low.mantissa * 10 + 5, -1};
    return true;
  }

  bool IsMeasured(uint32_t i, const ValueWord& unit, const ReadNumber& number) const {
    const bool one = !number.is_range() && number.low == Decimal{1, 0};
    if (one && !number.digits && !(unit.flags & kFromOne)) return false;
    if (unit.word != U"年") return true;
    const char32_t before = scan_.Before(i);
    if (before == U'个') return false;  // 下一个十年
    if (one && !number.digits && (before == U'同' || before == U'这' || before == U'前' || before == U'后'))
      return false;
    const uint32_t years = number.low.ToSmall().value_or(0);
    // 715年, 二〇二四年 are years that were; 500年, 一千年 last.
    return number.vague || number.scaled || years <= (number.digits ? 599 : 300) || (years % 100 == 0 && years <= 1000);
  }

  std::optional<Amount> EnglishQuantity(uint32_t i, uint32_t end, const ReadNumber& number) const {
    if (scan_.At(end) == 0) return std::nullopt;
    // 70B parameters
    if (number.digits && !number.scaled && IsLatinLetter(scan_.At(end))) return Abbreviated(i, end);
    const bool gap = scan_.At(end) == U' ' || scan_.At(end) == U'-';
    if (gap) {
      if (auto amount = EnglishMeasure(end + 1, number)) return amount;
      if (auto amount = EnglishCount(i, end + 1, number)) return amount;
    }
    if (auto amount = Heads(i, end, number)) return amount;
    return Age(i, end, number);
  }

  // "a workforce of 4,000", "employs about 300 in Hull", "a population of 1.2 million": people without the word.
  std::optional<Amount> Heads(uint32_t i, uint32_t end, const ReadNumber& number) const {
    static constexpr std::pair<std::u32string_view, std::string_view> kCounted[] = {
        {U"workforce of ", "employee"}, {U"staff of ", "employee"},    {U"headcount of ", "employee"},
        {U"employs ", "employee"},      {U"employing ", "employee"},   {U"employ ", "employee"},
        {U"employed ", "employee"},     {U"population of ", "person"}, {U", population ", "person"}};
    static constexpr std::u32string_view kVague[] = {U"",        U"about ",      U"around ",   U"nearly ",
                                                     U"some ",   U"more than ",  U"over ",     U"roughly ",
                                                     U"almost ", U"fewer than ", U"at least ", U"approximately "};
    if (!number.digits || (!number.scaled && number.low.ToSmall().value_or(1000) < 10)) return std::nullopt;
    const std::u32string_view before = scan_.Last(i, 32);
    for (const auto& [words, unit] : kCounted) {
      const size_t at = before.rfind(words);
      if (at == std::u32string_view::npos) continue;
      const std::u32string_view between = before.substr(at + words.size());
      if (std::find(std::begin(kVague), std::end(kVague), between) == std::end(kVague)) continue;
      return Of(EntityType::kQuantity, end, number, unit);
    }
    return std::nullopt;
  }

  std::optional<Amount> Abbreviated(uint32_t i, uint32_t end) const {
    const uint32_t behind = WordEnd(end);
    const std::optional<ReadNumber> scaled = ReadEnglishNumber(scan_.Rest(i), true);
    if (!scaled.has_value() || i + scaled->length != behind || scan_.At(behind) != U' ') return std::nullopt;
    return EnglishCount(i, behind + 1, *scaled);
  }

  // "22 kilograms", "eight years", "45-year-old"
  std::optional<Amount> EnglishMeasure(uint32_t i, const ReadNumber& number) const {
    const bool more = scan_.Rest(i).starts_with(U"more ");
    const auto [unit, length] = EnglishUnit(more ? i + 5 : i, words_.english_units);
    if (unit == nullptr || !(unit->flags & (kMeasure | kCounted))) return std::nullopt;
    const bool one = !number.is_range() && number.low == Decimal{1, 0};
    if (one && !number.digits) return std::nullopt;
    uint32_t end = (more ? i + 5 : i) + length;
    if (unit->unit == "year" && scan_.Rest(end).starts_with(U"-old") && !IsLatinLetter(scan_.At(end + 4))) end += 4;
    return Of(EntityType::kQuantity, end, number, unit->unit, unit->flags);
  }

  // "about 260 people", "30 of the new arms", "48 lawsuits": small letters, the first plural of three words.
  std::optional<Amount> EnglishCount(uint32_t i, uint32_t begin, const ReadNumber& number) const {
    const uint32_t small = number.low.ToSmall().value_or(1000);
    if (!number.digits && !number.scaled && !number.is_range() && small < 10) return std::nullopt;
    if (FollowsName(i) && number.digits && !number.scaled && small < 1000) return std::nullopt;
    uint32_t place = begin;
    for (const std::u32string_view of :
         {std::u32string_view(U"of the "), std::u32string_view(U"of its "), std::u32string_view(U"of these ")}) {
      if (scan_.Rest(place).starts_with(of)) {
        place += static_cast<uint32_t>(of.size());
        break;
      }
    }
    for (int words = 0; words < 3; ++words) {
      const uint32_t end = WordEnd(place);
      if (end == place) return std::nullopt;
      const std::u32string_view word = scan_.text.folded(place, end);
      if (IsStopWord(word)) return std::nullopt;
      const ValueWord* known = words_.english_units.Find(word);
      const std::u32string singular = known != nullptr ? std::u32string(word) : Singular(word);
      if (known == nullptr && singular != word) known = words_.english_units.Find(singular);
      const bool plural = word.size() >= 4 && singular != word;
      if ((known != nullptr && known->unit.empty()) || IsLatinUpper(scan_.text.original(place))) {
        if (known == nullptr || known->unit.empty()) return std::nullopt;
      }
      if (known != nullptr || plural) {
        std::string unit = known != nullptr ? std::string(known->unit) : EncodeUtf8(singular);
        if (unit == "person" && HasWordBefore(i, {U"employ", U"hire", U"staff", U"lay off", U"laid off"}, 14))
          unit = "employee";
        return Of(EntityType::kQuantity, end, number, unit);
      }
      if (scan_.At(end) != U' ' && scan_.At(end) != U'-') return std::nullopt;
      place = end + 1;
    }
    return std::nullopt;
  }

  // Boeing 737 planes, iPhone 15; but "The 300 workers".
  bool FollowsName(uint32_t i) const {
    const std::u32string_view word = scan_.WordBefore(i);
    static constexpr std::u32string_view kOpeners[] = {
        U"the", U"these", U"those", U"its",     U"their", U"all",  U"in",  U"of",    U"with", U"by", U"from", U"for",
        U"and", U"but",   U"only",  U"another", U"just",  U"then", U"now", U"today", U"at",   U"on", U"to"};
    if (word.empty() || std::find(std::begin(kOpeners), std::end(kOpeners), word) != std::end(kOpeners)) return false;
    for (uint32_t k = i - 1 - static_cast<uint32_t>(word.size()); k < i - 1; ++k) {
      if (IsLatinUpper(scan_.text.original(k))) return true;
    }
    return false;
  }

  static bool IsStopWord(std::u32string_view word) {
    static constexpr std::u32string_view kWords[] = {
        U"in",     U"of",      U"and",    U"to",      U"the",  U"a",    U"an",   U"per",  U"for",   U"by",
        U"on",     U"at",      U"from",   U"with",    U"as",   U"is",   U"was",  U"are",  U"were",  U"or",
        U"that",   U"this",    U"its",    U"his",     U"than", U"has",  U"have", U"had",  U"who",   U"which",
        U"will",   U"but",     U"it",     U"he",      U"she",  U"they", U"we",   U"when", U"while", U"after",
        U"before", U"because", U"versus", U"percent", U"does", U"says", U"plus", U"also", U"would", U"said"};
    return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
  }

  // "Tan, 65,", "aged 65"
  std::optional<Amount> Age(uint32_t i, uint32_t end, const ReadNumber& number) const {
    if (!number.digits || number.scaled || number.is_range() || i < scan_.range.begin + 3) return std::nullopt;
    const uint32_t age = number.low.ToSmall().value_or(0);
    if (age < 1 || age > 120 || IsLatinLetter(scan_.At(end)) || scan_.At(end) == U':') return std::nullopt;
    const std::u32string_view word = scan_.WordBefore(i);
    const std::u32string_view before = scan_.Last(i, 8);
    // "at the age of 81", "He was 81."
    if (before.ends_with(U"he was ") &&
        (scan_.At(end) == U'.' || scan_.At(end) == U',' || scan_.Rest(end).starts_with(U" and ")) &&
        !IsDigit(scan_.At(end + 1))) {
      return Of(EntityType::kQuantity, end, number, "year");
    }
    if (before.ends_with(U" age of ")) return Of(EntityType::kQuantity, end, number, "year");
    if (word == U"aged" || word == U"age") return Of(EntityType::kQuantity, end, number, "year");
    if (age < 15 || scan_.Before(i) != U' ' || scan_.text[i - 2] != U',' || !IsLatinLetter(scan_.text[i - 3]) ||
        scan_.At(end) != U',')
      return std::nullopt;
    uint32_t begin = i - 2;
    while (begin > scan_.range.begin && IsLatinLetter(scan_.text[begin - 1])) --begin;
    if (!IsLatinUpper(scan_.text.original(begin))) return std::nullopt;
    return Of(EntityType::kQuantity, end, number, "year");
  }

  const ValueScan& scan_;
  const uint32_t begin_;
  const ValueWords& words_;
};

}  // namespace

bool MayBeginNumber(const ValueScan& scan, uint32_t i) {
  const char32_t c = scan.At(i), before = scan.Before(i);
  if (IsDigit(c)) {
    if (IsDigit(before)) return false;
    if ((before == U'.' || before == U',' || before == U'-' || before == U':' || before == U'/') &&
        i >= scan.range.begin + 2 && IsDigit(scan.text[i - 2]))
      return false;
    // H20, GPT-4; but Northwind31%股权, where the letters are a word and Han follows.
    if (IsLatinLetter(before)) {
      uint32_t letters = 0;
      while (letters < 5 && i > scan.range.begin + letters && IsLatinLetter(scan.text[i - 1 - letters])) ++letters;
      return letters >= 4;
    }
    if (before == U'-' && i >= scan.range.begin + 2 && IsLatinLetter(scan.text[i - 2])) return false;
    return true;
  }
  if (IsLatinLetter(c)) return !IsLatinLetter(before) && !IsDigit(before);
  // Numerals told off digit by digit: not the 零公里 of 五零公里.
  return NumeralOf(c) < 0 || NumeralOf(before) < 0;
}

std::optional<ReadValue> ReadAmount(const ValueScan& scan, uint32_t i) { return AmountReader(scan, i).Read(); }

}  // namespace newsgraph
