// Gold with other names in it: every entity that the lexicon lists gets an invented name of
// its type, so that what is scored is how names are read that nobody has listed.
//
// All names of an entity change together, over all documents, and keep their shape: given
// name, surname, middle dot, the Latin name in brackets, acronym, 公司 and 3.1 behind it.
#ifndef NEWSGRAPH_TOOLS_EVAL_FRESH_NAMES_H_
#define NEWSGRAPH_TOOLS_EVAL_FRESH_NAMES_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/eval/gold.h"

namespace newsgraph {

// The names that WithFreshNames wants to know of whether the lexicon lists them: those of
// the gold's entities and those it may invent.
std::vector<std::string> NamesToLookUp(const GoldSet& gold);

// A name as a text writes it; one writing of Han may be both Traditional and Simplified.
struct WrittenName {
  std::string name;
  bool simplified = false;  // in a text in Simplified Chinese
  auto operator<=>(const WrittenName&) const = default;
};

struct FreshNames {
  GoldSet gold;
  std::map<std::string, std::map<WrittenName, std::string>> names;  // entity id → name → fresh name
};

// Replaces persons, organisations, products and cities of which a name is `listed`; README.md
// says which types keep theirs, and why. Texts and titles are rewritten, spans shifted. The same
// gold, `listed` and seed give the same bytes on any machine. FailedPrecondition: the gold has no
// identity, or fewer invented names are left than it needs.
absl::StatusOr<FreshNames> WithFreshNames(const GoldSet& gold, const std::set<std::string>& listed, uint64_t seed);

}  // namespace newsgraph

#endif  // NEWSGRAPH_TOOLS_EVAL_FRESH_NAMES_H_
