// Whether a name is a woman's or a man's, by what such names are.
#ifndef NEWSGRAPH_INGEST_TEXT_NAME_GENDER_H_
#define NEWSGRAPH_INGEST_TEXT_NAME_GENDER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace newsgraph {

enum class Gender : uint8_t { kUnknown, kFemale, kMale };

// The rows of data/lexicon/genders.tsv. Immutable once filled; then safe from any thread.
class NameGenders {
 public:
  // A folded word of a kind of that file; what is wrong with it, empty for nothing.
  std::string Add(std::string_view kind, std::u32string word);

  // Of a folded name, given name first in English, surname first in Chinese. A guess that other evidence overrules.
  Gender Of(std::u32string_view folded) const;

 private:
  Gender OfHan(std::u32string_view name) const;

  std::unordered_map<std::u32string, Gender> names_;
  std::unordered_set<char32_t> woman_characters_, man_characters_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_NAME_GENDER_H_
