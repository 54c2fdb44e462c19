// Dates in English.
#include <array>
#include <utility>

#include "fmt/format.h"
#include "ingest/text/date_scanner.h"
#include "ingest/text/word_tables.h"

namespace newsgraph {
namespace {

constexpr std::u32string_view kMonths[] = {U"january", U"february", U"march",     U"april",   U"may",      U"june",
                                           U"july",    U"august",   U"september", U"october", U"november", U"december"};
constexpr std::u32string_view kWeekdays[] = {U"monday", U"tuesday",  U"wednesday", U"thursday",
                                             U"friday", U"saturday", U"sunday"};
constexpr std::u32string_view kOrdinals[] = {U"first", U"second", U"third", U"fourth"};

int MonthOf(std::u32string_view word) {
  if (word.size() < 3) return 0;
  for (int m = 0; m < 12; ++m) {
    if (word == kMonths[m] || (word.size() == 3 && word == kMonths[m].substr(0, 3)) || (m == 8 && word == U"sept"))
      return m + 1;
  }
  return 0;
}

template <size_t kSize>
int IndexOf(const std::u32string_view (&words)[kSize], std::u32string_view word) {
  for (size_t i = 0; i < kSize; ++i) {
    if (words[i] == word) return static_cast<int>(i);
  }
  return -1;
}

class EnglishDateReader : DateScanner {
 public:
  EnglishDateReader(const ValueScan& scan, uint32_t begin) : DateScanner(scan, begin) {}

  std::optional<ReadValue> Read() const {
    if (rest_.empty()) return std::nullopt;
    if (IsDigit(rest_[0])) {
      if (auto date = DayFirst()) return date;
      if (auto date = BareYear()) return date;
      return AgoInWords();
    }
    const std::u32string_view word = WordAt(0);
    if (word.empty() || (word.size() > 9 && !word.starts_with(U"yesterday"))) return std::nullopt;
    if (word[0] == U'q' && word.size() == 1 && At(1) >= U'1' && At(1) <= U'4') return QuarterCode();
    if (word == U"fy") return FiscalCode();
    if (auto date = Month(word)) return date;
    if (auto date = PartOfYear(word)) return date;
    if (auto date = EdgeOfYear(word)) return date;
    if (const int weekday = IndexOf(kWeekdays, word); weekday >= 0 && IsCapital(0)) return Weekday(word, weekday);
    if (!known()) return std::nullopt;
    if (auto date = Relative(word)) return date;
    return AgoInWords();
  }

 private:
  std::u32string_view WordAt(uint32_t i) const {
    uint32_t end = i;
    while (end < rest_.size() && IsLatinLetter(rest_[end])) ++end;
    return rest_.substr(std::min<size_t>(i, rest_.size()), end - i);
  }
  // The words, and no letter behind them.
  bool Follows(uint32_t i, std::u32string_view words) const {
    return From(i).starts_with(words) && !IsLatinLetter(At(i + static_cast<uint32_t>(words.size())));
  }
  bool IsCapital(uint32_t i) const {
    const char32_t c = scan_.text.original(begin_ + i);
    return c >= U'A' && c <= U'Z';
  }
  bool IsAhead() const {
    const std::u32string_view before = scan_.Last(begin_, 48);
    for (const std::u32string_view word : {std::u32string_view(U" will "), std::u32string_view(U"scheduled "),
                                           std::u32string_view(U" set for "), std::u32string_view(U" due ")}) {
      if (before.find(word) != std::u32string_view::npos) return true;
    }
    return false;
  }

  // "left the board in August": a verb of the past close before, and nothing to come behind it.
  bool IsBehind() const {
    static constexpr std::u32string_view kVerbs[] = {U"was",  U"were", U"had",   U"left",   U"began", U"fell", U"rose",
                                                     U"took", U"went", U"won",   U"lost",   U"made",  U"met",  U"came",
                                                     U"quit", U"sold", U"spent", U"bought", U"did",   U"held"};
    const std::u32string_view before = scan_.Last(begin_, 80);
    bool behind = false;
    for (size_t i = 0; i < before.size();) {
      size_t end = i;
      while (end < before.size() && IsLatinLetter(before[end])) ++end;
      const std::u32string_view word = before.substr(i, end - i);
      if (word == U"to" || word == U"until" || word == U"by" || word == U"expected" || word == U"planned") {
        behind = false;
      } else if (IsOneOf(word, kVerbs) || (word.size() > 4 && word.ends_with(U"ed"))) {
        behind = true;
      }
      i = std::max(end, i + 1);
    }
    return behind && !IsAhead();
  }

