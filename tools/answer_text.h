// How answers look to a person: one line a finding, and below it the sentence that
// proves it.
#ifndef NEWSGRAPH_TOOLS_ANSWER_TEXT_H_
#define NEWSGRAPH_TOOLS_ANSWER_TEXT_H_

#include <string>

#include "newsgraph/v1/graph_service.pb.h"
#include "newsgraph/v1/model.pb.h"
#include "newsgraph/v1/query.pb.h"

namespace newsgraph {

// "PERSON", "ORG:company".
std::string TypeText(v1::EntityType type, const std::string& subtype);

// "薩姆·阿爾特曼 —ceo_of→ OpenAI", with the speaker before it and, where it is not plainly
// asserted, how surely it is said behind it.
std::string StatementLine(const v1::Statement& statement);

// The sentence and where it stands, indented: two lines.
std::string EvidenceLines(const v1::Statement& statement);

// "(cut short: …)" or nothing.
std::string TruncationLine(const v1::Truncation& truncation);

}  // namespace newsgraph

#endif  // NEWSGRAPH_TOOLS_ANSWER_TEXT_H_
