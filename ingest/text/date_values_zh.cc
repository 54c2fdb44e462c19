// Dates in Chinese.
#include <utility>

#include "fmt/format.h"
#include "ingest/text/date_scanner.h"

namespace newsgraph {
namespace {

// A word for a day, month or year counted from that of publication.
struct RelativeWord {
  std::u32string_view word;
  int offset;
};

constexpr RelativeWord kDays[] = {
    {U"今天", 0},  {U"今日", 0},  {U"今早", 0},  {U"今晨", 0},  {U"今晚", 0}, {U"今夜", 0},    {U"昨天", -1},
    {U"昨日", -1}, {U"昨夜", -1}, {U"昨晚", -1}, {U"昨晨", -1}, {U"明天", 1}, {U"明日", 1},    {U"明晚", 1},
    {U"明早", 1},  {U"明晨", 1},  {U"前天", -2}, {U"前晚", -2}, {U"后天", 2}, {U"大前天", -3}, {U"大后天", 3}};
constexpr RelativeWord kMonths[] = {{U"上个月", -1}, {U"上月", -1}, {U"下个月", 1},
                                    {U"下月", 1},    {U"本月", 0},  {U"这个月", 0}};
constexpr RelativeWord kYears[] = {{U"今年", 0}, {U"本年", 0}, {U"去年", -1},  {U"前年", -2},
                                   {U"明年", 1}, {U"后年", 2}, {U"大前年", -3}};
// Counted from the date that was read last.
constexpr RelativeWord kNextYears[] = {{U"翌年", 1}, {U"次年", 1}, {U"隔年", 1}, {U"同年", 0}};
constexpr RelativeWord kNextDays[] = {{U"前一天", -1}, {U"前一日", -1}, {U"翌日", 1},
                                      {U"次日", 1},    {U"隔天", 1},    {U"隔日", 1}};
// The day of the date that was read last. 同日, 當天 are no dates (the guideline of tests/corpus).
struct SameDay {
  std::u32string_view word;
  std::u32string_view not_before;  // 同一天空, 同一日期, 同一晚餐 are other words
};
constexpr SameDay kSameDays[] = {
    {U"同一天", U"空然地线下才"}, {U"同一日", U"期本子报"}, {U"同一晚", U"会宴餐报年间"}, {U"同一夜", U"市店间"}};
constexpr RelativeWord kWeeks[] = {{U"上", -1}, {U"上个", -1}, {U"下", 1},  {U"下个", 1},
                                   {U"本", 0},  {U"这", 0},    {U"这个", 0}};

template <size_t kSize>
const RelativeWord* Find(const RelativeWord (&words)[kSize], std::u32string_view text) {
  const RelativeWord* best = nullptr;
  for (const RelativeWord& word : words) {
    if (text.starts_with(word.word) && (best == nullptr || word.word.size() > best->word.size())) best = &word;
  }
  return best;
}

class ChineseDateReader : DateScanner {
 public:
  ChineseDateReader(const ValueScan& scan, uint32_t begin) : DateScanner(scan, begin) {}

  std::optional<ReadValue> Read() const {
    if (rest_.empty()) return std::nullopt;
    if (IsHan(rest_[0]) && known()) {
      if (auto date = Relative()) return date;
    }
    if (auto date = Decade()) return date;
    if (auto date = Absolute()) return date;
    return known() ? AgoInWords() : std::nullopt;
  }

