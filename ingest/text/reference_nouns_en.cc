#include "ingest/text/reference_nouns_en.h"

#include <algorithm>
#include <utility>

#include "fmt/format.h"
#include "ingest/text/code_points.h"

namespace newsgraph {

std::string EnglishHeads::Add(const std::vector<std::string_view>& cells) {
  if (cells.size() != 5) return "five columns are needed: type, subtypes, unknown, nouns, in_names";
  const std::optional<EntityType> type = ParseEntityType(cells[0]);
  if (!type.has_value()) return fmt::format("\"{}\" is no type of entity", cells[0]);
  if (cells[2] != "yes" && cells[2] != "no") return "unknown is yes or no";
  if (cells[3] == "-") return "a row without nouns";
  Family family{*type, {}, cells[2] == "yes", {}, {}};
  if (cells[1] != "-") {
    family.subtypes = cells[1];
    std::replace(family.subtypes.begin(), family.subtypes.end(), '|', ' ');
  }
  const auto read = [](std::string_view cell) {
    std::u32string words = cell == "-" ? std::u32string() : FoldWord(cell);
    std::replace(words.begin(), words.end(), U'|', U' ');
    return words;
  };
  family.nouns = read(cells[3]);
  family.in_names = read(cells[4]);
  for (size_t begin = 0; begin <= family.nouns.size();) {
    const size_t end = std::min(family.nouns.find(U' ', begin), family.nouns.size());
    const std::u32string noun = family.nouns.substr(begin, end - begin);
    if (noun.empty()) return "an empty noun";
    if (!family_of_.try_emplace(noun, families_.size()).second) {
      return fmt::format("\"{}\" stands in a row above", EncodeUtf8(noun));
    }
    begin = end + 1;
  }
  families_.push_back(std::move(family));
  return {};
}

std::optional<EnglishHead> EnglishHeads::Of(std::u32string_view noun) const {
  const auto found = family_of_.find(std::u32string(noun));
  if (found == family_of_.end()) return std::nullopt;
  const Family& family = families_[found->second];
  return EnglishHead{family.type, family.subtypes, family.unknown, family.nouns, family.in_names};
}

bool HoldsWordOfList(std::u32string_view list, std::u32string_view word) {
  for (std::u32string_view rest = list; !rest.empty();) {
    const size_t space = rest.find(U' ');
    if (rest.substr(0, space) == word) return true;
    rest = space == std::u32string_view::npos ? std::u32string_view() : rest.substr(space + 1);
  }
  return false;
}

}  // namespace newsgraph
