// The relations that statements may use, and the types their ends may have.
//
// Immutable after loading; safe from any thread. The default is graph/data/ontology.tsv,
// built into the library; a user's own file has the same columns (its first lines say what
// they mean).
#ifndef NEWSGRAPH_GRAPH_ONTOLOGY_H_
#define NEWSGRAPH_GRAPH_ONTOLOGY_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/model.h"

namespace newsgraph {

// One end that a relation allows: an entity type with or without a subtype, any
// entity, or a literal type.
struct EndType {
  bool any = false;  // any entity
  EntityType type = EntityType::kUnknown;
  std::string subtype;  // checked only where the entity has one; empty for any
  std::string literal;  // "DATE", "NAME", "STATEMENT", …: the end is a literal of this type
};

struct Relation {
  uint16_t number = 0;  // its row, 1 … size; stored in adjacency. Rows are only ever appended
  std::string id;       // "ceo_of"
  std::string tier;     // "core", "property", "added", …
  std::string en;
  std::string zh_hant;
  std::string zh_hans;
  std::vector<EndType> domain;
  std::vector<EndType> range;
  std::string inverse;  // the name of the relation read backwards, its own when symmetric; empty for none
  std::string inverse_zh;
  bool symmetric = false;
  std::string kind;                // "state", "event", "attitude"
  std::string cardinality;         // "1:1", "1:n", "n:1", "n:n"
  std::string wikidata;            // "P169"; empty for none
  bool wikidata_reversed = false;  // the property runs from object to subject
  std::string broader;             // a relation that this one implies; empty for none
};

class Ontology {
 public:
  static std::shared_ptr<const Ontology> Default();
  // `name` is named in errors with the line: "ontology.tsv:12: …".
  static absl::StatusOr<std::shared_ptr<const Ontology>> Parse(std::string_view text, std::string_view name);
  static absl::StatusOr<std::shared_ptr<const Ontology>> Load(const std::string& path);

  const std::vector<Relation>& relations() const { return relations_; }
  // Null when there is none of this id.
  const Relation* Find(std::string_view id) const;
  // Null when out of 1 … size.
  const Relation* FindNumber(uint16_t number) const;

  // OK, or InvalidArgument that says which end is of what type and which are allowed.
  // `object_type` is ignored when `literal_type` is not empty. A range of `any` takes
  // every literal; one with an entity type takes TEXT too: a noun phrase for a thing
  // that the document does not name ("invested in a maker of sensors").
  absl::Status Check(std::string_view predicate, EntityType subject_type, std::string_view subject_subtype,
                     EntityType object_type, std::string_view object_subtype, std::string_view literal_type) const;

  // Hash of everything in it; part of the analyser's fingerprint.
  Id128 fingerprint() const { return fingerprint_; }

 private:
  Ontology() = default;
  std::vector<Relation> relations_;
  std::unordered_map<std::string, uint16_t> by_id_;
  Id128 fingerprint_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_ONTOLOGY_H_
