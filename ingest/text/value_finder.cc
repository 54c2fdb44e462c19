#include "ingest/text/value_finder.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "ingest/text/code_points.h"
#include "ingest/text/value_scanner.h"

namespace newsgraph {
namespace {

struct UnitWord {
  std::u32string_view word;
  std::string_view unit;
};

// Behind a number, longer words before those that begin them.
constexpr UnitWord kChineseMoney[] = {
    {U"美元", "USD"},     {U"美金", "USD"}, {U"元新台币", "TWD"}, {U"元台币", "TWD"},   {U"元人民币", "CNY"},
    {U"元港币", "HKD"},   {U"港元", "HKD"}, {U"港币", "HKD"},     {U"日元", "JPY"},     {U"日圆", "JPY"},
    {U"日币", "JPY"},     {U"欧元", "EUR"}, {U"英镑", "GBP"},     {U"韩元", "KRW"},     {U"韩圜", "KRW"},
    {U"韩币", "KRW"},     {U"卢布", "RUB"}, {U"卢比", "INR"},     {U"瑞士法郎", "CHF"}, {U"瑞郎", "CHF"},
    {U"新加坡元", "SGD"}, {U"新元", "SGD"}, {U"澳元", "AUD"},     {U"加元", "CAD"},     {U"新台币", "TWD"},
    {U"人民币", "CNY"},   {U"泰铢", "THB"}, {U"里拉", "TRY"},     {U"披索", "PHP"},     {U"越南盾", "VND"},
};
// Before a number.
constexpr UnitWord kMoneyBefore[] = {
    {U"新台币", "TWD"}, {U"台币", "TWD"}, {U"人民币", "CNY"}, {U"港币", "HKD"}, {U"日币", "JPY"}, {U"美金", "USD"},
    {U"韩币", "KRW"},   {U"nt$", "TWD"},  {U"us$", "USD"},    {U"hk$", "HKD"},  {U"s$", "SGD"},   {U"a$", "AUD"},
    {U"c$", "CAD"},     {U"rmb", "CNY"},  {U"$", "USD"},      {U"€", "EUR"},    {U"£", "GBP"},    {U"¥", "JPY"},
    {U"₩", "KRW"},      {U"₹", "INR"},    {U"usd ", "USD"},   {U"eur ", "EUR"}, {U"rmb ", "CNY"}, {U"twd ", "TWD"},
};
constexpr UnitWord kEnglishMoney[] = {
    {U"us dollars", "USD"}, {U"u.s. dollars", "USD"}, {U"dollars", "USD"}, {U"dollar", "USD"}, {U"euros", "EUR"},
    {U"euro", "EUR"},       {U"pounds", "GBP"},       {U"yen", "JPY"},     {U"yuan", "CNY"},   {U"won", "KRW"},
    {U"rupees", "INR"},     {U"rubles", "RUB"},       {U"usd", "USD"},
};

constexpr UnitWord kChineseUnits[] = {
    {U"个参数", "parameter"},
    {U"参数", "parameter"},
    {U"个词元", "token"},
    {U"词元", "token"},
    {U"个月", "month"},
    {U"个星期", "week"},
    {U"星期", "week"},
    {U"个礼拜", "week"},
    {U"周", "week"},
    {U"个小时", "hour"},
    {U"小时", "hour"},
    {U"分钟", "minute"},
    {U"年", "year"},
    {U"岁", "year"},
    {U"天", "day"},
    {U"秒", "second"},
    {U"世纪", "century"},
    {U"名员工", "employee"},
    {U"位员工", "employee"},
    {U"名创作者", "creator"},
    {U"位创作者", "creator"},
    {U"名用户", "user"},
    {U"个用户", "user"},
    {U"用户", "user"},
    {U"名使用者", "user"},
    {U"名学生", "student"},
    {U"名工程师", "engineer"},
    {U"名工人", "worker"},
    {U"名士兵", "soldier"},
    {U"名乘客", "passenger"},
    {U"名", "person"},
    {U"人次", "visit"},
    {U"人", "person"},
    {U"位", "person"},
    {U"座仓库", "warehouse"},
    {U"座工厂", "factory"},
    {U"座", "site"},
    {U"平方公里", "square_kilometer"},
    {U"平方米", "square_meter"},
    {U"公里", "kilometer"},
    {U"千米", "kilometer"},
    {U"公斤", "kilogram"},
    {U"千克", "kilogram"},
    {U"公吨", "ton"},
    {U"吨", "ton"},
    {U"公尺", "meter"},
    {U"公顷", "hectare"},
    {U"奈米", "nanometer"},
    {U"纳米", "nanometer"},
    {U"倍", "times"},
    {U"股", "share"},
    {U"辆", "vehicle"},
    {U"架", "aircraft"},
    {U"艘", "ship"},
    {U"颗", "piece"},
    {U"片", "piece"},
    {U"台", "unit"},
    {U"部手机", "phone"},
    {U"家公司", "company"},
    {U"家企业", "company"},
    {U"家机器人企业", "company"},
    {U"家门市", "store"},
    {U"家分店", "store"},
    {U"家医院", "hospital"},
    {U"个就业岗位", "job"},
    {U"个就业机会", "job"},
    {U"个工作岗位", "job"},
    {U"个工作机会", "job"},
    {U"个岗位", "job"},
    {U"个职位", "job"},
    {U"个女儿", "daughter"},
    {U"名女儿", "daughter"},
    {U"个儿子", "son"},
    {U"个孩子", "child"},
    {U"名子女", "child"},
    {U"个国家", "country"},
    {U"国", "country"},
    {U"瓦", "watt"},
    {U"度电", "kilowatt_hour"},
    {U"桶", "barrel"},
    {U"gb", "gigabyte"},
    {U"tb", "terabyte"},
    {U"gw", "gigawatt"},
    {U"mw", "megawatt"},
    {U"nm", "nanometer"},
    {U"km", "kilometer"},
    {U"kg", "kilogram"},
    {U"席", "seat"},
    {U"票", "vote"},
    {U"场", "match"},
};
// Units that a number in words, or a small one, does not make a quantity: 一名, 一人, 一天, 第一座.
bool NeedsMoreThanOne(std::string_view unit) {
  return unit == "person" || unit == "site" || unit == "unit" || unit == "piece" || unit == "country" ||
         unit == "match" || unit == "vote" || unit == "seat" || unit == "share" || unit == "vehicle" ||
         unit == "aircraft" || unit == "ship" || unit == "day" || unit == "company" || unit == "century";
}

constexpr UnitWord kEnglishUnits[] = {
    {U"parameters", "parameter"},
    {U"parameter", "parameter"},
    {U"tokens", "token"},
    {U"years", "year"},
    {U"year", "year"},
    {U"months", "month"},
    {U"month", "month"},
    {U"weeks", "week"},
    {U"week", "week"},
    {U"days", "day"},
    {U"hours", "hour"},
    {U"hour", "hour"},
    {U"minutes", "minute"},
    {U"minute", "minute"},
    {U"seconds", "second"},
    {U"people", "person"},
    {U"employees", "employee"},
    {U"workers", "worker"},
    {U"users", "user"},
    {U"jobs", "job"},
    {U"kilograms", "kilogram"},
    {U"kilogram", "kilogram"},
    {U"kg", "kilogram"},
    {U"kilometers", "kilometer"},
    {U"kilometres", "kilometer"},
    {U"km", "kilometer"},
    {U"miles", "mile"},
    {U"tons", "ton"},
    {U"tonnes", "ton"},
    {U"pounds", "pound"},
    {U"meters", "meter"},
    {U"metres", "meter"},
    {U"feet", "foot"},
    {U"acres", "acre"},
    {U"hectares", "hectare"},
    {U"shares", "share"},
    {U"times", "times"},
    {U"warehouses", "warehouse"},
    {U"stores", "store"},
    {U"factories", "factory"},
    {U"plants", "plant"},
    {U"robots", "robot"},
    {U"vehicles", "vehicle"},
    {U"cars", "car"},
    {U"customers", "customer"},
    {U"countries", "country"},
    {U"companies", "company"},
    {U"students", "student"},
    {U"engineers", "engineer"},
    {U"soldiers", "soldier"},
    {U"troops", "soldier"},
    {U"children", "child"},
    {U"daughters", "daughter"},
    {U"sons", "son"},
    {U"gigawatts", "gigawatt"},
    {U"megawatts", "megawatt"},
    {U"barrels", "barrel"},
    {U"chips", "chip"},
    {U"gpus", "gpu"},
    {U"units", "unit"},
    {U"patients", "patient"},
    {U"passengers", "passenger"},
    {U"votes", "vote"},
    {U"seats", "seat"},
    {U"nanometers", "nanometer"},
    {U"nm", "nanometer"},
    {U"subscribers", "subscriber"},
    {U"arms", "arm"},
};

constexpr std::u32string_view kChineseAbout[] = {U"最多约", U"未来", U"大约", U"将近", U"超过",
                                                 U"至少",   U"最多", U"约",   U"近",   U"逾"};
constexpr std::u32string_view kEnglishAbout[] = {U"about ",    U"more than ", U"over ",      U"nearly ",
                                                 U"at least ", U"up to ",     U"next ",      U"almost ",
                                                 U"around ",   U"roughly ",   U"less than ", U"as many as "};

std::string ValueOf(const ReadNumber& number) {
  if (!number.is_range()) return number.low.ToString();
  return number.low.ToString() + ".." + number.high.ToString();
}

class Finder {
 public:
  Finder(const FoldedText& text, Range range, Script script, std::optional<int32_t> published)
      : scan_{text, range, script, published} {}

