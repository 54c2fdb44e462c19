#include "ingest/text/name_decision.h"

#include <gtest/gtest.h>

namespace newsgraph {
namespace {

Proposal RuleFind(Range range, EntityType type, Strength strength) {
  Proposal proposal;
  proposal.range = range;
  proposal.type = type;
  proposal.strength = strength;
  return proposal;
}

TEST(NameDecisionTest, ATitleIsNobodysNameWhateverTheTaggerSays) {
  const FoldedText text("", "星野CEO林安");
  const std::vector<Proposal> rules = {RuleFind({0, 2}, EntityType::kOrg, Strength::kLexicon),
                                       RuleFind({2, 5}, EntityType::kPosition, Strength::kLexicon)};
  const std::vector<TaggedName> tagged = {{{0, 2}, EntityType::kOrg, 0.9F}, {{2, 5}, EntityType::kOrg, 0.99F}};
  const std::vector<Proposal> decided = DecideNames(text, rules, tagged, {});
  ASSERT_EQ(decided.size(), 2U);
  EXPECT_EQ(decided[1].type, EntityType::kPosition);
}

TEST(NameDecisionTest, ASureTaggerOverrulesAPattern) {
  const FoldedText text("", "海棠灣開幕");
  const std::vector<Proposal> rules = {RuleFind({0, 2}, EntityType::kPerson, Strength::kPattern)};
  const std::vector<TaggedName> sure = {{{0, 3}, EntityType::kLoc, 0.9F}};
  const std::vector<Proposal> decided = DecideNames(text, rules, sure, {});
  ASSERT_EQ(decided.size(), 1U);
  EXPECT_EQ(decided[0].type, EntityType::kLoc);
  const std::vector<TaggedName> unsure = {{{0, 3}, EntityType::kLoc, 0.5F}};
  ASSERT_EQ(DecideNames(text, rules, unsure, {}).size(), 1U);
  EXPECT_EQ(DecideNames(text, rules, unsure, {})[0].type, EntityType::kPerson);
}

TEST(NameDecisionTest, WhatIsBuiltOfItsPartsStandsAgainstATaggerThatSeesLess) {
  const FoldedText text("", "苕岑鑽井停工");
  Proposal company = RuleFind({0, 4}, EntityType::kOrg, Strength::kPattern);
  const std::vector<TaggedName> part = {{{0, 2}, EntityType::kPerson, 0.9F}};
  ASSERT_EQ(DecideNames(text, std::vector<Proposal>{company}, part, {}).size(), 1U);
  EXPECT_EQ(DecideNames(text, std::vector<Proposal>{company}, part, {})[0].type, EntityType::kPerson);
  EXPECT_TRUE(DecideNames(text, std::vector<Proposal>{company}, {}, {}).empty());
  company.built = true;
  ASSERT_EQ(DecideNames(text, std::vector<Proposal>{company}, part, {}).size(), 1U);
  EXPECT_EQ(DecideNames(text, std::vector<Proposal>{company}, part, {})[0].range, (Range{0, 4}));
  EXPECT_EQ(DecideNames(text, std::vector<Proposal>{company}, {}, {}).size(), 1U);
  const std::vector<TaggedName> longer = {{{0, 6}, EntityType::kOrg, 0.9F}};
  ASSERT_EQ(DecideNames(text, std::vector<Proposal>{company}, longer, {}).size(), 1U);
  EXPECT_EQ(DecideNames(text, std::vector<Proposal>{company}, longer, {})[0].range, (Range{0, 6}));
}

TEST(NameDecisionTest, AGuessedCompanyStandsWhereTheTaggerTakesItsBrandForAName) {
  const FoldedText text("", "苕岑能源停工");
  const std::vector<CompanyGuess> guesses = {{RuleFind({0, 4}, EntityType::kOrg, Strength::kPattern), 2}};
  const std::vector<TaggedName> brand = {{{0, 2}, EntityType::kGpe, 0.9F}};
  const std::vector<Proposal> decided = DecideNames(text, {}, brand, guesses);
  ASSERT_EQ(decided.size(), 2U);
  EXPECT_EQ(decided[1].range, (Range{0, 4}));
  EXPECT_EQ(decided[1].type, EntityType::kOrg);
  const std::vector<TaggedName> unsure = {{{0, 2}, EntityType::kGpe, 0.5F}};
  EXPECT_EQ(DecideNames(text, {}, unsure, guesses).size(), 1U);
  EXPECT_TRUE(DecideNames(text, {}, {}, guesses).empty());
}

TEST(NameDecisionTest, AnEntryTakesASurerTaggerThanAPattern) {
  const FoldedText text("", "海棠灣開幕");
  const std::vector<TaggedName> tagged = {{{0, 3}, EntityType::kLoc, 0.65F}};
  const std::vector<Proposal> pattern = {RuleFind({0, 2}, EntityType::kPerson, Strength::kPattern)};
  ASSERT_EQ(DecideNames(text, pattern, tagged, {}).size(), 1U);
  EXPECT_EQ(DecideNames(text, pattern, tagged, {})[0].type, EntityType::kLoc);
  const std::vector<Proposal> entry = {RuleFind({0, 2}, EntityType::kPerson, Strength::kLexicon)};
  ASSERT_EQ(DecideNames(text, entry, tagged, {}).size(), 1U);
  EXPECT_EQ(DecideNames(text, entry, tagged, {})[0].type, EntityType::kPerson);
}

}  // namespace
}  // namespace newsgraph
