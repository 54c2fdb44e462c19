#include "ingest/text/sentence_splitter.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "ingest/text/script.h"
#include "ingest/text/word_tables.h"

namespace newsgraph {
namespace {

constexpr uint32_t kLongestSentence = 1000;

// A full stop behind one of these ends no sentence.
constexpr std::array<std::u32string_view, 41> kNeverLast = {
    U"adm",  U"al",  U"apr", U"aug",    U"ca",   U"capt", U"cf",  U"col", U"dec", U"dept", U"dr",
    U"e.g",  U"est", U"feb", U"fig",    U"gen",  U"gov",  U"hon", U"i.e", U"jan", U"jul",  U"jun",
    U"lt",   U"maj", U"mar", U"messrs", U"mr",   U"mrs",  U"ms",  U"mt",  U"nov", U"oct",  U"pres",
    U"prof", U"rep", U"rev", U"sen",    U"sept", U"sgt",  U"st",  U"vs"};
// Inside brackets a full stop behind one of these ends no sentence: born, about, died, flourished, reigned.
constexpr std::array<std::u32string_view, 8> kOfLives = {U"b", U"bap", U"c", U"d", U"fl", U"lit", U"m", U"r"};
constexpr uint32_t kLongestBracket = 200;
// A full stop behind one of these, or behind single letters, ends a sentence only
// when the next word is one that begins sentences.
constexpr std::array<std::u32string_view, 18> kSometimesLast = {U"approx", U"assn", U"ave", U"blvd", U"bros", U"co",
                                                                U"corp",   U"dist", U"etc", U"inc",  U"jr",   U"llc",
                                                                U"ltd",    U"no",   U"plc", U"rd",   U"sr",   U"univ"};
// Words that begin sentences.
constexpr std::array<std::u32string_view, 50> kBeginners = {
    U"a",      U"after", U"all",  U"although", U"an",     U"and",  U"another",   U"as",   U"at",      U"because",
    U"before", U"but",   U"by",   U"each",     U"for",    U"he",   U"her",       U"his",  U"however", U"i",
    U"if",     U"in",    U"it",   U"its",      U"last",   U"many", U"meanwhile", U"most", U"my",      U"on",
    U"one",    U"our",   U"she",  U"since",    U"so",     U"some", U"that",      U"the",  U"their",   U"there",
    U"these",  U"they",  U"this", U"those",    U"though", U"to",   U"we",        U"what", U"when",    U"while"};

bool IsCloser(char32_t c) {
  return c == U'」' || c == U'』' || c == U'”' || c == U'’' || c == ')' || c == U'】' || c == ']' || c == U'〉' ||
         c == U'》' || c == U'〕';
}

class Splitter {
 public:
  Splitter(const FoldedText& text, Range line, std::vector<Range>& sentences)
      : text_(text), line_(line), sentences_(sentences) {}

  void Split() {
    uint32_t begin = line_.begin;
    for (uint32_t i = line_.begin; i < line_.end;) {
      const char32_t c = text_[i];
      if (c == '"') straight_open_ = !straight_open_;
      if (!IsMark(c)) {
        ++i;
        continue;
      }
      const uint32_t end = EndAfter(i);
      if (end == 0) {
        ++i;
        continue;
      }
      if (straight_open_ && text_.folded(i, end).find('"') != std::u32string_view::npos) straight_open_ = false;
      Add({begin, end});
      begin = i = end;
    }
    Add({begin, line_.end});
  }

 private:
  static bool IsMark(char32_t c) {
    return c == U'。' || c == '.' || c == '!' || c == '?' || c == ';' || c == U'…' || c == U'｡' || c == U'⋯' ||
           c == U'‼' || c == U'⁉' || c == U'⁈' || c == U'⁇';
  }

  char32_t At(uint32_t i) const { return i < line_.end ? text_[i] : U'\n'; }

