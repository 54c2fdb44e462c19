#include "ingest/text/relation_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "graph/ontology.h"
#include "ingest/text/english_forms.h"
#include "ingest/text/relation_extractor.h"
#include "ingest/text/rule_examples.h"
#include "tests/ingest/marked_text.h"

namespace newsgraph {
namespace {

using ::testing::HasSubstr;

const std::filesystem::path kData = NEWSGRAPH_DATA_DIR;

std::unique_ptr<const RelationExtractor> LoadExtractor() {
  auto extractor = RelationExtractor::Load({.data_directory = kData}, *Ontology::Default());
  EXPECT_TRUE(extractor.ok()) << std::string(extractor.status().message());
  return extractor.ok() ? *std::move(extractor) : nullptr;
}

std::string ErrorOf(const std::string& text) {
  const auto book = ParseRuleBook({{"zh/one.rules", text}}, "zh", *Ontology::Default());
  return book.ok() ? "no error" : std::string(book.status().message());
}

class RuleExamplesTest : public ::testing::TestWithParam<const char*> {};

// Every rule reads what its own file says that it reads, and nothing that it must not.
TEST_P(RuleExamplesTest, EveryRuleReadsItsExamples) {
  const auto book = LoadRuleBook(kData / "rules" / GetParam(), GetParam(), *Ontology::Default());
  ASSERT_TRUE(book.ok()) << std::string(book.status().message());
  const auto extractor = LoadExtractor();
  ASSERT_NE(extractor, nullptr);
  for (const RelationRule& rule : book->rules) {
    const auto positive = std::count_if(rule.examples.begin(), rule.examples.end(),
                                        [](const RuleExample& example) { return example.positive; });
    EXPECT_GE(positive, 3) << rule.place << ": three sentences of different shapes that it reads";
    EXPECT_GE(static_cast<std::ptrdiff_t>(rule.examples.size()) - positive, 2)
        << rule.place << ": two that it must not";
    const absl::Status read = CheckExamples(rule, *extractor);
    EXPECT_TRUE(read.ok()) << std::string(read.message());
  }
}

INSTANTIATE_TEST_SUITE_P(Languages, RuleExamplesTest, ::testing::Values("zh", "en"));

// "acquired planned" of the statement whose relation it is; empty for none.
std::string MoodOf(const std::string& marked, const std::string& predicate) {
  const auto extractor = LoadExtractor();
  if (extractor == nullptr) return "";
  TextAnalysis analysis = ParseMarkedText(marked);
  extractor->ExtractRelations(analysis);
  for (const TextStatement& statement : analysis.statements) {
    if (statement.predicate == predicate) return std::string(ToString(statement.factuality));
  }
  return "";
}

TEST(RelationRulesTest, WhatMarksTheObjectOrStandsInANamePlansNothing) {
  EXPECT_EQ(MoodOf("[星野|ORG]將收購[北嶺|ORG]。", "acquired"), "planned");
  EXPECT_EQ(MoodOf("[星野|ORG]將[北嶺|ORG]納入旗下。", "acquired"), "asserted");
  EXPECT_EQ(MoodOf("[將來基金|ORG]資助[北嶺|ORG]。", "funds"), "asserted");
  EXPECT_EQ(MoodOf("[星野|ORG]將資助[北嶺|ORG]。", "funds"), "planned");
}

TEST(RelationRulesTest, WhoIsNotTheFirstToDoItHasDoneIt) {
  EXPECT_EQ(MoodOf("[林安|PERSON]不是第一個離開[星野|ORG]的主管。", "departed_from"), "asserted");
  EXPECT_EQ(MoodOf("[林安|PERSON]並非唯一離開[星野|ORG]的主管。", "departed_from"), "asserted");
  EXPECT_EQ(MoodOf("[林安|PERSON]沒有離開[星野|ORG]。", "departed_from"), "denied");
  EXPECT_EQ(MoodOf("[林安|PERSON]不是首爾人,也沒有離開[星野|ORG]。", "departed_from"), "denied");
  EXPECT_EQ(MoodOf("[Starfield|ORG] was not the first to acquire [Northridge|ORG].", "acquired"), "asserted");
  EXPECT_EQ(MoodOf("[Starfield|ORG] has not acquired [Northridge|ORG].", "acquired"), "denied");
}

TEST(RelationRulesTest, WhatIsJoinedToAPlanIsPlanned) {
  EXPECT_EQ(MoodOf("[林安|PERSON]週四將訪問海港,與當地官員見面,並出席[凌川論壇|EVENT]。", "participated_in"),
            "planned");
  EXPECT_EQ(MoodOf("[林安|PERSON]週四將訪問海港,並已出席[凌川論壇|EVENT]。", "participated_in"), "asserted");
  EXPECT_EQ(MoodOf("[林安|PERSON]週四訪問海港,並出席[凌川論壇|EVENT]。", "participated_in"), "asserted");
}

TEST(RelationRulesTest, AListInRelationWithItselfSaysEveryPair) {
  const auto extractor = LoadExtractor();
  ASSERT_NE(extractor, nullptr);
  TextAnalysis analysis = ParseMarkedText("[星野|ORG]、[北嶺|ORG]和[凌川|ORG]三家去年合併。");
  extractor->ExtractRelations(analysis);
  std::vector<std::string> pairs;
  for (const TextStatement& statement : analysis.statements) pairs.push_back(Describe(analysis, statement));
  EXPECT_THAT(pairs, ::testing::UnorderedElementsAre("星野 merged_with 北嶺", "星野 merged_with 凌川",
                                                     "北嶺 merged_with 凌川"));
}

TEST(RelationRulesTest, AnErrorNamesFileAndLine) {
  EXPECT_THAT(ErrorOf("@a = 甲\n\nrule ceo_of.1 2\n"), HasSubstr("zh/one.rules:3: strength 2 is not above 0"));
  EXPECT_THAT(ErrorOf("rule chief_of.1 1\n"), HasSubstr("zh/one.rules:1: the ontology has no relation chief_of"));
  EXPECT_THAT(ErrorOf("rule ceo_of.1 1\n  {S:PERSON} <@b> {O:ORG}\n"),
              HasSubstr("zh/one.rules:2: cue set @b is not defined"));
  EXPECT_THAT(ErrorOf("@a = 甲\nrule ceo_of.1 1\n  {S:PERSON} @a {O:ORG}\n"),
              HasSubstr("zh/one.rules:3: a pattern needs exactly one cue"));
  EXPECT_THAT(ErrorOf("@a = 甲\nrule ceo_of.1 1\n  {S:HUMAN} <@a> {O:ORG}\n"),
              HasSubstr("zh/one.rules:3: HUMAN is no type of mention"));
  EXPECT_THAT(ErrorOf("@a = 甲\nrule ceo_of.1 1\n  {S:PERSON} <@a> (乙 {O:ORG}\n"),
              HasSubstr("zh/one.rules:3: a '(' is not closed"));
  EXPECT_THAT(ErrorOf("@a = 甲\nrule ceo_of.1 1\n  {S:PERSON} <@a> 乙\n"), HasSubstr("zh/one.rules:3: a reading"));
  EXPECT_THAT(ErrorOf("@a 甲\n"), HasSubstr("zh/one.rules:1: a line that stands in no rule"));
  EXPECT_THAT(ErrorOf("@a = 甲\n@a = 乙\n"), HasSubstr("zh/one.rules:2: there is a set @a already"));
  EXPECT_THAT(ErrorOf("@a = @b\n"), HasSubstr("zh/one.rules:1: @a names @b, which is not defined above it"));
  EXPECT_THAT(ErrorOf("  {S:PERSON} <@a> {O:ORG}\n"), HasSubstr("zh/one.rules:1: a line that stands in no rule"));
}

TEST(RelationRulesTest, ARuleWithoutExamplesIsAnError) {
  const std::string rule = "@a = 甲\nrule ceo_of.1 1\n  {S:PERSON} <@a> {O:ORG}\n";
  EXPECT_THAT(ErrorOf(rule), HasSubstr("zh/one.rules:2: zh/ceo_of.1 has no example that it reads"));
  EXPECT_THAT(ErrorOf(rule + "  + [林安|PERSON]甲[星野|ORG]\n"), HasSubstr("has no example that it must not read"));
  EXPECT_EQ(ErrorOf(rule + "  + [林安|PERSON]甲[星野|ORG]\n  - 甲\n"), "no error");
}

TEST(RelationRulesTest, TwoRulesOfOneNameAreAnError) {
  const std::string rule = "rule ceo_of.1 1\n  {S:PERSON} <甲> {O:ORG}\n  + [林安|PERSON]甲[星野|ORG]\n  - 甲\n";
  EXPECT_THAT(ErrorOf(rule + rule), HasSubstr("zh/one.rules:5: there is a rule zh/ceo_of.1 already"));
}

TEST(RelationRulesTest, AlternativesAndOptionalPartsAreWrittenOut) {
  const auto book = ParseRuleBook(
      {{"a", "rule ceo_of.1 1\n  {S:PERSON} (是|為)? <甲> (了)? {O:ORG}\n  + [林安|PERSON]甲[星野|ORG]\n  - 甲\n"}},
      "zh", *Ontology::Default());
  ASSERT_TRUE(book.ok()) << std::string(book.status().message());
  EXPECT_EQ(book->rules[0].patterns.size(), 6U);
  EXPECT_EQ(book->rules[0].patterns[0].left.size(), 2U);
  EXPECT_EQ(book->rules[0].patterns[5].left.size(), 1U);
}

TEST(RelationRulesTest, PairsAreSubjectAndObject) {
  const auto book =
      ParseRuleBook({{"a", "rule merged_with.1 1\n  {S:ORG pairs} <合併>\n  + [A|ORG]與[B|ORG]合併\n  - a\n"}}, "zh",
                    *Ontology::Default());
  ASSERT_TRUE(book.ok()) << std::string(book.status().message());
  ASSERT_EQ(book->rules[0].patterns.size(), 1u);
  EXPECT_TRUE(book->rules[0].patterns[0].left[0]->pairs);
  EXPECT_THAT(ErrorOf("rule merged_with.1 1\n  {S:ORG} <合併> {O:ORG pairs}\n"), HasSubstr("pairs is no word"));
  EXPECT_THAT(ErrorOf("rule merged_with.1 1\n  {S:ORG} [..4 !ORG,] <合併> {O:ORG}\n"), HasSubstr("[..N, !TYPE]"));
}

TEST(RelationRulesTest, AFrameStandsForItsPatterns) {
  const std::string frame = "frame verb\n  {S} [..3 !SO] <V> {O}\n  {O topic} 被 {S} <V>\n";
  const std::string rule =
      "rule acquired.1 1\n  verb <甲> {S:ORG,PERSON} {O:ORG many}\n  + [林安|PERSON]甲[星野|ORG]\n  - 甲\n";
  const auto book = ParseRuleBook({{"b", rule}, {"a", frame}}, "zh", *Ontology::Default());
  ASSERT_TRUE(book.ok()) << std::string(book.status().message());
  ASSERT_EQ(book->rules[0].patterns.size(), 2U);
  const RulePattern& active = book->rules[0].patterns[0];
  ASSERT_EQ(active.left.size(), 2U);
  EXPECT_EQ(active.left[0]->types.size(), 3U);  // neither subjects nor objects between
  EXPECT_EQ(active.left[1]->role, "S");
  EXPECT_TRUE(active.right[0]->many);
  const RulePattern& passive = book->rules[0].patterns[1];
  EXPECT_EQ(passive.left.back()->kind, RuleElementKind::kTopic);
  EXPECT_FALSE(passive.left.back()->many);
  EXPECT_THAT(ErrorOf(frame + "rule acquired.1 1\n  verb <甲> {S:ORG}\n"),
              HasSubstr("zh/one.rules:5: a frame takes three things"));
  EXPECT_THAT(ErrorOf(frame + "rule acquired.1 1\n  verb <甲> {S:ORG} {O:FIRM}\n"),
              HasSubstr("zh/one.rules:5: FIRM is no type of mention"));
  EXPECT_THAT(ErrorOf(frame + frame), HasSubstr("zh/one.rules:4: there is a frame verb already"));
}

TEST(RelationRulesTest, WordsOfASetInSlotsAndGaps) {
  const std::string head = "@hue = red\nrule bans.1 1\n";
  const std::string examples = "  + [A|ORG] bans [B|ORG]\n  - a\n";
  const auto book =
      ParseRuleBook({{"a", head + "  {S:ORG of @hue} <bans> [..3 !ORG !@hue] {O:ORG not @hue}\n" + examples}}, "en",
                    *Ontology::Default());
  ASSERT_TRUE(book.ok()) << std::string(book.status().message());
  const RulePattern& pattern = book->rules[0].patterns[0];
  EXPECT_EQ(pattern.left[0]->words, SlotWords::kOfSet);
  EXPECT_EQ(pattern.right[0]->words, SlotWords::kNotOfSet);
  EXPECT_EQ(pattern.right[0]->types.size(), 1U);
  EXPECT_EQ(pattern.right[1]->words, SlotWords::kNotOfSet);
  EXPECT_THAT(ErrorOf(head + "  {S:ORG of @shade} <bans> {O:ORG}\n"), HasSubstr("zh/one.rules:3: cue set @shade"));
  EXPECT_THAT(ErrorOf(head + "  {S:ORG} <bans> [..3 !@shade] {O:ORG}\n"), HasSubstr("zh/one.rules:3: cue set @shade"));
  EXPECT_THAT(ErrorOf(head + "  {S:ORG} <bans> [..3 ORG] {O:ORG}\n"), HasSubstr("zh/one.rules:3: gap [..3 ORG]"));
}

TEST(RelationRulesTest, AMentionMayHoldAWordOfASet) {
  const std::string head = "@medal = medal\nrule bans.1 1\n  {S:ORG} <bans> {O:EVENT with @medal}\n";
  const auto read =
      ParseRuleBook({{"a", head + "  + [A|ORG] bans [B Medal|EVENT]\n  - [A|ORG] bans [B Medallion|EVENT]\n"}}, "en",
                    *Ontology::Default());
  ASSERT_TRUE(read.ok()) << std::string(read.status().message());
  EXPECT_EQ(read->rules[0].patterns[0].right[0]->words, SlotWords::kHoldsWord);
}

// "Lin founded Hoshino" of the statements of one relation.
std::vector<std::string> ReadOf(const std::string& marked, const std::string& predicate) {
  std::vector<std::string> read;
  const auto extractor = LoadExtractor();
  if (extractor == nullptr) return read;
  TextAnalysis analysis = ParseMarkedText(marked);
  extractor->ExtractRelations(analysis);
  for (const TextStatement& statement : analysis.statements) {
    if (statement.predicate == predicate) read.push_back(Describe(analysis, statement));
  }
  return read;
}

TEST(RelationRulesTest, ARelativePronounStandsForItsName) {
  using ::testing::ElementsAre;
  EXPECT_THAT(ReadOf("[Lin An|PERSON], who was appointed by [Gao Yi|PERSON], left.", "appointed_by"),
              ElementsAre("Lin An appointed_by Gao Yi"));
  EXPECT_THAT(ReadOf("[Hoshino|ORG], which sued [Northridge|ORG], shrank.", "sued"),
              ElementsAre("Hoshino sued Northridge"));
  EXPECT_THAT(ReadOf("[Lin An|PERSON], a baker from [Lyon|GPE] who sued [Northridge|ORG], left.", "sued"),
              ElementsAre("Lin An sued Northridge"));
  // Another acts.
  EXPECT_THAT(ReadOf("[Hoshino|ORG], which he sued before [Northridge|ORG] shrank, grew.", "sued"), ElementsAre());
}

TEST(RelationRulesTest, AMemberOfAnEnglishListMayBeDescribed) {
  using ::testing::UnorderedElementsAre;
  EXPECT_THAT(ReadOf("[Hoshino|ORG] was founded by [Lin An|PERSON] and the engineer [Gao Yi|PERSON].", "founded"),
              UnorderedElementsAre("Lin An founded Hoshino", "Gao Yi founded Hoshino"));
  EXPECT_THAT(ReadOf("[Hoshino|ORG] was founded by [Lin An|PERSON] and his wife [Gao Yi|PERSON].", "founded"),
              UnorderedElementsAre("Lin An founded Hoshino", "Gao Yi founded Hoshino"));
  EXPECT_THAT(ReadOf("[Hoshino|ORG] was founded by [Lin An|PERSON] and bought by [Gao Yi|PERSON].", "founded"),
              UnorderedElementsAre("Lin An founded Hoshino"));
}

TEST(RelationRulesTest, AListMayHoldMembersOfSeveralKinds) {
  using ::testing::UnorderedElementsAre;
  EXPECT_THAT(ReadOf("[Hoshino|ORG] and [Gao Yi|PERSON], [Larch|ORG]'s two largest shareholders, agreed.", "owns"),
              UnorderedElementsAre("Hoshino owns Larch", "Gao Yi owns Larch"));
  EXPECT_THAT(ReadOf("[北國|GPE]對[林安|PERSON]和[海洋聯盟|ORG]實施制裁。", "sanctions"),
              UnorderedElementsAre("北國 sanctions 林安", "北國 sanctions 海洋聯盟"));
  // A title or a person among them is passed over.
  EXPECT_THAT(ReadOf("[Hoshino|ORG] was founded by [Lin An|PERSON], its [chief executive|POSITION], and "
                     "[Gao Yi|PERSON], its [chairman|POSITION].",
                     "founded"),
              UnorderedElementsAre("Lin An founded Hoshino", "Gao Yi founded Hoshino"));
  EXPECT_THAT(ReadOf("[星野|ORG]昨天與[北嶺|ORG]、[林安|PERSON]和[凌川|ORG]合作。", "partners_with"),
              UnorderedElementsAre("星野 partners_with 北嶺", "星野 partners_with 凌川"));
}

TEST(RelationRulesTest, AMentionMayHoldNoWordOfASet) {
  const std::string head = "@court = court\nrule bans.1 1\n  {S:ORG} <bans> {O:ORG without @court}\n";
  const auto read = ParseRuleBook({{"a", head + "  + [A|ORG] bans [B|ORG]\n  - [A|ORG] bans [High court|ORG]\n"}}, "en",
                                  *Ontology::Default());
  ASSERT_TRUE(read.ok()) << std::string(read.status().message());
  EXPECT_EQ(read->rules[0].patterns[0].right[0]->words, SlotWords::kHoldsNone);
}

TEST(RelationRulesTest, ACueMayBeTheObject) {
  const auto book = ParseRuleBook({{"a",
                                    "@crime = fraud\nrule charged_with.1 1\n  {S:ORG} faces <O=@crime>\n"
                                    "  + [A|ORG] faces fraud\n  - a\n"}},
                                  "en", *Ontology::Default());
  ASSERT_TRUE(book.ok()) << std::string(book.status().message());
  EXPECT_EQ(book->rules[0].patterns[0].anchor_role, "O");
  EXPECT_EQ(book->rules[0].patterns[0].anchor_literal, "TEXT");
  EXPECT_THAT(ErrorOf("@a = 甲\nrule ceo_of.1 1\n  {S:PERSON} <Q=@a> {O:ORG}\n"),
              HasSubstr("zh/one.rules:3: Q=@a names neither O nor a qualifier"));
}

TEST(RelationRulesTest, AVerbStandsForItsForms) {
  const auto book = ParseRuleBook(
      {{"a", "@v = ~ban \"~take over\"\nrule bans.1 1\n  {S:ORG} <@v> {O:ORG}\n  + [A|ORG] bans [B|ORG]\n  - a\n"}},
      "en", *Ontology::Default());
  ASSERT_TRUE(book.ok()) << std::string(book.status().message());
  EXPECT_THAT(book->FindSet("v")->words,
              ::testing::ElementsAre(U"ban", U"bans", U"banned", U"banning", U"take over", U"takes over", U"took over",
                                     U"taken over", U"taking over"));
}

TEST(EnglishFormsTest, RegularAndIrregularVerbs) {
  EXPECT_THAT(FormsOfEnglishVerb("acquire"), ::testing::ElementsAre("acquire", "acquires", "acquired", "acquiring"));
  EXPECT_THAT(FormsOfEnglishVerb("supply"), ::testing::ElementsAre("supply", "supplies", "supplied", "supplying"));
  EXPECT_THAT(FormsOfEnglishVerb("launch"), ::testing::ElementsAre("launch", "launches", "launched", "launching"));
  EXPECT_THAT(FormsOfEnglishVerb("open"), ::testing::ElementsAre("open", "opens", "opened", "opening"));
  EXPECT_THAT(FormsOfEnglishVerb("write"), ::testing::ElementsAre("write", "writes", "wrote", "written", "writing"));
  EXPECT_THAT(FormsOfEnglishVerb("agree"), ::testing::ElementsAre("agree", "agrees", "agreed", "agreeing"));
  EXPECT_TRUE(FormsOfEnglishVerb("").empty());
}

TEST(RelationRulesTest, WordsAndCuesMayBeObjects) {
  const std::string examples = "  + 甲\n  - 乙\n";
  const auto book =
      ParseRuleBook({{"a", "@prize = 獎\n@office = 市長\nrule awarded.1 1\n  {S:PERSON} <獲> {O:WORDS @prize}\n" +
                               examples + "rule holds_position.1 1\n  !{_:ORG} <O=@office> {S:PERSON}\n" + examples}},
                    "zh", *Ontology::Default());
  ASSERT_TRUE(book.ok()) << std::string(book.status().message());
  const RulePattern& words = book->rules[0].patterns[0];
  EXPECT_EQ(words.right[0]->kind, RuleElementKind::kWords);
  EXPECT_TRUE(words.right[0]->ends_with_cue);
  const RulePattern& cue = book->rules[1].patterns[0];
  EXPECT_EQ(cue.anchor_role, "O");
  EXPECT_EQ(cue.left[0]->kind, RuleElementKind::kNotSlot);
  EXPECT_THAT(ErrorOf("rule awarded.1 1\n  {S:PERSON} <獲> {O:WORDS @prize}\n"),
              HasSubstr("zh/one.rules:2: cue set @prize is not defined"));
  EXPECT_THAT(ErrorOf("rule awarded.1 1\n  {S:PERSON} !{O:PHRASE} <獲> {O:WORDS}\n"),
              HasSubstr("zh/one.rules:2: after '!' only a mention"));
  EXPECT_THAT(ErrorOf("rule awarded.1 1\n  {S:PERSON} &{O:PHRASE} <獲> {O:WORDS}\n"),
              HasSubstr("zh/one.rules:2: after '&' only a mention"));
}

// What must follow is left to the parts behind it.
TEST(RelationRulesTest, PartsMayBeSeenAndNotTaken) {
  const auto book =
      ParseRuleBook({{"a",
                      "@verb = 停止\nrule calls_for.1 1\n  {S:PERSON} <主張> (&@verb|&不|&{_:ORG}) {O:PHRASE}\n"
                      "  + [林安|PERSON]主張停止採礦。 => 林安, STATEMENT:停止採礦\n"
                      "  + [林安|PERSON]主張不再採礦。 => 林安, STATEMENT:不再採礦\n"
                      "  + [林安|PERSON]主張[星野|ORG]退場。 => 林安, STATEMENT:星野退場\n"
                      "  - [林安|PERSON]主張礦坑早已關閉。\n"}},
                    "zh", *Ontology::Default());
  ASSERT_TRUE(book.ok()) << std::string(book.status().message());
  EXPECT_EQ(book->rules[0].patterns[0].right[0]->kind, RuleElementKind::kSeenCue);
  EXPECT_EQ(book->rules[0].patterns[1].right[0]->kind, RuleElementKind::kSeenWord);
  EXPECT_EQ(book->rules[0].patterns[2].right[0]->kind, RuleElementKind::kSeenSlot);
}

// Sets name only sets above them, so none can hold itself.
TEST(RelationRulesTest, SetsInACircleAreAnError) {
  EXPECT_THAT(ErrorOf("@mine = @yours\n@yours = @mine\n"),
              HasSubstr("zh/one.rules:1: @mine names @yours, which is not defined above it"));
  EXPECT_THAT(ErrorOf("@mine = 指點 @mine\n"), HasSubstr("zh/one.rules:1: @mine names @mine, which is not defined"));
}

class OwnRulesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = ::testing::TempDir() + "own_rules_XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    std::filesystem::create_directories(folder_ / "zh");
    std::filesystem::create_directories(folder_ / "en");
    std::ofstream(folder_ / "zh" / "mine.rules") << "@unused = 點撥\n";
    std::ofstream(folder_ / "en" / "mine.rules") << "@unused = glim\n";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string ErrorOf(const std::string& rules, const char* language = "zh") {
    std::ofstream(folder_ / language / "mine.rules") << rules;
    const auto loaded = RelationExtractor::Load({.data_directory = kData, .own_rules = folder_}, *Ontology::Default());
    return loaded.ok() ? "no error" : std::string(loaded.status().message());
  }

