// What the readers of dates share: the calendar, and a text read from where a date may begin.
#ifndef NEWSGRAPH_INGEST_TEXT_DATE_SCANNER_H_
#define NEWSGRAPH_INGEST_TEXT_DATE_SCANNER_H_

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "ingest/text/value_scanner.h"

namespace newsgraph {

struct Civil {
  int year = 0, month = 0, day = 0;
};
Civil CivilOf(int32_t days);
int32_t DaysOf(int year, int month, int day);
bool IsDate(int year, int month, int day);
int WeekdayOf(int32_t days);  // Monday is 0

// "2025-03-12", "2025-03".
std::string Iso(int32_t days);
std::string Iso(int year, int month);
std::string Iso(int year, int month, int day);

// Lengths of time back from the day of publication, as "three weeks ago" means it.
enum class TimeUnit : uint8_t { kDay, kWeek, kMonth, kYear };

class DateScanner {
 public:
  DateScanner(const ValueScan& scan, uint32_t begin);

 protected:
  static ReadValue Date(uint32_t length, std::string value, std::string_view precision = {}) {
    return {length, EntityType::kDate, std::move(value), {}, precision};
  }

  bool known() const { return scan_.published.has_value(); }
  char32_t At(uint32_t i) const { return i < rest_.size() ? rest_[i] : 0; }
  std::u32string_view From(uint32_t i) const { return rest_.substr(std::min<size_t>(i, rest_.size())); }
  uint32_t SkipSpace(uint32_t i) const { return At(i) == U' ' ? i + 1 : i; }
  // A number of at most `most` digits, in digits or numerals; its length, 0 for none.
  uint32_t Small(uint32_t i, uint32_t most, int& value) const;

  // What follows is known from the day of publication.
  int32_t Monday(int weeks) const { return *scan_.published - WeekdayOf(*scan_.published) + 7 * weeks; }
  std::string MonthFrom(int offset) const;
  std::string QuarterFrom(int offset) const;
  std::string Quarter(int year, int quarter) const;
  // The year in which a month without one lies: the nearest, or the next for what is ahead.
  int NearestYear(int month, bool ahead) const;
  ReadValue Ago(uint32_t length, int count, TimeUnit unit) const;

  const ValueScan& scan_;
  const uint32_t begin_;
  const std::u32string_view rest_;
  Civil today_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_DATE_SCANNER_H_