 private:
  // Behind a day 将 announces what such words tell (周四将访问, 29日下午将召开); it may also mark what is acted on:
  // 周四将球队卖给星野.
  bool IsAnnouncedBehind(uint32_t i) const {
    for (const std::u32string_view hour :
         {std::u32string_view(U"上午"), std::u32string_view(U"中午"), std::u32string_view(U"下午"),
          std::u32string_view(U"傍晚"), std::u32string_view(U"晚间"), std::u32string_view(U"晚上"),
          std::u32string_view(U"晚"), std::u32string_view(U"早上"), std::u32string_view(U"清晨"),
          std::u32string_view(U"凌晨")}) {
      if (From(i).starts_with(hour)) {
        i += static_cast<uint32_t>(hour.size());
        break;
      }
    }
    if (From(i).starts_with(U"即将")) return true;
    if (At(i) != U'将') return false;
    static constexpr std::u32string_view kAnnounced[] = {
        U"会",   U"于",   U"在",   U"要",   U"访问", U"出访", U"到访", U"会见", U"会晤", U"会谈", U"前往", U"启程",
        U"抵达", U"出席", U"参加", U"主持", U"举行", U"举办", U"召开", U"召集", U"开始", U"开庭", U"开幕", U"开播",
        U"投票", U"表决", U"审议", U"审理", U"宣判", U"公布", U"公开", U"发布", U"宣布", U"发表", U"推出", U"上市",
        U"上映", U"上线", U"上路", U"登场", U"生效", U"实施", U"复牌", U"停牌", U"迎战", U"对阵"};
    const std::u32string_view rest = From(i + 1);
    return std::any_of(std::begin(kAnnounced), std::end(kAnnounced),
                       [&](std::u32string_view word) { return rest.starts_with(word); });
  }

  // 央行将于20日, 定于周五, and what 将 announces behind a day that ends at `end`.
  bool IsAhead(uint32_t end) const { return IsAhead() || IsAnnouncedBehind(end); }

  bool IsAhead() const {
    const std::u32string_view before = scan_.Last(begin_, 8);
    for (const std::u32string_view word :
         {std::u32string_view(U"将"), std::u32string_view(U"订于"), std::u32string_view(U"订在"),
          std::u32string_view(U"定于"), std::u32string_view(U"预定"), std::u32string_view(U"预计"),
          std::u32string_view(U"拟于"), std::u32string_view(U"会在"), std::u32string_view(U"会于")}) {
      if (before.find(word) != std::u32string_view::npos) return true;
    }
    return false;
  }

  // 第三季, 三季度, 上半年, Q3 behind a year; value is the part behind the dash, length 0 for none.
  std::pair<uint32_t, std::string> PartOfYear(uint32_t i, bool fiscal) const {
    const std::u32string_view rest = From(i);
    if (rest.empty()) return {0, {}};
    if (rest.starts_with(U"上半年")) return {3, "H1"};
    if (rest.starts_with(U"下半年")) return {3, "H2"};
    if (rest.starts_with(U"首季度")) return {3, "Q1"};
    if (rest.starts_with(U"首季")) return {2, "Q1"};
    if (rest.starts_with(U"末季")) return {2, "Q4"};
    if (rest[0] == U'q' && At(i + 1) >= U'1' && At(i + 1) <= U'4' && !IsDigit(At(i + 2)) && !IsLatinLetter(At(i + 2)))
      return {2, fmt::format("Q{}", static_cast<int>(At(i + 1) - U'0'))};
    uint32_t begin = i;
    const bool ordinal = rest[0] == U'第';
    if (ordinal) ++begin;
    int quarter = 0;
    const uint32_t length = Small(begin, 1, quarter);
    if (length == 0 || quarter < 1 || quarter > 4) return {0, {}};
    uint32_t end = begin + length;
    const std::u32string_view unit = From(end);
    if (unit.starts_with(U"季度") || unit.starts_with(U"财季")) {
      end += 2;
    } else if (ordinal && unit.starts_with(U"季")) {
      end += 1;
    } else if (ordinal && fiscal && unit.starts_with(U"会计季")) {
      end += 3;
    } else {
      return {0, {}};
    }
    return {end - i, fmt::format("Q{}", quarter)};
  }

