#include "tools/eval/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include "tools/eval/statement_score.h"

namespace newsgraph {
namespace {

using nlohmann::ordered_json;

struct KindWords {
  ConfusionKind kind;
  std::string_view key, title;
};
constexpr std::array<KindWords, 4> kKinds = {{{ConfusionKind::kMissed, "missed", "missed"},
                                              {ConfusionKind::kSpurious, "spurious", "spurious"},
                                              {ConfusionKind::kWrongType, "wrong_type", "wrong type"},
                                              {ConfusionKind::kWrongBoundary, "wrong_boundary", "wrong boundary"}}};

struct RemarkWords {
  RemarkKind kind;
  std::string_view key, title;
};
constexpr std::array<RemarkWords, 5> kRemarks = {
    {{RemarkKind::kMissed, "missed", "statements missed that must be found"},
     {RemarkKind::kSpurious, "spurious", "spurious statements"},
     {RemarkKind::kWrongSpeaker, "wrong_speaker", "right statements with a wrong speaker"},
     {RemarkKind::kWrongFactuality, "wrong_factuality", "right statements with a wrong factuality"},
     {RemarkKind::kWrongTime, "wrong_time", "right statements with a wrong time"}}};

// The figures by language: the headlines only.
constexpr std::array<std::string_view, 14> kHeadlines = {
    "mentions.typed",           "mentions.untyped",      "entities.found",        "identity.names.shared.b3",
    "identity.names.all.conll", "statements.must",       "statements.precision",  "statements.recall",
    "statements.all",           "statements.speaker",    "statements.factuality", "statements.time",
    "statements.per_gold",      "statements.calibration"};

std::vector<ConfusionGroup> Group(const GoldSet& gold, const std::vector<DocumentScore>& scores) {
  using Key = std::tuple<ConfusionKind, std::string, std::string, std::string, std::string>;
  std::map<Key, size_t> index;
  std::vector<ConfusionGroup> groups;
  for (size_t i = 0; i < scores.size(); ++i) {
    const Document& document = gold.documents[i].document;
    for (const Confusion& confusion : scores[i].confusions) {
      const Key key(confusion.kind, confusion.gold_surface, confusion.gold_type, confusion.found_surface,
                    confusion.found_type);
      const auto [at, is_new] = index.emplace(key, groups.size());
      if (is_new) {
        const std::string& text = confusion.span.field == Field::kTitle ? document.title : document.text;
        groups.push_back({confusion, document.id, Excerpt(text, confusion.span.begin, confusion.span.end), 0});
      }
      ++groups[at->second].count;
    }
  }
  std::stable_sort(groups.begin(), groups.end(), [](const ConfusionGroup& a, const ConfusionGroup& b) {
    return std::tie(a.example.kind, b.count, a.example.gold_surface, a.example.found_surface) <
           std::tie(b.example.kind, a.count, b.example.gold_surface, b.example.found_surface);
  });
  return groups;
}

void ReadStatements(const GoldSet& gold, const std::vector<DocumentScore>& scores, EvalReport& report) {
  std::map<std::string, RuleCount> rules;
  std::array<Tally, kCalibrationBins> bins;
  for (size_t i = 0; i < scores.size(); ++i) {
    const Document& document = gold.documents[i].document;
    for (const StatementRemark& remark : scores[i].remarks) {
      const std::string& text = remark.span.field == Field::kTitle ? document.title : document.text;
      report.remarks.push_back({remark, document.id, Excerpt(text, remark.span.begin, remark.span.end)});
    }
    for (const auto& [rule, tally] : scores[i].rules) {
      RuleCount& count = rules[rule];
      count.rule = rule;
      count.fired += static_cast<uint32_t>(tally.predicted);
      count.right += static_cast<uint32_t>(tally.right);
      ++count.documents;
    }
    for (int bin = 0; bin < kCalibrationBins; ++bin) {
      const auto row = scores[i].scores.find(CalibrationRow(bin));
      if (row != scores[i].scores.end()) bins[static_cast<size_t>(bin)] += row->second.exact;
    }
  }
  for (auto& [name, count] : rules) report.rules.push_back(std::move(count));
  std::stable_sort(report.rules.begin(), report.rules.end(), [](const RuleCount& a, const RuleCount& b) {
    return std::tuple(b.fired - b.right, b.fired) < std::tuple(a.fired - a.right, a.fired);
  });
  for (int bin = 0; bin < kCalibrationBins; ++bin) {
    const Tally& tally = bins[static_cast<size_t>(bin)];
    if (tally.predicted <= 0) continue;
    report.calibration.push_back({static_cast<double>(bin) / kCalibrationBins, static_cast<uint32_t>(tally.predicted),
                                  tally.Recall(), tally.Precision()});
  }
}

// Lists and tables of statements, as text.
std::string StatementsText(const EvalReport& report, size_t longest) {
  std::string text;
  for (const RemarkWords& words : kRemarks) {
    size_t all = 0;
    std::string lines;
    for (const StatementLine& line : report.remarks) {
      if (line.remark.kind != words.kind) continue;
      if (all++ >= longest) continue;
      lines += fmt::format("  {}: {}", line.document, line.remark.statement);
      if (!line.remark.detail.empty()) lines += fmt::format(" ({})", line.remark.detail);
      if (!line.remark.rule.empty()) lines += fmt::format(" [{}]", line.remark.rule);
      lines += fmt::format("   {}\n", line.sentence);
    }
    text += fmt::format("\n{}: {}{}\n{}", words.title, all, all > longest ? fmt::format(", the first {}", longest) : "",
                        lines);
  }
  if (!report.rules.empty()) {
    text += fmt::format("\n{:>5} {:>5} {:>5} {:>9}  {}\n", "fired", "right", "wrong", "documents", "rule");
    for (const RuleCount& rule : report.rules) {
      text += fmt::format("{:>5} {:>5} {:>5} {:>9}  {}\n", rule.fired, rule.right, rule.fired - rule.right,
                          rule.documents, rule.rule);
    }
  }
  if (!report.calibration.empty()) {
    text += fmt::format("\n{:<11} {:>10} {:>5} {:>5}\n", "confidence", "statements", "mean", "right");
    for (const CalibrationBin& bin : report.calibration) {
      text += fmt::format("{:.1f} … {:.1f}   {:>10} {:>5.2f} {:>5.2f}\n", bin.low, bin.low + 1.0 / kCalibrationBins,
                          bin.count, bin.confidence, bin.right);
    }
  }
  return text;
}

ordered_json StatementsJson(const EvalReport& report, size_t longest) {
  ordered_json json = ordered_json::object();
  for (const RemarkWords& words : kRemarks) {
    ordered_json& list = json[std::string(words.key)] = ordered_json::array();
    for (const StatementLine& line : report.remarks) {
      if (line.remark.kind != words.kind || list.size() == longest) continue;
      ordered_json row = {{"statement", line.remark.statement}};
      if (!line.remark.detail.empty()) row["detail"] = line.remark.detail;
      if (!line.remark.rule.empty()) row["rule"] = line.remark.rule;
      row["document"] = line.document;
      row["sentence"] = line.sentence;
      list.push_back(std::move(row));
    }
  }
  json["rules"] = ordered_json::array();
  for (const RuleCount& rule : report.rules) {
    json["rules"].push_back(
        {{"rule", rule.rule}, {"fired", rule.fired}, {"right", rule.right}, {"documents", rule.documents}});
  }
  json["calibration"] = ordered_json::array();
  for (const CalibrationBin& bin : report.calibration) {
    json["calibration"].push_back(
        {{"from", bin.low}, {"statements", bin.count}, {"confidence", bin.confidence}, {"right", bin.right}});
  }
  return json;
}

std::string Share(double value, double of) { return of > 0 ? fmt::format("{:.3f}", value) : "-"; }

std::string IntervalText(const std::optional<Interval>& interval) {
  return interval ? fmt::format("{:.3f}–{:.3f}", interval->low, interval->high) : "";
}

std::string FigureLine(const Figure& figure, size_t width) {
  const Tally &exact = figure.score.exact, &overlap = figure.score.overlap;
  if (exact.empty()) {
    return fmt::format("{:<{}} {:>6} {:>6} {:>6}  {:<11}\n", figure.name, width, "", "",
                       fmt::format("{:.3f}", figure.value), IntervalText(figure.interval));
  }
  const bool is_ratio = figure.measure == Measure::kRatio;
  const bool both = exact.predicted > 0 && exact.gold > 0;
  std::string line = fmt::format("{:<{}} {:>6} {:>6} {:>6}  {:<11} {:>7.0f} {:>7.0f}", figure.name, width,
                                 is_ratio ? "-" : Share(exact.Precision(), exact.predicted),
                                 is_ratio ? "-" : Share(exact.Recall(), exact.gold),
                                 both ? fmt::format("{:.3f}", is_ratio ? figure.value : exact.F1()) : "-",
                                 IntervalText(figure.interval), exact.predicted, exact.gold);
  if (!overlap.empty()) {
    line += fmt::format("   {:>6} {:>6} {:>6}", Share(overlap.Precision(), overlap.predicted),
                        Share(overlap.Recall(), overlap.gold),
                        overlap.predicted > 0 && overlap.gold > 0 ? fmt::format("{:.3f}", overlap.F1()) : "-");
  }
  return line + "\n";
}

std::string ConfusionLine(const ConfusionGroup& group) {
  const Confusion& confusion = group.example;
  std::string what;
  switch (confusion.kind) {
    case ConfusionKind::kMissed:
      what = fmt::format("{} ({})", confusion.gold_surface, confusion.gold_type);
      break;
    case ConfusionKind::kSpurious:
      what = fmt::format("{} ({})", confusion.found_surface, confusion.found_type);
      break;
    case ConfusionKind::kWrongType:
      what = fmt::format("{} ({}, found as {})", confusion.gold_surface, confusion.gold_type, confusion.found_type);
      break;
    case ConfusionKind::kWrongBoundary:
      what = fmt::format("{} ({}, found {} {})", confusion.gold_surface, confusion.gold_type, confusion.found_surface,
                         confusion.found_type);
      break;
  }
  return fmt::format("{:>5}  {}   {}: {}\n", group.count, what, group.document, group.sentence);
}

ordered_json TallyJson(const Tally& tally) {
  return {{"precision", tally.predicted > 0 ? ordered_json(tally.Precision()) : ordered_json()},
          {"recall", tally.gold > 0 ? ordered_json(tally.Recall()) : ordered_json()},
          {"f1", tally.predicted > 0 && tally.gold > 0 ? ordered_json(tally.F1()) : ordered_json()},
          {"right", tally.right},
          {"predicted", tally.predicted},
          {"found", tally.found},
          {"gold", tally.gold}};
}

ordered_json IntervalJson(const Interval& interval) { return {interval.low, interval.high}; }

ordered_json FiguresJson(const std::vector<Figure>& figures) {
  ordered_json list = ordered_json::object();
  for (const Figure& figure : figures) {
    ordered_json row = {{"value", figure.value}};
    if (figure.interval) row["interval"] = IntervalJson(*figure.interval);
    if (figure.measure == Measure::kRatio) {
      row.update({{"predicted", figure.score.exact.predicted}, {"gold", figure.score.exact.gold}});
    } else if (!figure.score.exact.empty()) {
      row.update(TallyJson(figure.score.exact));
    }
    if (!figure.score.overlap.empty()) row["overlap"] = TallyJson(figure.score.overlap);
    list[figure.name] = std::move(row);
  }
  return list;
}

// Steps over code points of valid UTF-8.
bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

std::string Excerpt(std::string_view text, uint32_t begin, uint32_t end) {
  constexpr int kSide = 40;
  constexpr std::string_view kEnds[] = {"\n", "。", "！", "？", "!", "?"};
  const auto ends_at = [&](size_t i) {
    return std::any_of(std::begin(kEnds), std::end(kEnds),
                       [&](std::string_view mark) { return text.substr(i, mark.size()) == mark; });
  };
  size_t from = begin, to = end;
  int count = 0;
  while (from > 0 && count < kSide) {
    size_t before = from - 1;
    while (before > 0 && IsContinuation(text[before])) --before;
    if (ends_at(before)) break;
    from = before;
    ++count;
  }
  const bool cut_before = count == kSide && from > 0;
  for (count = 0; to < text.size() && count < kSide && text[to] != '\n'; ++count) {
    const bool last = ends_at(to);
    ++to;
    while (to < text.size() && IsContinuation(text[to])) ++to;
    if (last) break;
  }
  const bool cut_behind = count == kSide && to < text.size();
  std::string excerpt = fmt::format("{}{}⟦{}⟧{}{}", cut_before ? "…" : "", text.substr(from, begin - from),
                                    text.substr(begin, end - begin), text.substr(end, to - end), cut_behind ? "…" : "");
  std::replace(excerpt.begin(), excerpt.end(), '\n', ' ');
  return excerpt;
}

std::vector<DocumentScore> ScoreSet(const GoldSet& gold, const FoundSet& found) {
  std::vector<DocumentScore> scores;
  for (size_t i = 0; i < gold.documents.size(); ++i) {
    scores.push_back(ScoreDocument(gold, gold.documents[i], found.documents[i]));
  }
  return scores;
}

EvalReport MakeReport(const GoldSet& gold, const FoundSet& found, const std::vector<DocumentScore>& scores,
                      const BootstrapOptions& bootstrap) {
  EvalReport report;
  report.set = gold.name;
  report.documents = gold.documents.size();
  report.seconds = found.seconds;
  report.problems = found.problems;
  std::vector<const DocumentScore*> all;
  std::map<std::string, std::vector<const DocumentScore*>> by_language;
  for (size_t i = 0; i < scores.size(); ++i) {
    const Document& document = gold.documents[i].document;
    report.bytes += document.text.size();
    all.push_back(&scores[i]);
    by_language[document.language.empty() ? "unknown" : document.language].push_back(&scores[i]);
  }
  report.figures = Figures(all, bootstrap);
  if (by_language.size() > 1) {
    for (const auto& [language, documents] : by_language) {
      std::vector<Figure> figures = Figures(documents, bootstrap);
      figures.erase(std::remove_if(figures.begin(), figures.end(),
                                   [](const Figure& figure) {
                                     return std::find(kHeadlines.begin(), kHeadlines.end(), figure.name) ==
                                            kHeadlines.end();
                                   }),
                    figures.end());
      report.languages.emplace_back(language, std::move(figures));
    }
  }
  report.confusions = Group(gold, scores);
  report.has_statements = gold.has_statements;
  if (report.has_statements) ReadStatements(gold, scores, report);
  return report;
}

std::string ReportText(const EvalReport& report, bool with_lists, size_t longest) {
  std::string text = fmt::format("{}: {} documents, {} bytes of text", report.set, report.documents, report.bytes);
  if (report.seconds > 0) {
    text += fmt::format(", analysed in {:.2f} s: {:.1f} documents/s, {:.2f} MB/s", report.seconds,
                        static_cast<double>(report.documents) / report.seconds,
                        static_cast<double>(report.bytes) / 1e6 / report.seconds);
  }
  size_t width = 0;
  for (const Figure& figure : report.figures) width = std::max(width, figure.name.size());
  const std::string header = fmt::format("\n\n{:<{}} {:>6} {:>6} {:>6}  {:<11} {:>7} {:>7}   {:>6} {:>6} {:>6}\n", "",
                                         width, "P", "R", "F1", "95 %", "found", "gold", "any P", "any R", "any F1");
  text += header;
  for (const Figure& figure : report.figures) text += FigureLine(figure, width);
  for (const auto& [language, figures] : report.languages) {
    text += fmt::format("\n{}\n", language);
    for (const Figure& figure : figures) text += FigureLine(figure, width);
  }
  if (!report.differences.empty()) {
    text += fmt::format("\n{:<{}} {:>6} {:>6} {:>7}  {:<16} {}\n", "the other graph", width, "this", "other", "more",
                        "95 %", "draws on the other side");
    for (const Difference& difference : report.differences) {
      text += fmt::format("{:<{}} {:>6.3f} {:>6.3f} {:>+7.3f}  {:<16} {:.3f}\n", difference.name, width,
                          difference.first, difference.second, difference.second - difference.first,
                          fmt::format("{:+.3f} … {:+.3f}", difference.interval.low, difference.interval.high),
                          difference.other_side);
    }
  }
  if (!with_lists) return text;
  for (const KindWords& kind : kKinds) {
    size_t groups = 0, all = 0, shown = 0;
    std::string lines;
    for (const ConfusionGroup& group : report.confusions) {
      if (group.example.kind != kind.kind) continue;
      ++groups;
      all += group.count;
      if (shown == longest) continue;
      ++shown;
      lines += ConfusionLine(group);
    }
    text += fmt::format("\n{}: {}, {} different{}\n{}", kind.title, all, groups,
                        shown < groups ? fmt::format(", the {} most frequent", shown) : "", lines);
  }
  if (report.has_statements) text += StatementsText(report, longest);
  return text;
}

ordered_json ReportJson(const EvalReport& report, bool with_lists, size_t longest) {
  ordered_json json = {{"set", report.set}, {"documents", report.documents}, {"bytes", report.bytes}};
  if (report.seconds > 0) {
    json["seconds"] = report.seconds;
    json["documents_per_second"] = static_cast<double>(report.documents) / report.seconds;
  }
  json["figures"] = FiguresJson(report.figures);
  for (const auto& [language, figures] : report.languages) json["languages"][language] = FiguresJson(figures);
  for (const Difference& difference : report.differences) {
    json["differences"][difference.name] = {{"this", difference.first},
                                            {"other", difference.second},
                                            {"interval", IntervalJson(difference.interval)},
                                            {"draws_on_the_other_side", difference.other_side}};
  }
  if (!report.problems.empty()) json["problems"] = report.problems;
  if (!with_lists) return json;
  for (const KindWords& kind : kKinds) {
    ordered_json& list = json["lists"][std::string(kind.key)] = ordered_json::array();
    for (const ConfusionGroup& group : report.confusions) {
      if (group.example.kind != kind.kind || list.size() == longest) continue;
      ordered_json row = {{"count", group.count}};
      if (!group.example.gold_surface.empty()) {
        row["gold"] = {{"surface", group.example.gold_surface}, {"type", group.example.gold_type}};
      }
      if (!group.example.found_surface.empty()) {
        row["found"] = {{"surface", group.example.found_surface}, {"type", group.example.found_type}};
      }
      row["document"] = group.document;
      row["sentence"] = group.sentence;
      list.push_back(std::move(row));
    }
  }
  if (report.has_statements) json["statements"] = StatementsJson(report, longest);
  return json;
}

}  // namespace newsgraph
