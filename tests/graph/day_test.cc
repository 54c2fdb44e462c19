#include "graph/day.h"

#include <gtest/gtest.h>

namespace newsgraph {
namespace {

TEST(DayTest, DatesCountFromTheFirstOfJanuary1970) {
  EXPECT_EQ(ParseDay("1970-01-01"), 0);
  EXPECT_EQ(ParseDay("1969-12-31"), -1);
  EXPECT_EQ(ParseDay("2000-03-01"), 11017);
  EXPECT_EQ(ParseDay("2024-07-24T23:30:00+08:00"), ParseDay("2024-07-24"));
  EXPECT_EQ(*ParseDay("2024-03-01") - *ParseDay("2024-02-28"), 2);
  EXPECT_EQ(*ParseDay("1900-03-01") - *ParseDay("1900-02-28"), 1);
}

TEST(DayTest, YearsAndMonthsAreFromTheirFirstDayToTheirLast) {
  EXPECT_EQ(ParseDay("2021"), ParseDay("2021-01-01"));
  EXPECT_EQ(ParseLastDay("2021"), ParseDay("2021-12-31"));
  EXPECT_EQ(ParseDay("2024-02"), ParseDay("2024-02-01"));
  EXPECT_EQ(ParseLastDay("2024-02"), ParseDay("2024-02-29"));
  EXPECT_EQ(ParseLastDay("2024-02-03"), ParseDay("2024-02-03"));
}

TEST(DayTest, WhatIsNoDateIsNone) {
  for (const char* text : {"", "24", "2024-", "2024-13", "2024-00-01", "2023-02-29", "2024-07-24x", "2024/07/24",
                           "July 2024", "20240724"}) {
    EXPECT_EQ(ParseDay(text), std::nullopt) << text;
    EXPECT_EQ(ParseLastDay(text), std::nullopt) << text;
  }
}

TEST(DayTest, MonthsCountFromJanuary1970) {
  EXPECT_EQ(MonthOfDay(0), 0);
  EXPECT_EQ(MonthOfDay(-1), -1);
  EXPECT_EQ(MonthOfDay(*ParseDay("2024-02-29")), 54 * 12 + 1);
  EXPECT_EQ(MonthOfDay(*ParseDay("2024-12-31")), 54 * 12 + 11);
  EXPECT_EQ(MonthOfDay(*ParseDay("2025-01-01")), 55 * 12);
}

}  // namespace
}  // namespace newsgraph
