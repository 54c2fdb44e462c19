#include "ingest/text/value_finder.h"

#include <algorithm>
#include <bitset>
#include <string_view>
#include <utility>

#include "graph/day.h"
#include "ingest/text/value_scanner.h"
#include "ingest/text/value_words.h"

namespace newsgraph {
namespace {

// Where a value may begin, so that all other places cost one look: characters, and first
// three letters of words.
class Beginnings {
 public:
  Beginnings() {
    const ValueWords& words = GetValueWords();
    for (const ValueWordTable* table : {&words.about_before, &words.currency_before}) {
      for (const ValueWord* word : table->words()) Add(word->word);
    }
    // Numerals and the first characters of dates.
    for (const char32_t c : std::u32string_view(U"〇零一二三四五六七八九十百千万亿兆两数几半廿卅壹贰叁参肆伍陆柒捌玖负"
                                                U"零摄华民公西第首前今去明后本同翌次隔大年昨当周星礼上下这元末"))
      characters_.set(c);
    // English numbers (number_words.cc) and dates (date_values_en.cc).
    for (const std::u32string_view word :
         {U"one",       U"two",      U"three",     U"four",      U"five",     U"six",       U"seven",    U"eight",
          U"nine",      U"ten",      U"eleven",    U"twelve",    U"thirteen", U"fourteen",  U"fifteen",  U"sixteen",
          U"seventeen", U"eighteen", U"nineteen",  U"twenty",    U"thirty",   U"forty",     U"fifty",    U"sixty",
          U"seventy",   U"eighty",   U"ninety",    U"tens",      U"hundreds", U"thousands", U"millions", U"billions",
          U"trillions", U"several",  U"half",      U"a ",        U"minus",    U"january",   U"february", U"march",
          U"april",     U"may",      U"june",      U"july",      U"august",   U"september", U"october",  U"november",
          U"december",  U"monday",   U"tuesday",   U"wednesday", U"thursday", U"friday",    U"saturday", U"sunday",
          U"q1",        U"fy",       U"fiscal",    U"first",     U"second",   U"third",     U"fourth",   U"today",
          U"tonight",   U"tomorrow", U"yesterday", U"end",       U"start",    U"beginning", U"this",     U"last",
          U"next",      U"year"})
      Add(word);
    for (char32_t c = U'0'; c <= U'9'; ++c) characters_.set(c);
    characters_.set(U'-');
  }

  // Whether a value may begin with these characters.
  bool Has(char32_t c, char32_t second, char32_t third) const {
    if (c >= U'a' && c <= U'z') return words_[Index(c, second, third)];
    return c < characters_.size() && characters_[c];
  }

 private:
  static constexpr size_t kOther = 26;  // no small letter

  static size_t LetterOf(char32_t c) { return c >= U'a' && c <= U'z' ? c - U'a' : kOther; }
  static size_t Index(char32_t first, char32_t second, char32_t third) {
    return ((first - U'a') * 27 + LetterOf(second)) * 27 + LetterOf(third);
  }
  void Add(std::u32string_view word) {
    if (word[0] >= U'a' && word[0] <= U'z') {
      // Quarters, "a" and "fy" have anything else behind their letters.
      const bool whole = word.size() >= 3 && LetterOf(word[1]) != kOther;
      if (whole) words_.set(Index(word[0], word[1], word[2]));
      for (char32_t third = U'`'; !whole && third <= U'z'; ++third) words_.set(Index(word[0], word[1], third));
    } else if (word[0] < characters_.size()) {
      characters_.set(word[0]);
    }
  }

  std::bitset<0x10000> characters_;
  std::bitset<26 * 27 * 27> words_;
};

const Beginnings& GetBeginnings() {
  static const Beginnings* const beginnings = new Beginnings;
  return *beginnings;
}

// 2025-03-12 is a day; nothing where the value is unknown.
std::string_view PrecisionOfDate(std::string_view value) {
  if (value.empty()) return "";
  if (value.find('/') != std::string_view::npos) return "period";
  if (value.ends_with('s')) return "decade";
  if (value.find('Q') != std::string_view::npos) return "quarter";
  if (value.find('H') != std::string_view::npos) return "half";
  if (value.starts_with("FY")) return "year";
  return value.size() <= 4 ? "year" : value.size() <= 7 ? "month" : "day";
}

class Finder {
 public:
  Finder(const FoldedText& text, Range range, Script script, std::optional<int32_t> published, ValueContext& context)
      : scan_{text, range, script, published, context}, beginnings_(GetBeginnings()) {}

  std::vector<TextMention> Run() {
    const Range range = scan_.range;
    bool in_word = false;  // of Latin letters
    for (uint32_t i = range.begin; i < range.end;) {
      const char32_t c = scan_.text[i];
      const bool letter = IsLatinLetter(c);
      if ((letter && in_word) || !beginnings_.Has(c, scan_.At(i + 1), scan_.At(i + 2))) {
        in_word = letter;
        ++i;
        continue;
      }
      const uint32_t step = ReadAt(i);
      in_word = letter && step == 0;
      i += std::max(step, 1u);
    }
    return std::move(out_);
  }

 private:
  uint32_t ReadAt(uint32_t i) {
    if (!MayBeginNumber(scan_, i)) return 0;
    if (auto value = ReadDate(scan_, i)) {
      if (value->precision.empty()) value->precision = PrecisionOfDate(value->value);
      Remember(*value);
      return Add(i, *value);
    }
    const std::optional<ReadValue> value = ReadAmount(scan_, i);
    return value.has_value() ? Add(i, *value) : 0;
  }

  void Remember(const ReadValue& date) {
    if (date.value.size() < 4 || !IsDigit(static_cast<char32_t>(date.value[0]))) return;
    scan_.context.last_year = std::stoi(date.value.substr(0, 4));
    if (date.precision != "day") return;
    scan_.context.last_day = ParseDay(date.value);
    if (scan_.context.last_day <= scan_.published) scan_.context.last_past_day = scan_.context.last_day;
  }

  uint32_t Add(uint32_t i, const ReadValue& value) {
    TextMention mention;
    mention.range = {i, i + value.length};
    mention.type = value.type;
    mention.subtype = std::string(value.precision);
    Literal literal;
    literal.type = std::string(ToString(value.type));
    literal.text = scan_.text.Surface(mention.range.begin, mention.range.end);
    literal.value = value.value;
    literal.unit = value.unit;
    mention.value = std::move(literal);
    out_.push_back(std::move(mention));
    return value.length;
  }

  ValueScan scan_;
  const Beginnings& beginnings_;
  std::vector<TextMention> out_;
};

}  // namespace

std::vector<TextMention> FindValues(const FoldedText& text, Range range, Script script,
                                    std::optional<int32_t> published_day, ValueContext& context) {
  return Finder(text, range, script, published_day, context).Run();
}

}  // namespace newsgraph
