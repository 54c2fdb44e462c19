#include "graph/name_folding.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace newsgraph {
namespace {

TEST(NameFoldingTest, TraditionalAndSimplifiedAreEqual) {
  const std::vector<std::pair<std::string, std::string>> pairs = {
      {"台積電", "台积电"},
      {"臺灣積體電路", "台湾积体电路"},
      {"張秀春", "张秀春"},
      {"馬雲", "马云"},
      {"鴻海精密", "鸿海精密"},
      {"鄧麗君", "邓丽君"},
      {"國家發展改革委", "国家发展改革委"},
      {"頭髮", "头发"},
  };
  for (const auto& [traditional, simplified] : pairs) EXPECT_EQ(FoldName(traditional), FoldName(simplified));
  EXPECT_EQ(FoldName("台积电"), "台积电");
}

TEST(NameFoldingTest, VariantsOfOneCharacterAreEqual) {
  for (const auto& [variant, plain] : std::vector<std::pair<std::string, std::string>>{
           {"爲", "为"}, {"為", "为"}, {"羣", "群"}, {"裡", "里"}, {"裏", "里"}, {"臺", "台"}, {"峯", "峰"},
           {"衞", "卫"}, {"祕", "秘"}, {"纔", "才"}, {"喫", "吃"}, {"牀", "床"}, {"滙", "汇"}, {"諮", "咨"},
           {"啓", "启"}, {"啟", "启"}, {"嶽", "岳"}, {"麪", "面"}, {"綫", "线"}, {"敎", "教"}}) {
    EXPECT_EQ(FoldName(variant), plain) << variant;
  }
}

TEST(NameFoldingTest, NamesThatDifferOnPurposeStayDifferent) {
  EXPECT_NE(FoldName("林予晴"), FoldName("林雨晴"));
  EXPECT_NE(FoldName("川普"), FoldName("特朗普"));
  EXPECT_NE(FoldName("海川科技"), FoldName("海川资本"));
  EXPECT_NE(FoldName("天祐"), FoldName("天佑"));
  EXPECT_NE(FoldName("李喆"), FoldName("李哲"));
}

TEST(NameFoldingTest, WidthAndCaseDoNotMatter) {
  EXPECT_EQ(FoldName("ＯｐｅｎＡＩ"), "openai");
  EXPECT_EQ(FoldName("OPENAI"), "openai");
  EXPECT_EQ(FoldName("Llama　３．１"), "llama 3.1");
  EXPECT_EQ(FoldName("（Meta）"), "(meta)");
  EXPECT_EQ(FoldName("NESTLÉ"), "nestlé");
  EXPECT_EQ(FoldName("ｿﾆｰ"), FoldName("ソニー"));
}

TEST(NameFoldingTest, EveryMiddleDotIsOne) {
  for (const char* name : {"馬克·扎克伯格", "馬克‧扎克伯格", "马克•扎克伯格", "馬克・扎克伯格", "馬克･扎克伯格",
                           "馬克．扎克伯格", "馬克 · 扎克伯格", "马克.扎克伯格"}) {
    EXPECT_EQ(FoldName(name), "马克·扎克伯格") << name;
  }
  EXPECT_EQ(FoldName("GPT-3.5"), "gpt-3.5");
  EXPECT_EQ(FoldName("J．K．羅琳"), "j.k.罗琳");
}

TEST(NameFoldingTest, WhiteSpaceIsJoinedAndTrimmed) {
  EXPECT_EQ(FoldName("  Mark \t\n Zuckerberg\u00A0"), "mark zuckerberg");
  EXPECT_EQ(FoldName("Mark\u3000Zuckerberg"), "mark zuckerberg");
  EXPECT_EQ(FoldName("扎克\u200B伯格\uFEFF"), "扎克伯格");
  EXPECT_EQ(FoldName(" \t "), "");
  EXPECT_EQ(FoldName(""), "");
}

TEST(NameFoldingTest, QuotesAndHyphensAreStraight) {
  EXPECT_EQ(FoldName("McDonald’s"), "mcdonald's");
  EXPECT_EQ(FoldName("“Gale”"), "\"gale\"");
  EXPECT_EQ(FoldName("GPT\u20114o"), "gpt-4o");
}

TEST(NameFoldingTest, AnAccentMayBeACodePointOfItsOwn) { EXPECT_EQ(FoldName("Nestle\u0301"), FoldName("Nestlé")); }

TEST(NameFoldingTest, CompatibilityIdeographsAreTheirCharacters) {
  EXPECT_EQ(FoldCodePoint(0xF90A), FoldCodePoint(U'金'));  // 金
  EXPECT_EQ(FoldCodePoint(0x2F08), FoldCodePoint(U'人'));  // the radical
}

TEST(NameFoldingTest, CodePointsBeyondTheFirstPlaneStayAsTheyAre) {
  EXPECT_EQ(FoldCodePoint(0x20000), char32_t{0x20000});
  EXPECT_EQ(FoldName("𠀀"), "𠀀");
}

TEST(NameFoldingTest, FoldingACodePointTwiceChangesNothing) {
  for (char32_t c = 0; c < 0x20000; ++c) {
    const char32_t once = FoldCodePoint(c);
    ASSERT_EQ(FoldCodePoint(once), once) << std::hex << static_cast<uint32_t>(c);
  }
}

TEST(NameFoldingTest, FoldingANameTwiceChangesNothing) {
  for (const char* name :
       {"馬克 ． 扎克伯格", "A . B", "王. 李", "“臺灣”  ·  OPENAI", "乾隆·著", "É\u0301", "İstanbul", "L’Oréal"}) {
    const std::string once = FoldName(name);
    EXPECT_EQ(FoldName(once), once) << name;
  }
}

TEST(NameFoldingTest, InvalidBytesBecomeReplacementCharacters) { EXPECT_EQ(FoldName("a\xFF\x62"), "a\uFFFDb"); }

}  // namespace
}  // namespace newsgraph