  // Where the sentence ends whose end mark may be at `mark`; 0 when it ends none.
  uint32_t EndAfter(uint32_t mark) const {
    const char32_t c = text_[mark];
    uint32_t marks_end = mark + 1;
    while (marks_end < line_.end && IsMark(text_[marks_end])) ++marks_end;
    uint32_t end = marks_end;
    while (end < line_.end && (IsCloser(text_[end]) || (text_[end] == '"' && straight_open_) ||
                               (text_[end] == '\'' && (end + 1 == line_.end || !IsAlphabetic(text_[end + 1]))))) {
      ++end;
    }
    if (end == line_.end) return end;
    const char32_t next = text_[end];
    const bool han_before = IsEastAsianBefore(mark);
    const bool ellipsis = c == U'…' || c == U'⋯';
    if (c == U'。' || c == U'｡') return IsContinued(next) ? 0 : end;
    // Ellipses trail off inside sentences as well; what goes on behind a comma or in lower case is one.
    if (ellipsis) return IsContinued(next) || IsAlphabetic(next) || IsDigit(next) ? 0 : end;
    if (c == ';') return han_before || IsFullWidth(mark) ? end : 0;
    if (c != '.') {
      if (IsContinued(next) || IsNameWithMark(mark)) return 0;
      if (han_before || IsEastAsian(next) || IsFullWidth(mark)) return end;
      return next == ' ' && BeginsSentence(end) ? end : 0;
    }
    // A full stop.
    if (marks_end > mark + 1 && text_[mark + 1] == '.') return next == ' ' && BeginsSentence(end) ? end : 0;
    if (han_before) return IsEastAsian(next) || next == ' ' ? end : 0;
    if (next != ' ' || !BeginsSentence(end)) return 0;
    return end == marks_end && IsAbbreviation(mark, end) ? 0 : end;
  }

  static bool IsEastAsian(char32_t c) { return IsHan(c) || (c >= 0x3001 && c <= 0x303F); }

  // Where the bracket is open that a place stands in; `line_.end` for none.
  uint32_t OpenBefore(uint32_t place) const {
    uint32_t closed = 0;
    for (uint32_t i = place; i > line_.begin && place - i < kLongestBracket;) {
      const char32_t c = text_[--i];
      if (c == ')' || c == ']') ++closed;
      if (c != '(' && c != '[') continue;
      if (closed == 0) return i;
      --closed;
    }
    return line_.end;
  }

  // Whether what goes before is Chinese: "[pol mai]" and “yes” are not, 海川(HCT) and “是” are.
  bool IsEastAsianBefore(uint32_t place) const {
    while (place > line_.begin) {
      const char32_t c = text_[place - 1];
      if (!IsCloser(c) || IsEastAsian(c)) return IsEastAsian(c);
      --place;
      if (c != ')' && c != ']') continue;
      const uint32_t open = OpenBefore(place);
      if (open == line_.end) continue;
      place = open;
      if (place > line_.begin && text_[place - 1] == ' ') --place;
    }
    return false;
  }
  static bool IsContinued(char32_t next) { return next == ',' || next == U'、' || next == U'，'; }
  // Written as ！？； of full width, which only Chinese text has.
  bool IsFullWidth(uint32_t i) const { return text_.original(i) >= 0xFF01 && text_.original(i) <= 0xFF5E; }

  // Names that carry their exclamation mark.
  bool IsNameWithMark(uint32_t mark) const {
    constexpr std::u32string_view kYahoo = U"yahoo";
    return text_[mark] == '!' && mark >= line_.begin + kYahoo.size() &&
           text_.folded(mark - static_cast<uint32_t>(kYahoo.size()), mark) == kYahoo;
  }

  // Whether what follows the white space at `i` can begin a sentence: no lower-case letter.
  bool BeginsSentence(uint32_t i) const {
    while (i < line_.end && IsWhite(text_[i])) ++i;
    while (i < line_.end && (text_[i] == '"' || text_[i] == U'“' || text_[i] == U'‘' || text_[i] == '\'' ||
                             text_[i] == '(' || text_[i] == '[' || text_[i] == U'「')) {
      ++i;
    }
    if (i == line_.end) return true;
    const char32_t c = text_.original(i);
    return !IsAlphabetic(c) || c != text_[i];
  }

  std::u32string_view WordAfter(uint32_t i) const {
    while (i < line_.end && !IsAlphabetic(text_[i])) ++i;
    uint32_t end = i;
    while (end < line_.end && IsAlphabetic(text_[end])) ++end;
    return text_.folded(i, end);
  }

