// What the clauses of a sentence speak of: Chinese names a subject once and leaves it out in
// what follows (X成立於1988年,隔年上市,並買下Y).
#ifndef NEWSGRAPH_INGEST_TEXT_CLAUSE_TOPIC_H_
#define NEWSGRAPH_INGEST_TEXT_CLAUSE_TOPIC_H_

#include <cstdint>
#include <vector>

#include "ingest/text/relation_matcher.h"
#include "ingest/text/sentence_view.h"

namespace newsgraph {

struct ClauseTopic {
  Range clause;  // without the mark that ends it
  std::vector<uint32_t>
      opening;  // mentions that open it, the likeliest subject first: 林安 before 星野 in 星野執行長林安
  bool has_other = false;   // a subject that is no mention: 董事會, 新作價
  bool other_acts = false;  // for sure: an adverb stands between it and its verb, 匯控還將
  bool is_kin = false;      // what opens it is kin of what was spoken of: 父親林安
  int32_t kin_owner = -1;   // a mention, whose kin opens it: 林安 of 林安的父親林海
  bool has_verb = false;    // begins with a verb, which has left its subject out
};

// The clauses of the sentence that the view looks at, in order. `hits` are its cues.
std::vector<ClauseTopic> TopicsOf(const SentenceView& view, const RelationMatcher& matcher,
                                  const std::vector<CueHit>& hits);

// Of one sentence, and of those before it in the paragraph or turn.
struct SentenceTopics {
  std::vector<ClauseTopic> clauses;
  std::vector<uint32_t> before;  // mentions, the likeliest first
};

// What the whole sentence speaks of, the first clause first.
std::vector<uint32_t> SpokenOf(const std::vector<ClauseTopic>& topics);

// The first mention of each entity that the document names more than once, what is named first and most
// often before others.
std::vector<uint32_t> MainMentions(const TextAnalysis& analysis);

// The company for which a turn is spoken: the speaker's, else that of the only one who has one. Companies are mentions.
int32_t CompanyOfTurn(const TextAnalysis& analysis, int32_t turn, const std::vector<int32_t>& company_of);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_CLAUSE_TOPIC_H_
