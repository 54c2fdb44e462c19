// Figures as people and programs read them.
#ifndef NEWSGRAPH_TOOLS_EVAL_REPORT_H_
#define NEWSGRAPH_TOOLS_EVAL_REPORT_H_

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tools/eval/figures.h"
#include "tools/eval/found.h"
#include "tools/eval/gold.h"
#include "tools/eval/score.h"

namespace newsgraph {

// Confusions that are alike: the same kind, surfaces and types.
struct ConfusionGroup {
  Confusion example;  // the first
  std::string document;
  std::string sentence;  // around the example, cut at about 80 characters
  uint32_t count = 0;
};

struct StatementLine {
  StatementRemark remark;
  std::string document;
  std::string sentence;  // around the evidence, cut as above
};

// What a rule has found.
struct RuleCount {
  std::string rule;
  uint32_t fired = 0;      // statements
  uint32_t right = 0;      // of them
  uint32_t documents = 0;  // in which it fired
};

// Found statements whose confidence is of [low, low + 0.1); the last bin has 1 too.
struct CalibrationBin {
  double low = 0;
  uint32_t count = 0;
  double confidence = 0;  // mean
  double right = 0;       // share
};

// What `newsgraph eval` found out about one set.
struct EvalReport {
  std::string set;
  uint64_t documents = 0;
  uint64_t bytes = 0;
  double seconds = 0;                                                  // of analysis; 0: a graph was given
  std::vector<Figure> figures;                                         // of the whole set
  std::vector<std::pair<std::string, std::vector<Figure>>> languages;  // where there is more than one
  std::vector<Difference> differences;                                 // with --compare
  std::vector<ConfusionGroup> confusions;                              // most frequent first within each kind
  bool has_statements = false;                                         // of the gold; else the next three are empty
  std::vector<StatementLine> remarks;                                  // in the order of the documents
  std::vector<RuleCount> rules;                                        // most wrong first
  std::vector<CalibrationBin> calibration;                             // that are not empty
  std::vector<std::string> problems;                                   // FoundSet::problems
};

// Scores every document and puts the figures together.
std::vector<DocumentScore> ScoreSet(const GoldSet& gold, const FoundSet& found);
EvalReport MakeReport(const GoldSet& gold, const FoundSet& found, const std::vector<DocumentScore>& scores,
                      const BootstrapOptions& bootstrap);

// At most `longest` groups of each kind.
std::string ReportText(const EvalReport& report, bool with_lists, size_t longest);
nlohmann::ordered_json ReportJson(const EvalReport& report, bool with_lists, size_t longest);

// The sentence of `text` that holds the span, with the span in ⟦⟧, cut to about 40 characters on
// each side.
std::string Excerpt(std::string_view text, uint32_t begin, uint32_t end);

}  // namespace newsgraph

#endif  // NEWSGRAPH_TOOLS_EVAL_REPORT_H_
