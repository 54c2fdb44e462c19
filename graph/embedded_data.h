// The files of graph/data, built into the library by graph/CMakeLists.txt.
#ifndef NEWSGRAPH_GRAPH_EMBEDDED_DATA_H_
#define NEWSGRAPH_GRAPH_EMBEDDED_DATA_H_

#include <string_view>

namespace newsgraph {

extern const std::string_view kOntologyData;        // ontology.tsv
extern const std::string_view kHanTraditionalData;  // han_traditional.txt
extern const std::string_view kHanVariantsData;     // han_variants.txt

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_EMBEDDED_DATA_H_
