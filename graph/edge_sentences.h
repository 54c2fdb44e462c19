// The sentence that shows an edge, for pictures and exchange formats. Private to the
// formats. For one thread.
#ifndef NEWSGRAPH_GRAPH_EDGE_SENTENCES_H_
#define NEWSGRAPH_GRAPH_EDGE_SENTENCES_H_

#include <string>

#include "absl/status/statusor.h"
#include "graph/graph_store.h"
#include "graph/query.h"

namespace newsgraph {

class EdgeSentences {
 public:
  // `snapshot` must outlive it.
  explicit EdgeSentences(const Snapshot& snapshot) : snapshot_(snapshot) {}

  struct Sentence {
    std::string text;      // the evidence as the document has it
    std::string document;  // its id
    std::string language;
    float confidence = 0;
  };
  // Of the edge's best statement; all empty for an edge without statements.
  absl::StatusOr<Sentence> Best(const EdgeGroup& edge);

 private:
  const Snapshot& snapshot_;
  // Edges of one document often follow each other.
  DocumentKey last_key_;
  Document last_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_EDGE_SENTENCES_H_
