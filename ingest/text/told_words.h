// The words that an English verb of saying governs.
#ifndef NEWSGRAPH_INGEST_TEXT_TOLD_WORDS_H_
#define NEWSGRAPH_INGEST_TEXT_TOLD_WORDS_H_

#include <vector>

#include "graph/model.h"
#include "ingest/text/claims.h"
#include "ingest/text/relation_matcher.h"
#include "ingest/text/sentence_view.h"

namespace newsgraph {

// What is told, where a rule took `words` for it, which stand behind the verb `cue` of `subject`: of "The noise, she
// said, would be low" all, of "The shops are shut, she said, and the town is quiet" what stands before.
Range ToldAround(const SentenceView& view, Range subject, Range cue, Range words);

// Whether `words` behind the verb `cue` say something: not "her thesis" in "she wrote her thesis". Of languages other
// than English always. `hits` are those of the sentence.
bool IsTold(const SentenceView& view, const RelationMatcher& matcher, const ClaimCues& cues,
            const std::vector<CueHit>& hits, Range cue, Range words);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_TOLD_WORDS_H_
