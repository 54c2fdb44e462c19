// Every expected value is worked out by hand beside it.

#include "tools/eval/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <string_view>
#include <vector>

namespace newsgraph {
namespace {

using testing::DoubleNear;

// Clusters of one-letter mentions: {"abc", "defg"}.
std::vector<ClusteredMention> Clusters(const std::vector<std::string_view>& gold,
                                       const std::vector<std::string_view>& found) {
  std::vector<ClusteredMention> mentions;
  for (char letter = 'a'; letter <= 'z'; ++letter) {
    ClusteredMention mention;
    for (size_t i = 0; i < gold.size(); ++i) {
      if (gold[i].find(letter) != std::string_view::npos) mention.gold = static_cast<int32_t>(i);
    }
    for (size_t i = 0; i < found.size(); ++i) {
      if (found[i].find(letter) != std::string_view::npos) mention.found = static_cast<int32_t>(i);
    }
    if (mention != ClusteredMention{}) mentions.push_back(mention);
  }
  return mentions;
}

void ExpectFigures(const Tally& tally, double precision, double recall, double f1) {
  EXPECT_THAT(tally.Precision(), DoubleNear(precision, 1e-9));
  EXPECT_THAT(tally.Recall(), DoubleNear(recall, 1e-9));
  EXPECT_THAT(tally.F1(), DoubleNear(f1, 1e-9));
}

TEST(TallyTest, NothingIsNoDivisionByZero) {
  EXPECT_TRUE(Tally{}.empty());
  ExpectFigures(Tally{}, 0, 0, 0);
  ExpectFigures(Tally{0, 3, 0, 2}, 0, 0, 0);
}

TEST(TallyTest, PrecisionAndRecallAreTakenOverTheirOwnItems) {
  // 6 of 8 found ones are right; 3 of 4 that must be found are: F1 = 2 · .75 · .75 / 1.5.
  ExpectFigures(Tally{6, 8, 3, 4}, 0.75, 0.75, 0.75);
  // P 1/2, R 1/4: F1 = 2 · 1/8 / (3/4) = 1/3.
  ExpectFigures(Tally{1, 2, 1, 4}, 0.5, 0.25, 1.0 / 3);
}

// The example of Pradhan et al. 2014: gold {a b c} {d e f g}, found {a b} {c d} {f g h i};
// e is missed, h and i are too many.
class PartlyRightTest : public testing::Test {
 protected:
  const std::vector<ClusteredMention> mentions_ = Clusters({"abc", "defg"}, {"ab", "cd", "fghi"});
};

TEST_F(PartlyRightTest, BCubed) {
  // Recall over 7: a 2/3, b 2/3, c 1/3, d 1/4, e 0, f 2/4, g 2/4 = 35/12.
  // Precision over 8: a 1, b 1, c 1/2, d 1/2, f 2/4, g 2/4, h 0, i 0 = 4.
  const double recall = 35.0 / 84, precision = 0.5;
  ExpectFigures(BCubed(mentions_), precision, recall, 2 * precision * recall / (precision + recall));
}

TEST_F(PartlyRightTest, CeafE) {
  // φ4: {abc}{ab} 4/5, {abc}{cd} 2/5, {defg}{cd} 2/6, {defg}{fghi} 4/8. Best 4/5 + 1/2 = 1.3.
  ExpectFigures(CeafE(mentions_), 1.3 / 3, 1.3 / 2, 2 * 1.3 / 5);
}

TEST_F(PartlyRightTest, Muc) {
  // Recall: {abc} in 2 parts, 1 of 2 links; {defg} in {d} {e} {fg}, 1 of 3: 2/5.
  // Precision: {ab} 1 of 1, {cd} 0 of 1, {fghi} in {fg} {h} {i}, 1 of 3: 2/5.
  ExpectFigures(Muc(mentions_), 0.4, 0.4, 0.4);
}

// The example of Luo 2005: gold {1 2 3 4 5} {6 7} {8 9 A B C}.
TEST(LuoTest, TwoOfThreeEntitiesMerged) {
  // Found {1…5} and {6 7 8 9 A B C}: 10 mentions of 12 keep all of their gold cluster.
  const auto mentions = Clusters({"abcde", "fg", "hijkl"}, {"abcde", "fghijkl"});
  // B-cubed precision: 5 · 1 + 2 · 2/7 + 5 · 5/7 = 5 + 29/7, over 12; recall 1.
  const double precision = (5 + 29.0 / 7) / 12;
  ExpectFigures(BCubed(mentions), precision, 1, 2 * precision / (precision + 1));
  // φ4: 1 for the first, 10/12 for the last against the merged one: 11/6 of 2 and of 3.
  ExpectFigures(CeafE(mentions), 11.0 / 12, 11.0 / 18, 11.0 / 15);
  // 4 + 1 + 4 links are all there, of 4 + 6 found ones one is wrong.
  ExpectFigures(Muc(mentions), 0.9, 1, 18.0 / 19);
}

TEST(LuoTest, EverythingInOne) {
  const auto mentions = Clusters({"abcde", "fg", "hijkl"}, {"abcdefghijkl"});
  // Precision: (25 + 4 + 25) / 12 over 12.
  ExpectFigures(BCubed(mentions), 0.375, 1, 0.75 / 1.375);
  // Best pair: 2 · 5 / 17.
  ExpectFigures(CeafE(mentions), 10.0 / 17, 10.0 / 51, 10.0 / 34);
  ExpectFigures(Muc(mentions), 9.0 / 11, 1, 0.9);
}

TEST(ClusterMetricsTest, EveryMentionAlone) {
  const auto mentions = Clusters({"abc"}, {"a", "b", "c"});
  ExpectFigures(BCubed(mentions), 1, 1.0 / 3, 0.5);
  ExpectFigures(CeafE(mentions), 0.5 / 3, 0.5, 0.25);
  EXPECT_EQ(Muc(mentions), (Tally{0, 0, 0, 2}));
}

TEST(ClusterMetricsTest, OneSideEmpty) {
  const auto missed = Clusters({"ab"}, {}), spurious = Clusters({}, {"ab"});
  EXPECT_EQ(BCubed(missed), (Tally{0, 0, 0, 2}));
  EXPECT_EQ(CeafE(missed), (Tally{0, 0, 0, 1}));
  EXPECT_EQ(Muc(missed), (Tally{0, 0, 0, 1}));
  EXPECT_EQ(BCubed(spurious), (Tally{0, 2, 0, 0}));
  EXPECT_EQ(CeafE(spurious), (Tally{0, 1, 0, 0}));
  EXPECT_EQ(Muc(spurious), (Tally{0, 1, 0, 0}));
}

TEST(BestAssignmentTest, TheGreedyChoiceIsNotTheBest) {
  EXPECT_DOUBLE_EQ(BestAssignment({{9, 8}, {8, 1}}), 16);  // greedy: 9 + 1
  EXPECT_DOUBLE_EQ(BestAssignment({{9, 8}}), 9);
  EXPECT_DOUBLE_EQ(BestAssignment({{3}, {4}, {2}}), 4);
  EXPECT_DOUBLE_EQ(BestAssignment({}), 0);
}

// --- by generated input

class GeneratedClustersTest : public testing::TestWithParam<uint32_t> {
 protected:
  std::vector<ClusteredMention> Generate() {
    std::vector<ClusteredMention> mentions(1 + random_() % 12);
    for (ClusteredMention& mention : mentions) {
      mention.gold = static_cast<int32_t>(random_() % 5) - 1;
      mention.found = static_cast<int32_t>(random_() % 5) - 1;
    }
    return mentions;
  }
  std::mt19937 random_{GetParam()};
};

TEST_P(GeneratedClustersTest, TheBestAssignmentIsThatOfAllPermutations) {
  const size_t rows = 1 + random_() % 5, columns = 1 + random_() % 5;
  std::vector<std::vector<double>> weights(rows, std::vector<double>(columns));
  for (auto& row : weights) {
    for (double& weight : row) weight = static_cast<double>(random_() % 20);
  }
  // Permute more columns than there are; those beyond are no choice.
  std::vector<size_t> order(std::max(rows, columns));
  std::iota(order.begin(), order.end(), 0u);
  double best = 0;
  do {
    double sum = 0;
    for (size_t row = 0; row < rows; ++row) sum += order[row] < columns ? weights[row][order[row]] : 0;
    best = std::max(best, sum);
  } while (std::next_permutation(order.begin(), order.end()));
  EXPECT_DOUBLE_EQ(BestAssignment(weights), best);
}

TEST_P(GeneratedClustersTest, FiguresDependNeitherOnOrderNorOnTheNumbersOfClusters) {
  auto mentions = Generate();
  const Tally b_cubed = BCubed(mentions), ceaf = CeafE(mentions), muc = Muc(mentions);
  std::shuffle(mentions.begin(), mentions.end(), random_);
  for (ClusteredMention& mention : mentions) {
    if (mention.found >= 0) mention.found = 70 - 3 * mention.found;
  }
  EXPECT_NEAR(BCubed(mentions).F1(), b_cubed.F1(), 1e-12);
  EXPECT_NEAR(CeafE(mentions).F1(), ceaf.F1(), 1e-12);
  EXPECT_EQ(Muc(mentions), muc);
}

TEST_P(GeneratedClustersTest, SidesChangedAreRecallForPrecision) {
  const auto mentions = Generate();
  auto turned = mentions;
  for (ClusteredMention& mention : turned) std::swap(mention.gold, mention.found);
  for (const auto& metric : {BCubed, CeafE, Muc}) {
    EXPECT_NEAR(metric(mentions).Precision(), metric(turned).Recall(), 1e-12);
    EXPECT_NEAR(metric(mentions).Recall(), metric(turned).Precision(), 1e-12);
  }
}

TEST_P(GeneratedClustersTest, EqualSidesAreOneAndNothingIsMore) {
  const auto mentions = Generate();
  auto equal = mentions;
  for (ClusteredMention& mention : equal) mention.gold = mention.found;
  for (const auto& metric : {BCubed, CeafE, Muc}) {
    const Tally perfect = metric(equal), other = metric(mentions);
    if (!perfect.empty()) {
      EXPECT_NEAR(perfect.F1(), 1, 1e-12);
    }
    EXPECT_LE(other.right, other.predicted + 1e-12);
    EXPECT_LE(other.found, other.gold + 1e-12);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, GeneratedClustersTest, testing::Range(1u, 41u));

}  // namespace
}  // namespace newsgraph
