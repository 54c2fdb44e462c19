// The table is built once, from ICU's Traditional-Simplified transliterator run over the
// Han blocks, since its data is kept up by the Unicode project; what it leaves out
// stands in kVariants. All later folding is one array look-up.

#include "graph/name_folding.h"

#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <memory>
#include <utility>
#include <vector>

namespace newsgraph {
namespace {

constexpr char32_t kHanBegin = 0x3400;
constexpr char32_t kHanEnd = 0xA000;
constexpr char32_t kTableEnd = 0x10000;

// Variant forms of one character that ICU's table keeps apart.
constexpr std::pair<char32_t, char32_t> kVariants[] = {
    {U'羣', U'群'}, {U'峯', U'峰'}, {U'嶽', U'岳'}, {U'鉅', U'巨'}, {U'锺', U'钟'}, {U'勲', U'勋'},
    {U'妳', U'你'}, {U'姊', U'姐'}, {U'甦', U'苏'}, {U'囌', U'苏'}, {U'馀', U'余'}, {U'麪', U'面'},
    {U'綉', U'绣'}, {U'菸', U'烟'}, {U'著', U'着'}, {U'幺', U'么'}, {U'牠', U'它'}, {U'敎', U'教'},
    {U'淸', U'清'}, {U'靑', U'青'}, {U'黃', U'黄'}, {U'吿', U'告'}, {U'敍', U'叙'}, {U'尅', U'克'},
    {U'槓', U'杠'}, {U'鋭', U'锐'}, {U'閲', U'阅'}, {U'戸', U'户'}, {U'歴', U'历'}, {U'櫈', U'凳'},
};

class FoldTable {
 public:
  FoldTable() : folded_(kTableEnd) {
    for (char32_t c = 0; c < kTableEnd; ++c) folded_[c] = FoldWidthAndCase(c);
    FoldHan();
    for (const auto& [variant, to] : kVariants) folded_[variant] = to;
  }

  char32_t operator[](char32_t c) const { return c < kTableEnd ? folded_[c] : c; }

 private:
  static char32_t FoldWidthAndCase(char32_t c) {
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;  // full-width ASCII
    if (c == 0x3000 || c == 0xA0) c = ' ';
    if (c >= 0xD800 && c < 0xE000) return c;
    return static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT));
  }

  void FoldHan() {
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<icu::Transliterator> transliterator(
        icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, error));
    if (U_FAILURE(error)) return;
    // One character a line, so that no context can join two.
    icu::UnicodeString text;
    for (char32_t c = kHanBegin; c < kHanEnd; ++c) text.append(static_cast<char16_t>(c)).append(u'\n');
    transliterator->transliterate(text);
    char32_t c = kHanBegin;
    for (int32_t i = 0; i < text.length() && c < kHanEnd; ++c) {
      folded_[c] = static_cast<char32_t>(text.char32At(i));
      while (text.char32At(i) != '\n') i += U16_LENGTH(text.char32At(i));
      ++i;
    }
  }

  std::vector<char32_t> folded_;
};

const FoldTable& Table() {
  static const FoldTable table;
  return table;
}

bool IsMiddleDot(char32_t c) {
  return c == 0xB7 || c == 0x2022 || c == 0x2027 || c == 0x30FB || c == 0xFF65 || c == 0x22C5 || c == 0x2219;
}

char32_t FoldMark(char32_t c) {
  if (IsMiddleDot(c)) return 0xB7;
  if (c == 0x2018 || c == 0x2019) return '\'';
  if (c == 0x201C || c == 0x201D) return '"';
  return c;
}

bool IsSpace(char32_t c) { return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x2028 || c == 0x2029; }

char32_t Decode(std::string_view text, size_t& i) {
  const auto byte = [&](size_t k) { return static_cast<unsigned char>(text[k]); };
  const unsigned char lead = byte(i);
  const size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (i + length > text.size()) {
    i = text.size();
    return 0xFFFD;
  }
  char32_t c = length == 1 ? lead : lead & (0x7F >> length);
  for (size_t k = 1; k < length; ++k) c = c << 6 | (byte(i + k) & 0x3F);
  i += length;
  return c;
}

void Encode(char32_t c, std::string& out) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    out.push_back(static_cast<char>(0xC0 | c >> 6));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else if (c < 0x10000) {
    out.push_back(static_cast<char>(0xE0 | c >> 12));
    out.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else {
    out.push_back(static_cast<char>(0xF0 | c >> 18));
    out.push_back(static_cast<char>(0x80 | (c >> 12 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  }
}

}  // namespace

char32_t FoldCodePoint(char32_t c) { return Table()[c]; }

std::string FoldName(std::string_view name) {
  std::string folded;
  folded.reserve(name.size());
  bool space = false;
  for (size_t i = 0; i < name.size();) {
    const char32_t c = FoldMark(Table()[Decode(name, i)]);
    if (IsSpace(c)) {
      space = !folded.empty();
      continue;
    }
    if (space) folded.push_back(' ');
    space = false;
    Encode(c, folded);
  }
  return folded;
}

}  // namespace newsgraph