  std::vector<TextMention> Run() {
    const Range range = scan_.range;
    for (uint32_t i = range.begin; i < range.end;) {
      const uint32_t step = ReadAt(i);
      i += std::max(step, 1u);
    }
    return std::move(out_);
  }

 private:
  // Whether a number may begin here: not inside a word, a code or another number.
  bool MayBegin(uint32_t i) const {
    const char32_t c = scan_.At(i), before = scan_.Before(i);
    if (IsDigit(c)) {
      if (IsDigit(before) || before == U'.' || before == U',') {
        if (IsDigit(before)) return false;
        if (i >= scan_.range.begin + 2 && IsDigit(scan_.text[i - 2])) return false;
      }
      // H20, GPT-4; but Northwind31%股权, where the letters are a word and Han follows.
      if (IsLatinLetter(before)) {
        uint32_t letters = 0;
        while (letters < 5 && i > scan_.range.begin + letters && IsLatinLetter(scan_.text[i - 1 - letters])) ++letters;
        return letters >= 4;
      }
      if (before == U'-' && i >= scan_.range.begin + 2 && IsLatinLetter(scan_.text[i - 2])) return false;
      return true;
    }
    if (IsLatinLetter(c)) return !IsLatinLetter(before) && !IsDigit(before);
    return true;
  }

