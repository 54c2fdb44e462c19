// From the labels of other corpora to our types: the tables label_maps.tsv and corpora.tsv.
#ifndef NEWSGRAPH_TOOLS_EVAL_LABEL_MAP_H_
#define NEWSGRAPH_TOOLS_EVAL_LABEL_MAP_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/model.h"

namespace newsgraph {

// A set of entity types, one bit for each.
using TypeSet = uint32_t;
constexpr TypeSet TypeBit(EntityType type) { return TypeSet{1} << static_cast<uint32_t>(type); }
// "PERSON", "GPE|LOC|FAC"; "-" for none.
std::string ToString(TypeSet types);

// The types of names: all that are neither values nor unknown.
TypeSet NameTypes();
// DATE, TIME, MONEY, PERCENT, QUANTITY, CARDINAL, ORDINAL.
TypeSet ValueTypes();

struct LabelMap {
  std::string name;
  std::map<std::string, TypeSet> labels;  // 0: not judged
  TypeSet labelled = 0;                   // types that some label stands for
  std::vector<TypeSet> classes;           // the distinct sets of `labels`, in the order of the table
};

// Immutable; safe from any thread.
class LabelTables {
 public:
  // The built-in ones.
  static const LabelTables& Default();
  // InvalidArgument: a malformed line, an unknown type, a map whose lines are not all types
  // of names or that has a type both labelled and not; with table and line.
  static absl::StatusOr<LabelTables> Parse(std::string_view corpora, std::string_view label_maps);

  struct Corpus {
    std::string file;  // what the names of its files begin with
    const LabelMap* map = nullptr;
    std::string language;
  };
  // By the name of a file, its folder left out; null when none of its beginnings is listed.
  const Corpus* FindByFile(std::string_view file_name) const;
  const LabelMap* FindMap(std::string_view name) const;  // null for none
  std::string MapNames() const;                          // "aishell, crossner_ai, …"

 private:
  std::map<std::string, LabelMap, std::less<>> maps_;
  std::vector<Corpus> corpora_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_TOOLS_EVAL_LABEL_MAP_H_
