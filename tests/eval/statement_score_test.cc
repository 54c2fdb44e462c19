// Small texts with the statements that a reader would take from them, and what is right of
// what was found, worked out by hand.

#include "tools/eval/statement_score.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "tools/eval/report.h"

namespace newsgraph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// Entities are numbered alike on both sides, so that the map is that of like numbers.
class StatementScoreTest : public testing::Test {
 protected:
  int32_t Entity(std::string id, EntityType type, std::string subtype = {}, std::vector<std::string> names = {}) {
    const auto number = static_cast<int32_t>(gold_.entities.size());
    gold_.entities.push_back({std::move(id), true, type, std::move(subtype), std::move(names)});
    entities_[number] = number;
    return number;
  }
  Span At(std::string_view words) const {
    const size_t place = gold_.document.text.find(words);
    EXPECT_NE(place, std::string::npos) << words;
    return {Field::kText, static_cast<uint32_t>(place), static_cast<uint32_t>(place + words.size())};
  }
  GoldStatement& Gold(int32_t subject, std::string predicate, int32_t object, std::string_view evidence) {
    GoldStatement& statement = gold_.statements.emplace_back();
    statement.id = "g" + std::to_string(gold_.statements.size());
    statement.subject = subject;
    statement.predicate = std::move(predicate);
    statement.object = object;
    statement.evidence = At(evidence);
    return statement;
  }
  FoundStatement& Found(int32_t subject, std::string predicate, int32_t object, std::string_view evidence) {
    FoundStatement& statement = found_.statements.emplace_back();
    statement.subject = subject;
    statement.predicate = std::move(predicate);
    statement.object = object;
    statement.evidence = At(evidence);
    statement.rule = "en/" + statement.predicate + ".1";
    return statement;
  }
  Tally Row(const std::string& name) {
    const DocumentScore score = Score();
    const auto row = score.scores.find(name);
    return row == score.scores.end() ? Tally{} : row->second.exact;
  }
  DocumentScore Score() const {
    DocumentScore score;
    ScoreStatements(gold_, found_, entities_, score);
    return score;
  }
  std::vector<std::string> Remarks() const {
    constexpr std::string_view kKinds[] = {"missed", "spurious", "speaker", "factuality", "time"};
    std::vector<std::string> lines;
    for (const StatementRemark& remark : Score().remarks) {
      std::string line = std::string(kKinds[static_cast<size_t>(remark.kind)]) + ": " + remark.statement;
      if (!remark.detail.empty()) line += " (" + remark.detail + ")";
      lines.push_back(std::move(line));
    }
    return lines;
  }
  // Whether the one found literal is right for the one of the gold.
  bool Agree(Literal gold, Literal found) {
    gold_.statements.clear();
    found_.statements.clear();
    gold_.document.text = "x";
    Gold(0, "has_figure", -1, "x").literal = std::move(gold);
    Found(0, "has_figure", -1, "x").literal = std::move(found);
    return Row("statements.all") == Tally{1, 1, 1, 1};
  }

  GoldDocument gold_;
  FoundDocument found_;
  std::map<int32_t, int32_t> entities_;
};

TEST_F(StatementScoreTest, SubjectPredicateAndObjectMustAllBeRight) {
  gold_.document.text = "Ann founded Bolt. Ann runs Core.";
  const int32_t ann = Entity("ann", EntityType::kPerson), bolt = Entity("bolt", EntityType::kOrg),
                core = Entity("core", EntityType::kOrg);
  Gold(ann, "founded", bolt, "Ann founded Bolt.");
  Gold(ann, "ceo_of", core, "Ann runs Core.");
  Found(ann, "founded", bolt, "Ann founded Bolt.");
  Found(ann, "ceo_of", bolt, "Ann runs Core.");
  Found(bolt, "founded", ann, "Ann founded Bolt.");  // no relation that can be turned
  Found(ann, "works_for", core, "Ann runs Core.");
  EXPECT_EQ(Row("statements.all"), (Tally{1, 4, 1, 2}));
  EXPECT_EQ(Row("statements.core"), (Tally{1, 4, 1, 2}));
  EXPECT_EQ(Row("statements.precision"), (Tally{1, 4, 0, 0}));
  EXPECT_EQ(Row("statements.recall"), (Tally{0, 0, 1, 2}));
  EXPECT_EQ(Row("statements.predicate.founded"), (Tally{1, 2, 1, 1}));
  EXPECT_EQ(Row("statements.predicate.ceo_of"), (Tally{0, 1, 0, 1}));
  EXPECT_EQ(Row("statements.per_gold"), (Tally{0, 4, 0, 2}));
  EXPECT_THAT(Remarks(), ElementsAre("missed: ann ceo_of core (found ann ceo_of bolt)",
                                     "spurious: ann ceo_of bolt (not ann ceo_of core)", "spurious: bolt founded ann",
                                     "spurious: ann works_for core (not ann ceo_of core)"));
}

