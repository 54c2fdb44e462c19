// Statements on their way: which of them stay, and which words of the text they take.
#ifndef NEWSGRAPH_INGEST_TEXT_STATEMENT_DRAFTS_H_
#define NEWSGRAPH_INGEST_TEXT_STATEMENT_DRAFTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "ingest/text/analysis.h"
#include "ingest/text/relation_rules.h"
#include "ingest/text/sentence_view.h"

namespace newsgraph {

// A statement on its way, with what selects it and what places it.
struct Draft {
  TextStatement statement;
  const RelationRule* rule = nullptr;  // null: a claim or a figure
  bool is_claim = false;
  uint32_t match = 0;  // drafts of one match share it
  uint32_t sentence = 0;
  Range place;  // whose region tells the speaker
};

// What one sentence says twice it says once: the surest reading stays. A cue that a
// rule has read stands for no other subject or object of the same relation. Every draft has a rule.
void Select(std::vector<Draft>& drafts);

// What a sentence says in so many words it says no second time as somebody's plan. Every draft has a rule.
void Yield(std::vector<Draft>& drafts);

// Takes what rules read as has_figure out of the drafts of a sentence, and puts back those whose amounts no other draft
// has.
std::vector<Draft> TakeLooseFigures(std::vector<Draft>& drafts);
void PutUnreadFigures(const std::vector<Draft>& figures, std::vector<Draft>& drafts);

void AddQualifier(TextStatement& statement, std::string name, std::string text, std::string value, int32_t entity);

// When the statement holds: the date as a qualifier, and the days it stands for.
void AddTimeOf(const SentenceView& view, const TextMention& date, TextStatement& statement);

// How much weaker than its rule or its measure a reading is that has no name there. Such strengths rank the readings
// of a sentence, and the fitted model (ingest/statement_confidence.h) takes them as its first feature.
float WeightOf(MentionForm form);

// The amounts that statements have taken, as literal or as qualifier.
std::vector<Range> TakenValues(const SentenceView& view, const std::vector<Draft>& drafts);

// What is said without the marks around all of it and the comma before "he said".
Range WithoutMarks(const SentenceView& view, Range claim);

// Without breaks, spaces and stops at its ends; quotation marks go only with their partners.
Range WithoutEdgeMarks(const SentenceView& view, Range part);

bool IsQuoted(const SentenceView& view, Range range);

// What a forecast in the range is of, where it is one sum and nothing more is said; null otherwise.
const TextMention* ForecastAmount(const SentenceView& view, Range range);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_STATEMENT_DRAFTS_H_
