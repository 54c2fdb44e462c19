// Dates with their ISO 8601 values; "2025-Q3", "2025-H1", "1990s" and "FY2026-Q1" for what ISO has no form. Here what
// is not of one language: the calendar, dates in digits, intervals.
#include "fmt/format.h"
#include "graph/day.h"
#include "ingest/text/date_scanner.h"

namespace newsgraph {

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
  return Iso(civil.year, civil.month, civil.day);
}
std::string Iso(int year, int month) { return fmt::format("{:04}-{:02}", year, month); }
std::string Iso(int year, int month, int day) { return fmt::format("{:04}-{:02}-{:02}", year, month, day); }

DateScanner::DateScanner(const ValueScan& scan, uint32_t begin) : scan_(scan), begin_(begin), rest_(scan.Rest(begin)) {
  if (scan.published.has_value()) today_ = CivilOf(*scan.published);
}

uint32_t DateScanner::Small(uint32_t i, uint32_t most, int& value) const {
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
  if (!IsHan(At(i))) return 0;
  const auto number = ReadChineseNumber(From(i));
  if (!number.has_value() || number->vague || number->scaled || number->is_range()) return 0;
  const auto small = number->low.ToSmall();
  if (!small.has_value()) return 0;
  value = static_cast<int>(*small);
  return number->length;
}

std::string DateScanner::MonthFrom(int offset) const {
  const int months = today_.year * 12 + today_.month - 1 + offset;
  return Iso(months / 12, months % 12 + 1);
}

std::string DateScanner::QuarterFrom(int offset) const {
  const int quarters = today_.year * 4 + (today_.month - 1) / 3 + offset;
  return Quarter(quarters / 4, quarters % 4 + 1);
}

std::string DateScanner::Quarter(int year, int quarter) const { return fmt::format("{:04}-Q{}", year, quarter); }

int DateScanner::NearestYear(int month, bool ahead) const {
  const int months = month - today_.month;
  if (ahead) return months < 0 ? today_.year + 1 : today_.year;
  if (months > 6) return today_.year - 1;
  if (months < -6) return today_.year + 1;
  return today_.year;
}

ReadValue DateScanner::Ago(uint32_t length, int count, TimeUnit unit) const {
  switch (unit) {
    case TimeUnit::kDay:
      return Date(length, Iso(*scan_.published - count));
    case TimeUnit::kWeek:
      return Date(length, Iso(*scan_.published - 7 * count), "week");
    case TimeUnit::kMonth:
      return Date(length, MonthFrom(-count));
    case TimeUnit::kYear:
      break;
  }
  return Date(length, fmt::format("{:04}", today_.year - count));
}

namespace {

class DateReader : DateScanner {
 public:
  DateReader(const ValueScan& scan, uint32_t begin) : DateScanner(scan, begin) {}

  std::optional<ReadValue> Read() const {
    std::optional<ReadValue> date = One(scan_, begin_);
    if (IsDigit(At(0))) {
      if (auto years = Years(); years.has_value() && (!date.has_value() || date->length < years->length)) return years;
    }
    if (!date.has_value() || date->value.empty()) return date;
    Extend(*date);
    return date;
  }

 private:
  std::optional<ReadValue> One(const ValueScan& scan, uint32_t i) const {
    const char32_t c = scan.At(i);
    if (IsDigit(c)) {
      if (i == begin_) {
        if (auto date = InDigits()) return date;
      }
      if (auto date = ReadChineseDate(scan, i)) return date;
      return ReadEnglishDate(scan, i);
    }
    if (IsHan(c) || c == U'q') {
      if (auto date = ReadChineseDate(scan, i)) return date;
    }
    if (IsLatinLetter(c)) return ReadEnglishDate(scan, i);
    return std::nullopt;
  }

