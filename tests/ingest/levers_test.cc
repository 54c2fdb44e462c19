#include "ingest/levers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>

#include "ingest/analyzer.h"

namespace newsgraph {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

const std::filesystem::path kData = NEWSGRAPH_DATA_DIR;

// The surfaces of all names in a text, found by rules without `without`.
std::set<std::string> NamesWithout(Levers without, const std::string& text) {
  const auto analyzer = Analyzer::Load({.data_directory = kData, .without = without | kTaggerLever}).value();
  const DocumentGraph graph = analyzer->Analyze({.id = "1", .language = "zh-Hant", .text = text}).value();
  std::set<std::string> names;
  for (const Mention& mention : graph.mentions) {
    if (mention.form == MentionForm::kName) {
      names.insert(text.substr(mention.span.begin, mention.span.end - mention.span.begin));
    }
  }
  return names;
}

TEST(LeversTest, NamesAreThoseOfTheTable) {
  EXPECT_EQ(ParseLever("lexicon"), Levers{kLexiconLever});
  EXPECT_EQ(ParseLever("second_pass"), Levers{kSecondPassLever});
  EXPECT_EQ(ParseLever("patterns").value() & kLexiconLever, 0u);
  EXPECT_EQ(ParseLever("patterns").value() & kGlossesLever, Levers{kGlossesLever});
  EXPECT_FALSE(ParseLever("magic").has_value());
  EXPECT_THAT(LeverNames(), HasSubstr("misspellings"));
}

TEST(LeversTest, WithoutTheLexiconOnlyPatternsFindNames) {
  const std::string text = "美國與玄武科技有限公司簽約。";
  EXPECT_THAT(NamesWithout(0, text), Contains("美國"));
  EXPECT_THAT(NamesWithout(kLexiconLever, text), Not(Contains("美國")));
  EXPECT_THAT(NamesWithout(kLexiconLever, text), Contains(HasSubstr("玄武科技有限公司")));
}

TEST(LeversTest, WithoutPatternsOnlyTheLexiconFindsNames) {
  const std::string text = "美國與玄武科技有限公司簽約。";
  const Levers patterns = ParseLever("patterns").value();
  EXPECT_THAT(NamesWithout(patterns, text), Contains("美國"));
  EXPECT_THAT(NamesWithout(patterns, text), Not(Contains(HasSubstr("玄武科技"))));
}

TEST(LeversTest, WithoutTheSecondPassANameIsFoundWhereItIsPlainOnly) {
  const std::string text = "執行長林予晴出席。大家都問林予晴好不好。";
  const auto count = [&](Levers without) {
    const auto analyzer = Analyzer::Load({.data_directory = kData, .without = without | kTaggerLever}).value();
    int found = 0;
    const DocumentGraph graph = analyzer->Analyze({.id = "1", .language = "zh-Hant", .text = text}).value();
    for (const Mention& mention : graph.mentions) {
      found += mention.form == MentionForm::kName && mention.type == EntityType::kPerson ? 1 : 0;
    }
    return found;
  };
  EXPECT_EQ(count(0), 2);
  EXPECT_EQ(count(kSecondPassLever), 1);
}

TEST(LeversTest, WhatIsLeftOutIsPartOfTheFingerprint) {
  std::set<std::string> fingerprints;
  for (const Levers without : {Levers{0}, Levers{kLexiconLever}, Levers{kGlossesLever}, Levers{kTaggerLever}}) {
    fingerprints.insert(Analyzer::Load({.data_directory = kData, .without = without}).value()->fingerprint());
  }
  EXPECT_EQ(fingerprints.size(), 4u);
}

DocumentGraph StatementsWithout(Levers without, std::set<std::string> rules, const std::string& text) {
  const auto analyzer =
      Analyzer::Load({.data_directory = kData, .without = without | kTaggerLever, .without_rules = std::move(rules)});
  return analyzer.value()->Analyze({.id = "1", .language = "en", .text = text}).value();
}

TEST(LeversTest, WithoutAFamilyOfRulesTheOthersRead) {
  const std::string text = "Google acquired DeepMind in 2014. Sam Altman was born in Chicago.";
  const auto predicates = [&](std::set<std::string> rules) {
    std::set<std::string> found;
    for (const Statement& one : StatementsWithout(0, std::move(rules), text).statements) found.insert(one.predicate);
    return found;
  };
  EXPECT_THAT(predicates({}), testing::UnorderedElementsAre("acquired", "born_in"));
  EXPECT_THAT(predicates({"companies"}), testing::UnorderedElementsAre("born_in"));
  const auto unknown = Analyzer::Load({.data_directory = kData, .without_rules = {"magic"}});
  EXPECT_EQ(unknown.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(unknown.status().message()), HasSubstr("magic.rules"));
}

TEST(LeversTest, WithoutAttributionAndFactualityEverythingIsTheArticlesOwnFact) {
  const std::string text = "Sam Altman said that Google might acquire DeepMind.";
  const auto acquired = [&](Levers without) {
    for (const Statement& one : StatementsWithout(without, {}, text).statements) {
      if (one.predicate == "acquired") return one;
    }
    return Statement{};
  };
  EXPECT_NE(acquired(0).speaker, AtomId());
  EXPECT_NE(acquired(0).factuality, Factuality::kAsserted);
  EXPECT_EQ(acquired(kAttributionLever).predicate, "acquired");
  EXPECT_EQ(acquired(kAttributionLever).speaker, AtomId());
  EXPECT_EQ(acquired(kFactualityLever).predicate, "acquired");
  EXPECT_EQ(acquired(kFactualityLever).factuality, Factuality::kAsserted);
}

}  // namespace
}  // namespace newsgraph
