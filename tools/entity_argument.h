// An entity as people name it on a command line: an id, or a name in any script.
#ifndef NEWSGRAPH_TOOLS_ENTITY_ARGUMENT_H_
#define NEWSGRAPH_TOOLS_ENTITY_ARGUMENT_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "graph/graph_store.h"

namespace newsgraph {

// The entity of an id ("e…", "a…", old or new) or of an exact name. Of several with
// one name, the one named most by far: at least ten times as often as the next.
// NotFound: nothing of that name. FailedPrecondition: several; the message lists them.
absl::StatusOr<EntityId> FindEntity(const Snapshot& snapshot, std::string_view text);

}  // namespace newsgraph

#endif  // NEWSGRAPH_TOOLS_ENTITY_ARGUMENT_H_
