// What the clauses of Chinese sentences speak of.
#include "ingest/text/clause_topic.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "graph/ontology.h"
#include "ingest/text/relation_matcher.h"
#include "ingest/text/relation_rules.h"
#include "ingest/text/sentence_view.h"
#include "tests/ingest/marked_text.h"

namespace newsgraph {
namespace {

using ::testing::ElementsAre;

const RelationMatcher& Matcher() {
  static const auto* const matcher = new RelationMatcher(
      *LoadRuleBook(std::filesystem::path(NEWSGRAPH_DATA_DIR) / "rules" / "zh", "zh", *Ontology::Default(), {}));
  return *matcher;
}

// A line a clause: what opens it, then "other" where something else may be its subject, "acts" where it is for sure,
// "verb" where it has none.
std::vector<std::string> Read(const std::string& marked) {
  const TextAnalysis analysis = ParseMarkedText(marked);
  const std::vector<uint32_t> none;
  const std::vector<std::vector<uint32_t>> by_sentence = MentionsBySentence(analysis);
  SentenceView view(analysis, none);
  view.LookAt(0, by_sentence[0], none);
  std::vector<CueHit> hits;
  Matcher().FindCues(view, hits);
  std::vector<std::string> out;
  for (const ClauseTopic& topic : TopicsOf(view, Matcher(), hits)) {
    std::string line;
    for (const uint32_t index : topic.opening) {
      const Range range = analysis.mentions[index].range;
      line += (line.empty() ? "" : " ") + analysis.text.Surface(range.begin, range.end);
    }
    const std::string other = topic.other_acts ? "acts" : "other";
    if (topic.has_other) line += (line.empty() ? "" : " ") + other;
    if (topic.is_kin) line += " kin";
    if (topic.kin_owner >= 0) {
      const Range range = analysis.mentions[static_cast<size_t>(topic.kin_owner)].range;
      line += " kin of " + analysis.text.Surface(range.begin, range.end);
    }
    if (topic.has_verb) line += line.empty() ? "verb" : " verb";
    out.push_back(line);
  }
  return out;
}

TEST(ClauseTopicTest, AClauseThatBeginsWithAVerbNamesNobody) {
  EXPECT_THAT(Read("[星野科技|ORG]週一發表新機,並收購[北嶺|ORG]。"), ElementsAre("星野科技", "verb"));
  EXPECT_THAT(Read("[林安|PERSON]否認[北嶺|ORG]違約,又批評[星野|ORG]。"), ElementsAre("林安", "verb"));
}

TEST(ClauseTopicTest, DatesAndAdverbsStandBeforeTheSubject) {
  EXPECT_THAT(Read("[去年|DATE=2024]秋天,[星野|ORG]也推出[N7|PRODUCT]。"), ElementsAre("other", "星野"));
  EXPECT_THAT(Read("同時[星野|ORG]推出[N7|PRODUCT]。"), ElementsAre("星野"));
}

TEST(ClauseTopicTest, WhoHoldsAnOfficeComesBeforeWhereHeHoldsIt) {
  EXPECT_THAT(Read("[星野|ORG]執行長[林安|PERSON]表示滿意。"), ElementsAre("林安 星野"));
  EXPECT_THAT(Read("[星野|ORG]的執行長[林安|PERSON]表示滿意。"), ElementsAre("林安 星野"));
  EXPECT_THAT(Read("創辦人兼執行長[林安|PERSON]表示滿意。"), ElementsAre("林安"));
  EXPECT_THAT(Read("[挪威|GPE]離岸風電業者[星野|ORG]週一停工。"), ElementsAre("星野 挪威"));
}

TEST(ClauseTopicTest, TheHeadOfARelativeClauseIsTheTopic) {
  EXPECT_THAT(Read("創辦[星野|ORG]的[林安|PERSON]離職。"), ElementsAre("林安"));
  EXPECT_THAT(Read("45歲的[她|PERSON=林安]出生於[台南|GPE]。"), ElementsAre("她"));
  EXPECT_THAT(Read("[星野|ORG]宣布,收購[上海|GPE]的[北嶺|ORG]。"), ElementsAre("星野", "verb"));
}

TEST(ClauseTopicTest, WhatACoverbGovernsIsNoTopic) {
  EXPECT_THAT(Read("在[台北|GPE],[星野|ORG]有三家店。"), ElementsAre("", "星野"));
  EXPECT_THAT(Read("由[柏林|GPE]的[北嶺|ORG]發行。"), ElementsAre("verb"));
  EXPECT_THAT(Read("與[北嶺|ORG]合作。"), ElementsAre("verb"));
}

TEST(ClauseTopicTest, ANounWithoutANameIsASubjectOfItsOwn) {
  EXPECT_THAT(Read("[星野|ORG]的營收成長。"), ElementsAre("星野 other"));
  EXPECT_THAT(Read("[星野|ORG]發布聲明,董事會一致通過。"), ElementsAre("星野", "acts"));
  EXPECT_THAT(Read("[林安|PERSON]指出,匯控還將加強合作,最後仍收購[星野|ORG]。"), ElementsAre("林安", "acts", "verb"));
  EXPECT_THAT(Read("律師[林安|PERSON]發布聲明。"), ElementsAre("林安"));
  EXPECT_THAT(Read("父親[林安|PERSON]種田,[北嶺|ORG]老闆則是[她|PERSON=高以樂]。"), ElementsAre("林安 kin", "北嶺"));
}

TEST(ClauseTopicTest, KinIsOfWhoStandsBeforeIt) {
  EXPECT_THAT(Read("[林安|PERSON]的父親[林海|PERSON]種田,母親[沈雲|PERSON]教書。"),
              ElementsAre("林海 林安 kin of 林安", "沈雲 kin"));
  EXPECT_THAT(Read("[林安|PERSON]的秘書[林海|PERSON]種田。"), ElementsAre("林海 林安"));
}

}  // namespace
}  // namespace newsgraph