TEST_F(StatementScoreTest, AnEntityThatTheGoldDoesNotHaveMakesAStatementWrong) {
  gold_.document.text = "Ann founded Bolt.";
  const int32_t ann = Entity("ann", EntityType::kPerson), bolt = Entity("bolt", EntityType::kOrg);
  entities_.erase(bolt);
  found_.mentions.push_back({At("Bolt"), MentionForm::kName, EntityType::kOrg, bolt});
  Gold(ann, "founded", bolt, "Ann founded Bolt.");
  Found(ann, "founded", bolt, "Ann founded Bolt.");
  EXPECT_EQ(Row("statements.all"), (Tally{0, 1, 0, 1}));
  EXPECT_THAT(Remarks(), ElementsAre("missed: ann founded bolt (found ann founded ?Bolt)",
                                     "spurious: ann founded ?Bolt (not ann founded bolt)"));
}

TEST_F(StatementScoreTest, RelationsPropertiesAndAddedOnesAreCountedApart) {
  gold_.document.text = "Ann made Bolt in 2016.";
  const int32_t ann = Entity("ann", EntityType::kPerson), bolt = Entity("bolt", EntityType::kOrg);
  Gold(ann, "founded", bolt, "Ann made Bolt");          // of tier core
  Gold(ann, "affiliated_with", bolt, "Ann made Bolt");  // of tier ext
  Gold(bolt, "inception", -1, "Bolt in 2016.").literal = Literal{"DATE", "2016", "2016", ""};
  Gold(ann, "praises", bolt, "Ann made Bolt");
  Found(ann, "no_such_relation", bolt, "Ann made Bolt");
  EXPECT_EQ(Row("statements.core"), (Tally{0, 0, 0, 2}));
  EXPECT_EQ(Row("statements.properties"), (Tally{0, 0, 0, 1}));
  EXPECT_EQ(Row("statements.added"), (Tally{0, 1, 0, 1}));
}

TEST_F(StatementScoreTest, SymmetricRelationsMayBeTurnedAndBroaderOnesTakeTheirPlace) {
  gold_.document.text = "Bolt rivals Core. Ann hailed Core.";
  const int32_t ann = Entity("ann", EntityType::kPerson), bolt = Entity("bolt", EntityType::kOrg),
                core = Entity("core", EntityType::kOrg);
  Gold(bolt, "competes_with", core, "Bolt rivals Core.");
  Gold(ann, "praises", core, "Ann hailed Core.");
  Found(core, "competes_with", bolt, "Bolt rivals Core.");
  Found(ann, "supports", core, "Ann hailed Core.");
  EXPECT_EQ(Row("statements.all"), (Tally{2, 2, 2, 2}));
  // Both count in the rows of the gold's predicate.
  EXPECT_EQ(Row("statements.predicate.praises"), (Tally{1, 1, 1, 1}));
  // What the gold says broadly is not right when it is told narrowly.
  gold_.statements[1].predicate = "supports";
  found_.statements[1].predicate = "praises";
  EXPECT_EQ(Row("statements.all"), (Tally{1, 2, 1, 2}));
}

TEST_F(StatementScoreTest, ARelationReadBackwardsIsTheSame) {
  gold_.document.text = "Bolt was founded by Ann.";
  const int32_t ann = Entity("ann", EntityType::kPerson), bolt = Entity("bolt", EntityType::kOrg);
  Gold(ann, "founded", bolt, "Bolt was founded by Ann.");
  Found(bolt, "founded_by", ann, "Bolt was founded by Ann.");
  EXPECT_EQ(Row("statements.all"), (Tally{1, 1, 1, 1}));
  found_.statements[0].subject = ann;
  found_.statements[0].object = bolt;
  EXPECT_EQ(Row("statements.all"), (Tally{0, 1, 0, 1}));
}

