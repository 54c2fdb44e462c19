// Who says it: the parts of a document that are somebody's words.
#ifndef NEWSGRAPH_INGEST_TEXT_ATTRIBUTION_H_
#define NEWSGRAPH_INGEST_TEXT_ATTRIBUTION_H_

#include <cstdint>
#include <vector>

#include "graph/model.h"
#include "ingest/text/analysis.h"

namespace newsgraph {

// Words that somebody said, quoted or reported.
struct SpeechRegion {
  Range range;
  int32_t speaker = -1;     // local entity
  bool is_opinion = false;  // of a verb such as 認為: what it governs is an opinion
  bool is_told = true;      // by a verb of saying or in quotation marks; else the words of a turn
  int32_t told_by = -1;     // whose number the caller gave: what tells that it is speech; -1 for none
};

// Answers by the smallest region around a place. Immutable after construction.
class Attribution {
 public:
  // Turns whose speaker is known, and `reported`: the clauses that speech verbs govern.
  // Sets the speakers of the quotations that these regions tell, and of quotations
  // that go on after one in the same paragraph; they are regions too.
  Attribution(TextAnalysis& analysis, std::vector<SpeechRegion> reported);

  // Null for the article's own voice.
  const SpeechRegion* RegionAt(Range range) const;

  // By begin, larger first.
  const std::vector<SpeechRegion>& regions() const { return regions_; }

 private:
  void SortAndLink();
  // Who is told to speak in the sentence before a quotation that is all of its sentence; -1 for nobody.
  int32_t SpeakerBefore(const TextAnalysis& analysis, Range quotation, uint32_t sentence) const;

  std::vector<SpeechRegion> regions_;  // by begin, larger first
  std::vector<int32_t> around_;        // of each region, the last one before it that reaches into it; -1 for none
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_ATTRIBUTION_H_