  int YearOf(int month) const {
    const int year = NearestYear(month, IsAhead());
    const bool is_to_come = year > today_.year || (year == today_.year && month > today_.month);
    return is_to_come && IsBehind() ? year - 1 : year;
  }

  // 4, 4th; its length, 0 for none.
  uint32_t DayOfMonth(uint32_t i, int& day) const {
    uint32_t length = IsDigit(At(i)) ? Small(i, 2, day) : 0;
    if (length == 0 || day < 1 || day > 31) return 0;
    const std::u32string_view suffix = WordAt(i + length);
    if (suffix == U"st" || suffix == U"nd" || suffix == U"rd" || suffix == U"th") return length + 2;
    return suffix.empty() ? length : 0;
  }

  // The year behind "of", a comma or a space: its end; 0 for none.
  uint32_t YearAfter(uint32_t i, int& year) const {
    uint32_t start = i;
    for (const std::u32string_view joint :
         {std::u32string_view(U" of "), std::u32string_view(U", "), std::u32string_view(U" ")}) {
      if (From(i).starts_with(joint)) {
        start += static_cast<uint32_t>(joint.size());
        break;
      }
    }
    if (start == i || !IsDigit(At(start)) || Small(start, 4, year) != 4 || year < 1000 || year > 2200) return 0;
    if (year < 1500 && !EndsDate(start + 4)) return 0;
    return IsLatinLetter(At(start + 4)) || At(start + 4) == U'%' ? 0 : start + 4;
  }

  // Whether what follows a number of four digits lets it be a year long past: a mark, a name, or a word that is
  // counted by none. "in 1249 the town", not "in 1249 houses".
  bool EndsDate(uint32_t i) const {
    static constexpr std::u32string_view kWords[] = {
        U"a",    U"after", U"and",   U"as",    U"at",    U"before", U"but",   U"by",    U"during", U"for",
        U"from", U"he",    U"his",   U"her",   U"in",    U"it",     U"its",   U"near",  U"of",     U"on",
        U"or",   U"she",   U"the",   U"their", U"there", U"they",   U"to",    U"under", U"was",    U"were",
        U"when", U"where", U"while", U"who",   U"with",  U"until",  U"which", U"that"};
    const char32_t c = At(i);
    if ((c == U'.' || c == U',') && IsDigit(At(i + 1))) return false;
    if (c == 0 || c == U'.' || c == U',' || c == U';' || c == U')' || c == U']') return true;
    if (c != U' ' || i + 1 >= rest_.size()) return false;
    return At(i + 1) == U'(' || IsCapital(i + 1) || IsOneOf(WordAt(i + 1), kWords);
  }

  // 24 July 2024, 4th of July
  std::optional<ReadValue> DayFirst() const {
    int day = 0;
    const uint32_t length = DayOfMonth(0, day);
    if (length == 0 || At(length) != U' ') return std::nullopt;
    const uint32_t start = From(length).starts_with(U" of ") ? length + 4 : length + 1;
    const std::u32string_view word = WordAt(start);
    const int month = MonthOf(word);
    if (month == 0 || !IsCapital(start)) return std::nullopt;
    return BehindDay(start + static_cast<uint32_t>(word.size()), month, day);
  }

  std::optional<ReadValue> BehindDay(uint32_t end, int month, int day) const {
    int year = 0;
    if (const uint32_t year_end = YearAfter(end, year); year_end > 0 && IsDate(year, month, day))
      return Date(year_end, Iso(year, month, day));
    if (!known()) return Date(end, {});
    year = YearOf(month);
    if (!IsDate(year, month, day)) return std::nullopt;
    return Date(end, Iso(year, month, day));
  }

  // July 24, 2024; July 2024; in July
  std::optional<ReadValue> Month(std::u32string_view word) const {
    const int month = MonthOf(word);
    if (month == 0 || !IsCapital(0)) return std::nullopt;
    const auto length = static_cast<uint32_t>(word.size());
    const uint32_t end = length + (At(length) == U'.' && length <= 4 ? 1 : 0);
    int day = 0, year = 0;
    if (At(end) == U' ') {
      if (const uint32_t day_length = DayOfMonth(end + 1, day); day_length > 0)
        return BehindDay(end + 1 + day_length, month, day);
    }
    if (const uint32_t year_end = YearAfter(length, year); year_end > 0) return Date(year_end, Iso(year, month));
    // May and March are words too; a month alone follows a preposition or a month.
    if (!StandsAlone()) return std::nullopt;
    return Date(length, known() ? Iso(YearOf(month), month) : std::string());
  }

