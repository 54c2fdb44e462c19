#include "ingest/text/attribution.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "graph/ontology.h"
#include "ingest/text/relation_extractor.h"
#include "tests/ingest/marked_text.h"

namespace newsgraph {
namespace {

TextAnalysis Read(const std::string& marked) {
  static const auto extractor = RelationExtractor::Load({.data_directory = NEWSGRAPH_DATA_DIR}, *Ontology::Default());
  EXPECT_TRUE(extractor.ok()) << std::string(extractor.status().message());
  TextAnalysis analysis = ParseMarkedText(marked);
  (*extractor)->ExtractRelations(analysis);
  return analysis;
}

std::string NameOf(const TextAnalysis& analysis, int32_t entity) {
  return entity < 0 ? "the article" : analysis.entities[static_cast<size_t>(entity)].name;
}

// Who says the one statement of this relation.
std::string SpeakerOf(const std::string& marked, const std::string& predicate) {
  const TextAnalysis analysis = Read(marked);
  for (const TextStatement& statement : analysis.statements) {
    if (statement.predicate == predicate) return NameOf(analysis, statement.speaker);
  }
  return "nothing";
}

TEST(AttributionTest, TheArticleSpeaksForItself) {
  EXPECT_EQ(SpeakerOf("[星野|ORG]收購了[北嶺|ORG]。", "acquired"), "the article");
}

TEST(AttributionTest, ATurnIsItsSpeakers) {
  EXPECT_EQ(SpeakerOf("林安> [星野|ORG]收購了[北嶺|ORG]。", "acquired"), "林安");
  EXPECT_EQ(SpeakerOf("陳果> 你好。\n林安> [星野|ORG]收購了[北嶺|ORG]。\n陳果> 謝謝。", "acquired"), "林安");
}

TEST(AttributionTest, IndirectSpeechIsThePersonsNotTheArticles) {
  EXPECT_EQ(SpeakerOf("[林安|PERSON]表示,[星野|ORG]收購了[北嶺|ORG]。", "acquired"), "林安");
  EXPECT_EQ(SpeakerOf("據[林安|PERSON]的說法,[星野|ORG]收購了[北嶺|ORG]。", "acquired"), "林安");
  EXPECT_EQ(SpeakerOf("[Lin An|PERSON] said [Hoshino|ORG] acquired [Northridge|ORG].", "acquired"), "Lin An");
  EXPECT_EQ(SpeakerOf("According to [Lin An|PERSON], [Hoshino|ORG] acquired [Northridge|ORG].", "acquired"), "Lin An");
}

TEST(AttributionTest, WhatStandsBeforeTheVerbOfSayingIsTheArticles) {
  EXPECT_EQ(SpeakerOf("[星野|ORG]執行長[林安|PERSON]表示,公司今年很順利。", "ceo_of"), "the article");
}

TEST(AttributionTest, AQuotationIsWhoseVerbFollowsOrPrecedes) {
  EXPECT_EQ(SpeakerOf("「[星野|ORG]收購了[北嶺|ORG]。」[林安|PERSON]說。", "acquired"), "林安");
  EXPECT_EQ(SpeakerOf("[林安|PERSON]說:「[星野|ORG]收購了[北嶺|ORG]。」", "acquired"), "林安");
  EXPECT_EQ(SpeakerOf("\"[Hoshino|ORG] acquired [Northridge|ORG],\" said [Lin An|PERSON].", "acquired"), "Lin An");
}

TEST(AttributionTest, AQuotationThatGoesOnKeepsItsSpeaker) {
  EXPECT_EQ(SpeakerOf("\"It is a good day for us,\" said [Lin An|PERSON]. \"[Hoshino|ORG] acquired [Northridge|ORG].\"",
                      "acquired"),
            "Lin An");
  EXPECT_EQ(
      SpeakerOf("\"It is a good day for us,\" said [Lin An|PERSON].\n\"[Hoshino|ORG] acquired [Northridge|ORG].\"",
                "acquired"),
      "the article");
}

TEST(AttributionTest, AQuotationThatIsASentenceIsOfWhoWasToldToSpeakBefore) {
  EXPECT_EQ(SpeakerOf("[Lin An|PERSON] said the shop was shut. \"[Hoshino|ORG] has acquired [Northridge|ORG] too.\"",
                      "acquired"),
            "Lin An");
  EXPECT_EQ(
      SpeakerOf("[Lin An|PERSON] shut the shop. \"[Hoshino|ORG] has acquired [Northridge|ORG] too.\"", "acquired"),
      "the article");
}

TEST(AttributionTest, ShortQuotationsAreBorrowedWordsNotSpeech) {
  const TextAnalysis analysis = Read("[林安|PERSON]說,公司缺的是「身體」。");
  ASSERT_EQ(analysis.quotations.size(), 1U);
  EXPECT_EQ(analysis.quotations[0].speaker, -1);
}

TEST(AttributionTest, QuotationsLearnTheirSpeaker) {
  const TextAnalysis analysis = Read("「我們今年做得非常好。」[林安|PERSON]說。");
  ASSERT_EQ(analysis.quotations.size(), 1U);
  EXPECT_EQ(NameOf(analysis, analysis.quotations[0].speaker), "林安");
}

TEST(AttributionTest, ViewsAreTheirHolders) {
  EXPECT_EQ(SpeakerOf("[林安|PERSON]批評[星野|ORG]。", "criticizes"), "林安");
}

TEST(AttributionTest, TheSmallestRegionAnswers) {
  TextAnalysis analysis = ParseMarkedText("[林安|PERSON]說,[陳果|PERSON]來了又走了。");
  const Attribution attribution(analysis, {{{0, 13}, 0, false}, {{4, 8}, 1, true}});
  ASSERT_NE(attribution.RegionAt({5, 6}), nullptr);
  EXPECT_EQ(attribution.RegionAt({5, 6})->speaker, 1);
  EXPECT_EQ(attribution.RegionAt({5, 9})->speaker, 0);
  EXPECT_EQ(attribution.RegionAt({5, 14}), nullptr);
}

}  // namespace
}  // namespace newsgraph
