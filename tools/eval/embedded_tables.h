// The tables of tools/eval, built into the library by tools/CMakeLists.txt.
#ifndef NEWSGRAPH_TOOLS_EVAL_EMBEDDED_TABLES_H_
#define NEWSGRAPH_TOOLS_EVAL_EMBEDDED_TABLES_H_

#include <string_view>

namespace newsgraph {

extern const std::string_view kCorporaTable;     // corpora.tsv
extern const std::string_view kFreshNamesTable;  // fresh_names.tsv
extern const std::string_view kLabelMapsTable;   // label_maps.tsv

}  // namespace newsgraph

#endif  // NEWSGRAPH_TOOLS_EVAL_EMBEDDED_TABLES_H_
