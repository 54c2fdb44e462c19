#include "ingest/text/attribution.h"

#include <algorithm>
#include <tuple>

namespace newsgraph {
namespace {

// Shorter quotations are names and borrowed words, not speech.
constexpr uint32_t kShortestSpeech = 6;

// The sentence that a position stands in; the last one before it where it stands in none.
uint32_t SentenceAt(const TextAnalysis& analysis, uint32_t position) {
  const auto after = std::upper_bound(analysis.sentences.begin(), analysis.sentences.end(), position,
                                      [](uint32_t p, const Sentence& sentence) { return p < sentence.range.begin; });
  return after == analysis.sentences.begin() ? 0 : static_cast<uint32_t>(after - analysis.sentences.begin() - 1);
}

}  // namespace

Attribution::Attribution(TextAnalysis& analysis, std::vector<SpeechRegion> reported) : regions_(std::move(reported)) {
  for (const TextTurn& turn : analysis.turns) {
    if (turn.speaker >= 0 && !turn.speech.empty()) regions_.push_back({turn.speech, turn.speaker, false});
  }
  const size_t told = regions_.size();
  int32_t last_speaker = -1;
  uint32_t last_sentence = 0;
  for (Quotation& quotation : analysis.quotations) {
    if (!quotation.direct || analysis.sentences.empty()) continue;
    const uint32_t sentence = SentenceAt(analysis, quotation.range.begin);
    for (size_t i = 0; i < told; ++i) {
      const SpeechRegion& region = regions_[i];
      // A region that holds much more than the quotation is a turn or a clause around it.
      if (quotation.range.Contains(region.range) && region.range.size() + 4 >= quotation.range.size()) {
        quotation.speaker = region.speaker;
      }
    }
    const bool goes_on =
        quotation.speaker < 0 && last_speaker >= 0 && quotation.range.size() >= kShortestSpeech &&
        sentence <= last_sentence + 1 &&
        analysis.sentences[sentence].paragraph == analysis.sentences[last_sentence].paragraph &&
        (quotation.range.begin == analysis.sentences[sentence].range.begin || sentence == last_sentence);
    if (goes_on) quotation.speaker = last_speaker;
    if (quotation.speaker >= 0) {
      regions_.push_back({quotation.range, quotation.speaker, false});
      last_speaker = quotation.speaker;
      last_sentence = SentenceAt(analysis, quotation.range.end - 1);
    }
  }
  std::sort(regions_.begin(), regions_.end(), [](const SpeechRegion& a, const SpeechRegion& b) {
    return std::tuple(a.range.begin, ~a.range.end, a.speaker) < std::tuple(b.range.begin, ~b.range.end, b.speaker);
  });
}

const SpeechRegion* Attribution::RegionAt(Range range) const {
  const SpeechRegion* best = nullptr;
  for (const SpeechRegion& region : regions_) {
    if (region.range.begin > range.begin) break;
    if (!region.range.Contains(range)) continue;
    if (best == nullptr || region.range.size() < best->range.size() ||
        (region.range.size() == best->range.size() && region.is_opinion)) {
      best = &region;
    }
  }
  return best;
}

}  // namespace newsgraph
