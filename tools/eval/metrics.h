// The measures of evaluation, over counts and clusters alone.
//
// Each is a Tally: what is counted on the side of what was found and on the side of the
// gold. Tallies of documents add up, so that a figure of a whole set is the figure of a sum,
// and a bootstrap can draw documents. Pure functions; safe from any thread.
#ifndef NEWSGRAPH_TOOLS_EVAL_METRICS_H_
#define NEWSGRAPH_TOOLS_EVAL_METRICS_H_

#include <cstdint>
#include <vector>

namespace newsgraph {

// Fractions of items occur (B-cubed, CEAF), hence no integers. 0 ≤ right ≤ predicted and
// 0 ≤ found ≤ gold. `right` and `found` differ where precision and recall are taken over
// different items: a name that need not be found is right all the same when it is.
struct Tally {
  double right = 0;
  double predicted = 0;
  double found = 0;
  double gold = 0;

  double Precision() const { return predicted > 0 ? right / predicted : 0; }
  double Recall() const { return gold > 0 ? found / gold : 0; }
  double F1() const;  // 0 when both are 0
  bool empty() const { return predicted <= 0 && gold <= 0; }

  Tally& operator+=(const Tally& other);
  bool operator==(const Tally&) const = default;
};

// One mention and the clusters that it is in: -1 on the side that does not have it.
struct ClusteredMention {
  int32_t gold = -1;
  int32_t found = -1;
  bool operator==(const ClusteredMention&) const = default;
};

// As the CoNLL scorer counts them: mentions of one side only are not dropped; they cost
// the side that has them (Pradhan et al., Scoring Coreference Partitions of Predicted
// Mentions, ACL 2014).
//
// B-cubed: the mean over mentions of the share of its cluster that is right (Bagga and
// Baldwin 1998).
Tally BCubed(const std::vector<ClusteredMention>& mentions);
// CEAF-e with similarity φ4: the best one-to-one match of clusters, each pair worth twice
// its common mentions over the sum of its sizes (Luo 2005).
Tally CeafE(const std::vector<ClusteredMention>& mentions);
// MUC: links that are missing (Vilain et al. 1995). Clusters of one mention count nothing.
Tally Muc(const std::vector<ClusteredMention>& mentions);

// The largest sum of weights that takes at most one of each row and each column, by the
// Hungarian method in O(rows² · columns). `weights` holds rows of equal length, none
// negative.
double BestAssignment(const std::vector<std::vector<double>>& weights);

}  // namespace newsgraph

#endif  // NEWSGRAPH_TOOLS_EVAL_METRICS_H_