  // 前三季: from January on.
  std::optional<ReadValue> FirstQuarters(uint32_t i, int year) const {
    if (At(i) != U'前' && At(i) != U'首') return std::nullopt;
    int quarters = 0;
    const uint32_t length = Small(i + 1, 1, quarters);
    uint32_t end = i + 1 + length;
    if (length == 0 || quarters < 2 || quarters > 3 || At(end) != U'季') return std::nullopt;
    end += At(end + 1) == U'度' ? 2 : 1;
    return Date(end, fmt::format("{:04}-01/{:04}-{:02}", year, year, 3 * quarters));
  }

  // Behind a year that is known: 年底, 12月, 12月3日, 第三季, 上半年.
  ReadValue BehindYear(uint32_t i, int year) const {
    i = std::min<uint32_t>(i, static_cast<uint32_t>(rest_.size()));
    const std::u32string_view rest = From(i);
    static constexpr std::pair<std::u32string_view, std::string_view> kParts[] = {
        {U"年年底", "12"}, {U"年底", "12"}, {U"年末", "12"}, {U"底", "12"},
        {U"年年初", "01"}, {U"年初", "01"}, {U"初", "01"},   {U"元旦", "01-01"}};
    for (const auto& [word, part] : kParts) {
      if (rest.starts_with(word))
        return Date(i + static_cast<uint32_t>(word.size()), fmt::format("{:04}-{}", year, part));
    }
    if (const auto [length, part] = PartOfYear(i, false); length > 0)
      return Date(i + length, fmt::format("{:04}-{}", year, part));
    if (auto quarters = FirstQuarters(i, year)) return *quarters;
    const uint32_t start = SkipSpace(i);
    int month = 0;
    if (const uint32_t length = Small(start, 2, month); length > 0 && month >= 1 && month <= 12) {
      const uint32_t end = SkipSpace(start + length);
      if (At(end) == U'月') return BehindMonth(end + 1, year, month);
    }
    if (rest.starts_with(U"度") && At(i + 1) != U'假' && At(i + 1) != U'过') ++i;
    return Date(i, fmt::format("{:04}", year));
  }

  // Behind a month: 3日, 底, 份, or nothing.
  ReadValue BehindMonth(uint32_t end, int year, int month) const {
    int day = 0;
    const uint32_t start = SkipSpace(end);
    const uint32_t length = Small(start, 2, day);
    const uint32_t day_end = SkipSpace(start + length);
    if (length > 0 && (At(day_end) == U'日' || At(day_end) == U'号') && IsDate(year, month, day))
      return Date(day_end + 1, Iso(year, month, day));
    // 4月2-5日
    int last = 0;
    if (length > 0 && (At(start + length) == U'-' || At(start + length) == U'至' || At(start + length) == U'到')) {
      const uint32_t last_start = start + length + 1;
      const uint32_t last_length = Small(last_start, 2, last);
      if (last_length > 0 && At(last_start + last_length) == U'日' && day < last && IsDate(year, month, day) &&
          IsDate(year, month, last))
        return Date(last_start + last_length + 1, Iso(year, month, day) + "/" + Iso(year, month, last));
    }
    if (At(end) == U'份') ++end;
    if (At(end) == U'底' || At(end) == U'初') ++end;
    return Date(end, Iso(year, month));
  }

  // 上世纪90年代, 80年代, 八〇年代
  std::optional<ReadValue> Decade() const {
    uint32_t i = 0;
    for (const std::u32string_view century : {std::u32string_view(U"上世纪"), std::u32string_view(U"上个世纪"),
                                              std::u32string_view(U"20世纪"), std::u32string_view(U"二十世纪")}) {
      if (rest_.starts_with(century)) i = static_cast<uint32_t>(century.size());
    }
    int decade = 0;
    uint32_t length = 0;
    if (!IsDigit(At(i)) && NumeralOf(At(i)) > 0 && (At(i + 1) == U'〇' || At(i + 1) == U'零')) {
      decade = NumeralOf(At(i)) * 10;
      length = 2;
    } else if (IsDigit(At(i)) || At(i + 1) == U'十') {
      length = Small(i, 2, decade);
    }
    if (length == 0 || decade % 10 != 0 || decade < (i > 0 ? 10 : 30) || decade > 90) return std::nullopt;
    if (!From(i + length).starts_with(U"年代")) return std::nullopt;
    return Date(i + length + 2, fmt::format("{}s", 1900 + decade));
  }

