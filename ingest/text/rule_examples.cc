#include "ingest/text/rule_examples.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "ingest/text/marked_text.h"

namespace newsgraph {
namespace {

std::vector<std::string> SplitAt(const std::string& text, const std::string& mark) {
  std::vector<std::string> parts;
  size_t begin = 0;
  for (size_t at; (at = text.find(mark, begin)) != std::string::npos; begin = at + mark.size()) {
    parts.push_back(text.substr(begin, at - begin));
  }
  parts.push_back(text.substr(begin));
  return parts;
}

std::string JoinSorted(std::vector<std::string> parts) {
  std::sort(parts.begin(), parts.end());
  return fmt::format("{}", fmt::join(parts, "; "));
}

// An amount that figures.h reads goes before a rule that reads it too.
bool IsOwnReader(const RelationRule& rule, const TextStatement& statement) {
  return rule.predicate == "has_figure" && statement.rule.ends_with("/figure.has_figure");
}

}  // namespace

absl::Status CheckExamples(const RelationRule& rule, const RelationExtractor& extractor) {
  for (const RuleExample& example : rule.examples) {
    const auto complain = [&](const std::string& what) {
      return absl::InvalidArgumentError(
          fmt::format("read rules: {}: {} {}: {}", example.place, rule.name, what, example.text));
    };
    absl::StatusOr<TextAnalysis> analysis = ReadMarkedText(example.text);
    if (!analysis.ok())
      return complain(fmt::format("has a badly marked example, {}", std::string(analysis.status().message())));
    extractor.ExtractRelations(*analysis);
    std::vector<std::string> reads;
    for (const TextStatement& statement : analysis->statements) {
      if (statement.predicate != rule.predicate ||
          (statement.rule != rule.name && !(example.positive && IsOwnReader(rule, statement))))
        continue;
      std::string ends = Describe(*analysis, statement);
      ends.replace(ends.find(" " + rule.predicate + " "), rule.predicate.size() + 2, ", ");
      reads.push_back(std::move(ends));
    }
    const std::string read = JoinSorted(std::move(reads));
    if (!example.positive) {
      if (!read.empty()) return complain(fmt::format("reads \"{}\" where it must read nothing", read));
    } else if (read.empty()) {
      return complain("does not read its example");
    } else if (!example.expected.empty() && read != JoinSorted(SplitAt(example.expected, "; "))) {
      return complain(fmt::format("reads \"{}\", not \"{}\"", read, example.expected));
    }
  }
  return absl::OkStatus();
}

}  // namespace newsgraph
