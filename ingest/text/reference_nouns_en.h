// What English news calls things once it has named them: the carrier, the Swiss drugmaker, the ministry.
#ifndef NEWSGRAPH_INGEST_TEXT_REFERENCE_NOUNS_EN_H_
#define NEWSGRAPH_INGEST_TEXT_REFERENCE_NOUNS_EN_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/model.h"

namespace newsgraph {

// Views into the EnglishHeads that answered it.
struct EnglishHead {
  EntityType type = EntityType::kOrg;
  std::string_view subtypes;     // apart by spaces, of what it may stand for whatever its name; "*" for any
  bool unknown = false;          // so may it for what has no subtype
  std::u32string_view nouns;     // it and its like, apart by spaces: an airline is a carrier
  std::u32string_view in_names;  // words of such names that say as much
};

// The rows of data/lexicon/reference_nouns_en.tsv. Immutable once filled; then safe from any thread.
class EnglishHeads {
 public:
  // The cells of a row; what is wrong with them, empty for nothing.
  std::string Add(const std::vector<std::string_view>& cells);

  // Of a folded noun.
  std::optional<EnglishHead> Of(std::u32string_view noun) const;

 private:
  struct Family {
    EntityType type = EntityType::kOrg;
    std::string subtypes;
    bool unknown = false;
    std::u32string nouns, in_names;
  };

  std::vector<Family> families_;
  std::unordered_map<std::u32string, size_t> family_of_;  // by noun
};

// Of words apart by spaces.
bool HoldsWordOfList(std::u32string_view list, std::u32string_view word);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_REFERENCE_NOUNS_EN_H_
