// What was found in the texts of a gold set: by the analyser, or in a graph given as a file.
#ifndef NEWSGRAPH_TOOLS_EVAL_FOUND_H_
#define NEWSGRAPH_TOOLS_EVAL_FOUND_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/model.h"
#include "ingest/analyzer.h"
#include "tools/eval/gold.h"

namespace newsgraph {

struct FoundMention {
  Span span;
  MentionForm form = MentionForm::kName;
  EntityType type = EntityType::kUnknown;
  int32_t entity = -1;  // of this document; of values one for each value
};

// Entities are those of FoundMention, -1 for none.
struct FoundStatement {
  int32_t subject = -1;
  std::string predicate;
  int32_t object = -1;
  std::optional<Literal> literal;
  std::vector<Qualifier> times;  // its time qualifiers, and when it holds from, with `value` alone
  int32_t speaker = -1;
  Factuality factuality = Factuality::kAsserted;
  float confidence = 1;
  Span evidence;
  std::string rule;
  std::vector<std::pair<std::string, float>> features;  // of its confidence, as long as that is its rule's own
};

struct FoundDocument {
  std::vector<FoundMention> mentions;      // by span, one of each span and form
  std::vector<FoundStatement> statements;  // in the order of the graph
};

// A graph holds values as literals of its statements only, so those are the values found.
FoundDocument FoundInGraph(const DocumentGraph& graph);

struct FoundSet {
  std::vector<FoundDocument> documents;  // one for each of the gold
  std::vector<std::string> problems;     // documents without a counterpart or refused, in words
  double seconds = 0;                    // wall time of the analysis; 0 for a graph that was given
  uint64_t bytes = 0;                    // of text analysed
};

// Analyses the gold's documents. The result does not depend on `threads`, at least 1. A
// document that the analyser refuses has nothing in it and is a problem.
FoundSet Analyse(const GoldSet& gold, const Analyzer& analyzer, int threads);

// Finds the gold's documents in `graphs`, by id, else by an equal text. A document that is not
// there has nothing in it and is a problem. InvalidArgument: one has another text than the gold.
absl::StatusOr<FoundSet> MatchDocuments(const GoldSet& gold, const std::vector<DocumentGraph>& graphs);

}  // namespace newsgraph

#endif  // NEWSGRAPH_TOOLS_EVAL_FOUND_H_
