// Gold annotations, and what was found, as plain values: what scoring compares.
//
// Readers for the three layouts of gold: the graph format (graph/FORMATS.md), the corpus
// layout (a folder as tests/corpus) and the sentence layout (JSON lines of
// {"id","text","entities":[{"s","e","type","text"}]}, offsets in code points).
#ifndef NEWSGRAPH_TOOLS_EVAL_GOLD_H_
#define NEWSGRAPH_TOOLS_EVAL_GOLD_H_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/model.h"
#include "tools/eval/label_map.h"

namespace newsgraph {

struct GoldMention {
  Span span;
  MentionForm form = MentionForm::kName;
  TypeSet types = 0;    // any of them is right; 0: not judged, what is found on it counts neither way
  int32_t entity = -1;  // index into GoldDocument::entities; -1 where the corpus has no identity
  bool must = true;     // counts for recall; otherwise only for precision
};

struct GoldEntity {
  std::string id;
  bool must = true;
  EntityType type = EntityType::kUnknown;
  std::string subtype;
  std::vector<std::string> names;  // as its document writes them; empty where the layout lists none
  std::string label;               // what lists call it; empty: its id
};

// Entities are indices into GoldDocument::entities, -1 for none.
struct GoldStatement {
  std::string id;
  int32_t subject = -1;
  std::string predicate;
  int32_t object = -1;             // -1 when `literal` is set
  std::optional<Literal> literal;  // a STATEMENT, TEXT or NAME verbatim
  std::optional<Qualifier> time;   // the first; `atom` is not set
  int32_t speaker = -1;            // -1: the article's own voice
  Factuality factuality = Factuality::kAsserted;
  Span evidence;
  bool must = true;
};

struct GoldDocument {
  Document document;  // what the analyser is given
  std::vector<GoldEntity> entities;
  std::vector<GoldMention> mentions;  // by span; they may nest
  std::vector<GoldStatement> statements;
};

struct GoldSet {
  std::string name;                     // the file or folder
  std::vector<GoldDocument> documents;  // in the order of the input
  TypeSet labelled = 0;                 // types that this gold tells of
  std::vector<TypeSet> classes;         // the rows of figures by type
  bool has_identity = false;
  bool has_references = false;  // nominals and pronouns are annotated
  bool has_statements = false;  // some document has one, so that none in another says something
};

struct GoldOptions {
  std::string label_map;            // of the sentence layout; empty: by the name of the file
  std::set<std::string> leave_out;  // ids of documents
};

// Reads a file or a folder, telling the layouts apart by what is in them. NotFound: not
// there. InvalidArgument, with file and line: no JSON, a key that is missing, offsets that
// do not lie in the text or give another surface, a label without a line in the label map,
// an id that is there already.
absl::StatusOr<GoldSet> ReadGold(const std::filesystem::path& path, const GoldOptions& options);

// Graph JSON lines, document by document, in the order of the file; statements included.
// Mentions must re-read. InvalidArgument with file and line, as above.
absl::StatusOr<std::vector<DocumentGraph>> ReadGraph(const std::filesystem::path& path);

// `graph` as gold: every entity, mention and statement must be found.
GoldDocument GoldFromGraph(const DocumentGraph& graph);

}  // namespace newsgraph

#endif  // NEWSGRAPH_TOOLS_EVAL_GOLD_H_
