#include "ingest/statement_confidence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "ingest/analyzer.h"
#include "ingest/levers.h"

namespace newsgraph {
namespace {

using ::testing::HasSubstr;

DocumentGraph Read(const std::string& text, Levers without) {
  const auto analyzer =
      Analyzer::Load({.data_directory = NEWSGRAPH_DATA_DIR, .without = without | kTaggerLever}).value();
  return analyzer->Analyze({.id = "1", .language = "en", .text = text}).value();
}

const char kText[] = "Google acquired DeepMind in 2014. Sam Altman is the chief executive of OpenAI.";

TEST(StatementConfidenceTest, WeightsOfFeaturesAddUpToLogOdds) {
  const ConfidenceModel model = ConfidenceModel::Parse("# note\nbias\t-1\npredicate=acquired\t3\n", "weights").value();
  const DocumentGraph graph = Read(kText, kConfidenceLever);
  ASSERT_EQ(graph.statements.size(), 2u);
  for (const Statement& statement : graph.statements) {
    // 1 / (1 + e^-2) and 1 / (1 + e^1), to three digits.
    EXPECT_FLOAT_EQ(model.Of(graph, statement), statement.predicate == "acquired" ? 0.881F : 0.269F);
  }
}

TEST(StatementConfidenceTest, NothingIsCertain) {
  const ConfidenceModel sure = ConfidenceModel::Parse("bias\t1000", "weights").value();
  const ConfidenceModel unsure = ConfidenceModel::Parse("bias\t-1000", "weights").value();
  const DocumentGraph graph = Read(kText, kConfidenceLever);
  EXPECT_LT(sure.Of(graph, graph.statements[0]), 1);
  EXPECT_GT(unsure.Of(graph, graph.statements[0]), 0);
}

TEST(StatementConfidenceTest, ASurerRuleIsBelievedMore) {
  const ConfidenceModel model = ConfidenceModel::Load(std::string(NEWSGRAPH_DATA_DIR) + "/confidence.tsv").value();
  DocumentGraph graph = Read(kText, kConfidenceLever);
  Statement& statement = graph.statements[0];
  statement.confidence = 0.5F;
  const float unsure = model.Of(graph, statement);
  statement.confidence = 0.95F;
  EXPECT_GT(model.Of(graph, statement), unsure);
}

TEST(StatementConfidenceTest, TheLeverLeavesTheStrengthOfTheRule) {
  const DocumentGraph rated = Read(kText, 0), raw = Read(kText, kConfidenceLever);
  ASSERT_EQ(rated.statements.size(), raw.statements.size());
  const ConfidenceModel model = ConfidenceModel::Load(std::string(NEWSGRAPH_DATA_DIR) + "/confidence.tsv").value();
  bool differs = false;  // of one statement they may be as sure
  for (size_t i = 0; i < raw.statements.size(); ++i) {
    EXPECT_EQ(rated.statements[i].confidence, model.Of(raw, raw.statements[i]));
    differs |= rated.statements[i].confidence != raw.statements[i].confidence;
  }
  EXPECT_TRUE(differs);
}

TEST(StatementConfidenceTest, WhatIsFarLikelierWrongGoesAndTheOthersAreNumberedAnew) {
  DocumentGraph graph = Read(kText, kConfidenceLever);
  ASSERT_EQ(graph.statements.size(), 2u);
  const std::string gone = graph.statements[0].predicate, kept = graph.statements[1].predicate;
  ASSERT_NE(gone, kept);
  DocumentGraph unsure = graph;
  ConfidenceModel::Parse("bias\t0\npredicate=" + gone + "\t-2", "weights").value().Rate(unsure);
  ASSERT_EQ(unsure.statements.size(), 1u);
  EXPECT_EQ(unsure.statements[0].predicate, kept);
  EXPECT_EQ(unsure.statements[0].index, 0u);
  // Unsure is not wrong.
  ConfidenceModel::Parse("bias\t-0.2", "weights").value().Rate(graph);
  EXPECT_EQ(graph.statements.size(), 2u);
}

DocumentGraph ReadRaw(const std::string& text) { return Read(text, kConfidenceLever); }

bool HasFeature(const DocumentGraph& graph, const Statement& statement, std::string_view name) {
  for (const auto& [feature, value] : ConfidenceFeatures(graph, statement)) {
    if (feature == name) return value != 0;
  }
  return false;
}

TEST(StatementConfidenceTest, WhatIsReadBesideAndInsideTheWordsOfAClaimIsSeen) {
  DocumentGraph graph = ReadRaw(kText);
  ASSERT_EQ(graph.statements.size(), 2u);
  for (const Statement& statement : graph.statements) EXPECT_TRUE(HasFeature(graph, statement, "read beside=0"));
  // As if somebody claimed the whole of the first sentence.
  Statement claim = graph.statements[0];
  claim.predicate = "stated";
  claim.literal = Literal{"STATEMENT", "Google acquired DeepMind in 2014", "", ""};
  claim.literal_span = claim.evidence;
  claim.index = 2;
  graph.statements.push_back(claim);
  EXPECT_TRUE(HasFeature(graph, graph.statements[0], "read beside=1"));
  EXPECT_TRUE(HasFeature(graph, graph.statements[1], "read beside=0"));
  EXPECT_TRUE(HasFeature(graph, claim, "read inside=1"));
  EXPECT_TRUE(HasFeature(graph, claim, "stated: read inside=1"));
  EXPECT_TRUE(HasFeature(graph, claim, "names inside=3"));
  EXPECT_TRUE(HasFeature(graph, claim, "quoted=no"));
}

TEST(StatementConfidenceTest, MalformedWeightsAreNamedWithTheirLine) {
  const struct {
    const char* text;
    const char* message;
  } kCases[] = {{"bias\t1\npredicate=sued", "w.tsv:2: \"predicate=sued\" is no feature with a weight"},
                {"bias\tone", "w.tsv:1:"},
                {"bias\t1x", "w.tsv:1:"},
                {"bias\tnan", "w.tsv:1:"},
                {"\t1", "w.tsv:1:"},
                {"bias\t1\n\nbias\t2", "w.tsv:3: bias is given twice"},
                {"# nothing\n", "w.tsv: no weights"}};
  for (const auto& one : kCases) {
    const auto model = ConfidenceModel::Parse(one.text, "w.tsv");
    ASSERT_FALSE(model.ok()) << one.text;
    EXPECT_THAT(std::string(model.status().message()), HasSubstr(one.message));
  }
  EXPECT_EQ(ConfidenceModel::Load("/nonexistent/confidence.tsv").status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace newsgraph