  // Whether the full stop at `mark` belongs to the word before it rather than ends a sentence.
  bool IsAbbreviation(uint32_t mark, uint32_t end) const {
    uint32_t begin = mark;
    while (begin > line_.begin && mark - begin < 12 && (IsAlphabetic(text_[begin - 1]) || text_[begin - 1] == '.')) {
      --begin;
    }
    const std::u32string_view word = text_.folded(begin, mark);
    if (word.empty()) return false;
    if (IsOneOf(word, kNeverLast)) return true;
    if (IsOneOf(word, kOfLives) && text_.original(begin) == text_[begin] && OpenBefore(begin) != line_.end) return true;
    // "J.", "U.S.", "a.m.": every other character a full stop.
    bool letters = true;
    for (size_t i = 0; i < word.size(); ++i) letters = letters && (word[i] == '.') == (i % 2 == 1);
    if (word.size() == 1 && (begin == line_.begin || text_.original(begin) == text_[begin])) letters = false;
    if (!letters && !IsOneOf(word, kSometimesLast)) return false;
    return !IsOneOf(WordAfter(end), kBeginners);
  }

  void Add(Range range) {
    while (range.begin < range.end && IsWhite(text_[range.begin])) ++range.begin;
    while (range.end > range.begin && IsWhite(text_[range.end - 1])) --range.end;
    while (range.size() > kLongestSentence) {
      uint32_t cut = range.begin + kLongestSentence;
      for (uint32_t i = cut; i > range.begin + kLongestSentence / 2; --i) {
        if (text_[i - 1] == ',' || text_[i - 1] == U'、' || IsWhite(text_[i - 1])) {
          cut = i;
          break;
        }
      }
      Add({range.begin, cut});
      range.begin = cut;
      while (range.begin < range.end && IsWhite(text_[range.begin])) ++range.begin;
    }
    if (!range.empty()) sentences_.push_back(range);
  }

  const FoldedText& text_;
  const Range line_;
  std::vector<Range>& sentences_;
  bool straight_open_ = false;
};

// The mark that closes what `c` opens; 0 when it opens nothing.
char32_t CloserOf(char32_t c) {
  switch (c) {
    case U'「':
      return U'」';
    case U'『':
      return U'』';
    case U'“':
    case U'„':
      return U'”';
    case U'‘':
      return U'’';
    default:
      return 0;
  }
}

}  // namespace

void SplitSentences(const FoldedText& text, Range line, std::vector<Range>& sentences) {
  Splitter(text, line, sentences).Split();
}

void FindQuotations(const FoldedText& text, Range line, std::vector<Quotation>& quotations) {
  struct Open {
    char32_t closer;
    size_t index;
  };
  constexpr size_t kDeepest = 16;
  std::array<Open, kDeepest> open;
  size_t depth = 0;
  // The innermost first, so that the indexes of the others stay right.
  const auto leave_open = [&](const Open& last, uint32_t end) {
    // A single mark that nothing closes was an apostrophe ('tis, ’90s).
    if (last.closer == '\'') {
      quotations.erase(quotations.begin() + static_cast<std::ptrdiff_t>(last.index));
    } else {
      quotations[last.index].range.end = end;
    }
  };
  for (uint32_t i = line.begin; i < line.end; ++i) {
    const char32_t c = text[i];
    if (c < 0x80 ? c != '"' && c != '\'' : (c < 0x2018 || c > 0x300F)) continue;
    const bool word_before = i > line.begin && IsAlphabetic(text[i - 1]);
    const bool word_after = i + 1 < line.end && IsAlphabetic(text[i + 1]);
    // Apostrophes are no quotation marks, and stand behind a letter.
    const bool apostrophe = (c == '\'' || c == U'’') && word_after && word_before;
    if (apostrophe) continue;
    size_t match = depth;
    while (match > 0 && open[match - 1].closer != c) --match;
    if (match > 0) {
      while (depth > match) leave_open(open[--depth], i);
      quotations[open[--depth].index].range.end = i + 1;
      continue;
    }
    char32_t closer = CloserOf(c);
    if (c == '"') closer = '"';
    // Single ones open only before a word that nothing touches.
    if (c == '\'' && word_after && (i == line.begin || IsWhite(text[i - 1]) || text[i - 1] == '(')) closer = '\'';
    if (closer == 0 || depth == kDeepest) continue;
    open[depth++] = {closer, quotations.size()};
    quotations.push_back({.range = {i, line.end}});
  }
  while (depth > 0) leave_open(open[--depth], line.end);
}

}  // namespace newsgraph