  // 2024-07-24, 2024/7/24
  std::optional<ReadValue> InDigits() const {
    int year = 0, month = 0, day = 0;
    if (!IsDigit(At(3)) || Small(0, 4, year) != 4) return std::nullopt;
    const char32_t mark = At(4);
    if (mark != U'-' && mark != U'/' && mark != U'.') return std::nullopt;
    const uint32_t month_length = Small(5, 2, month);
    if (month_length == 0 || At(5 + month_length) != mark) return std::nullopt;
    const uint32_t day_length = Small(6 + month_length, 2, day);
    if (day_length == 0 || !IsDate(year, month, day)) return std::nullopt;
    return Date(6 + month_length + day_length, Iso(year, month, day));
  }

  static bool IsMark(char32_t c) {
    return c == U'-' || c == U'~' || c == U'–' || c == U'—' || c == U'至' || c == U'到';
  }

  // 2019-2021年, 2015到2018年, 2019-2021; in brackets also of times long past (1480 – 1555).
  std::optional<ReadValue> Years() const {
    int first = 0, last = 0;
    if (Small(0, 4, first) != 4) return std::nullopt;
    const bool in_brackets = scan_.Before(begin_) == U'(' || scan_.Last(begin_, 4) == U"(c. ";
    if (in_brackets && At(4) == U' ' && IsMark(At(5)) && At(6) == U' ' && Small(7, 4, last) == 4 && At(11) == U')' &&
        first >= 1000 && first < last && last <= 2100) {
      return Date(11, fmt::format("{}/{}", first, last));
    }
    if (!IsMark(At(4)) || Small(5, 4, last) != 4) return std::nullopt;
    if (first < (in_brackets && At(9) == U')' ? 1000 : 1800) || last > 2100 || first >= last) return std::nullopt;
    const char32_t after = At(9);
    if (after == U'-' || after == U'%' || IsLatinLetter(after) || (after == U'.' && IsDigit(At(10))))
      return std::nullopt;
    if (after != U'年' && IsHan(At(4))) return std::nullopt;
    return Date(after == U'年' ? 10 : 9, fmt::format("{}/{}", first, last));
  }

  // Behind a date: 至2021年, 至6日, "to August", "-5".
  void Extend(ReadValue& date) const {
    uint32_t next = date.length;
    const bool mark = IsMark(At(next));
    if (mark) {
      ++next;
    } else if (From(next).starts_with(U" to ")) {
      next += 4;
    } else if (From(next).starts_with(U" through ")) {
      next += 9;
    } else {
      return;
    }
    if (!IsDigit(static_cast<char32_t>(date.value[0]))) return;
    if (mark && ExtendByDay(date, next)) return;
    // A month without a year is that of the first date, or the next.
    ValueScan scan = scan_;
    scan.published = ParseDay(date.value);
    const std::optional<ReadValue> second = One(scan, begin_ + next);
    if (!second.has_value() || second->value.size() != date.value.size() || second->value <= date.value ||
        second->value.find('/') != std::string::npos || !second->precision.empty())
      return;
    date.value += "/" + second->value;
    date.length = next + second->length;
  }

  // The day alone, of the same month: 4月1日至6日, "April 2-5".
  bool ExtendByDay(ReadValue& date, uint32_t next) const {
    if (date.value.size() != 10 || !date.precision.empty()) return false;
    int day = 0;
    const uint32_t length = Small(next, 2, day);
    if (length == 0) return false;
    uint32_t end = next + length;
    const char32_t after = At(end);
    const bool chinese = IsHan(At(date.length - 1));
    if (chinese ? after != U'日' && after != U'号' : IsHan(after) || IsLatinLetter(after) || after == U':')
      return false;
    if (chinese) ++end;
    const int year = std::stoi(date.value.substr(0, 4)), month = std::stoi(date.value.substr(5, 2));
    if (day <= std::stoi(date.value.substr(8)) || !IsDate(year, month, day)) return false;
    date.value += "/" + Iso(year, month, day);
    date.length = end;
    return true;
  }
};

}  // namespace

std::optional<ReadValue> ReadDate(const ValueScan& scan, uint32_t i) { return DateReader(scan, i).Read(); }

}  // namespace newsgraph
