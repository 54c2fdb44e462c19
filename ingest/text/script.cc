#include "ingest/text/script.h"

#include <vector>

#include "graph/name_folding.h"

namespace newsgraph {
namespace {

// Characters to which folding maps others although Traditional texts use them as well
// (后 beside 後), so that they prove nothing.
constexpr std::u32string_view kInBoth =
    U"后里台只面干系表丑布才采冲出当斗丰范谷刮合胡划回伙几家价姜借尽卷克困累漓了霉蒙弥蔑宁辟苹仆朴千秋确舍沈升术松苏"
    U"坛体听涂万咸向叶医云郁致制种周注朱吁游杰群峰岳巨你姐它教清青告着余某占征准凶柜据适复晒沾愿御症筑仑咨呆周么布";

// Characters that folding changes although Simplified texts use them as well (著名, 乾隆).
constexpr std::u32string_view kAlsoSimplified = U"著乾瞭藉麼於徵夥餘";

constexpr char32_t kBegin = 0x3400;
constexpr char32_t kEnd = 0xA000;

enum Use : uint8_t { kEither = 0, kTraditional = 1, kSimplified = 2 };

const std::vector<uint8_t>& Uses() {
  static const std::vector<uint8_t> uses = [] {
    std::vector<uint8_t> result(kEnd - kBegin, kEither);
    for (char32_t c = kBegin; c < kEnd; ++c) {
      const char32_t folded = FoldCodePoint(c);
      if (folded == c) continue;
      result[c - kBegin] = kTraditional;
      if (folded >= kBegin && folded < kEnd) result[folded - kBegin] = kSimplified;
    }
    for (const char32_t c : kInBoth) result[c - kBegin] = kEither;
    for (const char32_t c : kAlsoSimplified) result[c - kBegin] = kEither;
    return result;
  }();
  return uses;
}

// A Latin word carries about as much as this many of its letters in Han.
constexpr uint32_t kLettersOfAHan = 4;
// In a Chinese document a sentence of names with one or two particles is still Chinese.
constexpr uint32_t kLettersOfAForeignSentence = 20;

bool IsChinese(std::string_view language) { return language.starts_with("zh"); }

}  // namespace

ScriptCounts CountScripts(const FoldedText& text, Range range) {
  const std::vector<uint8_t>& uses = Uses();
  ScriptCounts counts;
  for (uint32_t i = range.begin; i < range.end; ++i) {
    const char32_t c = text.original(i);
    if (c < 0x80) {
      counts.alphabetic += IsAlphabetic(c);
    } else if (c >= kBegin && c < kEnd) {
      ++counts.han;
      const uint8_t use = uses[c - kBegin];
      counts.traditional += use == kTraditional;
      counts.simplified += use == kSimplified;
    } else if (IsHan(c)) {
      ++counts.han;
    } else {
      counts.alphabetic += IsAlphabetic(c);
    }
  }
  return counts;
}

std::string_view LanguageOf(const ScriptCounts& counts) {
  if (counts.han == 0 && counts.alphabetic == 0) return "und";
  if (counts.alphabetic / kLettersOfAHan > counts.han) return "en";
  if (counts.han == 0) return "en";
  return counts.simplified > counts.traditional ? "zh-Hans" : "zh-Hant";
}

Script ScriptOf(const ScriptCounts& counts, std::string_view language) {
  const uint32_t letters = IsChinese(language) ? kLettersOfAForeignSentence : kLettersOfAHan;
  if (counts.han == 0 && (counts.alphabetic > 0 || !IsChinese(language))) return Script::kLatin;
  if (counts.alphabetic / letters > counts.han) return Script::kLatin;
  if (counts.traditional != counts.simplified) {
    return counts.traditional > counts.simplified ? Script::kHant : Script::kHans;
  }
  return language == "zh-Hans" || language == "zh-CN" || language == "zh-SG" ? Script::kHans : Script::kHant;
}

}  // namespace newsgraph
