#include "ingest/tagger/sequence_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>
#include <utility>

#include "graph/status.h"

namespace newsgraph {
namespace {

constexpr size_t kMostTags = TagChain::CountOf(TagChain::kMostTypes);
constexpr size_t kMostBaseTags = kMoves;
constexpr size_t kMostFeatures = 256;  // of a token; none has as many
constexpr float kBaseUnits = 128;      // of the base network's scores in a logit
constexpr int16_t kMostBase = 8000;    // of them, either way: 62 logits
constexpr int kPruned = 3200;          // a path 25 logits behind the best one of its character never wins
constexpr float kMostLogits = 1000;    // of what a file may have

}  // namespace

absl::StatusOr<SequenceModel> SequenceModel::Load(const WeightFile& file) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::span<const uint32_t> hashes, file.Get<uint32_t>("features.hashes"));
  SequenceModel model{KnownFeatures(hashes)};
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::vector<uint32_t> types, file.Shape("tags.types"));
  if (types.size() != 2 || types[1] != 16 || types[0] > TagChain::kMostTypes) {
    return file.Malformed("tags.types", fmt::format("needs up to {} names of 16 bytes", TagChain::kMostTypes));
  }
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::span<const int8_t> names, file.Get<int8_t>("tags.types"));
  std::vector<EntityType> tagged;
  for (uint32_t i = 0; i < types[0]; ++i) {
    const std::string_view padded(reinterpret_cast<const char*>(names.data()) + 16 * i, 16);
    const std::string_view name = padded.substr(0, padded.find('\0'));
    const std::optional<EntityType> type = ParseEntityType(name);
    if (!type) return file.Malformed("tags.types", fmt::format("\"{}\" is no type", name));
    tagged.push_back(*type);
  }
  const size_t tags = TagChain::CountOf(tagged.size());
  model.width_ = (tags + 15) / 16 * 16;

  const auto count = static_cast<uint32_t>(hashes.size());
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::span<const int8_t> weights,
                             file.Get<int8_t>("features.weights", {count, static_cast<uint32_t>(tags)}));
  if (!std::is_sorted(hashes.begin(), hashes.end())) return file.Malformed("features.hashes", "is not ascending");
  model.lines_ = (model.width_ + sizeof(Line) - 1) / sizeof(Line);
  model.weights_.resize(count * model.lines_);
  model.slots_.assign(std::bit_ceil(size_t{count} * 2), {});
  const size_t mask = model.slots_.size() - 1;
  for (uint32_t i = 0; i < count; ++i) {
    std::copy_n(weights.begin() + static_cast<ptrdiff_t>(i * tags), tags,
                reinterpret_cast<int8_t*>(model.weights_.data() + i * model.lines_));
    size_t slot = hashes[i] & mask;
    while (model.slots_[slot].row != 0) slot = (slot + 1) & mask;
    model.slots_[slot] = {hashes[i], i + 1};
  }

  NEWSGRAPH_ASSIGN_OR_RETURN(
      const std::span<const int16_t> transitions,
      file.Get<int16_t>("transitions", {static_cast<uint32_t>(tags), static_cast<uint32_t>(tags)}));
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::span<const float> unit, file.Get<float>("score.unit", {1}));
  if (!(unit[0] > 1e-4f && unit[0] < 1.0f)) return file.Malformed("score.unit", "is not within 0.0001 and 1");
  model.chain_.emplace(std::move(tagged), transitions, unit[0]);

  if (!file.Shape("network.shape").ok()) return model;
  NEWSGRAPH_ASSIGN_OR_RETURN(RecurrentNetwork network, RecurrentNetwork::Load(file));
  model.network_ = std::move(network);
  const uint32_t states = model.network_->state_width();
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::vector<uint32_t> base_shape, file.Shape("base.weights"));
  if (base_shape.size() != 2 || base_shape[0] > kMostBaseTags || base_shape[1] != states) {
    return file.Malformed("base.weights", fmt::format("needs up to {} rows of {}", kMostBaseTags, states));
  }
  const uint32_t base_tags = base_shape[0];
  model.base_tags_ = base_tags;
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::span<const int8_t> base, file.Get<int8_t>("base.weights"));
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::span<const float> scale, file.Get<float>("base.scale", {base_tags}));
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::span<const float> bias, file.Get<float>("base.bias", {base_tags}));
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::span<const float> moves,
                             file.Get<float>("base.transitions", {base_tags + 2, base_tags}));
  // What is further off than that never wins.
  const auto whole = [](float logits) {
    constexpr auto kMost = static_cast<float>(kMostBase);
    return static_cast<int16_t>(std::lrintf(std::clamp(logits * kBaseUnits, -kMost, kMost)));
  };
  // Bounds, so that the sums of the longest sentence stay within 32 bits.
  const auto within = [](std::span<const float> values, float most) {
    return std::all_of(values.begin(), values.end(), [most](float value) { return std::abs(value) <= most; });
  };
  if (!within(scale, 1)) return file.Malformed("base.scale", "has a value beyond 1");
  if (!within(bias, kMostLogits)) return file.Malformed("base.bias", "has a value beyond 1000");
  if (!within(moves, kMostLogits)) return file.Malformed("base.transitions", "has a value beyond 1000");
  // Padded to kMostBaseTags, so that the loops over them are of one length; what is padded never wins.
  std::vector<int8_t> padded(kMostBaseTags * states, 0);
  std::copy(base.begin(), base.end(), padded.begin());
  std::vector<float> factors(kMostBaseTags, 0);
  for (uint32_t tag = 0; tag < base_tags; ++tag) factors[tag] = scale[tag] * kBaseUnits;
  model.base_weights_.emplace(padded, factors);
  model.base_bias_.assign(kMostBaseTags, -kMostBase);
  model.base_start_.assign(kMostBaseTags, -kMostBase);
  model.base_end_.assign(kMostBaseTags, -kMostBase);
  model.base_transitions_.assign(base_tags * kMostBaseTags, -kMostBase);
  for (uint32_t tag = 0; tag < base_tags; ++tag) {
    model.base_bias_[tag] = whole(bias[tag]);
    model.base_start_[tag] = whole(moves[tag]);
    model.base_end_[tag] = whole(moves[base_tags + tag]);
    for (uint32_t to = 0; to < base_tags; ++to) {
      model.base_transitions_[tag * kMostBaseTags + to] = whole(moves[(2 + tag) * base_tags + to]);
    }
  }
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::vector<uint32_t> shape, file.Shape("network.vocabulary"));
  if (shape.size() != 2 || shape[1] != 2) return file.Malformed("network.vocabulary", "needs pairs");
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::span<const uint32_t> vocabulary, file.Get<uint32_t>("network.vocabulary"));
  model.vocabulary_.assign(0x10000, 0);
  for (size_t i = 0; i < vocabulary.size(); i += 2) {
    if (vocabulary[i] >= 0x10000 || vocabulary[i + 1] >= model.network_->rows()) {
      return file.Malformed("network.vocabulary", fmt::format("pair {} is out of range", i / 2));
    }
    model.vocabulary_[vocabulary[i]] = vocabulary[i + 1];
  }
  return model;
}

