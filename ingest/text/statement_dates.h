// Which date of a sentence is that of something it says.
#ifndef NEWSGRAPH_INGEST_TEXT_STATEMENT_DATES_H_
#define NEWSGRAPH_INGEST_TEXT_STATEMENT_DATES_H_

#include <string>
#include <string_view>

#include "ingest/text/analysis.h"
#include "ingest/text/sentence_view.h"

namespace newsgraph {

// All return null for none.

// The wanted mention of the range that stands nearest to `to` without overlapping it; of two as near the first.
const TextMention* NearestMention(const SentenceView& view, Range within, Range to, bool (*wanted)(const TextMention&));

bool IsDate(const TextMention& mention);

// The date of what stands at `at` in the clause: where an enumeration has several parts, that of its own part.
const TextMention* NearestDate(const SentenceView& view, Range clause, Range at);

// 3月31日生效, where it is the clause behind: when what was announced takes effect.
const TextMention* EffectiveDate(const SentenceView& view, Range clause);

// 在2025年,…: a date at the head of a clause, or behind the name at its head, is for what follows; "founded in
// 2016" dates its own clause alone.
bool OpensClause(const SentenceView& view, const TextMention& date);

// The ISO 8601 week of a day, as "2025-W42"; empty where it is no day.
std::string WeekOf(std::string_view iso_day);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_STATEMENT_DATES_H_
