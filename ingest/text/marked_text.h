// Sentences with their mentions in brackets, as the examples of rules are written:
// "[星野科技|ORG:company]執行長[林安|PERSON]說,[她|PERSON=林安]…",
// "[2014年|DATE=2014]", "[4億美元|MONEY=400000000 USD]", "[該公司|ORG:company~星野科技]".
// A line "林安> …" is a turn of that person.
#ifndef NEWSGRAPH_INGEST_TEXT_MARKED_TEXT_H_
#define NEWSGRAPH_INGEST_TEXT_MARKED_TEXT_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "ingest/text/analysis.h"

namespace newsgraph {

// "=" after an entity type marks a pronoun, "~" a noun phrase, "!" another name; what follows is the
// name of the entity that they mean. InvalidArgument: what stands for a type is none.
absl::StatusOr<TextAnalysis> ReadMarkedText(std::string_view marked);

// "林安 ceo_of 星野科技", "星野科技 inception DATE:2014".
std::string Describe(const TextAnalysis& analysis, const TextStatement& statement);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_MARKED_TEXT_H_
