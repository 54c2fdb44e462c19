#include "graph/storage/kv.h"

namespace newsgraph {

std::string_view ToString(Table table) {
  static constexpr std::string_view kNames[kTableCount] = {
      "meta",        "document",      "mention",         "turn",
      "statement",   "atom",          "profile",         "profile_atom",
      "observation", "value_profile", "profile_cluster", "cluster_profile",
      "judgement",   "name",          "adjacency",       "predicate",
      "time",        "journal"};
  return kNames[static_cast<int>(table)];
}

}  // namespace newsgraph
