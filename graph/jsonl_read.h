// Reads single lines of Graph JSON lines, for the import and for evaluation. Pure functions.
#ifndef NEWSGRAPH_GRAPH_JSONL_READ_H_
#define NEWSGRAPH_GRAPH_JSONL_READ_H_

#include <string>
#include <string_view>
#include <variant>

#include "absl/status/statusor.h"
#include "graph/model.h"

namespace newsgraph {

// An entity is worked out from the rest, so its line is only looked over.
struct EntityLineRead {};
struct AtomLineRead {
  std::string document;
  Atom atom;
};
struct MentionLineRead {
  std::string document;
  Mention mention;
};
struct TurnLineRead {
  std::string document;
  Turn turn;
};
struct StatementLineRead {
  std::string document;
  Statement statement;
};

// In the order in which the kinds stand in a file.
using LineRead =
    std::variant<Document, EntityLineRead, AtomLineRead, MentionLineRead, TurnLineRead, StatementLineRead, Judgement>;
// "document", "entity", …: of LineRead::index().
std::string_view KindOfLine(size_t index);

// InvalidArgument says what is wrong with the line: no JSON object, an unknown kind or
// key, a key that is missing, a value of another type. The keys that graph/FORMATS.md
// calls optional may be missing.
absl::StatusOr<LineRead> ReadLine(std::string_view line);

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_JSONL_READ_H_