  std::optional<ReadValue> Absolute() const {
    uint32_t i = 0;
    int number = 0;
    bool republic = false;
    if (rest_.starts_with(U"民国")) {
      republic = true;
      i = SkipSpace(2);
    } else if (rest_.starts_with(U"公元") || rest_.starts_with(U"西元")) {
      i = SkipSpace(2);
    }
    const uint32_t length = Small(i, 4, number);
    if (length == 0) return i == 0 ? BareQuarter() : std::nullopt;
    const uint32_t after = SkipSpace(i + length);
    const std::u32string_view unit = From(after);
    if (republic && number > 0 && number < 300 && unit.starts_with(U"年")) return BehindYear(after + 1, number + 1911);
    if (number >= 1500 && number <= 2200) return FourDigits(number, after, unit);
    if (republic || i > 0) return std::nullopt;
    if (number >= 1 && number <= 12 && unit.starts_with(U"月") && !unit.starts_with(U"月大") &&
        scan_.Before(begin_) != U'个' && rest_[0] != U'两') {
      return BareMonth(number, after + 1);
    }
    if (number >= 1 && number <= 31 && unit.starts_with(U"日") && known()) {
      // 12日圆 is money, 12日内 a length of time; 十四日 may be one: 十四日晚間 is none.
      static constexpr std::u32string_view kWords = U"圆元币内游均";
      static constexpr std::u32string_view kBehindDay = U"晚早上下凌清深晨夜傍在于宣公表召举说与向";
      const char32_t then = At(after + 1);
      if (then != 0 && kWords.find(then) != std::u32string_view::npos) return std::nullopt;
      if (!IsDigit(rest_[0]) && (number <= 10 || then == 0 || kBehindDay.find(then) == std::u32string_view::npos)) {
        return BareQuarter();
      }
      return Date(after + 1, BareDay(number, after + 1));
    }
    return BareQuarter();
  }

  std::optional<ReadValue> FourDigits(int year, uint32_t after, std::u32string_view unit) const {
    for (const std::u32string_view fiscal :
         {std::u32string_view(U"会计年度"), std::u32string_view(U"财政年度"), std::u32string_view(U"财年"),
          std::u32string_view(U"年会计年度"), std::u32string_view(U"年财年")}) {
      if (!unit.starts_with(fiscal)) continue;
      const uint32_t end = after + static_cast<uint32_t>(fiscal.size());
      if (const auto [length, part] = PartOfYear(end, true); length > 0)
        return Date(end + length, fmt::format("FY{}-{}", year, part));
      return Date(end, fmt::format("FY{}", year));
    }
    if (unit.starts_with(U"年代")) return Date(after + 2, fmt::format("{}s", year));
    if (unit.starts_with(U"年")) {
      const bool joined = unit.starts_with(U"年底") || unit.starts_with(U"年末") || unit.starts_with(U"年初") ||
                          unit.starts_with(U"年年底") || unit.starts_with(U"年年初");
      return BehindYear(joined ? after : after + 1, year);
    }
    if (At(after) == U'q' || unit.starts_with(U"第")) {
      if (const auto [length, part] = PartOfYear(after, false); length > 0)
        return Date(after + length, fmt::format("{}-{}", year, part));
    }
    return std::nullopt;
  }

  // 第三季, 三季度, 上半年: of the year of publication.
  std::optional<ReadValue> BareQuarter() const {
    if (!known()) return std::nullopt;
    if (auto quarters = FirstQuarters(0, today_.year)) return quarters;
    const auto [length, part] = PartOfYear(0, false);
    if (length == 0 || (rest_[0] == U'q' && !IsHan(At(2)))) return std::nullopt;
    return Date(length, fmt::format("{:04}-{}", today_.year, part));
  }

