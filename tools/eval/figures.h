// Scores of documents → figures of a set, with how sure they are.
//
// Documents are what a bootstrap draws: names of one article depend on each other. Draws
// come from std::mt19937_64 with a fixed seed, so the same scores give the same bytes.
#ifndef NEWSGRAPH_TOOLS_EVAL_FIGURES_H_
#define NEWSGRAPH_TOOLS_EVAL_FIGURES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/eval/score.h"

namespace newsgraph {

struct Interval {
  double low = 0;
  double high = 0;
};

// Which figure of a row is quoted.
enum class Measure {
  kF1,
  kPrecision,
  kRecall,       // entities.found, statements.must and what is right among matched statements
  kRatio,        // what was found over what the gold has: statements.per_gold
  kMean,         // of three F1: conll
  kCalibration,  // expected calibration error: the mean distance of confidence from the share that is right
};

struct Figure {
  std::string name;  // a row of Scores, identity.….conll or statements.calibration
  Measure measure = Measure::kF1;
  double value = 0;                  // the measure
  std::optional<Interval> interval;  // of the value, 95 %
  Score score;                       // empty for kMean and kCalibration

  // Whether the value says anything: F1 and a ratio need items on both sides.
  bool is_defined() const;
};

struct BootstrapOptions {
  uint32_t resamples = 1000;  // 0: no intervals
  uint64_t seed = 20240724;
};

// In the order in which they are read: mentions, values, entities, references, identity,
// statements. Rows with nothing on either side are left out.
std::vector<Figure> Figures(const std::vector<const DocumentScore*>& documents, const BootstrapOptions& bootstrap);

// Of two systems on the same documents.
struct Difference {
  std::string name;
  double first = 0;
  double second = 0;
  Interval interval;  // of second - first, 95 %
  // The share of draws in which the difference is not on the side where it is: about the
  // p-value of a one-sided test. 1 where there is no difference.
  double other_side = 1;
};
// Both lists have the same documents in the same order. resamples > 0.
std::vector<Difference> Differences(const std::vector<const DocumentScore*>& first,
                                    const std::vector<const DocumentScore*>& second, const BootstrapOptions& bootstrap);

}  // namespace newsgraph

#endif  // NEWSGRAPH_TOOLS_EVAL_FIGURES_H_
