// What amounts measure, and of whom.
#include "ingest/text/figures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "graph/ontology.h"
#include "ingest/text/relation_extractor.h"
#include "tests/ingest/marked_text.h"

namespace newsgraph {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const RelationExtractor& Extractor() {
  static const auto* const extractor = [] {
    auto loaded = RelationExtractor::Load({.data_directory = NEWSGRAPH_DATA_DIR}, *Ontology::Default());
    return loaded.ok() ? loaded->release() : nullptr;
  }();
  return *extractor;
}

std::vector<TextStatement> FiguresOf(TextAnalysis& analysis) {
  Extractor().ExtractRelations(analysis);
  std::vector<TextStatement> figures;
  for (const TextStatement& statement : analysis.statements) {
    if (statement.rule.find("/figure.") != std::string::npos) figures.push_back(statement);
  }
  return figures;
}

// "星野 has_figure PERCENT:62", with the glosses in brackets.
std::vector<std::string> Read(const std::string& marked) {
  TextAnalysis analysis = ParseMarkedText(marked);
  std::vector<std::string> out;
  for (const TextStatement& figure : FiguresOf(analysis)) {
    std::string line = Describe(analysis, figure);
    for (const Qualifier& qualifier : figure.qualifiers) {
      if (qualifier.name == "gloss") line += " [" + qualifier.text + "]";
    }
    out.push_back(std::move(line));
  }
  return out;
}

TEST(FiguresTest, TheNounBesideAnAmountSaysWhatItMeasures) {
  EXPECT_THAT(Read("[星野|ORG]毛利率[62%|PERCENT=62 %]。"), ElementsAre("星野 has_figure PERCENT:62 [毛利率]"));
  EXPECT_THAT(Read("[星野|ORG]去年營收[8億元|MONEY=800000000 TWD]。"), ElementsAre("星野 has_revenue MONEY:800000000"));
  EXPECT_THAT(Read("以[45%|PERCENT=45 %]市占率稱霸的[星野|ORG]。"), ElementsAre("星野 has_figure PERCENT:45 [市占率]"));
  EXPECT_THAT(Read("[Hoshino|ORG] has a staff of [90|QUANTITY=90 employee]."),
              ElementsAre("Hoshino has_figure QUANTITY:90 [staff of]"));
  EXPECT_THAT(Read("[Hoshino|ORG] reported [$3 billion|MONEY=3000000000 USD] in revenue."),
              ElementsAre("Hoshino has_revenue MONEY:3000000000"));
}

TEST(FiguresTest, ALossIsANetIncomeThatSaysSo) {
  EXPECT_THAT(Read("[星野|ORG]去年淨虧損仍達[3億元|MONEY=300000000 TWD]。"),
              ElementsAre("星野 has_net_income MONEY:300000000 [虧損]"));
  EXPECT_THAT(Read("[Hoshino|ORG] lost [$5 million|MONEY=5000000 USD]."),
              ElementsAre("Hoshino has_net_income MONEY:5000000 [loss]"));
}

TEST(FiguresTest, AnAsidePartsNoMeasureFromItsAmount) {
  EXPECT_THAT(Read("Shares in [Hoshino|ORG], the grocer, fell [9%|PERCENT=9 %]."),
              ElementsAre("Hoshino has_figure PERCENT:9 [Shares fell]"));
  EXPECT_THAT(Read("[Hoshino|ORG]'s gross margin, at [58%|PERCENT=58 %], was held back."),
              ElementsAre("Hoshino has_figure PERCENT:58 [gross margin]"));
  EXPECT_THAT(Read("[Hoshino|ORG], the grocer whose shares fell [9%|PERCENT=9 %], left."),
              ElementsAre("Hoshino has_figure PERCENT:9 [shares fell]"));
}

TEST(FiguresTest, AListSharesItsVerb) {
  EXPECT_THAT(Read("[Hoshino|ORG] runs [40 shops|QUANTITY=40 shop] and [90 vans|QUANTITY=90 van]."),
              ElementsAre("Hoshino has_figure QUANTITY:40 [runs]", "Hoshino has_figure QUANTITY:90 [runs]"));
}

TEST(FiguresTest, AChangeIsAFigureAndWhatItEndsAtIsTheMeasure) {
  EXPECT_THAT(Read("[星野|ORG]營收增加[一成|PERCENT=10 %]至[5億元|MONEY=500000000 TWD]。"),
              ElementsAre("星野 has_figure PERCENT:10 [營收增加]", "星野 has_revenue MONEY:500000000"));
  EXPECT_THAT(Read("[Shares|ORG=Hoshino] rose. [Hoshino|ORG]'s shares fell [9%|PERCENT=9 %]."),
              ElementsAre("Hoshino has_figure PERCENT:9 [shares fell]"));
  EXPECT_THAT(Read("Shares in [Hoshino|ORG] fell [9%|PERCENT=9 %] on [Monday|DATE=2025-03-03]."),
              ElementsAre("Hoshino has_figure PERCENT:9 [Shares fell]"));
}

TEST(FiguresTest, WhatItWasBeforeHasEnded) {
  EXPECT_THAT(Read("[星野|ORG]的員工從[七人|QUANTITY=7 person]增加到[兩百人|QUANTITY=200 person]。"),
              UnorderedElementsAre("星野 has_figure QUANTITY:200 [員工]", "星野 has_figure QUANTITY:7 [員工] [ended]"));
}

TEST(FiguresTest, AShareOfRevenueIsNoRevenue) {
  EXPECT_THAT(Read("[星野|ORG]來自海外的收入約[5億元|MONEY=500000000 TWD],占總收入的[13%|PERCENT=13 %]。"),
              ElementsAre("星野 has_revenue MONEY:500000000", "星野 has_figure PERCENT:13 [占]"));
}

TEST(FiguresTest, AgesBelongToPersons) {
  EXPECT_THAT(Read("[45歲|QUANTITY=45 year]的[林安|PERSON]創辦了[星野|ORG]。"),
              ElementsAre("林安 has_figure QUANTITY:45 [年齡]"));
  EXPECT_THAT(Read("[星野|ORG]簽下[19歲|QUANTITY=19 year]選手[林安|PERSON]。"),
              ElementsAre("林安 has_figure QUANTITY:19 [年齡]"));
  EXPECT_THAT(Read("[Lin An|PERSON], [52|QUANTITY=52 year], runs [Hoshino|ORG]."),
              ElementsAre("Lin An has_figure QUANTITY:52 [age]"));
  EXPECT_THAT(Read("[林安|PERSON]比[周寧|PERSON]小[八歲|QUANTITY=8 year]。"), IsEmpty());
  EXPECT_THAT(Read("[12歲|QUANTITY=12 year]以下學生免費,[林安|PERSON]說。"), IsEmpty());
  EXPECT_THAT(Read("[She|PERSON=Lin An] left when she was [21|QUANTITY=21 year]."), IsEmpty());
}

TEST(FiguresTest, ALeftOutSubjectIsThatOfTheClauseBefore) {
  EXPECT_THAT(Read("在證交所掛牌的[星野|ORG]由[林安|PERSON]創立,目前員工約[300人|QUANTITY=300 employee]。"),
              ElementsAre("星野 has_figure QUANTITY:300 [員工]"));
  EXPECT_THAT(Read("[星野|ORG]股價開高走低,終場下跌[1.8%|PERCENT=1.8 %]。"),
              ElementsAre("星野 has_figure PERCENT:1.8 [股價下跌]"));
  EXPECT_THAT(Read("[Hoshino|ORG], founded by [Lin An|PERSON], employs [260 people|QUANTITY=260 employee]."),
              ElementsAre("Hoshino has_figure QUANTITY:260 [employs]"));
}

TEST(FiguresTest, WhatAPrepositionGovernsIsNotCounted) {
  EXPECT_THAT(Read("[Hoshino|ORG] employs people in [12 countries|QUANTITY=12 country]."), IsEmpty());
  EXPECT_THAT(Read("[Hoshino|ORG] employs people with [12 languages|QUANTITY=12 language]."), IsEmpty());
  EXPECT_THAT(Read("[Hoshino|ORG] employs [12 people|QUANTITY=12 employee] in Lyon."),
              ElementsAre("Hoshino has_figure QUANTITY:12 [employs]"));
}

TEST(FiguresTest, LastYearIsNoDuration) {
  EXPECT_THAT(Read("[Hoshino|ORG] cut [1,200 jobs|QUANTITY=1200 job] last year."),
              ElementsAre("Hoshino has_figure QUANTITY:1200 [cut]"));
}

TEST(FiguresTest, AProfitAtACompanyIsItsOwn) {
  EXPECT_THAT(Read("Operating profit rose to [$30m|MONEY=30000000 USD] at [Hoshino|ORG]."),
              ElementsAre("Hoshino has_net_income MONEY:30000000"));
}

TEST(FiguresTest, WhatShareAMeasureAreReadInOneSentence) {
  EXPECT_THAT(Read("民調顯示,[林安|PERSON]支持度為[36%|PERCENT=36 %],[周寧|PERSON]則為[34%|PERCENT=34 %]。"),
              ElementsAre("林安 has_figure PERCENT:36 [支持度]", "周寧 has_figure PERCENT:34 [支持度]"));
}

TEST(FiguresTest, WhatIsComparedIsNotMeasured) {
  EXPECT_THAT(Read("[雲帆2|PRODUCT]比[雲帆1|PRODUCT]貴了[兩千元|MONEY=2000 TWD]。"),
              ElementsAre("雲帆2 has_figure MONEY:2000 [貴了]"));
}

TEST(FiguresTest, AmountsOfOtherRelationsAreLeftAlone) {
  EXPECT_THAT(Read("[星野|ORG]持股[20%|PERCENT=20 %]。"), IsEmpty());
  EXPECT_THAT(Read("[星野|ORG]的持股比例降至[20%|PERCENT=20 %]。"), IsEmpty());
  EXPECT_THAT(Read("[Lin An|PERSON] still holds [6%|PERCENT=6 %] of the shares in [Hoshino|ORG]."), IsEmpty());
  EXPECT_THAT(Read("[匯眾證券|ORG]把目標價由[310元|MONEY=310 TWD]調高。"), IsEmpty());
}

TEST(FiguresTest, AnUnsureSubjectIsNoSubject) {
  // Whose revenue it is has a name that nobody has found.
  EXPECT_THAT(Read("[星野|ORG]在場。遙遠的某某公社去年重開,年度營收達[5億元|MONEY=500000000 TWD]。"), IsEmpty());
  EXPECT_THAT(Read("[星野|ORG]與對手達成和解,前者營收[5億元|MONEY=500000000 TWD]。"), IsEmpty());
  EXPECT_THAT(Read("[星野|ORG]表示,如果營收超過[5億元|MONEY=500000000 TWD],將加發獎金。"), IsEmpty());
  EXPECT_THAT(Read("[星野|ORG]、[雲帆|ORG]和[遠山|ORG]合計,員工[5萬人|QUANTITY=50000 person]。"), IsEmpty());
}

TEST(FiguresTest, WeAreTheCompanyOfTheSpeaker) {
  EXPECT_THAT(Read("[星野|ORG]執行長[林安|PERSON]受訪。\n林安> 我們的估值是[九億元|MONEY=900000000 TWD]。"),
              ElementsAre("星野 has_market_value MONEY:900000000"));
  EXPECT_THAT(
      Read("[Lin An|PERSON], [Hoshino|ORG]'s chief executive, spoke.\nLin An> We lost [$5 million|MONEY=5000000 USD]."),
      ElementsAre("Hoshino has_net_income MONEY:5000000 [loss]"));
  EXPECT_THAT(Read("[雲帆|ORG]在場。\n林安> 我們的估值是[九億元|MONEY=900000000 TWD]。"), IsEmpty());
}

TEST(FiguresTest, AForecastIsPlannedAndTheNearestDateIsItsTime) {
  TextAnalysis analysis = ParseMarkedText("[2026年|DATE=2026][雲帆|PRODUCT]銷量將達[5萬輛|QUANTITY=50000 vehicle]。");
  const std::vector<TextStatement> figures = FiguresOf(analysis);
  ASSERT_EQ(figures.size(), 1U);
  EXPECT_EQ(figures[0].factuality, Factuality::kPlanned);
  EXPECT_EQ(figures[0].valid_from, "2026");
}

TEST(FiguresTest, WhoSaysItIsItsSpeaker) {
  TextAnalysis analysis = ParseMarkedText("[林安|PERSON]表示,[星野|ORG]毛利率為[62%|PERCENT=62 %]。");
  const std::vector<TextStatement> figures = FiguresOf(analysis);
  ASSERT_EQ(figures.size(), 1U);
  ASSERT_GE(figures[0].speaker, 0);
  EXPECT_EQ(analysis.entities[static_cast<size_t>(figures[0].speaker)].name, "林安");
}

TEST(FiguresTest, WhatOnlyStandsNearIsNeitherMeasureNorOwner) {
  // The title is of the person; the stake belongs to the clause before; the round says when.
  EXPECT_THAT(Read("長居[柏林|GPE]的[小說家|POSITION][林安|PERSON]週日病逝,享壽[83歲|QUANTITY=83 year]。"),
              ElementsAre("林安 has_figure QUANTITY:83 [年齡]"));
  EXPECT_THAT(Read("[星野|ORG]放棄收購[海辰|ORG],股價應聲下跌[9%|PERCENT=9 %]。"),
              ElementsAre("星野 has_figure PERCENT:9 [股價下跌]"));
  EXPECT_THAT(Read("[星野|ORG]的估值在融資後升至[5億元|MONEY=500000000 TWD]。"),
              ElementsAre("星野 has_market_value MONEY:500000000"));
  // 若 in a name supposes nothing.
  EXPECT_THAT(Read("[林安|PERSON]支持度[36%|PERCENT=36 %],[白若蘅|PERSON][34%|PERCENT=34 %]。"),
              ElementsAre("林安 has_figure PERCENT:36 [支持度]", "白若蘅 has_figure PERCENT:34 [支持度]"));
}

}  // namespace
}  // namespace newsgraph