  bool StandsAlone() const {
    static constexpr std::u32string_view kWords[] = {U"in",   U"since",  U"until", U"by",      U"from", U"through",
                                                     U"late", U"early",  U"mid",   U"during",  U"to",   U"for",
                                                     U"of",   U"before", U"after", U"between", U"and"};
    return IsOneOf(scan_.WordBefore(begin_), kWords);
  }

  std::optional<ReadValue> Weekday(std::u32string_view word, int weekday) const {
    const auto length = static_cast<uint32_t>(word.size());
    if (auto date = DayBehind(length)) return date;
    if (!known()) return Date(length, {});
    const int32_t back = (WeekdayOf(*scan_.published) - weekday + 7) % 7;
    if (IsAhead() && back > 0) return Date(length, Iso(*scan_.published - back + 7));
    return Date(length, Iso(*scan_.published - back));
  }

  // Monday, December 10, 2012; Monday 10 December: one day.
  std::optional<ReadValue> DayBehind(uint32_t i) const {
    const uint32_t start = SkipSpace(At(i) == U',' ? i + 1 : i);
    if (start == i || At(start - 1) != U' ') return std::nullopt;
    const EnglishDateReader behind(scan_, begin_ + start);
    std::optional<ReadValue> date;
    if (IsDigit(At(start))) {
      date = behind.DayFirst();
    } else if (const std::u32string_view month = behind.WordAt(0); !month.empty()) {
      const auto end = static_cast<uint32_t>(month.size());
      int day = 0;
      if (behind.DayOfMonth(behind.SkipSpace(behind.At(end) == U'.' ? end + 1 : end), day) > 0)
        date = behind.Month(month);
    }
    if (date.has_value()) date->length += start;
    return date;
  }

  // third quarter of 2025, first half, fiscal year 2025
  std::optional<ReadValue> PartOfYear(std::u32string_view word) const {
    const auto length = static_cast<uint32_t>(word.size());
    int year = 0;
    if (word == U"fiscal") {
      const uint32_t i = Follows(length, U" year") ? length + 5 : length;
      if (const uint32_t end = YearAfter(i, year); end > 0) return Date(end, fmt::format("FY{}", year));
      return std::nullopt;
    }
    const int q = IndexOf(kOrdinals, word);
    if (q < 0) return std::nullopt;
    if (Follows(length, U" quarter") || Follows(length, U"-quarter")) {
      const uint32_t end = length + 8;
      for (const std::u32string_view fiscal :
           {std::u32string_view(U" of fiscal "), std::u32string_view(U" of fiscal year ")}) {
        const auto joint = static_cast<uint32_t>(fiscal.size()) - 1;
        if (!From(end).starts_with(fiscal)) continue;
        if (const uint32_t year_end = YearAfter(end + joint, year); year_end > 0)
          return Date(year_end, fmt::format("FY{}-Q{}", year, q + 1));
      }
      if (const uint32_t year_end = YearAfter(end, year); year_end > 0) return Date(year_end, Quarter(year, q + 1));
      if (known() && !From(end).starts_with(U" of ")) return Date(end, Quarter(today_.year, q + 1));
      return std::nullopt;
    }
    if (q < 2 && (Follows(length, U" half") || Follows(length, U"-half"))) {
      if (const uint32_t year_end = YearAfter(length + 5, year); year_end > 0)
        return Date(year_end, fmt::format("{:04}-H{}", year, q + 1));
      // Of a year that is not named, and of no match.
      if (known() && scan_.WordBefore(begin_) == U"the" && !From(length + 5).starts_with(U" of "))
        return Date(length + 5, fmt::format("{:04}-H{}", today_.year, q + 1));
    }
    return std::nullopt;
  }

  // end of the year, start of next year, year-end; the end of 2026 is 2026.
  std::optional<ReadValue> EdgeOfYear(std::u32string_view word) const {
    if (word == U"year" && Follows(4, U"-end") && known()) return Date(8, Iso(today_.year, 12));
    const bool end = word == U"end";
    if (!end && word != U"start" && word != U"beginning") return std::nullopt;
    const auto length = static_cast<uint32_t>(word.size());
    if (!From(length).starts_with(U" of ")) return std::nullopt;
    if (!known()) return std::nullopt;
    static constexpr std::pair<std::u32string_view, int> kYears[] = {
        {U"the year", 0}, {U"this year", 0}, {U"next year", 1}, {U"last year", -1}};
    for (const auto& [words, offset] : kYears) {
      if (Follows(length + 4, words))
        return Date(length + 4 + static_cast<uint32_t>(words.size()), Iso(today_.year + offset, end ? 12 : 1));
    }
    return std::nullopt;
  }

