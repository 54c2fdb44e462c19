// One line of Graph JSON lines for each value of the model. Private to the formats.
//
// Keys stand in the order of graph/FORMATS.md; what is
// unknown is null; text stays as it is but for what JSON forbids. Pure functions.
#ifndef NEWSGRAPH_GRAPH_JSONL_LINES_H_
#define NEWSGRAPH_GRAPH_JSONL_LINES_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "graph/model.h"

namespace newsgraph {

// What an atom is now, for the atoms of one document.
using EntityOfAtom = std::map<AtomId, EntityId>;

std::string DocumentLine(const Document& document);
std::string EntityLine(const Entity& entity);
std::string AtomLine(std::string_view document, const Atom& atom, const EntityOfAtom& entities);
std::string MentionLine(std::string_view document, const Mention& mention, const EntityOfAtom& entities);
std::string TurnLine(std::string_view document, const Turn& turn, const EntityOfAtom& entities);
std::string StatementLine(std::string_view document, const Statement& statement, const EntityOfAtom& entities);
std::string JudgementLine(const Judgement& judgement);

// The text of a number that JSON can hold, when reading it gives the same text back:
// "600000000000", "4.7"; nullopt for "5..10", "007", "1.50". `value` may be any text.
std::optional<std::string> NumberText(std::string_view value);

// `text` between quotation marks, as JSON wants it.
std::string JsonString(std::string_view text);

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_JSONL_LINES_H_