  // 9月, 3月31日 without a year: the nearest to the day of publication, or the next.
  std::optional<ReadValue> BareMonth(int month, uint32_t end) const {
    if (known()) return BehindMonth(end, NearestYear(month, IsAhead()), month);
    const ReadValue value = BehindMonth(end, 2000, month);  // a leap year
    return Date(value.length, {});
  }

  // The 12th that news of today means: this month's if it has come, else last month's; next
  // month's for what is ahead.
  std::string BareDay(int day, uint32_t end) const {
    int year = today_.year, month = today_.month;
    const bool ahead = IsAhead(end);
    if (ahead && day < today_.day) {
      month = month == 12 ? 1 : month + 1;
      if (month == 1) ++year;
    } else if (!ahead && day > today_.day + 3) {
      month = month == 1 ? 12 : month - 1;
      if (month == 12) --year;
    }
    if (!IsDate(year, month, day)) return {};
    return Iso(year, month, day);
  }

  std::optional<ReadValue> Relative() const {
    if (auto date = RelativeYear()) return date;
    if (const RelativeWord* word = Find(kNextDays, rest_); word != nullptr && scan_.context.last_day.has_value()) {
      // 前一天 looks back from what has happened, not from a term ahead.
      const int32_t from =
          word->offset < 0 ? scan_.context.last_past_day.value_or(*scan_.context.last_day) : *scan_.context.last_day;
      return Date(static_cast<uint32_t>(word->word.size()), Iso(from + word->offset));
    }
    for (const SameDay& same : kSameDays) {
      const auto size = static_cast<uint32_t>(same.word.size());
      if (scan_.context.last_day.has_value() && rest_.starts_with(same.word) &&
          same.not_before.find(At(size)) == std::u32string_view::npos)
        return Date(size, Iso(*scan_.context.last_day));
    }
    if (rest_.starts_with(U"年底") || rest_.starts_with(U"年末")) return Date(2, Iso(today_.year, 12));
    if (rest_.starts_with(U"元旦")) return Date(2, Iso(NearestYear(1, IsAhead()), 1, 1));
    if (const RelativeWord* word = Find(kDays, rest_); word != nullptr) {
      const char32_t before = scan_.Before(begin_);
      if ((before == U'如' && word->offset == 0) || (before == U'以' && word->offset == 2)) return std::nullopt;
      return Date(static_cast<uint32_t>(word->word.size()), Iso(*scan_.published + word->offset));
    }
    if (auto date = Week()) return date;
    if (const RelativeWord* word = Find(kMonths, rest_); word != nullptr) {
      const int months = today_.year * 12 + today_.month - 1 + word->offset;
      return BehindMonth(static_cast<uint32_t>(word->word.size()), months / 12, months % 12 + 1);
    }
    if (rest_.starts_with(U"本季")) return Date(At(2) == U'度' ? 3 : 2, QuarterFrom(0));
    return std::nullopt;
  }

  std::optional<ReadValue> RelativeYear() const {
    if (const RelativeWord* word = Find(kYears, rest_)) {
      const char32_t before = scan_.Before(begin_);
      if (word->word.size() == 2 && (before == U'以' || before == U'之')) return std::nullopt;  // 以后年度
      const auto length = static_cast<uint32_t>(word->word.size());
      ReadValue value = BehindYear(length, today_.year + word->offset);
      // 今年 by itself is now.
      if (value.length == length && word->offset == 0) return std::nullopt;
      return value;
    }
    if (const RelativeWord* word = Find(kNextYears, rest_); word != nullptr && scan_.context.last_year > 0) {
      const ReadValue value = BehindYear(2, scan_.context.last_year + word->offset);
      // 同年秋天: seasons are of the year.
      constexpr std::u32string_view kSeasons = U"春夏秋冬", kSeasonEnds = U"天季日";
      if (value.length == 2 && kSeasons.find(At(2)) != std::u32string_view::npos) {
        return Date(kSeasonEnds.find(At(3)) != std::u32string_view::npos ? 4 : 3, value.value);
      }
      if (word->offset != 0 || value.length > 2) return value;
    }
    return std::nullopt;
  }

