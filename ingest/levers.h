// The parts of name finding, any of which can be left out to see what it is worth. Plain values.
#ifndef NEWSGRAPH_INGEST_LEVERS_H_
#define NEWSGRAPH_INGEST_LEVERS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace newsgraph {

using Levers = uint32_t;  // any of the bits below

enum Lever : Levers {
  kLexiconLever = 1u << 0,               // names and titles that are known beforehand
  kChinesePersonsLever = 1u << 1,        // person_patterns_zh
  kChineseOrganizationsLever = 1u << 2,  // organization_patterns_zh; places, works, events, laws too
  kChineseContextLever = 1u << 3,        // context_patterns_zh
  kLatinLever = 1u << 4,                 // latin_patterns
  kGlossesLever = 1u << 5,               // gloss_patterns
  kSecondPassLever = 1u << 6,            // what one place teaches is found in the rest of the document
  kMisspellingsLever = 1u << 7,          // foreign names with one character wrong
  kTaggerLever = 1u << 8,                // the trained tagger; without it reading is several times as fast
};

// By the name that `newsgraph eval --without` takes; "patterns" is all five of them.
std::optional<Levers> ParseLever(std::string_view name);
// "lexicon, patterns, …", in the order of an ablation table.
std::string LeverNames();

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_LEVERS_H_
