#include "graph/day.h"

namespace newsgraph {
namespace {

// Days and back: Howard Hinnant, "chrono-compatible low-level date algorithms".
int32_t DayOf(int32_t year, int32_t month, int32_t day) {
  const int32_t shifted_year = year - (month <= 2 ? 1 : 0);
  const int32_t era = (shifted_year >= 0 ? shifted_year : shifted_year - 399) / 400;
  const int32_t year_of_era = shifted_year - era * 400;
  const int32_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

int32_t DaysInMonth(int32_t year, int32_t month) {
  return month == 12 ? 31 : DayOf(year, month + 1, 1) - DayOf(year, month, 1);
}

// `width` digits at the beginning, taken off `text`.
std::optional<int32_t> TakeNumber(std::string_view& text, size_t width) {
  if (text.size() < width) return std::nullopt;
  int32_t value = 0;
  for (size_t i = 0; i < width; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(width);
  return value;
}

struct Period {
  int32_t first;
  int32_t last;
};

std::optional<Period> ParsePeriod(std::string_view iso) {
  const auto year = TakeNumber(iso, 4);
  if (!year) return std::nullopt;
  if (iso.empty()) return Period{DayOf(*year, 1, 1), DayOf(*year, 12, 31)};
  if (iso[0] != '-') return std::nullopt;
  iso.remove_prefix(1);
  const auto month = TakeNumber(iso, 2);
  if (!month || *month < 1 || *month > 12) return std::nullopt;
  const int32_t days = DaysInMonth(*year, *month);
  if (iso.empty()) return Period{DayOf(*year, *month, 1), DayOf(*year, *month, days)};
  if (iso[0] != '-') return std::nullopt;
  iso.remove_prefix(1);
  const auto day = TakeNumber(iso, 2);
  if (!day || *day < 1 || *day > days) return std::nullopt;
  if (!iso.empty() && iso[0] != 'T' && iso[0] != ' ') return std::nullopt;
  return Period{DayOf(*year, *month, *day), DayOf(*year, *month, *day)};
}

}  // namespace

std::optional<int32_t> ParseDay(std::string_view iso) {
  const auto period = ParsePeriod(iso);
  return period ? std::optional(period->first) : std::nullopt;
}

std::optional<int32_t> ParseLastDay(std::string_view iso) {
  const auto period = ParsePeriod(iso);
  return period ? std::optional(period->last) : std::nullopt;
}

int32_t MonthOfDay(int32_t day) {
  const int64_t shifted = int64_t{day} + 719468;
  const int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const int64_t day_of_era = shifted - era * 146097;
  const int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t from_march = (5 * day_of_year + 2) / 153;
  const int64_t month = from_march < 10 ? from_march + 2 : from_march - 10;  // from January, 0
  const int64_t year = year_of_era + era * 400 + (month < 2 ? 1 : 0);
  return static_cast<int32_t>((year - 1970) * 12 + month);
}

}  // namespace newsgraph
