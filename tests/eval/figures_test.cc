#include "tools/eval/figures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace newsgraph {
namespace {

using testing::ElementsAre;

DocumentScore WithMentions(Tally tally) {
  DocumentScore score;
  score.scores["mentions.typed"].exact = tally;
  return score;
}

std::vector<const DocumentScore*> Pointers(const std::vector<DocumentScore>& scores) {
  std::vector<const DocumentScore*> pointers;
  for (const DocumentScore& score : scores) pointers.push_back(&score);
  return pointers;
}

const Figure& Find(const std::vector<Figure>& figures, const std::string& name) {
  for (const Figure& figure : figures) {
    if (figure.name == name) return figure;
  }
  static const Figure none;
  ADD_FAILURE() << "no figure " << name;
  return none;
}

TEST(FiguresTest, AreThoseOfTheSumOverDocuments) {
  // Together 4 of 5 found are right and 4 of 8 are found: F1 = 2 · .8 · .5 / 1.3.
  const std::vector<DocumentScore> scores = {WithMentions({1, 2, 1, 4}), WithMentions({3, 3, 3, 4})};
  const auto figures = Figures(Pointers(scores), {.resamples = 0});
  ASSERT_EQ(figures.size(), 1u);
  EXPECT_NEAR(figures[0].value, 0.8 / 1.3, 1e-12);
  EXPECT_FALSE(figures[0].interval);
}

TEST(FiguresTest, TheConllFigureIsTheMeanOfThree) {
  DocumentScore score;
  score.scores["identity.names.all.b3"].exact = {1, 1, 1, 1};
  score.scores["identity.names.all.ceafe"].exact = {1, 2, 1, 2};
  score.scores["identity.names.all.muc"].exact = {0, 1, 0, 1};
  const auto figures = Figures(Pointers({score}), {.resamples = 10});
  EXPECT_DOUBLE_EQ(Find(figures, "identity.names.all.conll").value, 0.5);
}

TEST(FiguresTest, EachStatementRowHasItsMeasure) {
  DocumentScore score;
  score.scores["statements.must"].exact = {0, 0, 3, 4};
  score.scores["statements.precision"].exact = {1, 2, 0, 0};
  score.scores["statements.time"].exact = {0, 0, 1, 4};
  score.scores["statements.per_gold"].exact = {0, 6, 0, 4};
  score.scores["statements.all"].exact = {1, 2, 1, 2};
  const auto figures = Figures(Pointers({score}), {.resamples = 10});
  EXPECT_DOUBLE_EQ(Find(figures, "statements.must").value, 0.75);
  EXPECT_DOUBLE_EQ(Find(figures, "statements.precision").value, 0.5);
  EXPECT_TRUE(Find(figures, "statements.precision").interval);
  EXPECT_DOUBLE_EQ(Find(figures, "statements.time").value, 0.25);
  EXPECT_DOUBLE_EQ(Find(figures, "statements.per_gold").value, 1.5);
  EXPECT_DOUBLE_EQ(Find(figures, "statements.all").value, 0.5);
}

TEST(FiguresTest, CalibrationIsTheMeanDistanceOfConfidenceFromWhatIsRight) {
  DocumentScore one, other;
  // Bin 9: 1 of 2 right at 0.95 each; bin 5: 1 of 2 right at 0.5 in both documents together.
  one.scores["statements.calibration.bin.9"].exact = {1, 2, 1.9, 2};
  one.scores["statements.calibration.bin.5"].exact = {1, 1, 0.5, 1};
  other.scores["statements.calibration.bin.5"].exact = {0, 1, 0.5, 1};
  const std::vector<DocumentScore> scores = {one, other};
  const auto figures = Figures(Pointers(scores), {.resamples = 10});
  ASSERT_EQ(figures.size(), 1u);  // bins are no figures
  EXPECT_EQ(figures[0].name, "statements.calibration");
  EXPECT_DOUBLE_EQ(figures[0].value, 0.9 / 4);
  const auto differences = Differences(Pointers(scores), Pointers(scores), {.resamples = 10});
  ASSERT_EQ(differences.size(), 1u);
  EXPECT_DOUBLE_EQ(differences[0].second - differences[0].first, 0);
}

TEST(FiguresTest, EntitiesFoundIsARecallAndEmptyRowsAreLeftOut) {
  DocumentScore score;
  score.scores["entities.found"].exact = {0, 0, 3, 4};
  score.scores["values.typed"];
  const auto figures = Figures(Pointers({score}), {});
  ASSERT_EQ(figures.size(), 1u);
  EXPECT_DOUBLE_EQ(figures[0].value, 0.75);
}

TEST(FiguresTest, TheFirstToReadStandFirst) {
  DocumentScore score;
  for (const char* name : {"identity.names.all.b3", "values.typed", "mentions.type.ORG", "mentions.untyped",
                           "entities.typed", "mentions.typed"}) {
    score.scores[name].exact = {1, 1, 1, 1};
  }
  std::vector<std::string> names;
  for (const Figure& figure : Figures(Pointers({score}), {.resamples = 0})) names.push_back(figure.name);
  EXPECT_THAT(names, ElementsAre("mentions.typed", "mentions.untyped", "mentions.type.ORG", "values.typed",
                                 "entities.typed", "identity.names.all.b3"));
}

TEST(BootstrapTest, DocumentsThatAreAllAlikeLeaveNoDoubt) {
  const std::vector<DocumentScore> scores(5, WithMentions({1, 2, 1, 2}));
  const auto figures = Figures(Pointers(scores), {.resamples = 200});
  ASSERT_TRUE(figures[0].interval);
  EXPECT_DOUBLE_EQ(figures[0].interval->low, 0.5);
  EXPECT_DOUBLE_EQ(figures[0].interval->high, 0.5);
}

TEST(BootstrapTest, OfTwoDocumentsAllRightAndAllWrongEitherMayBeDrawnTwice) {
  // A quarter of the draws are the wrong one twice, a quarter the right one twice.
  const std::vector<DocumentScore> scores = {WithMentions({1, 1, 1, 1}), WithMentions({0, 1, 0, 1})};
  const auto figures = Figures(Pointers(scores), {.resamples = 400});
  EXPECT_DOUBLE_EQ(figures[0].value, 0.5);
  EXPECT_DOUBLE_EQ(figures[0].interval->low, 0);
  EXPECT_DOUBLE_EQ(figures[0].interval->high, 1);
}

TEST(BootstrapTest, TheSeedDecides) {
  std::vector<DocumentScore> scores;
  for (int i = 0; i < 40; ++i) scores.push_back(WithMentions({i % 7 / 7.0, 1, i % 7 / 7.0, 1}));
  const auto interval = [&](uint64_t seed) { return *Figures(Pointers(scores), {.seed = seed})[0].interval; };
  EXPECT_EQ(interval(1).low, interval(1).low);
  EXPECT_EQ(interval(1).high, interval(1).high);
  EXPECT_NE(interval(1).low, interval(2).low);
  EXPECT_LT(interval(1).low, interval(1).high);
}

TEST(PairedBootstrapTest, AGraphThatIsBetterInEveryDocumentIsBetterInEveryDraw) {
  const std::vector<DocumentScore> worse(6, WithMentions({1, 2, 1, 2})), better(6, WithMentions({2, 2, 2, 2}));
  const auto differences = Differences(Pointers(worse), Pointers(better), {.resamples = 100});
  ASSERT_EQ(differences.size(), 1u);
  EXPECT_DOUBLE_EQ(differences[0].first, 0.5);
  EXPECT_DOUBLE_EQ(differences[0].second, 1);
  EXPECT_DOUBLE_EQ(differences[0].interval.low, 0.5);
  EXPECT_DOUBLE_EQ(differences[0].interval.high, 0.5);
  EXPECT_DOUBLE_EQ(differences[0].other_side, 0);
}

TEST(PairedBootstrapTest, AGainInOneDocumentOfTwoIsMissingFromAQuarterOfTheDraws) {
  const std::vector<DocumentScore> first = {WithMentions({1, 2, 1, 2}), WithMentions({1, 2, 1, 2})};
  const std::vector<DocumentScore> second = {WithMentions({1, 2, 1, 2}), WithMentions({2, 2, 2, 2})};
  const auto differences = Differences(Pointers(first), Pointers(second), {.resamples = 4000});
  EXPECT_NEAR(differences[0].other_side, 0.25, 0.03);  // four standard errors
  EXPECT_DOUBLE_EQ(differences[0].interval.low, 0);
}

TEST(PairedBootstrapTest, TheSameGraphIsNoBetter) {
  const std::vector<DocumentScore> scores = {WithMentions({1, 2, 1, 2}), WithMentions({0, 2, 0, 2})};
  const auto differences = Differences(Pointers(scores), Pointers(scores), {.resamples = 50});
  EXPECT_DOUBLE_EQ(differences[0].interval.low, 0);
  EXPECT_DOUBLE_EQ(differences[0].interval.high, 0);
  EXPECT_DOUBLE_EQ(differences[0].other_side, 1);
}

}  // namespace
}  // namespace newsgraph
