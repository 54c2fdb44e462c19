// How sure a statement is: a logistic model of how it was read, fitted to judged statements.
#ifndef NEWSGRAPH_INGEST_STATEMENT_CONFIDENCE_H_
#define NEWSGRAPH_INGEST_STATEMENT_CONFIDENCE_H_

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/model.h"

namespace newsgraph {

// What the model sees of a statement of `graph` whose confidence is still that of its rule, while all statements stand
// under their numbers: names with their values, "predicate=acquired" with 1, "acquired: object type=ORG" with 1 (what
// that is worth for this relation alone), "strength of rule" with the log-odds of the rule's own strength. Pure.
std::vector<std::pair<std::string, float>> ConfidenceFeatures(const DocumentGraph& graph, const Statement& statement);

// Immutable after loading; safe from any thread.
class ConfidenceModel {
 public:
  // A file of lines "FEATURE\tWEIGHT", `#` begins a note; made by tools/train/confidence.py.
  // NotFound: it cannot be read. InvalidArgument: file and line of the first malformed one.
  static absl::StatusOr<ConfidenceModel> Load(const std::filesystem::path& path);
  static absl::StatusOr<ConfidenceModel> Parse(std::string_view text, std::string_view name);

  // The probability, above 0 and below 1, that a careful reader would say of the text what the statement says.
  float Of(const DocumentGraph& graph, const Statement& statement) const;
  // Sets the confidence of every statement of the graph; those far likelier wrong than right go, and the others are
  // numbered anew.
  void Rate(DocumentGraph& graph) const;

 private:
  std::unordered_map<std::string, float> weights_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_STATEMENT_CONFIDENCE_H_
