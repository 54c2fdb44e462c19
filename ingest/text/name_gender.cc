#include "ingest/text/name_gender.h"

#include <algorithm>

#include "ingest/text/code_points.h"

namespace newsgraph {

std::string NameGenders::Add(std::string_view kind, std::u32string word) {
  if (kind == "woman_character" || kind == "man_character") {
    if (word.size() != 1) return "a character, not a word";
    auto& characters = kind == "woman_character" ? woman_characters_ : man_characters_;
    const auto& others = kind == "woman_character" ? man_characters_ : woman_characters_;
    if (others.contains(word[0])) return "it is also one of the others";
    characters.insert(word[0]);
    return {};
  }
  if (kind != "woman" && kind != "man") return "a kind is woman, man, woman_character or man_character";
  const Gender gender = kind == "woman" ? Gender::kFemale : Gender::kMale;
  if (const auto [known, added] = names_.try_emplace(std::move(word), gender); !added && known->second != gender) {
    return "it is also one of the others";
  }
  return {};
}

Gender NameGenders::OfHan(std::u32string_view name) const {
  // 王淑芬; 馬可·里奇 by all of its first part.
  const auto dot = static_cast<size_t>(std::find_if(name.begin(), name.end(), IsMiddleDot) - name.begin());
  const bool foreign = dot < name.size();
  const std::u32string_view given = foreign ? name.substr(0, dot) : name.substr(std::min<size_t>(1, name.size()));
  int lean = 0;
  for (size_t i = 0; i < given.size(); ++i) {
    const int weight = !foreign && i + 1 == given.size() ? 2 : 1;
    if (woman_characters_.contains(given[i])) lean += weight;
    if (!foreign && man_characters_.contains(given[i])) lean -= weight;
  }
  if (foreign) return lean > 0 && woman_characters_.contains(given.back()) ? Gender::kFemale : Gender::kUnknown;
  return lean > 1 ? Gender::kFemale : lean < -1 ? Gender::kMale : Gender::kUnknown;
}

Gender NameGenders::Of(std::u32string_view folded) const {
  if (folded.empty()) return Gender::kUnknown;
  if (IsHan(folded[0])) return OfHan(folded);
  const auto found = names_.find(std::u32string(folded.substr(0, folded.find(U' '))));
  return found == names_.end() ? Gender::kUnknown : found->second;
}

}  // namespace newsgraph
