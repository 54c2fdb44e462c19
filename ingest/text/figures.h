// What amounts measure, and of whom, where no rule has taken them: 毛利率62%, employs 1,340 people, 45歲的她.
#ifndef NEWSGRAPH_INGEST_TEXT_FIGURES_H_
#define NEWSGRAPH_INGEST_TEXT_FIGURES_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/model.h"
#include "ingest/text/factuality.h"
#include "ingest/text/relation_matcher.h"
#include "ingest/text/sentence_view.h"

namespace newsgraph {

// Kinds of measures. Each has a cue set @figure_… in rules/*/figures.rules, and a relation.
enum class FigureKind : uint8_t {
  kRevenue,
  kProfit,
  kLoss,
  kWorth,
  kParameters,
  kPopulation,
  kPrice,
  kStaff,      // 員工: people who work there
  kAge,        // 現年
  kOfPerson,   // 支持度, 身家, net worth
  kOfCompany,  // 毛利率, 股價, market share
  kOfAny,      // 重量, 成本, capacity
  kChange,     // 成長, fell: of a measure, or of what it stands for
  kHave,       // 擁有, employs: how many
  kAct,        // 交付, 裁員, shipped: how many
  kSpend,      // 耗資, raised: how much
  kDuration,   // 歷時, lasts
};
inline constexpr size_t kFigureKinds = 17;

// The cue sets of a rule book. Any may be null.
struct FigureCues {
  explicit FigureCues(const RuleBook& book);

  std::array<const CueSet*, kFigureKinds> kinds;
  const CueSet* none;      // 持股, 收購: what has relations of its own
  const CueSet* than;      // 由, 對, from: what follows is not what is measured
  const CueSet* level;     // 到, 至, to: before what a change ends at
  const CueSet* before;    // 從, 由, from: before what a change begins with
  const CueSet* period;    // 全年, 單季, 不僅: may open a clause whose subject is left out
  const CueSet* compared;  // 比, 較, than: nor is what stands near
  const CueSet* moved;     // 把, 將: before what is changed
  const CueSet* share;     // 占, "of": a percentage of the measure, not a change of it
  const CueSet* adverb;
  const CueSet* coverb;
};

struct Measurement {
  std::string_view predicate;  // of the ontology
  uint32_t subject = 0;        // mention
  bool is_topic = false;       // of a clause or sentence before
  uint32_t value = 0;          // mention
  Range measure;               // its words
  std::string gloss;           // what is measured; empty where the predicate says it
  bool ended = false;          // what it was before
  bool of_before = false;      // changes what a clause before measures: 年增78%
  Factuality factuality = Factuality::kAsserted;
  float confidence = 1;
};

// What the sentences before were about: begins empty with each document.
struct FigureTopic {
  int32_t mention = -1;
  uint32_t paragraph = 0;
  int32_t turn = -1;
  int32_t company = -1;  // mention of the company for which the speaker of the turn speaks
};

// Figures of one sentence, in order. `taken` are the values that rules have read; `hits` are those of the
// sentence. Brings `topic` up to date.
std::vector<Measurement> ReadFigures(const SentenceView& view, const RelationMatcher& matcher, const MoodCues& moods,
                                     const FigureCues& cues, const std::vector<CueHit>& hits,
                                     const std::vector<Range>& taken, FigureTopic& topic);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_FIGURES_H_
