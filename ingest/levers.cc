#include "ingest/levers.h"

#include <utility>

namespace newsgraph {
namespace {

constexpr std::pair<std::string_view, Levers> kNames[] = {
    {"tagger", kTaggerLever},
    {"lexicon", kLexiconLever},
    {"patterns", kChinesePersonsLever | kChineseOrganizationsLever | kChineseContextLever | kLatinLever |
                     kGlossesLever | kStateBodiesLever},
    {"persons_zh", kChinesePersonsLever},
    {"organizations_zh", kChineseOrganizationsLever},
    {"context_zh", kChineseContextLever},
    {"latin", kLatinLever},
    {"glosses", kGlossesLever},
    {"state_bodies", kStateBodiesLever},
    {"second_pass", kSecondPassLever},
    {"misspellings", kMisspellingsLever},
    {"claims", kClaimsLever},
    {"figures", kFiguresLever},
    {"attribution", kAttributionLever},
    {"factuality", kFactualityLever},
    {"confidence", kConfidenceLever}};

}  // namespace

std::optional<Levers> ParseLever(std::string_view name) {
  for (const auto& [known, bits] : kNames) {
    if (known == name) return bits;
  }
  return std::nullopt;
}

std::string LeverNames() {
  std::string names;
  for (const auto& [known, bits] : kNames) {
    if (!names.empty()) names += ", ";
    names += known;
  }
  return names;
}

}  // namespace newsgraph
