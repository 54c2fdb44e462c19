#include "ingest/text/attribution.h"

#include <algorithm>
#include <tuple>

namespace newsgraph {
namespace {

// Shorter quotations are names and borrowed words, not speech.
constexpr uint32_t kShortestSpeech = 6;
// What a quotation may have beside the words that a rule took: its marks, a comma.
constexpr uint32_t kQuotationMarks = 4;

// The sentence that a position stands in; the last one before it where it stands in none.
uint32_t SentenceAt(const TextAnalysis& analysis, uint32_t position) {
  const auto after = std::upper_bound(analysis.sentences.begin(), analysis.sentences.end(), position,
                                      [](uint32_t p, const Sentence& sentence) { return p < sentence.range.begin; });
  return after == analysis.sentences.begin() ? 0 : static_cast<uint32_t>(after - analysis.sentences.begin() - 1);
}

}  // namespace

int32_t Attribution::SpeakerBefore(const TextAnalysis& analysis, Range quotation, uint32_t sentence) const {
  const Sentence& own = analysis.sentences[sentence];
  if (sentence == 0 || own.script != Script::kLatin || quotation.begin != own.range.begin ||
      quotation.size() < kShortestSpeech || quotation.end + kQuotationMarks < own.range.end) {
    return -1;
  }
  const Sentence& before = analysis.sentences[sentence - 1];
  if (before.paragraph != own.paragraph || before.turn != own.turn) return -1;
  int32_t speaker = -1;
  for (const SpeechRegion& region : regions_) {
    if (region.range.begin >= before.range.end) break;
    if (region.is_told && region.range.begin >= before.range.begin) speaker = region.speaker;
  }
  return speaker;
}

Attribution::Attribution(TextAnalysis& analysis, std::vector<SpeechRegion> reported) : regions_(std::move(reported)) {
  for (const TextTurn& turn : analysis.turns) {
    if (turn.speaker >= 0 && !turn.speech.empty()) regions_.push_back({turn.speech, turn.speaker, false, false, -1});
  }
  SortAndLink();
  std::vector<SpeechRegion> quoted;
  int32_t last_speaker = -1;
  uint32_t last_sentence = 0;
  for (Quotation& quotation : analysis.quotations) {
    if (!quotation.direct || analysis.sentences.empty() || quotation.range.size() <= 2) continue;
    const uint32_t sentence = SentenceAt(analysis, quotation.range.begin);
    // A region that holds much more than the quotation is a turn or a clause around it.
    const SpeechRegion* inside = RegionAt({quotation.range.begin + 1, quotation.range.begin + 2});
    if (inside != nullptr && quotation.range.Contains(inside->range) &&
        inside->range.size() + kQuotationMarks >= quotation.range.size()) {
      quotation.speaker = inside->speaker;
    }
    const bool goes_on =
        quotation.speaker < 0 && last_speaker >= 0 && quotation.range.size() >= kShortestSpeech &&
        sentence <= last_sentence + 1 &&
        analysis.sentences[sentence].paragraph == analysis.sentences[last_sentence].paragraph &&
        (quotation.range.begin == analysis.sentences[sentence].range.begin || sentence == last_sentence);
    if (goes_on) quotation.speaker = last_speaker;
    // "She said it would close. \"We have no choice.\"": a quotation that is a sentence of its own.
    if (quotation.speaker < 0) quotation.speaker = SpeakerBefore(analysis, quotation.range, sentence);
    // Borrowed words in what he says do not part it.
    if (quotation.speaker >= 0 && inside != nullptr && inside->is_told && inside->speaker == quotation.speaker &&
        inside->range.size() > quotation.range.size()) {
      continue;
    }
    if (quotation.speaker >= 0) {
      quoted.push_back({quotation.range, quotation.speaker, false, true, -1});
      last_speaker = quotation.speaker;
      last_sentence = SentenceAt(analysis, quotation.range.end - 1);
    }
  }
  regions_.insert(regions_.end(), quoted.begin(), quoted.end());
  SortAndLink();
}

void Attribution::SortAndLink() {
  std::sort(regions_.begin(), regions_.end(), [](const SpeechRegion& a, const SpeechRegion& b) {
    return std::tuple(a.range.begin, ~a.range.end, a.speaker, a.is_opinion) <
           std::tuple(b.range.begin, ~b.range.end, b.speaker, b.is_opinion);
  });
  around_.assign(regions_.size(), -1);
  for (size_t i = 1; i < regions_.size(); ++i) {
    auto outer = static_cast<int32_t>(i) - 1;
    while (outer >= 0 && regions_[static_cast<size_t>(outer)].range.end <= regions_[i].range.begin) {
      outer = around_[static_cast<size_t>(outer)];
    }
    around_[i] = outer;
  }
}

const SpeechRegion* Attribution::RegionAt(Range range) const {
  const auto after = std::upper_bound(regions_.begin(), regions_.end(), range.begin,
                                      [](uint32_t p, const SpeechRegion& region) { return p < region.range.begin; });
  const SpeechRegion* best = nullptr;
  for (auto i = static_cast<int32_t>(after - regions_.begin()) - 1; i >= 0; i = around_[static_cast<size_t>(i)]) {
    const SpeechRegion& region = regions_[static_cast<size_t>(i)];
    if (!region.range.Contains(range)) continue;
    if (best == nullptr || region.range.size() < best->range.size() ||
        (region.range.size() == best->range.size() && region.is_opinion)) {
      best = &region;
    }
  }
  return best;
}

}  // namespace newsgraph
