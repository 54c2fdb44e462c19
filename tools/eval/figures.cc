#include "tools/eval/figures.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <random>

namespace newsgraph {
namespace {

// What a reader wants to know first stands first.
constexpr std::string_view kOrder[] = {"mentions.typed",
                                       "mentions.untyped",
                                       "mentions.form.",
                                       "mentions.type.",
                                       "values.typed",
                                       "values.type.",
                                       "entities.found",
                                       "entities.typed",
                                       "entities.untyped",
                                       "references.",
                                       "identity.names.shared.",
                                       "identity.names.all.",
                                       "identity.mentions.shared.",
                                       "identity.mentions.all.",
                                       "statements.must",
                                       "statements.precision",
                                       "statements.recall",
                                       "statements.all",
                                       "statements.core",
                                       "statements.properties",
                                       "statements.added",
                                       "statements.evidence",
                                       "statements.speaker",
                                       "statements.factuality",
                                       "statements.time",
                                       "statements.per_gold",
                                       "statements.calibration",
                                       "statements.predicate."};

bool InOrder(std::string_view a, std::string_view b) {
  const auto place = [](std::string_view name) {
    return std::find_if(std::begin(kOrder), std::end(kOrder),
                        [&](std::string_view prefix) { return name.substr(0, prefix.size()) == prefix; }) -
           std::begin(kOrder);
  };
  return std::pair(place(a), a) < std::pair(place(b), b);
}

Measure MeasureOf(std::string_view name) {
  constexpr std::string_view kRecalls[] = {"entities.found",        "statements.must",     "statements.must.strict",
                                           "statements.recall",     "statements.evidence", "statements.speaker",
                                           "statements.factuality", "statements.time",     "statements.time.exact"};
  if (std::find(std::begin(kRecalls), std::end(kRecalls), name) != std::end(kRecalls)) return Measure::kRecall;
  if (name == "statements.precision") return Measure::kPrecision;
  if (name == "statements.per_gold") return Measure::kRatio;
  return Measure::kF1;
}

double ValueOf(Measure measure, const Tally& tally) {
  switch (measure) {
    case Measure::kPrecision:
      return tally.Precision();
    case Measure::kRecall:
      return tally.Recall();
    case Measure::kRatio:
      return tally.gold > 0 ? tally.predicted / tally.gold : 0;
    default:
      return tally.F1();
  }
}

bool IsCalibrationRow(std::string_view name) {
  constexpr std::string_view kPrefix = "statements.calibration.";
  return name.substr(0, kPrefix.size()) == kPrefix;
}

// The scores of all documents by number of row, so that a draw is a sum over small lists.
class Table {
 public:
  explicit Table(const std::vector<const DocumentScore*>& documents) {
    std::map<std::string, Score> totals;
    for (const DocumentScore* document : documents) {
      for (const auto& [name, score] : document->scores) {
        totals[name].exact += score.exact;
        totals[name].overlap += score.overlap;
      }
    }
    for (auto& [name, score] : totals) {
      if (!score.exact.empty()) rows_.push_back({name, score});
    }
    std::map<std::string_view, uint32_t> number;
    for (const auto& [name, score] : rows_) number.emplace(name, static_cast<uint32_t>(number.size()));
    std::vector<uint32_t> bins;
    for (const auto& [name, at] : number) {
      if (IsCalibrationRow(name)) {
        bins.push_back(at);
      } else {
        outputs_.push_back({std::string(name), MeasureOf(name), {at}});
      }
    }
    if (!bins.empty()) outputs_.push_back({"statements.calibration", Measure::kCalibration, bins});
    for (const auto& [name, at] : number) {
      if (name.substr(0, 9) != "identity." || name.substr(name.size() - 3) != ".b3") continue;
      const std::string prefix(name.substr(0, name.size() - 2));
      const auto ceafe = number.find(prefix + "ceafe"), muc = number.find(prefix + "muc");
      if (ceafe == number.end() || muc == number.end()) continue;
      outputs_.push_back({prefix + "conll", Measure::kMean, {at, ceafe->second, muc->second}});
    }
    for (const DocumentScore* document : documents) {
      auto& cells = documents_.emplace_back();
      for (const auto& [name, score] : document->scores) {
        if (const auto row = number.find(name); row != number.end() && !score.exact.empty()) {
          cells.push_back({row->second, score.exact});
        }
      }
    }
  }

  size_t size() const { return outputs_.size(); }
  size_t documents() const { return documents_.size(); }

  std::vector<Figure> Figures() const {
    std::vector<Figure> figures;
    std::vector<Tally> sums;
    for (const auto& [name, score] : rows_) sums.push_back(score.exact);
    for (const Output& output : outputs_) {
      const bool is_row = output.measure != Measure::kMean && output.measure != Measure::kCalibration;
      figures.push_back({output.name, output.measure, Value(output, sums), std::nullopt,
                         is_row ? rows_[output.rows[0]].second : Score{}});
    }
    return figures;
  }

  // The figures of a draw, in the order of Figures(): draw[i] is how often document i was drawn.
  std::vector<double> Draw(const std::vector<uint32_t>& draw) const {
    std::vector<Tally> sums(rows_.size());
    for (size_t i = 0; i < draw.size(); ++i) {
      const double times = draw[i];
      if (draw[i] == 0) continue;
      for (const auto& [row, tally] : documents_[i]) {
        sums[row] += {times * tally.right, times * tally.predicted, times * tally.found, times * tally.gold};
      }
    }
    return Values(sums);
  }

