// Gold and found of one document → tallies and confusions. Pure functions.
#ifndef NEWSGRAPH_TOOLS_EVAL_SCORE_H_
#define NEWSGRAPH_TOOLS_EVAL_SCORE_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "graph/model.h"
#include "tools/eval/found.h"
#include "tools/eval/gold.h"
#include "tools/eval/metrics.h"

namespace newsgraph {

// One row of figures. `overlap` counts a mention as right when it touches a right one; it is
// empty where that makes no sense.
struct Score {
  Tally exact;
  Tally overlap;
};

// By name of the row (tools/eval/README.md lists them):
//   mentions.typed, mentions.untyped, mentions.type.T        names of entities
//   mentions.form.F                                          spans, by form
//   values.typed, values.type.T                              dates, money …
//   entities.typed, entities.untyped, entities.found         found by at least one of their names
//   references.nominal, references.pronoun                   linked to the right entity
//   identity.{names,mentions}.{shared,all}.{b3,ceafe,muc}    who is who in the document
//   statements.*                                             tools/eval/statement_score.h
using Scores = std::map<std::string, Score>;

enum class ConfusionKind { kMissed, kSpurious, kWrongType, kWrongBoundary };

// One name that is not as the gold has it. The sides that are not there are empty.
struct Confusion {
  ConfusionKind kind = ConfusionKind::kMissed;
  Span span;  // of the gold, or of what was found where there is no gold
  std::string gold_surface, gold_type;
  std::string found_surface, found_type;
};

// A statement that is not as the gold has it. A wrong speaker, factuality or time is one of a
// statement that is right else.
enum class RemarkKind { kMissed, kSpurious, kWrongSpeaker, kWrongFactuality, kWrongTime };

struct StatementRemark {
  RemarkKind kind = RemarkKind::kMissed;
  Span span;              // the evidence: of the gold where it is missed, else of what was found
  std::string statement;  // subject, predicate, object; entities by the gold's ids, others as written after a ?
  // What is wrong: "planned, found asserted". Of what is missed or spurious: the statement of the other side whose
  // evidence overlaps and that has two of its subject, predicate and object; empty for none.
  std::string detail;
  std::string rule;  // that fired; empty for missed
};

struct JudgedStatement {
  size_t index = 0;  // in FoundDocument::statements
  bool right = false;
};

struct DocumentScore {
  Scores scores;
  std::vector<Confusion> confusions;
  std::vector<StatementRemark> remarks;
  std::vector<JudgedStatement> judged;
  std::map<std::string, Tally> rules;  // by rule: what it found (predicted), and how much of it is right
};

// `gold` is a document of `set`.
DocumentScore ScoreDocument(const GoldSet& set, const GoldDocument& gold, const FoundDocument& found);

}  // namespace newsgraph

#endif  // NEWSGRAPH_TOOLS_EVAL_SCORE_H_
