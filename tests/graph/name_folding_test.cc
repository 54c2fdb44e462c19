#include "graph/name_folding.h"

#include <gtest/gtest.h>

namespace newsgraph {
namespace {

TEST(NameFoldingTest, TraditionalAndSimplifiedAreOne) {
  EXPECT_EQ(FoldName("馬克·扎克伯格"), FoldName("马克·扎克伯格"));
  EXPECT_EQ(FoldName("輝達"), FoldName("辉达"));
  EXPECT_EQ(FoldName("臺灣"), FoldName("台湾"));
}

TEST(NameFoldingTest, VariantsOfOneCharacterAreOne) {
  EXPECT_EQ(FoldName("爲"), FoldName("為"));
  EXPECT_EQ(FoldName("羣"), FoldName("群"));
  EXPECT_EQ(FoldName("裡"), FoldName("裏"));
  EXPECT_EQ(FoldName("峯"), FoldName("峰"));
  EXPECT_EQ(FoldName("啓"), FoldName("啟"));
}

TEST(NameFoldingTest, DifferentNamesStayDifferent) {
  EXPECT_NE(FoldName("林予晴"), FoldName("林雨晴"));
  EXPECT_NE(FoldName("川普"), FoldName("特朗普"));
}

TEST(NameFoldingTest, WidthCaseDotsAndSpacesAreJoined) {
  EXPECT_EQ(FoldName("Ｌｌａｍａ　３.１"), "llama 3.1");
  EXPECT_EQ(FoldName("  Mark \n Zuckerberg "), "mark zuckerberg");
  EXPECT_EQ(FoldName("馬克‧扎克伯格"), FoldName("馬克・扎克伯格"));
  EXPECT_EQ(FoldName("馬克•扎克伯格"), FoldName("马克·扎克伯格"));
}

TEST(NameFoldingTest, FoldingTwiceIsFoldingOnce) {
  for (const char* name : {"馬克‧扎克伯格", "Ｍeta　ＡＩ", "著作權", "L’Oréal", "İstanbul", "乾隆"}) {
    EXPECT_EQ(FoldName(FoldName(name)), FoldName(name)) << name;
  }
}

TEST(NameFoldingTest, CodePointsStayOneToOneBeyondTheBasicPlane) {
  EXPECT_EQ(FoldCodePoint(0x20000), char32_t{0x20000});
  EXPECT_EQ(FoldName("𠀀"), "𠀀");
}

}  // namespace
}  // namespace newsgraph