TEST_F(StatementScoreTest, ACountryAndItsGovernmentDoTheSameActs) {
  gold_.document.text = "美國政府管制H20。中國政府在美國。";
  const int32_t usa = Entity("usa", EntityType::kGpe, "country", {"美國"}),
                us_government = Entity("us_government", EntityType::kOrg, "government", {"美国政府"}),
                china = Entity("china", EntityType::kGpe, "country", {"中國"}),
                chip = Entity("h20", EntityType::kProduct);
  Gold(us_government, "regulates", chip, "美國政府管制H20。").speaker = us_government;
  FoundStatement& found = Found(usa, "regulates", chip, "美國政府管制H20。");
  found.speaker = usa;
  EXPECT_EQ(Row("statements.all"), (Tally{1, 1, 1, 1}));
  EXPECT_EQ(Row("statements.speaker"), (Tally{0, 0, 1, 1}));
  found.subject = found.speaker = china;
  EXPECT_EQ(Row("statements.all"), (Tally{0, 1, 0, 1}));
  // As an object they are two things.
  gold_.statements[0].subject = found.subject = china;
  gold_.statements[0].predicate = found.predicate = "sanctions";
  gold_.statements[0].object = us_government;
  found.object = usa;
  EXPECT_EQ(Row("statements.all"), (Tally{0, 1, 0, 1}));
}

TEST_F(StatementScoreTest, EachGoldStatementIsMatchedOnceAndRepeatsAreRight) {
  gold_.document.text = "Ann founded Bolt. It was Ann who founded Bolt. Core is here.";
  const int32_t ann = Entity("ann", EntityType::kPerson), bolt = Entity("bolt", EntityType::kOrg);
  Gold(ann, "founded", bolt, "Ann founded Bolt.");
  Gold(ann, "founded", bolt, "It was Ann who founded Bolt.").must = false;
  Found(ann, "founded", bolt, "It was Ann who founded Bolt.");
  EXPECT_EQ(Row("statements.all"), (Tally{1, 1, 1, 2}));
  EXPECT_EQ(Row("statements.must"), (Tally{0, 0, 0, 1}));  // the other telling is the one that was found
  Found(ann, "founded", bolt, "It was Ann who founded Bolt.");
  Found(ann, "founded", bolt, "Core is here.");
  EXPECT_EQ(Row("statements.all"), (Tally{3, 3, 2, 2}));
  EXPECT_EQ(Row("statements.must"), (Tally{0, 0, 1, 1}));
  // Strictly, evidence that shows nothing of it is wrong, and matches nothing.
  EXPECT_EQ(Row("statements.all.strict"), (Tally{2, 3, 1, 2}));
  EXPECT_EQ(Row("statements.must.strict"), (Tally{0, 0, 0, 1}));
  EXPECT_EQ(Row("statements.core.strict"), (Tally{2, 3, 1, 2}));
  EXPECT_EQ(Row("statements.evidence"), (Tally{0, 0, 1, 2}));
  EXPECT_THAT(Remarks(), IsEmpty());
}

TEST_F(StatementScoreTest, TheBestOfSeveralIsMatched) {
  gold_.document.text = "Ann founded Bolt.";
  const int32_t ann = Entity("ann", EntityType::kPerson), bolt = Entity("bolt", EntityType::kOrg);
  Gold(ann, "founded", bolt, "Ann founded Bolt.");
  FoundStatement& unsure = Found(ann, "founded", bolt, "Ann founded Bolt.");
  unsure.confidence = 0.4F;
  unsure.factuality = Factuality::kDenied;
  Found(ann, "founded", bolt, "Ann founded Bolt.").confidence = 0.8F;
  EXPECT_EQ(Row("statements.factuality"), (Tally{0, 0, 1, 1}));
  found_.statements[1].evidence = At("Bolt");  // less of the evidence counts more than confidence
  EXPECT_EQ(Row("statements.factuality"), (Tally{0, 0, 0, 1}));
  EXPECT_THAT(Remarks(), ElementsAre("factuality: ann founded bolt (asserted, found denied)"));
}

