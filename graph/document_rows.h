// What one document adds to the tables: the rows that are its own, and its share in the
// counts of its profiles. A pure function, so that what was added can be taken away again.
// Private to graph.
#ifndef NEWSGRAPH_GRAPH_DOCUMENT_ROWS_H_
#define NEWSGRAPH_GRAPH_DOCUMENT_ROWS_H_

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "graph/identity.h"
#include "graph/model.h"
#include "graph/ontology.h"
#include "graph/storage/kv.h"
#include "graph/storage/records.h"

namespace newsgraph {

struct ProfileShare {
  ProfileFields fields;
  std::set<AtomId> atoms;
  std::set<Observation> observations;                               // one document each
  std::map<std::pair<std::string, std::string>, NameRecord> names;  // by text and language
  std::map<std::string, uint64_t> subtypes;                         // atoms
};

struct DocumentRows {
  struct Row {
    Table table;
    std::string key;
    std::string value;
  };
  std::vector<Row> rows;    // that a commit reads again: atoms, and atoms by profile
  std::vector<Row> unread;  // the others; no key stands twice
  std::map<ProfileId, ProfileShare> profiles;
  CountsRecord counts;
};

// `judged`: atoms that some judgement names. The graph has passed CheckDocument.
DocumentRows MakeDocumentRows(const DocumentGraph& graph, const std::set<AtomId>& judged, const Ontology& ontology);

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_DOCUMENT_ROWS_H_