  uint32_t ReadAt(uint32_t i) {
    const char32_t c = scan_.At(i);
    if (!IsDigit(c) && !IsHan(c) && !IsLatinLetter(c) && c != U'$' && c != U'€' && c != U'£' && c != U'¥' &&
        c != U'₩' && c != U'₹')
      return 0;
    if (!MayBegin(i)) return 0;
    if (auto value = ReadDate(scan_, i)) {
      if (value->type == EntityType::kDate && value->value.size() >= 4 &&
          IsDigit(static_cast<char32_t>(value->value[0]))) {
        scan_.last_year = std::stoi(value->value.substr(0, 4));
      }
      return Add(i, *value);
    }
    if (auto value = EnglishYear(i)) return Add(i, *value);
    uint32_t begin = i;
    if (IsHan(c)) {
      for (const std::u32string_view word : kChineseAbout) {
        if (StartsWith(scan_.Rest(i), word)) {
          begin = i + static_cast<uint32_t>(word.size());
          break;
        }
      }
    } else if (IsLatinLetter(c)) {
      for (const std::u32string_view word : kEnglishAbout) {
        if (StartsWith(scan_.Rest(i), word)) {
          begin = i + static_cast<uint32_t>(word.size());
          break;
        }
      }
    }
    if (begin != i && !MayBegin(begin)) return 0;
    std::optional<ReadValue> value = Amount(begin);
    if (!value.has_value()) return 0;
    value->length += begin - i;
    return Add(i, *value);
  }