  std::optional<ReadValue> Relative(std::u32string_view word) const {
    const auto length = static_cast<uint32_t>(word.size());
    static constexpr std::pair<std::u32string_view, int> kDays[] = {
        {U"today", 0}, {U"tonight", 0}, {U"yesterday", -1}, {U"tomorrow", 1}};
    for (const auto& [day, offset] : kDays) {
      if (word == day) return Date(length, Iso(*scan_.published + offset));
    }
    const int step = word == U"last" ? -1 : word == U"next" ? 1 : 0;
    if ((step == 0 && word != U"this") || At(length) != U' ') return std::nullopt;
    const std::u32string_view unit = WordAt(length + 1);
    const auto end = static_cast<uint32_t>(length + 1 + unit.size());
    // This year is now.
    if (unit == U"year" && step != 0) return Date(end, fmt::format("{:04}", today_.year + step));
    if (unit == U"month") return Date(end, MonthFrom(step));
    if (unit == U"week") return Date(end, Iso(Monday(step)), "week");
    if (unit == U"quarter") return Date(end, QuarterFrom(step));
    if (unit == U"night" && step < 0) return Date(end, Iso(*scan_.published - 1));
    if (step == 0) return std::nullopt;
    if (const int weekday = IndexOf(kWeekdays, unit); weekday >= 0) {
      const int32_t back = (WeekdayOf(*scan_.published) - weekday + 7) % 7;
      if (step > 0) return Date(end, Iso(*scan_.published + (7 - back)));
      return Date(end, Iso(*scan_.published - (back == 0 ? 7 : back)));
    }
    if (const int month = MonthOf(unit); month > 0 && IsCapital(length + 1)) {
      const bool other = step < 0 ? month >= today_.month : month <= today_.month;
      return Date(end, Iso(today_.year + (other ? step : 0), month));
    }
    return std::nullopt;
  }

  // two weeks ago, a year ago, 3 days ago
  std::optional<ReadValue> AgoInWords() const {
    if (!known()) return std::nullopt;
    int count = 1;
    uint32_t i = 0;
    if (WordAt(0) == U"a") {
      i = 1;
    } else {
      const std::optional<ReadNumber> number = ReadEnglishNumber(rest_, false);
      if (!number.has_value() || number->is_range() || number->scaled || !number->low.ToSmall()) return std::nullopt;
      count = static_cast<int>(*number->low.ToSmall());
      i = number->length;
    }
    if (At(i) != U' ' || count < 1 || count > 999) return std::nullopt;
    const std::u32string_view word = WordAt(i + 1);
    const auto end = static_cast<uint32_t>(i + 1 + word.size());
    if (!Follows(end, U" ago")) return std::nullopt;
    static constexpr std::pair<std::u32string_view, TimeUnit> kUnits[] = {
        {U"day", TimeUnit::kDay}, {U"week", TimeUnit::kWeek}, {U"month", TimeUnit::kMonth}, {U"year", TimeUnit::kYear}};
    for (const auto& [unit, step] : kUnits) {
      if (word == unit || (word.size() == unit.size() + 1 && word.starts_with(unit) && word.back() == U's'))
        return Ago(end + 4, count, step);
    }
    if (word == U"decade" || word == U"decades") return Ago(end + 4, 10 * count, TimeUnit::kYear);
    return std::nullopt;
  }

  // Q3, Q1 2026, Q4 of 2025
  std::optional<ReadValue> QuarterCode() const {
    const auto quarter = static_cast<int>(At(1) - U'0');
    if (IsDigit(At(2)) || IsLatinLetter(At(2))) return std::nullopt;
    int year = 0;
    if (const uint32_t end = YearAfter(2, year); end > 0) return Date(end, Quarter(year, quarter));
    if (!known()) return std::nullopt;
    return Date(2, Quarter(today_.year, quarter));
  }

  // FY2023, FY 2023
  std::optional<ReadValue> FiscalCode() const {
    const uint32_t start = SkipSpace(2);
    int year = 0;
    if (!IsDigit(At(start)) || Small(start, 4, year) != 4 || year < 1900 || year > 2100) return std::nullopt;
    return Date(start + 4, fmt::format("FY{}", year));
  }

