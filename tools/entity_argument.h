// An entity as people name it on a command line: an id, or a name in any script.
#ifndef NEWSGRAPH_TOOLS_ENTITY_ARGUMENT_H_
#define NEWSGRAPH_TOOLS_ENTITY_ARGUMENT_H_

#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "newsgraph/v1/graph_service.pb.h"

namespace newsgraph {

// Asks a server, or a service inside this program.
using SearchEntities = std::function<absl::Status(const v1::SearchEntitiesRequest&, v1::SearchEntitiesResponse*)>;

// The id of an entity given as an id ("e…", "a…", as it is) or as a whole name. Names of documents
// count before those that only the lexicon knows. Of several with one name, the one named most by
// far: at least ten times as often as the next. NotFound: nothing of that name.
// FailedPrecondition: several; the message lists them.
absl::StatusOr<std::string> FindEntity(std::string_view text, const SearchEntities& search);

}  // namespace newsgraph

#endif  // NEWSGRAPH_TOOLS_ENTITY_ARGUMENT_H_
