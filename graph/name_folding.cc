#include "graph/name_folding.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "graph/embedded_data.h"

namespace newsgraph {
namespace {

constexpr char32_t kMiddleDot = U'·';

constexpr std::u32string_view kMiddleDots = U"\u0387\u2022\u2027\u2219\u22C5\u30FB";
constexpr std::u32string_view kHyphens = U"\u2010\u2011";

// Code points beyond the first plane fold to themselves: no name in the news is
// written with two cases or two scripts of them.
using Table = std::array<char16_t, 0x10000>;

std::u32string Decode(std::string_view text) {
  std::u32string decoded;
  decoded.reserve(text.size());
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c;
    U8_NEXT_OR_FFFD(bytes, i, size, c);
    decoded.push_back(static_cast<char32_t>(c));
  }
  return decoded;
}

// Lines of "target sources": each source folds to the target.
void ReadFolds(std::string_view data, Table& table) {
  while (!data.empty()) {
    const std::string_view line = data.substr(0, data.find('\n'));
    data.remove_prefix(std::min(line.size() + 1, data.size()));
    if (line.empty() || line.front() == '#') continue;
    const std::u32string characters = Decode(line);
    for (size_t i = 2; i < characters.size(); ++i) table[characters[i]] = static_cast<char16_t>(characters[0]);
  }
}

// What Unicode takes for the same character in another width or an older encoding:
// half-width letters, radicals, compatibility ideographs.
void ReadCompatibility(char32_t first, char32_t last, const icu::Normalizer2& nfkc, Table& table) {
  icu::UnicodeString same;
  for (char32_t c = first; c <= last; ++c) {
    if (nfkc.getDecomposition(static_cast<UChar32>(c), same) && same.length() == 1) table[c] = same.charAt(0);
  }
}

Table BuildTable() {
  Table table;
  for (char32_t c = 0; c < table.size(); ++c) {
    const UChar32 folded = u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT);
    table[c] = static_cast<char16_t>(folded < 0x10000 ? static_cast<char32_t>(folded) : c);
  }
  UErrorCode error = U_ZERO_ERROR;
  if (const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(error); U_SUCCESS(error)) {
    ReadCompatibility(0x2E80, 0x2FDF, *nfkc, table);
    ReadCompatibility(0xF900, 0xFAFF, *nfkc, table);
    ReadCompatibility(0xFE50, 0xFE6F, *nfkc, table);
    ReadCompatibility(0xFF01, 0xFFEE, *nfkc, table);
  }
  table[0x3000] = u' ';
  for (const char32_t c : kMiddleDots) table[c] = static_cast<char16_t>(kMiddleDot);
  for (const char32_t c : kHyphens) table[c] = u'-';
  ReadFolds(kHanTraditionalData, table);
  ReadFolds(kHanVariantsData, table);
  // A full-width capital folds to a half-width capital, a variant to a Traditional
  // character: follow each to its end.
  for (char32_t c = 0; c < table.size(); ++c) {
    char16_t folded = table[c];
    while (table[folded] != folded) folded = table[folded];
    table[c] = folded;
  }
  return table;
}

const Table& FoldTable() {
  static const Table table = BuildTable();
  return table;
}

bool IsHan(char32_t c) { return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_IDEOGRAPHIC); }

bool IsCombiningMark(char32_t c) { return (c >= 0x300 && c <= 0x36F) || c == 0x3099 || c == 0x309A; }

// Marks without width that copying from a page leaves inside names.
bool IsInvisible(char32_t c) { return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF; }

bool IsWhiteSpace(char32_t c) {
  if (c > U' ' && c < 0x85) return false;
  return c <= 0x3000 && u_isUWhiteSpace(static_cast<UChar32>(c));
}

// A letter and its accent as one code point, so that both ways to write é are equal.
std::u32string Compose(std::u32string text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  if (U_FAILURE(error)) return text;
  const auto composed = nfc->normalize(
      icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(text.data()), static_cast<int32_t>(text.size())),
      error);
  if (U_FAILURE(error)) return text;
  std::string bytes;
  composed.toUTF8String(bytes);
  return Decode(bytes);
}

// A name while it is folded, one code point after the other.
class NameFolder {
 public:
  explicit NameFolder(size_t bytes) { folded_.reserve(bytes + 1); }

  void Add(char32_t original) {
    if (IsInvisible(original)) return;
    char32_t c = original < 0x10000 ? table_[original] : original;
    if (IsWhiteSpace(c)) {
      space_ = true;
      return;
    }
    if (c == U'“' || c == U'”' || c == U'„' || c == U'‟') c = U'"';
    if (c == U'‘' || c == U'’' || c == U'‚' || c == U'‛' || c == 0x2BC) c = U'\'';
    // Taiwan also writes "馬克．扎克伯格", the full stop of full width for the dot.
    if (last_ == U'.' && before_ != kNone && !space_ && IsHan(c) && IsHan(before_)) {
      folded_.pop_back();
      Append(kMiddleDot);
      last_ = kMiddleDot;
    }
    const bool beside_dot = c == kMiddleDot || last_ == kMiddleDot;
    if (space_ && last_ != kNone && !beside_dot) Push(U' ');
    space_ = false;
    Push(c);
  }

  std::string Take() { return std::move(folded_); }

 private:
  void Push(char32_t c) {
    before_ = last_;
    last_ = c;
    Append(c);
  }
  void Append(char32_t c) {
    if (c < 0x80) {
      folded_.push_back(static_cast<char>(c));
      return;
    }
    char bytes[U8_MAX_LENGTH];
    int32_t size = 0;
    U8_APPEND_UNSAFE(bytes, size, c);
    folded_.append(bytes, static_cast<size_t>(size));
  }

  static constexpr char32_t kNone = 0x110000;

  const Table& table_ = FoldTable();
  std::string folded_;
  char32_t last_ = kNone, before_ = kNone;  // code points of folded_
  bool space_ = false;                      // since last_
};

}  // namespace

char32_t FoldCodePoint(char32_t c) { return c < 0x10000 ? FoldTable()[c] : c; }

std::u32string FoldCodePoints(std::u32string_view text) {
  const Table& table = FoldTable();
  std::u32string folded(text);
  for (char32_t& c : folded) c = c < 0x10000 ? table[c] : c;
  return folded;
}

std::string FoldName(std::string_view name) {
  NameFolder folder(name.size());
  const auto* bytes = reinterpret_cast<const uint8_t*>(name.data());
  const auto size = static_cast<int32_t>(name.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c;
    U8_NEXT_OR_FFFD(bytes, i, size, c);
    if (!IsCombiningMark(static_cast<char32_t>(c))) {
      folder.Add(static_cast<char32_t>(c));
      continue;
    }
    NameFolder composed(name.size());
    for (const char32_t original : Compose(Decode(name))) composed.Add(original);
    return composed.Take();
  }
  return folder.Take();
}

}  // namespace newsgraph
