#include "ingest/text/claims.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "graph/ontology.h"
#include "ingest/text/relation_extractor.h"
#include "tests/ingest/marked_text.h"

namespace newsgraph {
namespace {

// What the text claims, as "subject predicate object (factuality)", in order, apart by "; ".
std::string Claims(const std::string& marked) {
  static const auto extractor = RelationExtractor::Load({.data_directory = NEWSGRAPH_DATA_DIR}, *Ontology::Default());
  EXPECT_TRUE(extractor.ok()) << std::string(extractor.status().message());
  TextAnalysis analysis = ParseMarkedText(marked);
  (*extractor)->ExtractRelations(analysis);
  std::string claims;
  for (const TextStatement& one : analysis.statements) {
    const auto name = [&](int32_t entity) { return analysis.entities[static_cast<size_t>(entity)].name; };
    claims += (claims.empty() ? "" : "; ") + name(one.subject) + " " + one.predicate + " " +
              (one.literal ? one.literal->text : name(one.object)) + " (" + std::string(ToString(one.factuality)) + ")";
  }
  return claims;
}

TEST(ClaimsTest, WhatIsToldIsWholeAlsoAroundBorrowedWords) {
  EXPECT_EQ(Claims("[林安|PERSON]強調,公司從未收錢,款項都是「正常的顧問費」。"),
            "林安 stated 公司從未收錢,款項都是「正常的顧問費」 (asserted)");
  EXPECT_EQ(Claims("[林安|PERSON]說,在海外落後的代價更大。"), "林安 stated 在海外落後的代價更大 (opinion)");
}

TEST(ClaimsTest, QuotedWordsAndTheDeedsOfAnotherStandApart) {
  EXPECT_EQ(Claims("[林安|PERSON]說,存貨上個月已經售出,「這不是囤米」。"),
            "林安 stated 存貨上個月已經售出 (asserted); 林安 stated 這不是囤米 (opinion)");
  EXPECT_EQ(Claims("[星野|ORG]說產線從來沒有停過,[北嶺|ORG]則不願多談。"), "星野 stated 產線從來沒有停過 (asserted)");
  EXPECT_EQ(Claims("[林安|PERSON]指出,[星野|ORG]「拿客戶的錢練膽子」。"), "林安 criticizes 星野 (opinion)");
}

TEST(ClaimsTest, AForecastOfMoreThanASumIsKeptInItsWords) {
  EXPECT_EQ(Claims("[林安|PERSON]預估,明年將有[三成|PERCENT=30 %]的工廠停工。"),
            "林安 predicts 明年將有三成的工廠停工 (opinion)");
}

TEST(ClaimsTest, AReportIsAssertedAndAJudgementIsAnOpinion) {
  EXPECT_EQ(Claims("[林安|PERSON]說:「兩家公司連一次會議都沒有開過。」"),
            "林安 stated 兩家公司連一次會議都沒有開過 (asserted)");
  EXPECT_EQ(Claims("[林安|PERSON]說,這樣的安排非常公平。"), "林安 stated 這樣的安排非常公平 (opinion)");
}

TEST(ClaimsTest, WhoTalksJudgesWhatTheClauseOpensWith) {
  EXPECT_EQ(Claims("林安> [星野|ORG]的研究底子還是最厚的。"), "林安 praises 星野 (opinion)");
  EXPECT_EQ(Claims("林安> 我覺得[陳果|PERSON]處理得很優雅。"), "林安 praises 陳果 (opinion)");
  EXPECT_EQ(Claims("林安> 可是[星野|ORG]的定價太貴了。"), "林安 criticizes 星野 (opinion)");
  // The object of a verb is not judged, nor is who wasted what.
  EXPECT_EQ(Claims("林安> 追上[星野|ORG]是合理的目標。"), "林安 stated 追上星野是合理的目標 (opinion)");
  EXPECT_EQ(Claims("林安> [星野|ORG]把浪費的時間都追了回來。"), "");
}

TEST(ClaimsTest, NothingIsClaimedThatIsNotKnownAskedOrOnlyBegun) {
  EXPECT_EQ(Claims("林安> 我不知道[星野|ORG]會不會在[2030年|DATE]上市。"), "");
  EXPECT_EQ(Claims("林安> 我們不確定會有這樣的結局。"), "");
  EXPECT_EQ(Claims("林安> 我想談談明年的選舉。"), "");
  EXPECT_EQ(Claims("林安> 我認為如果順利的話,怎麼做比較合理。"), "");
}

TEST(ClaimsTest, WhatNeedNotBeIsNoDemand) {
  EXPECT_EQ(Claims("林安> 所有的用途都必須課稅。"), "林安 calls_for 所有的用途都必須課稅 (opinion)");
  EXPECT_EQ(Claims("林安> 並不是所有的用途都必須課稅。"), "林安 stated 並不是所有的用途都必須課稅 (opinion)");
}

TEST(ClaimsTest, ASentenceWithoutEndClaimsNothing) {
  EXPECT_EQ(Claims("林安> 我覺得這個很重要,然後就是,大家看到的,那時候的做法,後來又改了,還有就是,這樣也可以。"), "");
}

TEST(ClaimsTest, WhoFindsAViewOfOthersWrongIsAgainstIt) {
  EXPECT_EQ(Claims("林安> 有人主張把技術鎖起來,我認為那完全錯了。"), "林安 opposes 把技術鎖起來 (opinion)");
  EXPECT_EQ(Claims("林安> 有人怕技術會綁住創造力,我看剛好相反。"),
            "林安 stated 有人怕技術會綁住創造力,我看剛好相反 (opinion)");
  EXPECT_EQ(Claims("林安> 有人主張應該把技術鎖起來。"), "");
}

TEST(ClaimsTest, WhatOneWhoLeadsSaysWillBeIsPlannedButForecastByOthers) {
  EXPECT_EQ(Claims("[星野|ORG]執行長[林安|PERSON]說,名單會在年底前公開。"),
            "林安 ceo_of 星野 (asserted); 林安 plans 名單會在年底前公開 (planned)");
  EXPECT_EQ(Claims("[林安|PERSON]說,名單會在年底前公開。"), "林安 predicts 名單會在年底前公開 (opinion)");
  EXPECT_EQ(Claims("[星野|ORG]執行長[林安|PERSON]說,這筆交易會讓員工安心。"),
            "林安 ceo_of 星野 (asserted); 林安 predicts 這筆交易會讓員工安心 (opinion)");
}

TEST(ClaimsTest, WhenAndWhereIsNotYetWhat) {
  EXPECT_EQ(Claims("[林安|PERSON]說公司長年受制於對手,在這波浪潮中,[他|PERSON=林安]希望自己做平台。"),
            "林安 stated 公司長年受制於對手 (asserted); 林安 plans 自己做平台 (planned)");
  EXPECT_EQ(Claims("林安> 我希望在下一代的發展中,大家能做出自己的平台。"),
            "林安 plans 在下一代的發展中,大家能做出自己的平台 (planned)");
}

TEST(ClaimsTest, WordsOfOthersInTalkAreTheirs) {
  EXPECT_EQ(Claims("林安> 部長呼籲應該貼上警告的標籤,說平台必須負起責任。"), "");
  EXPECT_EQ(Claims("陳果> 你好。\n林安> [你|PERSON=陳果]也熱愛戶外的運動,做得非常好。"), "");
}

TEST(ClaimsTest, APlanMayBeDeniedOrOnlyConsidered) {
  EXPECT_EQ(Claims("[星野|ORG]考慮退出這個市場。"), "星野 plans 退出這個市場 (hypothetical)");
  EXPECT_EQ(Claims("[星野|ORG]無意退出這個市場。"), "星野 plans 退出這個市場 (denied)");
  EXPECT_EQ(Claims("[星野|ORG]在談及這一決定時表示滿意。"), "");
}

TEST(ClaimsTest, WhatAReportSaysWouldBeIsAPlanOfWhoSaysItAndAForecastOfOthers) {
  EXPECT_EQ(Claims("[Lin An|PERSON] said [he|PERSON=Lin An] would contest the ruling."),
            "Lin An plans he would contest the ruling (planned)");
  EXPECT_EQ(Claims("[Lin An|PERSON] said [Hoshino|ORG] would close the shop."),
            "Lin An predicts Hoshino would close the shop (opinion)");
  EXPECT_EQ(Claims("[Lin An|PERSON] said the ruling came in May and that [he|PERSON=Lin An] would contest it."),
            "Lin An plans he would contest it (planned); Lin An stated the ruling came in May (asserted)");
  EXPECT_EQ(Claims("[Lin An|PERSON] said the shop would have closed in May."),
            "Lin An stated the shop would have closed in May (asserted)");
}

TEST(ClaimsTest, EnglishSpeechIsTheClauseOfItsVerb) {
  EXPECT_EQ(Claims("The noise, [Lin An|PERSON] said, was no louder than a fan."),
            "Lin An stated The noise, Lin An said, was no louder than a fan (asserted)");
  EXPECT_EQ(Claims("The shops were shut by noon, [Lin An|PERSON] said, and nobody came."),
            "Lin An stated The shops were shut by noon (asserted)");
  EXPECT_EQ(Claims("[Lin An|PERSON] wrote her thesis on the old shops."), "");
}

TEST(ClaimsTest, WhatPeopleHaveToDoIsNoDemandInTalk) {
  EXPECT_EQ(Claims("Lin An> You have to fill in four long forms."), "");
  EXPECT_EQ(Claims("Lin An> The state should pay for the forms."),
            "Lin An calls_for The state should pay for the forms (opinion)");
}

}  // namespace
}  // namespace newsgraph
