#include "tools/eval/metrics.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace newsgraph {
namespace {

// How many mentions each cluster has, and each pair of clusters in common.
struct Overlaps {
  std::map<int32_t, double> gold, found;
  std::map<std::pair<int32_t, int32_t>, double> both;  // gold, found

  explicit Overlaps(const std::vector<ClusteredMention>& mentions) {
    for (const ClusteredMention& mention : mentions) {
      if (mention.gold >= 0) gold[mention.gold] += 1;
      if (mention.found >= 0) found[mention.found] += 1;
      if (mention.gold >= 0 && mention.found >= 0) both[{mention.gold, mention.found}] += 1;
    }
  }
};

}  // namespace

double Tally::F1() const {
  const double precision = Precision(), recall = Recall();
  return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
}

Tally& Tally::operator+=(const Tally& other) {
  right += other.right;
  predicted += other.predicted;
  found += other.found;
  gold += other.gold;
  return *this;
}

Tally BCubed(const std::vector<ClusteredMention>& mentions) {
  const Overlaps overlaps(mentions);
  Tally tally;
  for (const auto& [cluster, size] : overlaps.gold) tally.gold += size;
  for (const auto& [cluster, size] : overlaps.found) tally.predicted += size;
  // Each of the n common mentions of a pair has n of its cluster right.
  for (const auto& [pair, common] : overlaps.both) {
    tally.found += common * common / overlaps.gold.at(pair.first);
    tally.right += common * common / overlaps.found.at(pair.second);
  }
  return tally;
}

Tally CeafE(const std::vector<ClusteredMention>& mentions) {
  const Overlaps overlaps(mentions);
  std::map<int32_t, size_t> row, column;
  for (const auto& [cluster, size] : overlaps.gold) row.emplace(cluster, row.size());
  for (const auto& [cluster, size] : overlaps.found) column.emplace(cluster, column.size());
  std::vector<std::vector<double>> similarity(row.size(), std::vector<double>(column.size()));
  for (const auto& [pair, common] : overlaps.both) {
    similarity[row.at(pair.first)][column.at(pair.second)] =
        2 * common / (overlaps.gold.at(pair.first) + overlaps.found.at(pair.second));
  }
  const double best = BestAssignment(similarity);
  return {best, static_cast<double>(column.size()), best, static_cast<double>(row.size())};
}

Tally Muc(const std::vector<ClusteredMention>& mentions) {
  const Overlaps overlaps(mentions);
  // A cluster of n mentions needs n - 1 links; the other side has cut it into as many
  // parts as clusters of its own meet it, and each mention that it lacks is a part.
  std::map<int32_t, double> gold_common, found_common, gold_parts, found_parts;
  for (const auto& [pair, common] : overlaps.both) {
    gold_common[pair.first] += common;
    found_common[pair.second] += common;
    gold_parts[pair.first] += 1;
    found_parts[pair.second] += 1;
  }
  Tally tally;
  for (const auto& [cluster, size] : overlaps.gold) {
    tally.gold += size - 1;
    tally.found += gold_common[cluster] - gold_parts[cluster];
  }
  for (const auto& [cluster, size] : overlaps.found) {
    tally.predicted += size - 1;
    tally.right += found_common[cluster] - found_parts[cluster];
  }
  return tally;
}

double BestAssignment(const std::vector<std::vector<double>>& weights) {
  if (weights.empty() || weights.front().empty()) return 0;
  // The method wants no more rows than columns.
  const bool turned = weights.size() > weights.front().size();
  const size_t rows = turned ? weights.front().size() : weights.size();
  const size_t columns = turned ? weights.size() : weights.front().size();
  const auto weight = [&](size_t row, size_t column) { return turned ? weights[column][row] : weights[row][column]; };
  // Shortest augmenting paths with potentials, on costs that are negated weights. Row and
  // column 0 stand for none; row_of[c] is the row that column c is given to.
  std::vector<double> row_potential(rows + 1), column_potential(columns + 1);
  std::vector<size_t> row_of(columns + 1), way(columns + 1);
  for (size_t row = 1; row <= rows; ++row) {
    row_of[0] = row;
    size_t column = 0;
    std::vector<double> least(columns + 1, std::numeric_limits<double>::infinity());
    std::vector<bool> used(columns + 1);
    do {
      used[column] = true;
      const size_t from = row_of[column];
      double delta = std::numeric_limits<double>::infinity();
      size_t next = 0;
      for (size_t c = 1; c <= columns; ++c) {
        if (used[c]) continue;
        const double cost = -weight(from - 1, c - 1) - row_potential[from] - column_potential[c];
        if (cost < least[c]) {
          least[c] = cost;
          way[c] = column;
        }
        if (least[c] < delta) {
          delta = least[c];
          next = c;
        }
      }
      for (size_t c = 0; c <= columns; ++c) {
        if (used[c]) {
          row_potential[row_of[c]] += delta;
          column_potential[c] -= delta;
        } else {
          least[c] -= delta;
        }
      }
      column = next;
    } while (row_of[column] != 0);
    for (; column != 0; column = way[column]) row_of[column] = row_of[way[column]];
  }
  double sum = 0;
  for (size_t column = 1; column <= columns; ++column) {
    if (row_of[column] != 0) sum += weight(row_of[column] - 1, column - 1);
  }
  return sum;
}

}  // namespace newsgraph