TEST_F(StatementScoreTest, ValuesAgreeInNumberAndUnit) {
  Entity("bolt", EntityType::kOrg);
  const Literal gold = {"MONEY", "4.2億美元", "420000000", "USD"};
  EXPECT_TRUE(Agree(gold, {"MONEY", "$420 million", "420000000.0", "USD"}));
  EXPECT_FALSE(Agree(gold, {"MONEY", "4.2億元", "420000000", "CNY"}));
  EXPECT_FALSE(Agree(gold, {"MONEY", "4.21億美元", "421000000", "USD"}));
  EXPECT_TRUE(Agree({"MONEY", "約4.2億美元", "420000000", "USD"}, {"MONEY", "4.21億美元", "421000000", "USD"}));
  EXPECT_FALSE(Agree({"MONEY", "約4.2億美元", "420000000", "USD"}, {"MONEY", "4.3億美元", "430000000", "USD"}));
  EXPECT_FALSE(Agree(gold, {"QUANTITY", "4.2億", "420000000", "USD"}));
  EXPECT_TRUE(Agree({"QUANTITY", "5到10人", "5..10", "person"}, {"QUANTITY", "5–10人", "5..10", "person"}));
  EXPECT_FALSE(Agree({"QUANTITY", "5到10人", "5..10", "person"}, {"QUANTITY", "5人", "5", "person"}));
  EXPECT_FALSE(Agree({"DATE", "約2016年", "2016", ""}, {"DATE", "2014年", "2014", ""}));  // years are no amounts
}

TEST_F(StatementScoreTest, TextsOverlapByHalfAndNamesAreEqual) {
  Entity("bolt", EntityType::kOrg);
  const Literal claim = {"STATEMENT", "公司缺的是身體", "", ""};
  EXPECT_TRUE(Agree(claim, {"STATEMENT", "缺的是身体", "", ""}));  // 5 of 7 and 5: 10/12, whatever the script
  EXPECT_TRUE(Agree(claim, {"TEXT", "缺的是身體", "", ""}));
  EXPECT_FALSE(Agree(claim, {"STATEMENT", "身體健康就好", "", ""}));  // 2 of 7 and 6: 4/13
  EXPECT_TRUE(Agree({"NAME", "ＭＥＴＡ", "", ""}, {"NAME", "Meta", "", ""}));
  EXPECT_FALSE(Agree({"NAME", "Meta Platforms", "", ""}, {"NAME", "Meta", "", ""}));
  EXPECT_FALSE(Agree({"NAME", "Meta", "", ""}, {"TEXT", "Meta", "", ""}));
  EXPECT_DOUBLE_EQ(TextOverlap("abcd", "xbcx"), 0.5);
  EXPECT_DOUBLE_EQ(TextOverlap("", "a"), 0);
}

TEST_F(StatementScoreTest, ALiteralIsNoEntity) {
  gold_.document.text = "Bolt makes arms.";
  const int32_t bolt = Entity("bolt", EntityType::kOrg), arms = Entity("arms", EntityType::kProduct);
  Gold(bolt, "manufactures", -1, "Bolt makes arms.").literal = Literal{"TEXT", "arms", "", ""};
  Found(bolt, "manufactures", arms, "Bolt makes arms.");
  EXPECT_EQ(Row("statements.all"), (Tally{0, 1, 0, 1}));
}

TEST_F(StatementScoreTest, SpeakersAreJudgedAmongTheMatched) {
  gold_.document.text = "Ann said Bolt owns Core.";
  const int32_t ann = Entity("ann", EntityType::kPerson), bolt = Entity("bolt", EntityType::kOrg),
                core = Entity("core", EntityType::kOrg);
  Gold(bolt, "acquired", core, "Ann said Bolt owns Core.").speaker = ann;
  FoundStatement& found = Found(bolt, "acquired", core, "Bolt owns Core.");
  EXPECT_EQ(Row("statements.speaker"), (Tally{0, 0, 0, 1}));
  EXPECT_THAT(Remarks(), ElementsAre("speaker: bolt acquired core (ann, found nobody)"));
  found.speaker = ann;
  EXPECT_EQ(Row("statements.speaker"), (Tally{0, 0, 1, 1}));
  gold_.statements[0].speaker = -1;
  EXPECT_EQ(Row("statements.speaker"), (Tally{0, 0, 0, 1}));
}

