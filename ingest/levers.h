// The parts of reading, any of which can be left out to see what it is worth. Plain values.
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
  kClaimsLever = 1u << 9,                // what is claimed in speech that no rule reads
  kFiguresLever = 1u << 10,              // what amounts measure that no rule reads
  kAttributionLever = 1u << 11,          // who says so: turns, quotations, reports
  kFactualityLever = 1u << 12,           // how it is said: without it everything is asserted
  kStateBodiesLever = 1u << 14,          // state_bodies
  kConfidenceLever = 1u << 13,           // the fitted model; without it a statement is as sure as its rule
};

// By the name that `newsgraph eval --without` takes; "patterns" is all five of them.
std::optional<Levers> ParseLever(std::string_view name);
// "lexicon, patterns, …", in the order of an ablation table.
std::string LeverNames();

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_LEVERS_H_
