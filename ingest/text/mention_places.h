// Where a mention stands in its clause, by the words and marks beside it.
#ifndef NEWSGRAPH_INGEST_TEXT_MENTION_PLACES_H_
#define NEWSGRAPH_INGEST_TEXT_MENTION_PLACES_H_

#include "ingest/text/analysis.h"

namespace newsgraph {

// (记者 唐以岚)
bool InBrackets(const FoldedText& text, const TextMention& mention);
// Behind a mark, or where the text begins.
bool BeginsClause(const FoldedText& text, const TextMention& mention);
// Behind a preposition: with Nvidia, 對輝達.
bool IsGoverned(const FoldedText& text, const TextMention& mention);
// 本报记者|乔怡
bool IsReporter(const FoldedText& text, const TextMention& mention);
// A pronoun behind its verb or a preposition: hailed her, 批评他.
bool IsObject(const FoldedText& text, const TextMention& mention);
// it|said
bool SpeaksNext(const FoldedText& text, const TextMention& mention);
// "it emerged that", "it is clear that", "it took years to": stands for what follows.
bool StandsForNothing(const FoldedText& text, const TextMention& mention);
// No mark and no joint parts them: what Nvidia sued is not Nvidia.
bool IsInOneClause(const FoldedText& text, const TextMention& before, Range phrase);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_MENTION_PLACES_H_