TEST_F(StatementScoreTest, TimesAgreeAtTheCoarserPrecision) {
  gold_.document.text = "Bolt bought Core on 12 May.";
  const int32_t bolt = Entity("bolt", EntityType::kOrg), core = Entity("core", EntityType::kOrg);
  GoldStatement& gold = Gold(bolt, "acquired", core, "Bolt bought Core on 12 May.");
  FoundStatement& found = Found(bolt, "acquired", core, "Bolt bought Core on 12 May.");
  EXPECT_EQ(Row("statements.time"), Tally{});  // the gold has none
  gold.time = Qualifier{"time", "12 May", "2025-05-12", {}};
  EXPECT_THAT(Remarks(), ElementsAre("time: bolt acquired core (2025-05-12, found none)"));
  found.times = {{"time", "", "2025-05", {}}};
  EXPECT_EQ(Row("statements.time"), (Tally{0, 0, 1, 1}));
  EXPECT_EQ(Row("statements.time.exact"), (Tally{0, 0, 0, 1}));
  found.times = {{"time", "", "2025-05-13", {}}};
  EXPECT_EQ(Row("statements.time"), (Tally{0, 0, 0, 1}));
  found.times.push_back({"time", "", "2025-05-12", {}});
  EXPECT_EQ(Row("statements.time.exact"), (Tally{0, 0, 1, 1}));
  // A time that nobody can date is compared by its words.
  gold.time = Qualifier{"time", "last season", "", {}};
  EXPECT_EQ(Row("statements.time"), (Tally{0, 0, 0, 1}));
  found.times = {{"time", "the last season", "", {}}};
  EXPECT_EQ(Row("statements.time"), (Tally{0, 0, 1, 1}));

  EXPECT_TRUE(DatesAgree("2025", "2025-Q3"));
  EXPECT_FALSE(DatesAgree("2025-1", "2025-10"));
  EXPECT_FALSE(DatesAgree("2025-Q3", "2025-07"));
  EXPECT_FALSE(DatesAgree("", "2025"));
}

TEST_F(StatementScoreTest, ConfidencesFallIntoBinsAndRulesAreCounted) {
  gold_.document.text = "Ann founded Bolt.";
  const int32_t ann = Entity("ann", EntityType::kPerson), bolt = Entity("bolt", EntityType::kOrg);
  Gold(ann, "founded", bolt, "Ann founded Bolt.");
  Found(ann, "founded", bolt, "Ann founded Bolt.").confidence = 1;
  Found(ann, "founded", bolt, "Ann founded Bolt.").confidence = 0.75F;
  Found(bolt, "founded", ann, "Ann founded Bolt.").confidence = 0.75F;
  Found(ann, "ceo_of", bolt, "Ann founded Bolt.").confidence = 0;
  EXPECT_EQ(Row(CalibrationRow(9)), (Tally{1, 1, 1, 1}));
  EXPECT_EQ(Row(CalibrationRow(7)), (Tally{1, 2, 1.5, 2}));
  EXPECT_EQ(Row(CalibrationRow(0)), (Tally{0, 1, 0, 1}));
  const DocumentScore score = Score();
  ASSERT_EQ(score.rules.size(), 2u);
  EXPECT_EQ(score.rules.at("en/founded.1"), (Tally{2, 3, 0, 0}));
  EXPECT_EQ(score.rules.at("en/ceo_of.1"), (Tally{0, 1, 0, 0}));
}