 private:
  std::filesystem::path folder_;
};

TEST_F(OwnRulesTest, AreHeldToTheirExamples) {
  const std::string rule = "rule advises.90 0.9\n  {S:PERSON} <點撥> {O:PERSON}\n";
  const std::string good = "  + [林安|PERSON]點撥[陳果|PERSON]。\n", bad = "  - [林安|PERSON]看到[陳果|PERSON]。\n";
  EXPECT_EQ(ErrorOf(rule + good + bad), "no error");
  EXPECT_THAT(ErrorOf(rule + good + bad + "  - [林安|PERSON]點撥[陳果|PERSON]。\n"),
              HasSubstr("own/zh/mine.rules:5: zh/advises.90 reads \"林安, 陳果\" where it must read nothing"));
  EXPECT_THAT(ErrorOf(rule + good + bad + "  + [林安|PERSON]指導[陳果|PERSON]。\n"),
              HasSubstr("own/zh/mine.rules:5: zh/advises.90 does not read its example"));
  EXPECT_THAT(ErrorOf(rule + good + bad + "  + [林安|SAGE]點撥[陳果|PERSON]。\n"),
              HasSubstr("own/zh/mine.rules:5: zh/advises.90 has a badly marked example, [林安|SAGE]: SAGE is no type"));
}

// The examples say it: "has glimmed", "deputy glimmer" and "half glimmed" hold cues of rules that stand before theirs.
TEST_F(OwnRulesTest, AnEnglishCueIsReadInsideOneThatSaysNothing) {
  const std::string sets =
      "@not_glim = \"half glimmed\"\n@glim_chief = glimmer\n@glim_deputy = \"deputy glimmer\"\n"
      "@glim_rank = @glim_chief @glim_deputy\n";
  const std::string short_cue =
      "rule advises.90 0.9\n  {S:PERSON} [..2] <glimmed> {O:PERSON}\n"
      "  + [Lin An|PERSON] has glimmed [Gao Yi|PERSON]. => Lin An, Gao Yi\n"
      "  - [Lin An|PERSON] has glimmed [Gao Yi|PERSON] deeply.\n"
      "  - [Lin An|PERSON] half glimmed [Gao Yi|PERSON].\n";
  const std::string long_cue =
      "rule criticizes.90 0.9\n  {S:PERSON} <\"has glimmed\"> {O:PERSON} deeply\n"
      "  + [Lin An|PERSON] has glimmed [Gao Yi|PERSON] deeply. => Lin An, Gao Yi\n"
      "  - [Lin An|PERSON] has glimmed [Gao Yi|PERSON].\n";
  const std::string titles =
      "rule ceo_of.90 0.9\n  {S:PERSON} [..3,] <@glim_chief> of {O:ORG}\n"
      "  + [Lin An|PERSON], the glimmer of [Hoshino|ORG]. => Lin An, Hoshino\n"
      "  - [Lin An|PERSON], deputy glimmer of [Hoshino|ORG].\n"
      "rule executive_of.90 0.9\n  <@glim_deputy> {S:PERSON} of {O:ORG}\n"
      "  + deputy glimmer [Lin An|PERSON] of [Hoshino|ORG]. => Lin An, Hoshino\n"
      "  - glimmer [Lin An|PERSON] of [Hoshino|ORG].\n";
  EXPECT_EQ(ErrorOf(sets + short_cue + long_cue + titles, "en"), "no error");
}

// A rule that matches everything reads what its own file says that it must not.
TEST_F(OwnRulesTest, OneThatMatchesEverythingIsAnError) {
  EXPECT_THAT(ErrorOf("rule advises.90 0.9\n  {S:PERSON} [..20] <的> [..20] {O:PERSON}\n"
                      "  + [林安|PERSON]指點有名的[陳果|PERSON]。\n  - [林安|PERSON]看到家裡的[陳果|PERSON]。\n"),
              HasSubstr("own/zh/mine.rules:4: zh/advises.90 reads \"林安, 陳果\" where it must read nothing"));
  EXPECT_THAT(ErrorOf("rule advises.90 0.9\n  {S:PERSON} [..20] {O:PERSON}\n"),
              HasSubstr("own/zh/mine.rules:2: a pattern needs exactly one cue"));
}

TEST(RelationRulesTest, AMissingFolderIsNotFound) {
  const auto book = LoadRuleBook("/nonexistent/rules", "zh", *Ontology::Default());
  EXPECT_EQ(book.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(book.status().message()), HasSubstr("/nonexistent/rules"));
}

}  // namespace
}  // namespace newsgraph
