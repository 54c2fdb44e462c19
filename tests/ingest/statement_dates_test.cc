// Which of several dates is that of a statement.
#include "ingest/text/statement_dates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "graph/ontology.h"
#include "ingest/text/relation_extractor.h"
#include "tests/ingest/marked_text.h"

namespace newsgraph {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

// "星野 acquired 海辰 2012", with "none" where the statement has no time.
std::vector<std::string> Read(const std::string& marked) {
  static const auto* const extractor = [] {
    auto loaded = RelationExtractor::Load({.data_directory = NEWSGRAPH_DATA_DIR}, *Ontology::Default());
    return loaded.ok() ? loaded->release() : nullptr;
  }();
  TextAnalysis analysis = ParseMarkedText(marked);
  extractor->ExtractRelations(analysis);
  std::vector<std::string> out;
  for (const TextStatement& statement : analysis.statements) {
    std::string time = "none";
    for (const Qualifier& qualifier : statement.qualifiers) {
      if (qualifier.name == "time") time = qualifier.value;
    }
    out.push_back(Describe(analysis, statement) + " " + time);
  }
  return out;
}

TEST(StatementDatesTest, APartOfAnEnumerationHasItsOwnDate) {
  EXPECT_THAT(Read("[星野|ORG]於[2012年|DATE=2012]收購[海辰|ORG]、[2014年|DATE=2014]收購[北嶺|ORG]。"),
              UnorderedElementsAre("星野 acquired 海辰 2012", "星野 acquired 北嶺 2014"));
}

TEST(StatementDatesTest, WhatIsAnnouncedTakesEffectWhenTheNextClauseSays) {
  EXPECT_THAT(Read("[星野|ORG][17日|DATE=2025-03-17]公告,財務長[林安|PERSON]請辭,[3月31日|DATE=2025-03-31]生效。"),
              ::testing::Contains("林安 departed_from 星野 2025-03-31"));
  EXPECT_THAT(Read("[林安|PERSON][17日|DATE=2025-03-17]離開[星野|ORG],[3月31日|DATE=2025-03-31]搬家。"),
              ElementsAre("林安 departed_from 星野 2025-03-17"));
}

TEST(StatementDatesTest, ADateBehindTheNameAtTheHeadIsForTheFiguresThatFollow) {
  EXPECT_THAT(Read("[星野|ORG]股價[14日|DATE=2025-11-14]開高走低,終場下跌[1.8%|PERCENT=1.8 %]。"),
              ElementsAre("星野 has_figure PERCENT:1.8 2025-11-14"));
  EXPECT_THAT(Read("[星野|ORG][2016年|DATE=2016]成立,員工[90人|QUANTITY=90 person]。"),
              UnorderedElementsAre("星野 inception DATE:2016 none", "星野 has_figure QUANTITY:90 none"));
}

TEST(StatementDatesTest, FiguresOfOneParagraphShareTheDateOfTheFirst) {
  EXPECT_THAT(
      Read("[星野|ORG]第三季營收[48億元|MONEY=4800000000 TWD];純益[5億元|MONEY=500000000 TWD]。"),
      UnorderedElementsAre("星野 has_revenue MONEY:4800000000 none", "星野 has_net_income MONEY:500000000 none"));
  EXPECT_THAT(
      Read("[星野|ORG][第三季|DATE=2025-Q3]營收[48億元|MONEY=4800000000 TWD];純益[5億元|MONEY=500000000 TWD]。"),
      UnorderedElementsAre("星野 has_revenue MONEY:4800000000 2025-Q3", "星野 has_net_income MONEY:500000000 2025-Q3"));
}

}  // namespace
}  // namespace newsgraph