  // 周一, 星期三, 上周五, 下周
  std::optional<ReadValue> Week() const {
    const RelativeWord* word = Find(kWeeks, rest_);
    uint32_t i = word == nullptr ? 0 : static_cast<uint32_t>(word->word.size());
    const std::u32string_view rest = From(i);
    if (rest.starts_with(U"星期") || rest.starts_with(U"礼拜")) {
      i += 2;
    } else if (rest.starts_with(U"周")) {
      i += 1;
    } else {
      return std::nullopt;
    }
    const int weeks = word == nullptr ? 0 : word->offset;
    static constexpr std::u32string_view kWeekdays = U"一二三四五六日天";
    const char32_t c = At(i), after = At(i + 1);
    const size_t weekday = c == 0 ? std::u32string_view::npos : kWeekdays.find(c);
    if (weekday != std::u32string_view::npos) {
      // 每周一次
      const char32_t before = scan_.Before(begin_);
      if (after == U'年' || after == U'岁' || after == U'次' || before == U'每') return std::nullopt;
      int32_t date = Monday(weeks) + (weekday == 7 ? 6 : static_cast<int>(weekday));
      // 周一 alone is the last one that has been, or the next one.
      if (word == nullptr) {
        const bool ahead = IsAhead(i + 1);
        if (ahead ? date < *scan_.published : date > *scan_.published) date += ahead ? 7 : -7;
      }
      return Date(i + 1, Iso(date));
    }
    static constexpr std::u32string_view kOther = U"年岁边刊期围全身转旋遭遇密知报";
    if (word == nullptr || (c != 0 && kOther.find(c) != std::u32string_view::npos)) return std::nullopt;
    if (c == U'末') return Date(i + 1, Iso(Monday(weeks) + 5), "week");
    return Date(i, Iso(Monday(weeks)), "week");
  }

  // 三天前, 两个月前, 半年前; 2020年前 is another.
  std::optional<ReadValue> AgoInWords() const {
    int count = 0;
    uint32_t i = 0;
    TimeUnit unit = TimeUnit::kYear;
    if (rest_.starts_with(U"半年")) {
      count = 6;
      i = 2;
      unit = TimeUnit::kMonth;
    } else {
      i = Small(0, 3, count);
      if (i == 0 || count < 1 || count > 999) return std::nullopt;
      static constexpr std::pair<std::u32string_view, TimeUnit> kUnits[] = {
          {U"年", TimeUnit::kYear},     {U"个月", TimeUnit::kMonth}, {U"周", TimeUnit::kWeek},
          {U"个星期", TimeUnit::kWeek}, {U"星期", TimeUnit::kWeek},  {U"个礼拜", TimeUnit::kWeek},
          {U"天", TimeUnit::kDay},      {U"日", TimeUnit::kDay}};
      const std::u32string_view rest = From(i);
      const auto* found = std::find_if(std::begin(kUnits), std::end(kUnits),
                                       [&](const auto& row) { return rest.starts_with(row.first); });
      if (found == std::end(kUnits)) return std::nullopt;
      unit = found->second;
      i += static_cast<uint32_t>(found->first.size());
    }
    if (At(i) == U'以') ++i;
    if (At(i) != U'前' || At(i + 1) == U'后' || scan_.Before(begin_) == U'第') return std::nullopt;
    return Ago(i + 1, count, unit);
  }
};

}  // namespace

std::optional<ReadValue> ReadChineseDate(const ValueScan& scan, uint32_t i) {
  return ChineseDateReader(scan, i).Read();
}

}  // namespace newsgraph