  uint32_t Add(uint32_t i, const ReadValue& value) {
    TextMention mention;
    mention.range = {i, i + value.length};
    mention.type = value.type;
    Literal literal;
    literal.type = std::string(ToString(value.type));
    literal.text = scan_.text.Surface(mention.range.begin, mention.range.end);
    literal.value = value.value;
    literal.unit = value.unit;
    mention.value = std::move(literal);
    out_.push_back(std::move(mention));
    return value.length;
  }

  // 2016 and 2009 to 2021 in English, behind a preposition or inside the sentence: a number alone that is a year.
  std::optional<ReadValue> EnglishYear(uint32_t i) const {
    int year = 0;
    if (!YearAt(i, year)) return std::nullopt;
    if (!AfterYearWord(i)) return std::nullopt;
    int last = 0;
    if (StartsWith(scan_.Rest(i + 4), U" to ") && YearAt(i + 8, last) && last > year) {
      return ReadValue{12, EntityType::kDate, std::to_string(year) + "/" + std::to_string(last), {}};
    }
    return ReadValue{4, EntityType::kDate, std::to_string(year), {}};
  }

  bool YearAt(uint32_t i, int& year) const {
    for (uint32_t k = 0; k < 4; ++k) {
      if (!IsDigit(scan_.At(i + k))) return false;
      year = year * 10 + static_cast<int>(scan_.At(i + k) - U'0');
    }
    const char32_t after = scan_.At(i + 4);
    if (IsDigit(after) || IsLatinLetter(after) || after == U'%' || IsHan(after)) return false;
    if ((after == U'.' || after == U',') && IsDigit(scan_.At(i + 5))) return false;
    return year >= 1800 && year <= 2100;
  }

  bool AfterYearWord(uint32_t i) const {
    if (scan_.Before(i) != U' ') return false;
    const uint32_t end = i - 1;
    uint32_t begin = end;
    while (begin > scan_.range.begin && IsLatinLetter(scan_.text[begin - 1])) --begin;
    const std::u32string_view word = scan_.text.folded(begin, end);
    static constexpr std::u32string_view kWords[] = {U"in",    U"since",   U"until", U"by",  U"from",   U"to",
                                                     U"of",    U"late",    U"early", U"mid", U"during", U"before",
                                                     U"after", U"through", U"for",   U"and", U"around"};
    return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
  }

