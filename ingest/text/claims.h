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
  const CueSet* judging;   // 非常, 不過是: said with it, words are a judgement
  const CueSet* settled;   // 從未, 已經: told of what was or was not, a fact
  const CueSet* unsure;    // 不知道, 沒想到: what follows is not claimed
  const CueSet* act;       // 我想談談, "I want to ask": what a speaker does by speaking
  const CueSet* others;    // 有人, "some people": whose views the clause tells
  const CueSet* hold;      // 主張, 擔心, "think": the verb of such a view
  const CueSet* unasked;   // 為什麼, 是否: asks, where somebody talks
  const CueSet* open_end;  // 的話, 的時候: the clause goes on behind its comma
  const CueSet* speak;     // 說, 問: to plan it is only to begin to speak
  const CueSet* habit;     // 都, 常, 才: what one will do with it is no plan
  const CueSet* example;   // 像, 例如: opens what only goes with something else
  const CueSet* opening;   // 而, 其實: may stand before what a clause speaks of
  const CueSet* contrast;  // 但, 可是: begins something else
  const CueSet* would;     // "would": as will, in words that somebody else tells
  const CueSet* finite;    // "is", "took": verbs that a subject has, but for those that end with -ed
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
  bool is_planned = false;    // what an organisation expects of itself
  bool is_leader = false;     // who says it leads or speaks for something
  bool is_talk = false;       // in a turn, as people talk: more clauses than claims
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

// Whether words that a rule takes for what somebody says, plans or demands are whole: no rest of a word
// (的重點), nor, in talk, a question or what goes on behind a comma.
bool IsWholeClaim(const SentenceView& view, const RelationMatcher& matcher, const ClaimCues& cues,
                  const std::vector<CueHit>& hits, Range words);

// Claims of one speech, in order. `covered` are ranges that a rule has read already: a
// clause that touches one claims nothing more. `own` are the local entities that speak
// with the speaker's voice, the speaker among them, ascending. `hits` are those of the
// sentence. A sentence that asks claims nothing.
std::vector<Claim> ReadClaims(const SentenceView& view, const RelationMatcher& matcher, const MoodCues& moods,
                              const ClaimCues& cues, const std::vector<CueHit>& hits, const Speech& speech,
                              const std::vector<int32_t>& own, const std::vector<Range>& covered);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_CLAIMS_H_