TEST_F(StatementScoreTest, AReportListsStatementsRulesAndConfidence) {
  gold_.document.id = "d";
  gold_.document.text = "Ann founded Bolt.\nAnn runs Bolt.";
  const int32_t ann = Entity("ann", EntityType::kPerson), bolt = Entity("bolt", EntityType::kOrg);
  for (const auto& [entity, surface, type] :
       {std::tuple(ann, "Ann", EntityType::kPerson), {bolt, "Bolt", EntityType::kOrg}}) {
    gold_.mentions.push_back({At(surface), MentionForm::kName, TypeBit(type), entity, true});
    found_.mentions.push_back({At(surface), MentionForm::kName, type, entity});
  }
  Gold(ann, "founded", bolt, "Ann founded Bolt.").speaker = ann;
  Gold(ann, "ceo_of", bolt, "Ann runs Bolt.");
  Found(ann, "founded", bolt, "Ann founded Bolt.").confidence = 0.95F;
  Found(ann, "chair_of", bolt, "Ann runs Bolt.").confidence = 0.65F;
  GoldSet gold;
  gold.name = "hand";
  gold.labelled = NameTypes();
  gold.has_identity = gold.has_statements = true;
  gold.documents = {gold_, gold_};
  FoundSet found;
  found.documents = {found_, found_};
  found.documents[1].statements.pop_back();
  const EvalReport report = MakeReport(gold, found, ScoreSet(gold, found), {.resamples = 0});
  ASSERT_EQ(report.rules.size(), 2u);  // the most wrong one first
  EXPECT_EQ(report.rules[0].rule, "en/chair_of.1");
  EXPECT_EQ(report.rules[0].fired, 1u);
  EXPECT_EQ(report.rules[0].right, 0u);
  EXPECT_EQ(report.rules[1].fired, 2u);
  EXPECT_EQ(report.rules[1].right, 2u);
  EXPECT_EQ(report.rules[1].documents, 2u);
  ASSERT_EQ(report.calibration.size(), 2u);
  EXPECT_DOUBLE_EQ(report.calibration[0].low, 0.6);
  EXPECT_EQ(report.calibration[0].count, 1u);
  EXPECT_NEAR(report.calibration[1].confidence, 0.95, 1e-6);
  EXPECT_DOUBLE_EQ(report.calibration[1].right, 1);

  const std::string text = ReportText(report, true, 1);
  EXPECT_THAT(text, HasSubstr("statements missed that must be found: 2, the first 1\n"
                              "  d: ann ceo_of bolt (found ann chair_of bolt)   ⟦Ann runs Bolt.⟧\n\n"));
  EXPECT_THAT(text, HasSubstr("spurious statements: 1\n"
                              "  d: ann chair_of bolt (not ann ceo_of bolt) [en/chair_of.1]   ⟦Ann runs Bolt.⟧\n"));
  EXPECT_THAT(text, HasSubstr("right statements with a wrong speaker: 2, the first 1\n"
                              "  d: ann founded bolt (ann, found nobody) [en/founded.1]   ⟦Ann founded Bolt.⟧"));
  EXPECT_THAT(text, HasSubstr("fired right wrong documents  rule\n"
                              "    1     0     1         1  en/chair_of.1\n"
                              "    2     2     0         2  en/founded.1\n"));
  EXPECT_THAT(text, HasSubstr("0.6 … 0.7            1  0.65  0.00\n0.9 … 1.0            2  0.95  1.00\n"));
  EXPECT_THAT(ReportText(report, false, 1), Not(HasSubstr("en/chair_of.1")));
  const auto json = ReportJson(report, true, 1);
  EXPECT_EQ(json["statements"]["missed"].size(), 1u);
  EXPECT_EQ(json["statements"]["missed"][0]["statement"], "ann ceo_of bolt");
  EXPECT_EQ(json["statements"]["rules"][1]["documents"], 2);
  EXPECT_EQ(json["figures"]["statements.must"]["value"], 0.5);
}

TEST_F(StatementScoreTest, WhatIsReadInATitleThatTheTextRepeatsIsNotJudged) {
  gold_.document.title = "Ann founded Bolt";
  gold_.document.text = "Ann founded Bolt\nShe did.";
  const int32_t ann = Entity("ann", EntityType::kPerson), bolt = Entity("bolt", EntityType::kOrg);
  Gold(ann, "founded", bolt, "Ann founded Bolt");
  Found(ann, "founded", bolt, "Ann founded Bolt").evidence.field = Field::kTitle;
  EXPECT_EQ(Row("statements.all"), (Tally{0, 0, 0, 1}));
  gold_.document.text = "She did. Ann founded Bolt.";  // a title of its own
  EXPECT_EQ(Row("statements.all"), (Tally{1, 1, 1, 1}));
  EXPECT_EQ(Row("statements.all.strict"), (Tally{0, 1, 0, 1}));
}

}  // namespace
}  // namespace newsgraph
