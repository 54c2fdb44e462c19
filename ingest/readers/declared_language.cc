#include "ingest/readers/declared_language.h"

#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cctype>
#include <cstdint>

namespace newsgraph {
namespace {

// The share of Han among letters that no English text has, and every Chinese one.
constexpr double kSomeHan = 0.2;

double ShareOfHan(std::string_view text) {
  constexpr size_t kSampledBytes = 8 << 10;
  const auto length = static_cast<int32_t>(std::min(text.size(), kSampledBytes));
  uint32_t han = 0, latin = 0;
  for (int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), i, length, c);
    UErrorCode error = U_ZERO_ERROR;
    const UScriptCode script = c < 0 ? USCRIPT_COMMON : uscript_getScript(c, &error);
    han += script == USCRIPT_HAN;
    latin += script == USCRIPT_LATIN;
  }
  return han + latin == 0 ? 0 : static_cast<double>(han) / (han + latin);
}

}  // namespace

std::string DeclaredLanguage(std::string_view tag, std::string_view text) {
  std::string lower;
  for (const char c : tag) {
    if (c == ',' || c == ';' || c == ' ') break;
    lower += c == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  const auto is_letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-'; };
  constexpr size_t kLongestTag = 35;  // BCP 47 recommends room for as many
  if (lower.empty() || lower.size() > kLongestTag || !std::all_of(lower.begin(), lower.end(), is_letter)) return "";
  const auto has = [&](std::string_view part) {
    return ("-" + lower + "-").find("-" + std::string(part) + "-") != std::string::npos;
  };
  const double han = ShareOfHan(text);
  if (lower == "zh" || lower.starts_with("zh-") || lower.starts_with("yue") || lower.starts_with("cmn")) {
    if (han < kSomeHan) return "";
    if (has("hant") || has("tw") || has("hk") || has("mo") || lower.starts_with("yue")) return "zh-Hant";
    if (has("hans") || has("cn") || has("sg") || has("my")) return "zh-Hans";
    return "";
  }
  if (lower == "en" || lower.starts_with("en-")) return han < kSomeHan ? "en" : "";
  return std::string(lower.substr(0, lower.find('-')));
}

}  // namespace newsgraph