  // Money, a percentage or a quantity that begins with its number or its currency.
  std::optional<ReadValue> Amount(uint32_t i) const {
    uint32_t number_begin = i;
    std::string_view currency;
    for (const UnitWord& word : kMoneyBefore) {
      if (StartsWith(scan_.Rest(i), word.word)) {
        currency = word.unit;
        number_begin = i + static_cast<uint32_t>(word.word.size());
        break;
      }
    }
    if (!currency.empty()) {
      if (scan_.At(number_begin) == U' ') ++number_begin;
      for (const std::u32string_view about : kChineseAbout) {
        if (StartsWith(scan_.Rest(number_begin), about)) {
          number_begin += static_cast<uint32_t>(about.size());
          break;
        }
      }
    }
    // 百分之三十
    if (StartsWith(scan_.Rest(i), U"百分之")) {
      const auto number = ReadChineseNumber(scan_.Rest(i + 3));
      if (!number.has_value()) return std::nullopt;
      return ReadValue{3 + number->length, EntityType::kPercent, ValueOf(*number), "%"};
    }
    const bool digit = IsDigit(scan_.At(number_begin));
    const bool han = IsHan(scan_.At(number_begin));
    std::optional<ReadNumber> number;
    bool english = false;
    if (digit || han) number = ReadChineseNumber(scan_.Rest(number_begin));
    if (digit && number.has_value() && !number->scaled) {
      const char32_t after = scan_.At(number_begin + number->length);
      if (!IsHan(after)) {
        if (auto other = ReadEnglishNumber(scan_.Rest(number_begin), !currency.empty()); other.has_value()) {
          number = other;
          english = true;
        }
      }
    } else if (!digit && !han) {
      number = ReadEnglishNumber(scan_.Rest(number_begin), !currency.empty());
      english = true;
    }
    if (!number.has_value()) return std::nullopt;
    uint32_t end = number_begin + number->length;
    ReadRange(end, english, !currency.empty(), *number);

    if (!currency.empty()) {
      if (scan_.At(end) == U'元' || scan_.At(end) == U'圆') ++end;
      // "$5 a share" is money all the same.
      return ReadValue{end - i, EntityType::kMoney, ValueOf(*number), std::string(currency)};
    }
    if (auto value = Percent(i, end, *number)) return value;
    if (auto value = Money(i, end, *number)) return value;
    return Quantity(i, end, *number, english);
  }

  // 5到10, 10-15, 6 to 8: the second number scales the first where that has no scale of its own.
  void ReadRange(uint32_t& end, bool english, bool money, ReadNumber& number) const {
    if (number.is_range()) return;
    uint32_t next = end;
    const char32_t c = scan_.At(end);
    if (c == U'到' || c == U'至' || c == U'-' || c == U'~' || c == U'–' || c == U'—' || c == U'～') {
      next = end + 1;
    } else if (english && StartsWith(scan_.Rest(end), U" to ")) {
      next = end + 4;
      if (money && scan_.At(next) == U'$') ++next;
    } else {
      return;
    }
    std::optional<ReadNumber> second =
        english ? ReadEnglishNumber(scan_.Rest(next), money) : ReadChineseNumber(scan_.Rest(next));
    if (second.has_value() && english && IsDigit(scan_.At(next)) && IsHan(scan_.At(next + second->length))) {
      second = ReadChineseNumber(scan_.Rest(next));
    }
    if (!second.has_value() || second->is_range()) return;
    if (english && second->digits != number.digits) return;
    Decimal low = number.low;
    if (!number.scaled && second->scaled) {
      const Decimal plain = second->low;
      int power = 0;
      // The scale of the second: what its value has beyond its digits.
      if (plain.exponent > 0) power = plain.exponent;
      if (power == 0) return;
      low = low.Scaled(power);
    }
    number.low = low;
    number.high = second->low;
    end = next + second->length;
  }

  std::optional<ReadValue> Percent(uint32_t i, uint32_t end, const ReadNumber& number) const {
    const std::u32string_view rest = scan_.Rest(end);
    uint32_t length = 0;
    if (StartsWith(rest, U"%")) {
      length = 1;
    } else if (StartsWith(rest, U"个百分点")) {
      length = 4;
    } else if (StartsWith(rest, U"百分点")) {
      length = 3;
    } else if (StartsWith(rest, U" percentage points")) {
      length = 18;
    } else if (StartsWith(rest, U" percent")) {
      length = 8;
    } else if (StartsWith(rest, U" per cent")) {
      length = 9;
    } else if (StartsWith(rest, U"成") && !number.scaled) {
      // 三成 is thirty percent; 完成 and 三成为 are not.
      const char32_t after = scan_.At(end + 1);
      if (after == U'为' || after == U'立' || after == U'功' || after == U'员' || after == U'长' || after == U'本')
        return std::nullopt;
      ReadNumber tenths = number;
      tenths.low = number.low.Scaled(1);
      tenths.high = number.high.Scaled(1);
      uint32_t whole = end + 1;
      int five = 0;
      if (scan_.At(whole) == U'五') five = 5;
      if (five > 0 && tenths.low.ToSmall().has_value()) {
        tenths.low = {*tenths.low.ToSmall() + 5u, 0};
        tenths.high = tenths.low;
        ++whole;
      }
      return ReadValue{whole - i, EntityType::kPercent, ValueOf(tenths), "%"};
    } else {
      return std::nullopt;
    }
    return ReadValue{end + length - i, EntityType::kPercent, ValueOf(number), "%"};
  }

