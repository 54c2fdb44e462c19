// Whether a name is a woman's or a man's, by what such names are.
#ifndef NEWSGRAPH_INGEST_TEXT_NAME_GENDER_H_
#define NEWSGRAPH_INGEST_TEXT_NAME_GENDER_H_

#include <cstdint>
#include <string_view>

namespace newsgraph {

enum class Gender : uint8_t { kUnknown, kFemale, kMale };

// Of a folded name, given name first in English, surname first in Chinese. A guess that other evidence overrules.
Gender GenderOfName(std::u32string_view folded);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_NAME_GENDER_H_