uint32_t SequenceModel::RowOf(char32_t c) const { return c < vocabulary_.size() ? vocabulary_[c] : 0; }

void SequenceModel::AddFeatures(std::span<const uint64_t> hashes, std::span<const uint32_t> begins,
                                std::vector<int32_t>& scores) const {
  const size_t mask = slots_.size() - 1, tokens = begins.size() - 1;
  const NetworkKernels& kernels = FastestKernels();
  // Rows of two tokens: while those of one are added up, those of the next are on their way from memory.
  const int8_t* rows[2][kMostFeatures];
  size_t counts[2] = {};
  for (size_t i = 0; i <= tokens; ++i) {
    if (i + 1 < tokens) {
      for (uint32_t f = begins[i + 1]; f < begins[i + 2]; ++f) __builtin_prefetch(&slots_[(hashes[f] >> 32) & mask]);
    }
    if (i < tokens) {
      size_t& count = counts[i % 2] = 0;
      for (uint32_t f = begins[i]; f < begins[i + 1] && count < kMostFeatures; ++f) {
        const auto key = static_cast<uint32_t>(hashes[f] >> 32);
        size_t slot = key & mask;
        while (slots_[slot].row != 0 && slots_[slot].key != key) slot = (slot + 1) & mask;
        if (slots_[slot].row == 0) continue;
        const auto* const row = reinterpret_cast<const int8_t*>(weights_.data() + (slots_[slot].row - 1) * lines_);
        for (size_t line = 0; line < lines_; ++line) __builtin_prefetch(row + line * sizeof(Line));
        rows[i % 2][count++] = row;
      }
    }
    if (i == 0) continue;
    int16_t sums[kMostTags + 16];
    kernels.add_rows({rows[(i - 1) % 2], counts[(i - 1) % 2]}, width_, sums);
    for (size_t k = 0; k < width_; ++k) scores[(i - 1) * width_ + k] += sums[k];
  }
}

