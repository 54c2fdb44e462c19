// The rules of one language, and the words by which its sentences are read otherwise.
#ifndef NEWSGRAPH_INGEST_TEXT_LANGUAGE_RULES_H_
#define NEWSGRAPH_INGEST_TEXT_LANGUAGE_RULES_H_

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

#include "ingest/text/claims.h"
#include "ingest/text/factuality.h"
#include "ingest/text/figures.h"
#include "ingest/text/relation_matcher.h"
#include "ingest/text/relation_rules.h"

namespace newsgraph {

// Immutable after construction; safe from any thread.
struct LanguageRules {
  RelationMatcher matcher;
  MoodCues moods;
  ClaimCues claims;
  FigureCues figures;
  std::string claim_rule;   // what statements say that were read as claims of turns
  std::string figure_rule;  // and as figures
  LanguageRules(RuleBook book, std::string_view name)
      : matcher(std::move(book)),
        moods(matcher.book()),
        claims(matcher.book()),
        figures(matcher.book()),
        claim_rule(fmt::format("{}/claim", name)),
        figure_rule(fmt::format("{}/figure", name)) {}
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_LANGUAGE_RULES_H_
