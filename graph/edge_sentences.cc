#include "graph/edge_sentences.h"

#include "graph/status.h"

namespace newsgraph {

absl::StatusOr<EdgeSentences::Sentence> EdgeSentences::Best(const EdgeGroup& edge) {
  Sentence sentence;
  if (edge.statements.empty()) return sentence;
  const auto& [key, index] = edge.statements.front();
  if (key != last_key_) {
    NEWSGRAPH_ASSIGN_OR_RETURN(last_, snapshot_.GetDocument(key));
    last_key_ = key;
  }
  NEWSGRAPH_ASSIGN_OR_RETURN(const ResolvedStatement resolved, snapshot_.GetStatement(key, index));
  const Span& span = resolved.statement.evidence;
  sentence.text = (span.field == Field::kTitle ? last_.title : last_.text).substr(span.begin, span.end - span.begin);
  sentence.document = last_.id;
  sentence.language = last_.language;
  sentence.confidence = resolved.statement.confidence;
  return sentence;
}

}  // namespace newsgraph