  // 2016 and the 1990s: a number alone that is a year.
  std::optional<ReadValue> BareYear() const {
    if (!IsDigit(At(3))) return std::nullopt;
    int year = 0;
    if (Small(0, 4, year) != 4 || year < 1000 || year > 2100) return std::nullopt;
    const char32_t after = At(4);
    if (year >= 1800 && after == U's' && !IsLatinLetter(At(5)) && year % 10 == 0)
      return Date(5, fmt::format("{}s", year));
    if (IsLatinLetter(after) || after == U'%' || IsHan(after)) return std::nullopt;
    if ((after == U'.' || after == U',') && IsDigit(At(5))) return std::nullopt;
    static constexpr std::u32string_view kTimes[] = {
        U"in",     U"since", U"until",   U"late",        U"early", U"mid",   U"during",  U"before", U"after",
        U"year",   U"born",  U"founded", U"established", U"est",   U"circa", U"spring",  U"summer", U"autumn",
        U"winter", U"class", U"died",    U"fl",          U"ca",    U"c",     U"deceased"};
    static constexpr std::u32string_view kOthers[] = {U"by",  U"from", U"to",     U"of",     U"through",
                                                      U"for", U"and",  U"around", U"between"};
    const std::u32string_view before = WordBefore();
    // (2016): a year that stands alone in brackets.
    const bool in_brackets = scan_.Before(begin_) == U'(' && after == U')';
    if (year < 1800) {
      if (!IsOfLife() && !((in_brackets || IsOneOf(before, kTimes)) && EndsDate(4))) return std::nullopt;
    } else if (!in_brackets && !IsOneOf(before, kTimes) && !(IsOneOf(before, kOthers) && !CountsSomething()) &&
               !IsOfLife()) {
      return std::nullopt;
    }
    return Date(4, fmt::format("{:04}", year));
  }

  // The word before, also where a full stop shortens it: c. 1480.
  std::u32string_view WordBefore() const {
    const std::u32string_view word = scan_.WordBefore(begin_);
    if (!word.empty() || scan_.Before(begin_) != U' ' || begin_ < 2 || scan_.Before(begin_ - 1) != U'.') return word;
    const std::u32string_view before = scan_.Last(begin_ - 2, 12);
    size_t begin = before.size();
    while (begin > 0 && IsLatinLetter(before[begin - 1])) --begin;
    return before.substr(begin);
  }

  static bool IsDash(char32_t c) { return c == U'-' || c == U'–' || c == U'—' || c == U'−'; }

  // (1904 – 24 September 1932), (Turin, 1904 – Milan, 1951), (b. 1904): a year of a life, which brackets hold.
  bool IsOfLife() const {
    const std::u32string_view before = scan_.Last(begin_, 80);
    const size_t open = before.find_last_of(U"()");
    if (open == std::u32string_view::npos || before[open] == U')') return false;
    const std::u32string_view inside = before.substr(open + 1);
    const std::u32string_view word = WordBefore();
    if (word == U"b" || word == U"d" || word == U"r") return EndsDate(4);
    const bool opens = inside.empty() || inside.ends_with(U"; ") || inside.ends_with(U", ");
    if (opens && EndsDate(4) && At(4) != U' ') return !inside.empty();
    if (opens) {
      // What comes behind the dash is another date.
      uint32_t i = SkipSpace(4);
      if (!IsDash(At(i))) return false;
      i = SkipSpace(i + 1);
      const std::u32string_view about = WordAt(i);
      if (about == U"c" || about == U"ca") i = SkipSpace(i + static_cast<uint32_t>(about.size()) + 1);
      uint32_t digits = 0;
      while (IsDigit(At(i + digits))) ++digits;
      return digits == 4 ? EndsDate(i + 4) : digits < 3 && IsCapital(digits == 0 ? i : SkipSpace(i + digits));
    }
    // What stands before the dash is one.
    if (inside.size() < 5 || !EndsDate(4)) return false;
    size_t end = inside.size();
    if (inside[end - 1] == U' ') --end;
    if (end == 0 || !IsDash(inside[end - 1])) return false;
    --end;
    if (end > 0 && inside[end - 1] == U' ') --end;
    return end >= 4 &&
           std::all_of(inside.begin() + static_cast<std::ptrdiff_t>(end) - 4,
                       inside.begin() + static_cast<std::ptrdiff_t>(end), [](char32_t c) { return IsDigit(c); });
  }

  // "a total of 1967 votes": a plural behind the number.
  bool CountsSomething() const {
    if (At(4) != U' ' || IsCapital(5)) return false;
    const std::u32string_view word = WordAt(5);
    return word == U"people" || (word.size() >= 4 && word.back() == U's' && word[word.size() - 2] != U's');
  }
};

}  // namespace

std::optional<ReadValue> ReadEnglishDate(const ValueScan& scan, uint32_t i) {
  return EnglishDateReader(scan, i).Read();
}

}  // namespace newsgraph
