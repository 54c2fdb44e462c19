// What somebody claims where no rule reads a relation: plans, forecasts, demands,
// judgements, and what is only said.
#ifndef NEWSGRAPH_INGEST_TEXT_CLAIMS_H_
#define NEWSGRAPH_INGEST_TEXT_CLAIMS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "graph/model.h"
#include "ingest/text/factuality.h"
#include "ingest/text/relation_matcher.h"
#include "ingest/text/sentence_view.h"

namespace newsgraph {

// The cue sets of a rule book that tell kinds of claims (rules/*/claims.rules). Any may be null.
struct ClaimCues {
  explicit ClaimCues(const RuleBook& book);

  const CueSet* future;     // 會, will: a plan of one's own, a forecast about others
  const CueSet* intention;  // 目標是, "want to": a plan even where nobody is named
  const CueSet* duty;       // 應該, must
  const CueSet* no_duty;    // 不該, "must not": a view
  const CueSet* good;
  const CueSet* bad;
  const CueSet* likeness;  // 像, 最, "is a": says what something is like
  const CueSet* view;      // 我認為, "I think"
};

// A part of one sentence in the words of one speaker.
struct Speech {
  Range range;
  int32_t speaker = -1;       // local entity
  bool is_told = false;       // by a verb of saying or in quotation marks: said, whatever else it is
  bool is_opinion = false;    // by a verb of thinking
  bool is_denied = false;     // by a verb of denial
  bool is_quoted = false;     // word by word
  bool is_announced = false;  // by a verb of announcing: facts
  std::string_view told;      // the relation that the verb stands for: stated, predicts; empty without a verb
};

struct Claim {
  std::string_view predicate;  // of the ontology
  int32_t subject = -1;        // local entity
  int32_t object = -1;         // local entity; -1: the words are the object
  Range words;                 // the claim
  Range cue;                   // inside the words; empty where there is none
  Range subject_range;         // empty where the subject is not named in it
  Range object_range;
  Factuality factuality = Factuality::kAsserted;
};

// Claims of one speech, in order. `covered` are ranges that a rule has read already: a
// clause that touches one claims nothing more. `own` are the local entities that speak
// with the speaker's voice, the speaker among them, ascending. `hits` are those of the
// sentence. A sentence that asks claims nothing.
std::vector<Claim> ReadClaims(const SentenceView& view, const RelationMatcher& matcher, const MoodCues& moods,
                              const ClaimCues& cues, const std::vector<CueHit>& hits, const Speech& speech,
                              const std::vector<int32_t>& own, const std::vector<Range>& covered);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_CLAIMS_H_
