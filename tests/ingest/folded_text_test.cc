#include "ingest/text/folded_text.h"

#include <gtest/gtest.h>

#include <string>

namespace newsgraph {
namespace {

TEST(FoldedTextTest, EveryCodePointMapsBackToItsBytes) {
  const std::string text = "Ａ臺é😀b";
  const FoldedText folded("", text);
  ASSERT_EQ(folded.size(), 5u);
  std::string joined;
  for (uint32_t i = 0; i < folded.size(); ++i) {
    const Span span = folded.SpanOf(i, i + 1);
    EXPECT_EQ(span.field, Field::kText);
    EXPECT_EQ(text.substr(span.begin, span.end - span.begin), folded.Surface(i, i + 1));
    joined += folded.Surface(i, i + 1);
  }
  EXPECT_EQ(joined, text);
  EXPECT_EQ(folded.folded(), U"a台é😀b");
  EXPECT_EQ(folded.original(0), U'Ａ');
}

TEST(FoldedTextTest, ATitleStandsBeforeTheTextWithOffsetsOfItsOwn) {
  const FoldedText folded("標題", "內文");
  ASSERT_EQ(folded.size(), 5u);
  EXPECT_EQ(folded.text_begin(), 3u);
  EXPECT_EQ(folded.title_end(), 2u);
  EXPECT_EQ(folded.SpanOf(0, 2), (Span{Field::kTitle, 0, 6}));
  EXPECT_EQ(folded.SpanOf(3, 5), (Span{Field::kText, 0, 6}));
  EXPECT_EQ(folded.Surface(0, 2), "標題");
  EXPECT_EQ(folded.Surface(3, 5), "內文");
}

TEST(FoldedTextTest, ATitleThatTheTextBeginsWithIsReadOnce) {
  const FoldedText folded("標題", "標題\n內文");
  EXPECT_EQ(folded.size(), 5u);
  EXPECT_EQ(folded.text_begin(), 0u);
  EXPECT_EQ(folded.title_end(), 2u);
  EXPECT_EQ(folded.SpanOf(0, 2), (Span{Field::kText, 0, 6}));
}

TEST(FoldedTextTest, NamesFoldToOneFormInEitherScript) {
  const FoldedText hant("", "馬克‧扎克伯格");
  const FoldedText hans("", "马克·扎克伯格");
  EXPECT_EQ(hant.FoldedName(0, hant.size()), hans.FoldedName(0, hans.size()));
}

TEST(FoldedTextTest, EmptyAndNulAreTexts) {
  EXPECT_EQ(FoldedText("", "").size(), 0u);
  const FoldedText nul("", std::string("a\0b", 3));
  EXPECT_EQ(nul.size(), 3u);
  EXPECT_EQ(nul.Surface(1, 3), std::string("\0b", 2));
}

}  // namespace
}  // namespace newsgraph