  std::optional<ReadValue> Money(uint32_t i, uint32_t end, const ReadNumber& number) const {
    const std::u32string_view rest = scan_.Rest(end);
    for (const UnitWord& word : kChineseMoney) {
      if (StartsWith(rest, word.word)) {
        return ReadValue{end + static_cast<uint32_t>(word.word.size()) - i, EntityType::kMoney, ValueOf(number),
                         std::string(word.unit)};
      }
    }
    if ((scan_.At(end) == U'元' || scan_.At(end) == U'块') && (number.digits || number.scaled)) {
      const char32_t after = scan_.At(end + 1);
      if (after == U'宇' || after == U'素' || after == U'件' || after == U'老' || after == U'首') return std::nullopt;
      // Plain 元 is the currency of the place the script is of.
      return ReadValue{end + 1 - i, EntityType::kMoney, ValueOf(number), scan_.script == Script::kHant ? "TWD" : "CNY"};
    }
    if (!rest.empty() && rest[0] == U' ') {
      for (const UnitWord& word : kEnglishMoney) {
        if (!StartsWith(rest.substr(1), word.word)) continue;
        const auto length = static_cast<uint32_t>(1 + word.word.size());
        if (IsLatinLetter(scan_.At(end + length))) continue;
        if (word.unit == "GBP" && !number.scaled) continue;  // weight
        return ReadValue{end + length - i, EntityType::kMoney, ValueOf(number), std::string(word.unit)};
      }
    }
    return std::nullopt;
  }

  // 员工260人 counts employees.
  bool HasWordBefore(uint32_t i, std::initializer_list<std::u32string_view> words, uint32_t reach) const {
    const uint32_t begin = i > scan_.range.begin + reach ? i - reach : scan_.range.begin;
    const std::u32string_view before = scan_.text.folded(begin, i);
    for (const std::u32string_view word : words) {
      if (before.find(word) != std::u32string_view::npos) return true;
    }
    return false;
  }