// Viterbi over the base network's tags in 16 bits: scores are kept within 16,000 below the best one of their
// character, so that nothing leaves the 16 bits.
void SequenceModel::FindBaseTags(const TaggerSentence& sentence, const int8_t* states, Scratch& scratch) const {
  constexpr size_t kWidth = kMostBaseTags;
  const size_t width = network_->state_width(), length = sentence.folded.size();
  const NetworkKernels& kernels = FastestKernels();
  scratch.wide.assign(states, states + length * width);
  scratch.base_scores.resize(length * kWidth);
  scratch.base_back.resize(length * kWidth);
  const int16_t* inputs[kMostLanes];
  const int16_t* addends[kMostLanes];
  int16_t* outputs[kMostLanes];
  for (size_t i = 0; i < length; i += kMostLanes) {
    const auto lanes = static_cast<uint32_t>(std::min<size_t>(kMostLanes, length - i));
    for (uint32_t k = 0; k < lanes; ++k) {
      inputs[k] = scratch.wide.data() + (i + k) * width;
      addends[k] = base_bias_.data();
      outputs[k] = scratch.base_scores.data() + (i + k) * kWidth;
    }
    kernels.product(*base_weights_, 0, kWidth, inputs, addends, outputs, lanes);
  }
  alignas(64) int16_t before[kWidth];
  std::fill_n(before, kWidth, int16_t{0});
  for (size_t i = 0; i < length; ++i) {
    alignas(64) int16_t now[kWidth];
    int16_t* const back = scratch.base_back.data() + i * kWidth;
    if (i == 0) {
      std::copy_n(base_start_.data(), kWidth, now);
    } else {
      kernels.best_moves({before, base_tags_}, -kPruned, base_transitions_.data(), now, back);
    }
    const int16_t* const emission = scratch.base_scores.data() + i * kWidth;
    // No step leaves 16 bits: before ≥ -16,000, moves and emissions within ±8,000.
    int16_t best = -32768;
    for (size_t tag = 0; tag < kWidth; ++tag) {
      const int16_t held = std::max<int16_t>(std::min<int16_t>(emission[tag], kMostBase), -kMostBase);
      now[tag] = static_cast<int16_t>(std::max<int16_t>(now[tag], -24000) + held);
      best = std::max(best, now[tag]);
    }
    const auto least = static_cast<int16_t>(best - 16000);
    for (size_t tag = 0; tag < kWidth; ++tag) before[tag] = static_cast<int16_t>(std::max(now[tag], least) - best);
  }
  size_t tag = 0;
  for (size_t k = 1; k < base_tags_; ++k) {
    if (before[k] + base_end_[k] > before[tag] + base_end_[tag]) tag = k;
  }
  scratch.base_tags.resize(length);
  for (size_t i = length; i-- > 0;) {
    scratch.base_tags[i] = static_cast<uint8_t>(tag);
    if (i > 0) tag = static_cast<size_t>(scratch.base_back[i * kWidth + tag]);
  }
  scratch.base_first.clear();
  scratch.base_last.clear();
  for (const Token& token : sentence.features->tokens) {
    scratch.base_first.push_back(scratch.base_tags[token.range.begin - sentence.begin]);
    scratch.base_last.push_back(scratch.base_tags[token.range.end - 1 - sentence.begin]);
  }
}

void SequenceModel::Tag(std::span<const TaggerSentence> sentences, Scratch& scratch,
                        std::vector<std::vector<TaggedSpan>>& spans) const {
  spans.resize(sentences.size());
  scratch.states.clear();
  if (network_) {
    scratch.rows.resize(std::max(scratch.rows.size(), sentences.size()));
    scratch.row_spans.clear();
    for (size_t i = 0; i < sentences.size(); ++i) {
      scratch.rows[i].clear();
      for (const char32_t c : sentences[i].folded) scratch.rows[i].push_back(RowOf(c));
      scratch.row_spans.push_back(scratch.rows[i]);
    }
    network_->Run(scratch.row_spans, scratch.network, scratch.states);
  }
  size_t at = 0;
  for (size_t i = 0; i < sentences.size(); ++i) {
    const SentenceFeatures& features = *sentences[i].features;
    spans[i].clear();
    if (!features.tokens.empty()) {
      scratch.scores.assign(features.tokens.size() * width_, 0);
      AddFeatures(features.hashes, features.begins, scratch.scores);
      if (network_) {
        FindBaseTags(sentences[i], scratch.states.data() + at, scratch);
        ExtractTagFeatures(features, scratch.base_first, scratch.base_last, known_, scratch.added);
        AddFeatures(scratch.added.hashes, scratch.added.begins, scratch.scores);
      }
      chain_->FindNames(scratch.scores, width_, scratch.chain, spans[i]);
    }
    if (network_) at += sentences[i].folded.size() * network_->state_width();
  }
}

}  // namespace newsgraph
