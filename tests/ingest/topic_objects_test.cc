#include "ingest/text/topic_objects.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "graph/ontology.h"
#include "tests/ingest/marked_text.h"

namespace newsgraph {
namespace {

// A statement whose object is the words.
TextStatement Told(const TextAnalysis& analysis, int32_t subject, std::string_view predicate,
                   std::u32string_view words) {
  TextStatement statement;
  statement.subject = subject;
  statement.predicate = predicate;
  const std::u32string_view text = analysis.text.folded();
  const auto begin = static_cast<uint32_t>(text.find(words));
  statement.literal_range = {begin, begin + static_cast<uint32_t>(words.size())};
  statement.literal =
      Literal{"TEXT", analysis.text.Surface(statement.literal_range.begin, statement.literal_range.end), "", ""};
  return statement;
}

TEST(TopicObjectsTest, WordsForAnOffenceBecomeOneEntityForAllWhoAreChargedWithIt) {
  TextAnalysis analysis = ParseMarkedText("[林安|PERSON]被控洗錢,[沈雲|PERSON]也被控洗錢罪。");
  ASSERT_EQ(analysis.mentions.size(), 2u);
  analysis.statements.push_back(Told(analysis, 0, "charged_with", U"洗钱"));
  TextStatement second = Told(analysis, 1, "charged_with", U"洗钱罪");
  analysis.statements.push_back(second);

  NameTopicObjects(*Ontology::Default(), analysis);

  ASSERT_EQ(analysis.entities.size(), 3u);
  const LocalEntity& offence = analysis.entities[2];
  EXPECT_EQ(offence.name, "洗錢");
  EXPECT_EQ(offence.type, EntityType::kTech);
  EXPECT_EQ(offence.subtype, "offence");
  EXPECT_EQ(analysis.statements[0].object, 2);
  EXPECT_EQ(analysis.statements[1].object, 2);
  EXPECT_FALSE(analysis.statements[0].literal.has_value());
  // In order, and every entity still has its own.
  ASSERT_EQ(analysis.mentions.size(), 4u);
  for (size_t i = 1; i < analysis.mentions.size(); ++i) {
    EXPECT_LT(analysis.mentions[i - 1].range.begin, analysis.mentions[i].range.begin);
  }
  for (size_t entity = 0; entity < analysis.entities.size(); ++entity) {
    for (const uint32_t index : analysis.entities[entity].mentions) {
      EXPECT_EQ(analysis.mentions[index].entity, static_cast<int32_t>(entity));
    }
  }
}

TEST(TopicObjectsTest, ANameOfTheSameWordsIsTheAward) {
  TextAnalysis analysis = ParseMarkedText("[林安|PERSON]獲得[金星獎|EVENT]。");
  analysis.statements.push_back(Told(analysis, 0, "awarded", U"金星奖"));

  NameTopicObjects(*Ontology::Default(), analysis);

  ASSERT_EQ(analysis.mentions.size(), 2u);
  EXPECT_EQ(analysis.statements[0].object, 1);
  EXPECT_EQ(analysis.entities[1].type, EntityType::kTech);
  EXPECT_EQ(analysis.entities[1].subtype, "award");
}

TEST(TopicObjectsTest, WordsThatHoldANameOrThatDescribeStayWords) {
  TextAnalysis analysis = ParseMarkedText("[林安|PERSON]帶領[飛鷹隊|ORG]奪冠,又獲得一個誰都不曾聽說過的小小地方獎項。");
  analysis.statements.push_back(Told(analysis, 0, "awarded", U"飞鹰队夺冠"));
  analysis.statements.push_back(Told(analysis, 0, "awarded", U"一个谁都不曾听说过的小小地方奖项"));
  // A relation whose object may be anything.
  analysis.statements.push_back(Told(analysis, 0, "supports", U"地方奖项"));

  NameTopicObjects(*Ontology::Default(), analysis);

  EXPECT_EQ(analysis.entities.size(), 2u);
  for (const TextStatement& statement : analysis.statements) EXPECT_TRUE(statement.literal.has_value());
}

}  // namespace
}  // namespace newsgraph
