// One decision for each span, from what the rules and the tagger say of it and of the same name elsewhere in the
// document. Private to mention_finder.cc.
#ifndef NEWSGRAPH_INGEST_TEXT_NAME_DECISION_H_
#define NEWSGRAPH_INGEST_TEXT_NAME_DECISION_H_

#include <span>
#include <vector>

#include "ingest/tagger/tagger.h"
#include "ingest/text/name_scene.h"

namespace newsgraph {

// How likely a tagged name must be before the rest of the document may use it.
inline constexpr float kTeaches = 0.8f;

// Names and values that may still cross: what of `chosen` stands, and what the tagger adds. Both are by begin and do
// not cross among themselves. `guesses` stand where the tagger takes their brand for a name.
std::vector<Proposal> DecideNames(const FoldedText& text, std::span<const Proposal> chosen,
                                  std::span<const TaggedName> tagged, std::span<const CompanyGuess> guesses);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_NAME_DECISION_H_
