// Dates in Chinese and English with their ISO 8601 values; "2025-Q3", "2025-H1" and
// "FY2026-Q1" for what ISO has no form.
#include <array>
#include <utility>

#include "fmt/format.h"
#include "ingest/text/code_points.h"
#include "ingest/text/value_scanner.h"

namespace newsgraph {
namespace {

struct Civil {
  int year = 0, month = 0, day = 0;
};

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
Civil CivilOf(int32_t days) {
  const int32_t z = days + 719468;
  const int32_t era = (z >= 0 ? z : z - 146096) / 146097;
  const auto doe = static_cast<uint32_t>(z - era * 146097);
  const uint32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const uint32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const uint32_t mp = (5 * doy + 2) / 153;
  const auto day = static_cast<int>(doy - (153 * mp + 2) / 5 + 1);
  const auto month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  return {static_cast<int>(yoe) + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

int32_t DaysOf(int year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const int era = (year >= 0 ? year : year - 399) / 400;
  const auto yoe = static_cast<uint32_t>(year - era * 400);
  const auto doy = static_cast<uint32_t>((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1);
  const uint32_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + static_cast<int32_t>(doe) - 719468;
}

bool IsDate(int year, int month, int day) {
  if (month < 1 || month > 12 || day < 1 || day > 31) return false;
  const Civil back = CivilOf(DaysOf(year, month, day));
  return back.month == month && back.day == day;
}

// 1970-01-01 was a Thursday; Monday is 0.
int WeekdayOf(int32_t days) { return ((days + 3) % 7 + 7) % 7; }

std::string Iso(int32_t days) {
  const Civil civil = CivilOf(days);
  return fmt::format("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day);
}
std::string Iso(int year, int month) { return fmt::format("{:04}-{:02}", year, month); }

ReadValue Date(uint32_t length, std::string value) { return {length, EntityType::kDate, std::move(value), {}}; }

class DateReader {
 public:
  DateReader(const ValueScan& scan, uint32_t begin) : scan_(scan), begin_(begin), rest_(scan.Rest(begin)) {
    if (scan.published.has_value()) today_ = CivilOf(*scan.published);
  }

  std::optional<ReadValue> Read() {
    if (rest_.empty()) return std::nullopt;
    const char32_t c = rest_[0];
    if (IsDigit(c)) {
      if (auto date = IsoDate()) return date;
      if (auto date = ChineseDate()) return date;
      return EnglishDayFirst();
    }
    if (IsHan(c)) {
      if (auto date = ChineseRelative()) return date;
      return ChineseDate();
    }
    if (IsLatinLetter(c)) return English();
    return std::nullopt;
  }

 private:
  bool known() const { return scan_.published.has_value(); }
  char32_t At(uint32_t i) const { return i < rest_.size() ? rest_[i] : 0; }

  // A number of at most `most` digits, in digits or numerals; its length, 0 for none.
  uint32_t Small(uint32_t i, uint32_t most, int& value) const {
    if (IsDigit(At(i))) {
      uint32_t length = 0;
      value = 0;
      while (IsDigit(At(i + length))) {
        if (length == most) return 0;
        value = value * 10 + static_cast<int>(At(i + length) - U'0');
        ++length;
      }
      return length;
    }
    const auto number = ReadChineseNumber(rest_.substr(std::min<size_t>(i, rest_.size())));
    if (!number.has_value() || number->digits || number->vague || number->scaled) return 0;
    const auto small = number->low.ToSmall();
    if (!small.has_value()) return 0;
    value = static_cast<int>(*small);
    return number->length;
  }

  uint32_t SkipSpace(uint32_t i) const { return At(i) == U' ' ? i + 1 : i; }

  // 2024-07-24, 2024/7/24
  std::optional<ReadValue> IsoDate() const {
    int year = 0, month = 0, day = 0;
    if (Small(0, 4, year) != 4) return std::nullopt;
    const char32_t mark = At(4);
    if (mark != U'-' && mark != U'/' && mark != U'.') return std::nullopt;
    const uint32_t month_length = Small(5, 2, month);
    if (month_length == 0 || At(5 + month_length) != mark) return std::nullopt;
    const uint32_t day_length = Small(6 + month_length, 2, day);
    if (day_length == 0 || !IsDate(year, month, day)) return std::nullopt;
    return Date(6 + month_length + day_length, fmt::format("{:04}-{:02}-{:02}", year, month, day));
  }

  // 第三季, 三季度, 上半年, Q3 behind a year; value is the part behind the dash, length 0 for none.
  std::pair<uint32_t, std::string> PartOfYear(uint32_t i, bool fiscal) const {
    const std::u32string_view rest = rest_.substr(std::min<size_t>(i, rest_.size()));
    if (StartsWith(rest, U"上半年")) return {3, "H1"};
    if (StartsWith(rest, U"下半年")) return {3, "H2"};
    if (At(i) == U'q' && At(i + 1) >= U'1' && At(i + 1) <= U'4' && !IsDigit(At(i + 2)))
      return {2, fmt::format("Q{}", static_cast<int>(At(i + 1) - U'0'))};
    uint32_t begin = i;
    const bool ordinal = At(i) == U'第';
    if (ordinal) ++begin;
    int quarter = 0;
    const uint32_t length = Small(begin, 1, quarter);
    if (length == 0 || quarter < 1 || quarter > 4) return {0, {}};
    uint32_t end = begin + length;
    const std::u32string_view unit = rest_.substr(std::min<size_t>(end, rest_.size()));
    if (StartsWith(unit, U"季度")) {
      end += 2;
    } else if (StartsWith(unit, U"财季")) {
      end += 2;
    } else if (ordinal && StartsWith(unit, U"季")) {
      end += 1;
    } else if (ordinal && fiscal && StartsWith(unit, U"会计季")) {
      end += 3;
    } else {
      return {0, {}};
    }
    return {end - i, fmt::format("Q{}", quarter)};
  }

  // Behind a year that is known: 年底, 12月, 12月3日, 第三季, 上半年.
  ReadValue BehindYear(uint32_t i, int year) const {
    i = std::min<uint32_t>(i, static_cast<uint32_t>(rest_.size()));
    const std::u32string_view rest = rest_.substr(i);
    for (const std::u32string_view word :
         {std::u32string_view(U"年底"), std::u32string_view(U"年末"), std::u32string_view(U"底")}) {
      if (StartsWith(rest, word)) return Date(i + static_cast<uint32_t>(word.size()), Iso(year, 12));
    }
    for (const std::u32string_view word : {std::u32string_view(U"年初"), std::u32string_view(U"初")}) {
      if (StartsWith(rest, word)) return Date(i + static_cast<uint32_t>(word.size()), Iso(year, 1));
    }
    if (const auto [length, part] = PartOfYear(i, false); length > 0)
      return Date(i + length, fmt::format("{:04}-{}", year, part));
    const uint32_t start = SkipSpace(i);
    int month = 0;
    if (const uint32_t length = Small(start, 2, month); length > 0 && month >= 1 && month <= 12) {
      uint32_t end = SkipSpace(start + length);
      if (At(end) == U'月') {
        ++end;
        int day = 0;
        const uint32_t day_start = SkipSpace(end);
        const uint32_t day_length = Small(day_start, 2, day);
        const uint32_t day_end = SkipSpace(day_start + day_length);
        if (day_length > 0 && (At(day_end) == U'日' || At(day_end) == U'号') && IsDate(year, month, day)) {
          return Date(day_end + 1, fmt::format("{:04}-{:02}-{:02}", year, month, day));
        }
        if (At(end) == U'份') ++end;
        if (At(end) == U'底') ++end;
        return Date(end, Iso(year, month));
      }
    }
    return Date(i, fmt::format("{:04}", year));
  }

  std::optional<ReadValue> ChineseDate() {
    uint32_t i = 0;
    int number = 0;
    bool republic = false;
    if (StartsWith(rest_, U"民国")) {
      republic = true;
      i = SkipSpace(2);
    } else if (StartsWith(rest_, U"公元") || StartsWith(rest_, U"西元")) {
      i = SkipSpace(2);
    }
    const uint32_t length = Small(i, 4, number);
    if (length == 0) return i == 0 ? Quarter() : std::nullopt;
    const uint32_t after = SkipSpace(i + length);
    const std::u32string_view unit = rest_.substr(std::min<size_t>(after, rest_.size()));
    const bool four = number >= 1500 && number <= 2200;
    if (republic && number > 0 && number < 300 && StartsWith(unit, U"年")) {
      return BehindYear(after + 1, number + 1911);
    }
    if (four) {
      for (const std::u32string_view fiscal :
           {std::u32string_view(U"会计年度"), std::u32string_view(U"财政年度"), std::u32string_view(U"财年"),
            std::u32string_view(U"年会计年度"), std::u32string_view(U"年财年")}) {
        if (!StartsWith(unit, fiscal)) continue;
        const uint32_t end = after + static_cast<uint32_t>(fiscal.size());
        if (const auto [part_length, part] = PartOfYear(end, true); part_length > 0) {
          return Date(end + part_length, fmt::format("FY{}-{}", number, part));
        }
        return Date(end, fmt::format("FY{}", number));
      }
      if (StartsWith(unit, U"年") && !StartsWith(unit, U"年代")) {
        if (StartsWith(unit, U"年底") || StartsWith(unit, U"年末") || StartsWith(unit, U"年初"))
          return BehindYear(after, number);
        return BehindYear(after + 1, number);
      }
      if (StartsWith(unit, U"年代")) return Date(after + 2, fmt::format("{}s", number));
      if (At(after) == U'q' || StartsWith(unit, U"第")) {
        if (const auto [part_length, part] = PartOfYear(after, false); part_length > 0)
          return Date(after + part_length, fmt::format("{}-{}", number, part));
      }
      return std::nullopt;
    }
    if (republic || i > 0) return std::nullopt;
    if (number >= 1 && number <= 12 && StartsWith(unit, U"月") && !StartsWith(unit, U"月大") &&
        scan_.Before(begin_) != U'个') {
      return BareMonth(number, after + 1);
    }
    if (number >= 1 && number <= 31 && IsDigit(rest_[0]) && (StartsWith(unit, U"日") || StartsWith(unit, U"号")) &&
        known()) {
      // 12日圆 is money, 5号 may number anything.
      if (StartsWith(unit, U"日圆") || StartsWith(unit, U"日元") || StartsWith(unit, U"日币") ||
          StartsWith(unit, U"号"))
        return Quarter();
      if (StartsWith(unit, U"日内") || StartsWith(unit, U"日游")) return std::nullopt;
      return Date(after + 1, BareDay(number));
    }
    return Quarter();
  }

  // 第三季, 三季度: of the year of publication.
  std::optional<ReadValue> Quarter() const {
    if (!known()) return std::nullopt;
    const auto [length, part] = PartOfYear(0, false);
    if (length == 0 || part[0] == 'H') return std::nullopt;
    return Date(length, fmt::format("{:04}-{}", today_.year, part));
  }

  // 9月, 3月31日 without a year: the nearest to the day of publication.
  std::optional<ReadValue> BareMonth(int month, uint32_t end) const {
    int day = 0;
    const uint32_t start = SkipSpace(end);
    const uint32_t length = Small(start, 2, day);
    const uint32_t day_end = SkipSpace(start + length);
    const bool has_day = length > 0 && (At(day_end) == U'日' || At(day_end) == U'号');
    if (has_day) end = day_end + 1;
    if (!has_day && At(end) == U'份') ++end;
    if (!has_day && At(end) == U'底') ++end;
    if (!known()) {
      if (!has_day) return Date(end, {});
      return IsDate(2000, month, day) ? std::optional(Date(end, {})) : std::nullopt;
    }
    const int year = NearestYear(month);
    if (!has_day) return Date(end, Iso(year, month));
    if (!IsDate(year, month, day)) return std::nullopt;
    return Date(end, fmt::format("{:04}-{:02}-{:02}", year, month, day));
  }

  int NearestYear(int month) const {
    const int months = month - today_.month;
    if (months > 6) return today_.year - 1;
    if (months < -6) return today_.year + 1;
    return today_.year;
  }

  // The 12th that news of today means: this month's if it has come, else last month's.
  std::string BareDay(int day) const {
    int year = today_.year, month = today_.month;
    if (day > today_.day + 3) {
      month = month == 1 ? 12 : month - 1;
      if (month == 12) --year;
    }
    if (!IsDate(year, month, day)) return {};
    return fmt::format("{:04}-{:02}-{:02}", year, month, day);
  }

  std::optional<ReadValue> ChineseRelative() const {
    struct YearWord {
      std::u32string_view word;
      int offset;
      bool alone;  // a date by itself; 今年 is not
    };
    static constexpr std::array<YearWord, 8> kYears = {{{U"今年", 0, false},
                                                        {U"去年", -1, true},
                                                        {U"前年", -2, true},
                                                        {U"明年", 1, true},
                                                        {U"后年", 2, true},
                                                        {U"本年", 0, false},
                                                        {U"同年", 0, false},
                                                        {U"大前年", -3, true}}};
    if (!known()) return std::nullopt;
    for (const YearWord& word : kYears) {
      if (!StartsWith(rest_, word.word) || word.word == U"同年") continue;
      const auto length = static_cast<uint32_t>(word.word.size());
      ReadValue value = BehindYear(length, today_.year + word.offset);
      if (value.length == length && !word.alone) return std::nullopt;
      return value;
    }
    if ((StartsWith(rest_, U"翌年") || StartsWith(rest_, U"次年") || StartsWith(rest_, U"隔年")) &&
        scan_.last_year > 0) {
      return BehindYear(2, scan_.last_year + 1);
    }
    if (StartsWith(rest_, U"同年") && scan_.last_year > 0) {
      const ReadValue value = BehindYear(2, scan_.last_year);
      return value.length > 2 ? std::optional(value) : std::nullopt;
    }
    if (StartsWith(rest_, U"年底") || StartsWith(rest_, U"年末")) {
      // 年底前, but not 2024年底, which the year reads.
      return Date(2, Iso(today_.year, 12));
    }
    struct DayWord {
      std::u32string_view word;
      int offset;
    };
    static constexpr std::array<DayWord, 16> kDays = {{{U"今天", 0},
                                                       {U"今日", 0},
                                                       {U"昨天", -1},
                                                       {U"昨日", -1},
                                                       {U"昨夜", -1},
                                                       {U"昨晚", -1},
                                                       {U"明天", 1},
                                                       {U"明日", 1},
                                                       {U"前天", -2},
                                                       {U"后天", 2},
                                                       {U"今早", 0},
                                                       {U"今晚", 0},
                                                       {U"今晨", 0},
                                                       {U"即日", 0},
                                                       {U"前晚", -2},
                                                       {U"当日", 0}}};
    for (const DayWord& word : kDays) {
      if (!StartsWith(rest_, word.word) || word.word == U"当日" || word.word == U"即日") continue;
      if (scan_.Before(begin_) == U'如' && word.word == U"今日") continue;
      return Date(2, Iso(*scan_.published + word.offset));
    }
    // 周一, 星期三, 上周五, 下周
    uint32_t i = 0;
    int weeks = 0;
    bool week_word = false;
    if (At(0) == U'上' || At(0) == U'下' || At(0) == U'本' || At(0) == U'这') {
      weeks = At(0) == U'上' ? -1 : At(0) == U'下' ? 1 : 0;
      i = 1;
      week_word = true;
    }
    uint32_t unit = 0;
    const std::u32string_view rest = rest_.substr(std::min<size_t>(i, rest_.size()));
    if (StartsWith(rest, U"星期") || StartsWith(rest, U"礼拜")) unit = 2;
    if (StartsWith(rest, U"周")) unit = 1;
    if (unit > 0) {
      static constexpr std::u32string_view kWeekdays = U"一二三四五六日天";
      const size_t weekday = kWeekdays.find(At(i + unit));
      if (weekday != std::u32string_view::npos && At(i + unit) != 0 && At(i + unit + 1) != U'年' &&
          At(i + unit + 1) != U'岁') {
        const int day = weekday == 7 ? 6 : static_cast<int>(weekday);
        const int32_t monday = *scan_.published - WeekdayOf(*scan_.published);
        int32_t date = monday + 7 * weeks + day;
        // 周一 alone is the last one that has been.
        if (!week_word && date > *scan_.published) date -= 7;
        return Date(i + unit + 1, Iso(date));
      }
    }
    if (StartsWith(rest_, U"上个月") || StartsWith(rest_, U"上月")) return Date(At(1) == U'个' ? 3 : 2, MonthFrom(-1));
    if (StartsWith(rest_, U"下个月") || StartsWith(rest_, U"下月")) return Date(At(1) == U'个' ? 3 : 2, MonthFrom(1));
    if (StartsWith(rest_, U"本月") || StartsWith(rest_, U"这个月")) {
      int day = 0;
      const uint32_t start = At(0) == U'本' ? 2 : 3;
      const uint32_t length = Small(start, 2, day);
      if (length > 0 && At(start + length) == U'日' && IsDate(today_.year, today_.month, day)) {
        return Date(start + length + 1, fmt::format("{:04}-{:02}-{:02}", today_.year, today_.month, day));
      }
      return Date(start, Iso(today_.year, today_.month));
    }
    if (StartsWith(rest_, U"本季")) return Date(2, QuarterFrom(0));
    return std::nullopt;
  }

  std::string MonthFrom(int offset) const {
    const int months = today_.year * 12 + today_.month - 1 + offset;
    return Iso(months / 12, months % 12 + 1);
  }
  std::string QuarterFrom(int offset) const {
    const int quarters = today_.year * 4 + (today_.month - 1) / 3 + offset;
    return fmt::format("{:04}-Q{}", quarters / 4, quarters % 4 + 1);
  }

  // English.

  std::u32string_view WordAt(uint32_t i) const {
    uint32_t end = i;
    while (end < rest_.size() && IsLatinLetter(rest_[end])) ++end;
    return rest_.substr(std::min<size_t>(i, rest_.size()), end - i);
  }

  static int MonthOf(std::u32string_view word) {
    static constexpr std::u32string_view kMonths[] = {U"january",   U"february", U"march",    U"april",
                                                      U"may",       U"june",     U"july",     U"august",
                                                      U"september", U"october",  U"november", U"december"};
    for (int m = 0; m < 12; ++m) {
      if (word == kMonths[m] || (word.size() == 3 && word == kMonths[m].substr(0, 3)) || (m == 8 && word == U"sept"))
        return m + 1;
    }
    return 0;
  }

  bool Capital() const {
    const char32_t c = scan_.text.original(begin_);
    return c >= U'A' && c <= U'Z';
  }

  // 24 July 2024
  std::optional<ReadValue> EnglishDayFirst() const {
    int day = 0;
    const uint32_t length = Small(0, 2, day);
    if (length == 0 || day < 1 || day > 31 || At(length) != U' ') return std::nullopt;
    const std::u32string_view word = WordAt(length + 1);
    const int month = word.size() >= 3 ? MonthOf(word) : 0;
    if (month == 0) return std::nullopt;
    const char32_t first = scan_.text.original(begin_ + length + 1);
    if (first < U'A' || first > U'Z') return std::nullopt;
    const auto end = static_cast<uint32_t>(length + 1 + word.size());
    int year = 0;
    uint32_t gap = At(end) == U',' ? 2 : 1;
    if (At(end) == U' ' || gap == 2) {
      if (Small(end + gap, 4, year) == 4 && year > 1500 && IsDate(year, month, day)) {
        return Date(end + gap + 4, fmt::format("{:04}-{:02}-{:02}", year, month, day));
      }
    }
    if (!known()) return Date(end, {});
    year = NearestYear(month);
    if (!IsDate(year, month, day)) return std::nullopt;
    return Date(end, fmt::format("{:04}-{:02}-{:02}", year, month, day));
  }

  // The year behind "of", a comma or a space: its value and the end; 0 for none.
  uint32_t YearAfter(uint32_t i, int& year) const {
    uint32_t start = i;
    if (StartsWith(rest_.substr(std::min<size_t>(i, rest_.size())), U" of ")) {
      start += 4;
    } else if (StartsWith(rest_.substr(std::min<size_t>(i, rest_.size())), U", ")) {
      start += 2;
    } else if (At(i) == U' ') {
      start += 1;
    } else {
      return 0;
    }
    if (Small(start, 4, year) != 4 || year < 1500 || year > 2200) return 0;
    return start + 4;
  }

  std::optional<ReadValue> English() const {
    const std::u32string_view word = WordAt(0);
    const auto length = static_cast<uint32_t>(word.size());
    if (word == U"q" && At(1) >= U'1' && At(1) <= U'4') return QuarterCode();
    if (length < 3) return std::nullopt;
    if (const int month = MonthOf(word); month > 0 && Capital()) {
      uint32_t end = length + (At(length) == U'.' && length <= 4 ? 1 : 0);
      int day = 0, year = 0;
      if (At(end) == U' ') {
        const uint32_t day_length = Small(end + 1, 2, day);
        if (day_length > 0 && day >= 1 && day <= 31 && !IsLatinLetter(At(end + 1 + day_length))) {
          const uint32_t day_end = end + 1 + day_length;
          if (const uint32_t year_end = YearAfter(day_end, year); year_end > 0 && IsDate(year, month, day)) {
            return Date(year_end, fmt::format("{:04}-{:02}-{:02}", year, month, day));
          }
          if (!known()) return Date(day_end, {});
          year = NearestYear(month);
          if (IsDate(year, month, day)) return Date(day_end, fmt::format("{:04}-{:02}-{:02}", year, month, day));
        }
      }
      if (const uint32_t year_end = YearAfter(length, year); year_end > 0) return Date(year_end, Iso(year, month));
      // May and March are words too; a month alone follows a preposition.
      if (!AfterPreposition()) return std::nullopt;
      return Date(length, known() ? Iso(NearestYear(month), month) : std::string());
    }
    static constexpr std::u32string_view kWeekdays[] = {U"monday", U"tuesday",  U"wednesday", U"thursday",
                                                        U"friday", U"saturday", U"sunday"};
    for (int d = 0; d < 7; ++d) {
      if (word != kWeekdays[d] || !Capital()) continue;
      if (!known()) return Date(length, {});
      const int32_t back = (WeekdayOf(*scan_.published) - d + 7) % 7;
      return Date(length, Iso(*scan_.published - back));
    }
    if (word == U"fiscal") {
      uint32_t i = length;
      if (StartsWith(rest_.substr(i), U" year")) i += 5;
      int year = 0;
      if (const uint32_t end = YearAfter(i, year); end > 0) return Date(end, fmt::format("FY{}", year));
      return std::nullopt;
    }
    static constexpr std::u32string_view kOrdinals[] = {U"first", U"second", U"third", U"fourth"};
    for (int q = 0; q < 4; ++q) {
      if (word != kOrdinals[q]) continue;
      const std::u32string_view rest = rest_.substr(length);
      int year = known() ? today_.year : 0;
      if (StartsWith(rest, U" quarter")) {
        uint32_t end = length + 8;
        if (StartsWith(rest_.substr(end), U" of fiscal ")) {
          int fiscal = 0;
          if (const uint32_t year_end = YearAfter(end + 10, fiscal); year_end > 0)
            return Date(year_end, fmt::format("FY{}-Q{}", fiscal, q + 1));
        }
        if (const uint32_t year_end = YearAfter(end, year); year_end > 0)
          return Date(year_end, fmt::format("{:04}-Q{}", year, q + 1));
        if (known()) return Date(end, fmt::format("{:04}-Q{}", today_.year, q + 1));
      }
      if (q < 2 && StartsWith(rest, U" half")) {
        if (const uint32_t year_end = YearAfter(length + 5, year); year_end > 0)
          return Date(year_end, fmt::format("{:04}-H{}", year, q + 1));
      }
      return std::nullopt;
    }
    if (!known()) return std::nullopt;
    if (word == U"today") return Date(length, Iso(*scan_.published));
    if (word == U"yesterday") return Date(length, Iso(*scan_.published - 1));
    if (word == U"tomorrow") return Date(length, Iso(*scan_.published + 1));
    const bool last = word == U"last", next = word == U"next";
    if ((last || next) && At(length) == U' ') {
      const std::u32string_view unit = WordAt(length + 1);
      const auto end = static_cast<uint32_t>(length + 1 + unit.size());
      const int step = last ? -1 : 1;
      if (unit == U"year") return Date(end, fmt::format("{:04}", today_.year + step));
      if (unit == U"month") return Date(end, MonthFrom(step));
      if (unit == U"week") return Date(end, Iso(*scan_.published - WeekdayOf(*scan_.published) + 7 * step));
      if (unit == U"quarter") return Date(end, QuarterFrom(step));
      for (int d = 0; d < 7; ++d) {
        if (unit != kWeekdays[d]) continue;
        int32_t back = (WeekdayOf(*scan_.published) - d + 7) % 7;
        if (last) return Date(end, Iso(*scan_.published - (back == 0 ? 7 : back)));
        return Date(end, Iso(*scan_.published + (7 - back)));
      }
    }
    return std::nullopt;
  }

  std::optional<ReadValue> QuarterCode() const {
    const auto quarter = static_cast<int>(At(1) - U'0');
    if (IsDigit(At(2)) || IsLatinLetter(At(2))) return std::nullopt;
    int year = 0;
    if (const uint32_t end = YearAfter(2, year); end > 0) return Date(end, fmt::format("{:04}-Q{}", year, quarter));
    if (!known()) return std::nullopt;
    return Date(2, fmt::format("{:04}-Q{}", today_.year, quarter));
  }

  bool AfterPreposition() const {
    if (scan_.Before(begin_) != U' ') return false;
    uint32_t end = begin_ - 1;
    uint32_t begin = end;
    while (begin > scan_.range.begin && IsLatinLetter(scan_.text[begin - 1])) --begin;
    const std::u32string_view word = scan_.text.folded(begin, end);
    static constexpr std::u32string_view kWords[] = {U"in",   U"since", U"until", U"by",     U"from", U"through",
                                                     U"last", U"next",  U"late",  U"early",  U"mid",  U"during",
                                                     U"to",   U"for",   U"of",    U"before", U"after"};
    for (const std::u32string_view known : kWords) {
      if (word == known) return true;
    }
    return false;
  }

  const ValueScan& scan_;
  const uint32_t begin_;
  const std::u32string_view rest_;
  Civil today_;
};

}  // namespace

std::optional<ReadValue> ReadDate(const ValueScan& scan, uint32_t i) { return DateReader(scan, i).Read(); }

}  // namespace newsgraph