 private:
  // What is made of the sums of rows.
  struct Output {
    std::string name;
    Measure measure;
    std::vector<uint32_t> rows;
  };

  static double Value(const Output& output, const std::vector<Tally>& sums) {
    if (output.measure == Measure::kMean) {
      double sum = 0;
      for (const uint32_t row : output.rows) sum += sums[row].F1();
      return sum / static_cast<double>(output.rows.size());
    }
    if (output.measure == Measure::kCalibration) {
      double distance = 0, count = 0;
      for (const uint32_t row : output.rows) {
        distance += std::abs(sums[row].right - sums[row].found);  // `found` is the sum of confidences
        count += sums[row].predicted;
      }
      return count > 0 ? distance / count : 0;
    }
    return ValueOf(output.measure, sums[output.rows[0]]);
  }

  std::vector<double> Values(const std::vector<Tally>& sums) const {
    std::vector<double> values;
    for (const Output& output : outputs_) values.push_back(Value(output, sums));
    return values;
  }

  std::vector<std::pair<std::string, Score>> rows_;
  std::vector<Output> outputs_;
  std::vector<std::vector<std::pair<uint32_t, Tally>>> documents_;
};

// How often each of `count` documents is drawn when `count` are, with replacement. The
// library's own distributions differ between libraries; this does not.
std::vector<uint32_t> DrawDocuments(std::mt19937_64& random, size_t count) {
  std::vector<uint32_t> draw(count);
  for (size_t i = 0; i < count; ++i) ++draw[static_cast<size_t>(((random() >> 32) * count) >> 32)];
  return draw;
}

// The middle 95 %. `values` is not empty.
Interval Middle(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto count = static_cast<double>(values.size());
  const auto low = static_cast<size_t>(std::floor(0.025 * count));
  const auto high = static_cast<size_t>(std::ceil(0.975 * count)) - 1;
  return {values[low], values[high]};
}

}  // namespace

bool Figure::is_defined() const {
  switch (measure) {
    case Measure::kMean:
    case Measure::kCalibration:
      return true;
    case Measure::kPrecision:
      return score.exact.predicted > 0;
    case Measure::kRecall:
      return score.exact.gold > 0;
    default:
      return score.exact.gold > 0 && score.exact.predicted > 0;
  }
}

std::vector<Figure> Figures(const std::vector<const DocumentScore*>& documents, const BootstrapOptions& bootstrap) {
  const Table table(documents);
  std::vector<Figure> figures = table.Figures();
  std::vector<std::vector<double>> drawn(table.size());
  std::mt19937_64 random(bootstrap.seed);
  for (uint32_t i = 0; i < bootstrap.resamples; ++i) {
    const std::vector<double> values = table.Draw(DrawDocuments(random, table.documents()));
    for (size_t row = 0; row < values.size(); ++row) drawn[row].push_back(values[row]);
  }
  for (size_t row = 0; row < figures.size(); ++row) {
    if (!drawn[row].empty() && figures[row].is_defined()) figures[row].interval = Middle(std::move(drawn[row]));
  }
  std::stable_sort(figures.begin(), figures.end(),
                   [](const Figure& a, const Figure& b) { return InOrder(a.name, b.name); });
  return figures;
}

std::vector<Difference> Differences(const std::vector<const DocumentScore*>& first,
                                    const std::vector<const DocumentScore*>& second,
                                    const BootstrapOptions& bootstrap) {
  const Table tables[2] = {Table(first), Table(second)};
  std::map<std::string, size_t, std::less<>> other;
  const std::vector<Figure> figures[2] = {tables[0].Figures(), tables[1].Figures()};
  for (size_t i = 0; i < figures[1].size(); ++i) other.emplace(figures[1][i].name, i);
  std::vector<Difference> differences;
  std::vector<std::pair<size_t, size_t>> rows;
  for (size_t i = 0; i < figures[0].size(); ++i) {
    const auto found = other.find(figures[0][i].name);
    if (found == other.end()) continue;
    rows.emplace_back(i, found->second);
    differences.push_back({figures[0][i].name, figures[0][i].value, figures[1][found->second].value, {}, 1});
  }
  std::vector<std::vector<double>> drawn(rows.size());
  std::mt19937_64 random(bootstrap.seed);
  for (uint32_t i = 0; i < bootstrap.resamples; ++i) {
    const std::vector<uint32_t> draw = DrawDocuments(random, first.size());
    const std::vector<double> a = tables[0].Draw(draw), b = tables[1].Draw(draw);
    for (size_t row = 0; row < rows.size(); ++row) drawn[row].push_back(b[rows[row].second] - a[rows[row].first]);
  }
  for (size_t row = 0; row < rows.size() && bootstrap.resamples > 0; ++row) {
    Difference& difference = differences[row];
    const double observed = difference.second - difference.first;
    const auto beyond = std::count_if(drawn[row].begin(), drawn[row].end(), [&](double value) {
      return observed > 0 ? value <= 0 : observed < 0 ? value >= 0 : true;
    });
    difference.other_side = static_cast<double>(beyond) / bootstrap.resamples;
    difference.interval = Middle(std::move(drawn[row]));
  }
  std::stable_sort(differences.begin(), differences.end(),
                   [](const Difference& a, const Difference& b) { return InOrder(a.name, b.name); });
  return differences;
}

}  // namespace newsgraph
