#include "tools/entity_argument.h"

#include <fmt/format.h>

#include <string>

#include "graph/status.h"

namespace newsgraph {

absl::StatusOr<EntityId> FindEntity(const Snapshot& snapshot, std::string_view text) {
  if (const auto id = ParseEntityOrAtomId(text)) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const Resolution resolution, snapshot.Resolve(*id));
    if (resolution.candidates.empty()) return resolution.entity;
    std::string list;
    for (const EntityId candidate : resolution.candidates) list += " " + ToString(candidate);
    return absl::FailedPreconditionError(
        fmt::format("entity {}: may mean several now:{}; give one of them", text, list));
  }
  NEWSGRAPH_ASSIGN_OR_RETURN(std::vector<NameMatch> matches, snapshot.FindByName(text, /*prefix=*/false, 10));
  if (matches.empty()) {
    return absl::NotFoundError(fmt::format("entity {}: nothing has this name; try `newsgraph search --prefix`", text));
  }
  if (matches.size() > 1 && matches[0].count < 10 * matches[1].count) {
    std::string list;
    for (const NameMatch& match : matches) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const Entity entity, snapshot.GetEntity(match.entity));
      list += fmt::format("\n  {}  {} {} ({} mentions)", ToString(match.entity), ToString(entity.type), entity.name,
                          match.count);
    }
    return absl::FailedPreconditionError(fmt::format("entity {}: several have this name; give an id:{}", text, list));
  }
  return matches[0].entity;
}

}  // namespace newsgraph
