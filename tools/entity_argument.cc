#include "tools/entity_argument.h"

#include <fmt/format.h>

#include <vector>

#include "graph/ids.h"
#include "graph/status.h"
#include "tools/answer_text.h"

namespace newsgraph {

absl::StatusOr<std::string> FindEntity(std::string_view text, const SearchEntities& search) {
  if (ParseEntityOrAtomId(text)) return std::string(text);
  v1::SearchEntitiesRequest request;
  request.set_name(std::string(text));
  request.set_page_size(10);
  v1::SearchEntitiesResponse response;
  NEWSGRAPH_RETURN_IF_ERROR(search(request, &response));
  std::vector<const v1::EntityMatch*> matches;
  for (const v1::EntityMatch& match : response.matches()) {
    // Those of the lexicon come last.
    if (match.by_lexicon() && !matches.empty() && !matches.front()->by_lexicon()) break;
    matches.push_back(&match);
  }
  if (matches.empty()) {
    return absl::NotFoundError(fmt::format("entity {}: nothing has this name; try `newsgraph search --prefix`", text));
  }
  if (matches.size() > 1 && matches[0]->count() < 10 * matches[1]->count()) {
    std::string list;
    for (const v1::EntityMatch* match : matches) {
      const v1::EntityRef& entity = match->entity();
      list += fmt::format("\n  {}  {} {} ({} mentions)", entity.id(), TypeText(entity.type(), entity.subtype()),
                          entity.name(), match->count());
    }
    return absl::FailedPreconditionError(fmt::format("entity {}: several have this name; give an id:{}", text, list));
  }
  return matches[0]->entity().id();
}

}  // namespace newsgraph
