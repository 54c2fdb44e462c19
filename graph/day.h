// Days since 1970-01-01 of the proleptic Gregorian calendar. Pure functions; safe from
// any thread.
#ifndef NEWSGRAPH_GRAPH_DAY_H_
#define NEWSGRAPH_GRAPH_DAY_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace newsgraph {

// The first day of an ISO 8601 year, month, date, or date and time ("2024", "2024-07",
// "2024-07-24", "2024-07-24T08:00:00+08:00": the day as written, whatever the zone);
// nullopt when it is none of these or no such day is.
std::optional<int32_t> ParseDay(std::string_view iso);

// The last day of the same: of the year, of the month, or the date itself.
std::optional<int32_t> ParseLastDay(std::string_view iso);

// Months since 1970-01 of a day.
int32_t MonthOfDay(int32_t day);

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_DAY_H_
