#include "ingest/readers/published_date.h"

#include <fmt/format.h>
#include <unicode/regex.h>
#include <unicode/unistr.h>

#include <cstdlib>
#include <iterator>
#include <memory>
#include <optional>

#include "graph/day.h"

namespace newsgraph {
namespace {

// Dates stand early in whatever holds one.
constexpr size_t kSearchedBytes = 512;

constexpr const char* kMonths[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};

// Which group holds what; 0: none.
struct DatePattern {
  const char* pattern;
  int year, month, day, half_day, hour, minute, second, zone;
  int year_offset;
};

#define NEWSGRAPH_TIME                                                                                                                    \
  "(?:[T\\s]*(上午|下午|晚上|晚間|凌晨|中午)?\\s*(\\d{1,2})\\s*[:：時时點点](\\d{2})(?:[:：分](\\d{2}))?(?:[.,]\\d+)?" \
  "\\s*(Z|UTC|GMT|[+-]\\d{2}:?\\d{2})?)?"
#define NEWSGRAPH_MONTH \
  "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\\.?"

constexpr DatePattern kPatterns[] = {
    {"民[國国]\\s*(\\d{2,3})\\s*年\\s*(\\d{1,2})\\s*月\\s*(\\d{1,2})\\s*日" NEWSGRAPH_TIME, 1, 2, 3, 4, 5, 6, 7, 8,
     1911},
    {"(?<!\\d)(\\d{4})\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d{1,2})(?!\\d)日?" NEWSGRAPH_TIME, 1, 2, 3, 4, 5, 6, 7,
     8, 0},
    {"(?<!\\d)((?:19|20)\\d{2})(\\d{2})(\\d{2})(?!\\d)(?:T(\\d{2})(\\d{2})(\\d{2})?(Z|[+-]\\d{2}:?\\d{2})?)?", 1, 2, 3,
     0, 4, 5, 6, 7, 0},
    {"(?<!\\d)(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?" NEWSGRAPH_MONTH
     ",?\\s+(\\d{4})(?:,?\\s+(\\d{2}):(\\d{2})(?::(\\d{2}))?\\s*([+-]\\d{2}:?\\d{2}|[A-Z]{1,4})?)?",
     3, 2, 1, 0, 4, 5, 6, 7, 0},
    {"\\b" NEWSGRAPH_MONTH "\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})", 3, 1, 2, 0, 0, 0, 0, 0, 0},
};

// Words beside a date that say what it is of.
constexpr const char* kDateLine =
    "^[\\s(（\\[|｜·•,，]*(?:(?:發布|发布|發佈|發表|刊登|出版|更新|最後更新|最后更新|新聞|時間|时间|日期|於|于|"
    "published|posted|"
    "updated|last\\s+updated|date|on|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[\\s:：,.，]*)*@"
    "(?:\\s*(?:上午|下午|am|pm|a\\.m\\.|p\\.m\\.|at|發布|发布|發佈|更新|[A-Z]{2,4}|[\\d:：,，]+|[（(][一二三四五六日][)"
    "）]|"
    "星期[一二三四五六日]))*[\\s)）\\]|｜·•]*$";

constexpr const char* kTimeLine =
    "(?:上午|下午|晚上|凌晨)?\\s*\\d{1,2}[:：.]\\d{2}(?:[:：]\\d{2})?\\s*(?:am|pm|a\\.m\\.|p\\.m\\.|[A-Z]{3,4})?";

// Index i is kPatterns[i]; kDateLine and kTimeLine come behind.
const icu::RegexPattern& Compiled(size_t index) {
  static const auto* const patterns = [] {
    auto* const compiled = new std::unique_ptr<icu::RegexPattern>[std::size(kPatterns) + 2];
    for (size_t i = 0; i < std::size(kPatterns) + 2; ++i) {
      const char* const pattern = i < std::size(kPatterns)    ? kPatterns[i].pattern
                                  : i == std::size(kPatterns) ? kDateLine
                                                              : kTimeLine;
      UErrorCode error = U_ZERO_ERROR;
      compiled[i].reset(
          icu::RegexPattern::compile(icu::UnicodeString::fromUTF8(pattern), UREGEX_CASE_INSENSITIVE, error));
      if (U_FAILURE(error)) std::abort();
    }
    return compiled;
  }();
  return *patterns[index];
}

struct FoundDate {
  int32_t begin, end;  // of UTF-16
  std::string iso;
};

std::string Zone(std::string zone) {
  if (zone.empty()) return "";
  if (zone[0] == '+' || zone[0] == '-') {
    return zone.size() == 5 ? fmt::format("{}:{}", zone.substr(0, 3), zone.substr(3)) : zone;
  }
  for (char& c : zone) c = static_cast<char>(c & ~0x20);
  // The zones of RFC 822. Others are of more than one country.
  constexpr std::pair<std::string_view, std::string_view> kZones[] = {
      {"Z", "+00:00"},   {"UT", "+00:00"},  {"UTC", "+00:00"}, {"GMT", "+00:00"}, {"EST", "-05:00"}, {"EDT", "-04:00"},
      {"CDT", "-05:00"}, {"MST", "-07:00"}, {"MDT", "-06:00"}, {"PST", "-08:00"}, {"PDT", "-07:00"}};
  for (const auto& [name, offset] : kZones) {
    if (zone == name) return std::string(offset);
  }
  return "";
}

std::string Iso(icu::RegexMatcher& matcher, const DatePattern& pattern) {
  UErrorCode error = U_ZERO_ERROR;
  const auto group = [&](int number) {
    std::string text;
    if (number > 0 && matcher.start(number, error) >= 0) matcher.group(number, error).toUTF8String(text);
    return text;
  };
  std::string month_name = group(pattern.month).substr(0, 3);
  int month = std::atoi(month_name.c_str());
  for (char& c : month_name) c = static_cast<char>(c | 0x20);
  for (size_t i = 0; i < std::size(kMonths); ++i) {
    if (month_name == kMonths[i]) month = static_cast<int>(i) + 1;
  }
  std::string iso = fmt::format("{:04}-{:02}-{:02}", std::atoi(group(pattern.year).c_str()) + pattern.year_offset,
                                month, std::atoi(group(pattern.day).c_str()));
  if (!ParseDay(iso)) return "";
  const std::string hour_text = group(pattern.hour);
  if (hour_text.empty()) return iso;
  int hour = std::atoi(hour_text.c_str());
  const std::string half = group(pattern.half_day);
  if ((half == "下午" || half == "晚上" || half == "晚間") && hour < 12) hour += 12;
  const int minute = std::atoi(group(pattern.minute).c_str()), second = std::atoi(group(pattern.second).c_str());
  if (hour > 23 || minute > 59 || second > 59) return iso;
  return fmt::format("{}T{:02}:{:02}:{:02}{}", iso, hour, minute, second, Zone(group(pattern.zone)));
}

std::optional<FoundDate> Find(const icu::UnicodeString& text) {
  std::optional<FoundDate> first;
  for (size_t i = 0; i < std::size(kPatterns); ++i) {
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<icu::RegexMatcher> matcher(Compiled(i).matcher(text, error));
    while (matcher->find(error) && U_SUCCESS(error)) {
      const std::string iso = Iso(*matcher, kPatterns[i]);
      if (iso.empty()) continue;
      if (!first || matcher->start(error) < first->begin) {
        first = FoundDate{matcher->start(error), matcher->end(error), iso};
      }
      break;
    }
  }
  return first;
}

icu::UnicodeString Beginning(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(std::min(text.size(), kSearchedBytes))));
}

}  // namespace

std::string FindPublishedDate(std::string_view text) {
  const std::optional<FoundDate> found = Find(Beginning(text));
  return found ? found->iso : "";
}

bool IsTimeLine(std::string_view line) {
  constexpr size_t kLongestTime = 24;
  if (line.size() > kLongestTime) return false;
  UErrorCode error = U_ZERO_ERROR;
  const icu::UnicodeString text = Beginning(line);
  const std::unique_ptr<icu::RegexMatcher> matcher(Compiled(std::size(kPatterns) + 1).matcher(text, error));
  return matcher->matches(error) && U_SUCCESS(error);
}

bool IsDateLine(std::string_view line) {
  constexpr size_t kLongestLine = 120;
  if (line.size() > kLongestLine) return false;
  icu::UnicodeString text = Beginning(line);
  const std::optional<FoundDate> found = Find(text);
  if (!found) return false;
  text.replace(found->begin, found->end - found->begin, icu::UnicodeString(u'@'));
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::RegexMatcher> matcher(Compiled(std::size(kPatterns)).matcher(text, error));
  return matcher->matches(error) && U_SUCCESS(error);
}

}  // namespace newsgraph
