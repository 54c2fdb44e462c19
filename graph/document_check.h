// Whether a DocumentGraph holds what the store promises: private to graph.
#ifndef NEWSGRAPH_GRAPH_DOCUMENT_CHECK_H_
#define NEWSGRAPH_GRAPH_DOCUMENT_CHECK_H_

#include <string_view>

#include "absl/status/status.h"
#include "graph/model.h"
#include "graph/ontology.h"

namespace newsgraph {

// Texts longer than this are refused: offsets and stored records are of 32 bits.
inline constexpr size_t kMaxTextBytes = size_t{1} << 30;

// Whether every span re-reads, every atom has its id and a mention, every statement its
// ends inside the domain and range of its predicate, and lists are in their order.
// InvalidArgument names the first place where it is not so: "put document d1: mention 3
// (text 100-112): …". Safe from any thread.
absl::Status CheckDocument(const DocumentGraph& graph, const Ontology& ontology);

bool IsUtf8(std::string_view text);

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_DOCUMENT_CHECK_H_