  std::optional<ReadValue> Quantity(uint32_t i, uint32_t end, const ReadNumber& number, bool english) const {
    const bool one = !number.is_range() && number.low == Decimal{1, 0};
    const std::u32string_view rest = scan_.Rest(end);
    const std::u32string_view units = !rest.empty() && rest[0] == U' ' && number.digits ? rest.substr(1) : rest;
    if (!english || (number.digits && !units.empty() && IsHan(units[0]))) {
      if (scan_.Before(i) == U'第') return std::nullopt;
      for (const UnitWord& word : kChineseUnits) {
        if (!StartsWith(units, word.word)) continue;
        const auto length = static_cast<uint32_t>(word.word.size() + (units.size() < rest.size() ? 1 : 0));
        std::string_view unit = word.unit;
        const char32_t after = scan_.At(end + length);
        if (IsLatinLetter(word.word[0]) && IsLatinLetter(after)) continue;
        if (unit == "year" && word.word == U"年") {
          if (!number.digits && !number.vague && number.low.ToSmall().value_or(0) > 300) return std::nullopt;
          if (number.digits && !number.is_range() && number.low.ToSmall().value_or(0) >= 1500 && !number.scaled)
            return std::nullopt;
          if (after == U'代' || after == U'级' || after == U'度' || after == U'初' || after == U'底')
            return std::nullopt;
        }
        if (one && (NeedsMoreThanOne(unit) ||
                    (!number.digits && unit != "year" && unit != "week" && unit != "month" && unit != "hour")))
          return std::nullopt;
        if (one && !number.digits && unit == "year" &&
            (after == U'级' || scan_.Before(i) == U'同' || scan_.Before(i) == U'这'))
          return std::nullopt;
        if (unit == "times" && !number.digits && number.low.ToSmall().value_or(0) < 2) return std::nullopt;
        if (unit == "country" &&
            (!number.digits || after == U'家' || after == U'内' || after == U'际' || after == U'会')) {
          if (word.word == U"国") return std::nullopt;
        }
        if (unit == "person" && (HasWordBefore(i, {U"员工", U"雇员", U"雇用", U"职员"}, 6) ||
                                 StartsWith(scan_.Rest(end + length), U"员工")))
          unit = "employee";
        if (word.word == U"位" && (after == U'数' || after == U'于' || after == U'元')) return std::nullopt;
        if (word.word == U"台" &&
            (after == U'湾' || after == U'积' || after == U'币' || after == U'电' || after == U'股'))
          return std::nullopt;
        if (word.word == U"周" && (after == U'年' || after == U'岁')) return std::nullopt;
        if (word.word == U"天" && number.vague && number.is_range()) return std::nullopt;
        if ((word.word == U"片" || word.word == U"场" || word.word == U"座" || word.word == U"票" ||
             word.word == U"股") &&
            !number.digits && !number.scaled && !number.vague)
          return std::nullopt;
        return ReadValue{end + length - i, EntityType::kQuantity, ValueOf(number), std::string(unit)};
      }
      // 参数量达720亿
      if (number.scaled && HasWordBefore(i, {U"参数量", U"参数规模", U"参数达"}, 9)) {
        return ReadValue{end - i, EntityType::kQuantity, ValueOf(number), "parameter"};
      }
      return std::nullopt;
    }
    if (rest.empty()) return std::nullopt;
    // "22 kilograms", "eight years", "30 of the new arms", "405B parameters"
    const bool gap = rest[0] == U' ' || rest[0] == U'-';
    std::u32string_view tail = gap ? rest.substr(1) : rest;
    uint32_t skipped = gap ? 1 : 0;
    for (const std::u32string_view filler : {std::u32string_view(U"of the new "), std::u32string_view(U"of the "),
                                             std::u32string_view(U"more "), std::u32string_view(U"new ")}) {
      if (gap && StartsWith(tail, filler)) {
        tail = tail.substr(filler.size());
        skipped += static_cast<uint32_t>(filler.size());
        break;
      }
    }
    for (const UnitWord& word : kEnglishUnits) {
      if (!StartsWith(tail, word.word)) continue;
      const auto length = static_cast<uint32_t>(word.word.size());
      const char32_t after = length < tail.size() ? tail[length] : 0;
      if (IsLatinLetter(after) || IsDigit(after)) continue;
      if (one && !number.digits) return std::nullopt;
      std::string_view unit = word.unit;
      if (unit == "person" && HasWordBefore(i, {U"employ", U"hire", U"staff", U"lay off", U"laid off"}, 14))
        unit = "employee";
      return ReadValue{end + skipped + length - i, EntityType::kQuantity, ValueOf(number), std::string(unit)};
    }
    // Tan, 65,
    if (number.digits && !number.scaled && !number.is_range() && i >= scan_.range.begin + 3 &&
        scan_.Before(i) == U' ' && scan_.text[i - 2] == U',' && IsLatinLetter(scan_.text[i - 3]) && rest[0] == U',') {
      const uint32_t age = number.low.ToSmall().value_or(0);
      uint32_t word = i - 2;
      while (word > scan_.range.begin && IsLatinLetter(scan_.text[word - 1])) --word;
      const char32_t first = scan_.text.original(word);
      if (age >= 15 && age <= 105 && IsLatinUpper(first))
        return ReadValue{end - i, EntityType::kQuantity, ValueOf(number), "year"};
    }
    return std::nullopt;
  }

  ValueScan scan_;
  std::vector<TextMention> out_;
};

}  // namespace

std::vector<TextMention> FindValues(const FoldedText& text, Range range, Script script,
                                    std::optional<int32_t> published_day) {
  return Finder(text, range, script, published_day).Run();
}

}  // namespace newsgraph
