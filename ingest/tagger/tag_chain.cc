#include "ingest/tagger/tag_chain.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <utility>

namespace newsgraph {
namespace {

constexpr int32_t kNever = -(1 << 28);
constexpr size_t kMostTags = TagChain::CountOf(TagChain::kMostTypes);
// Rows are a multiple of this, and the innermost loops as long, so that the compiler makes vectors of them.
constexpr size_t kStep = 8;
constexpr size_t kMostRow = (1 + 2 * TagChain::kMostTypes + kStep - 1) / kStep * kStep;

enum Place : size_t { kBegin = 0, kInside = 1, kEnd = 2, kSingle = 3 };
size_t PlaceOf(size_t tag) { return (tag - 1) % 4; }
size_t TypeOf(size_t tag) { return (tag - 1) / 4; }
size_t TagOf(size_t type, size_t place) { return 1 + 4 * type + place; }
bool MayBegin(size_t tag) { return tag == 0 || PlaceOf(tag) == kBegin || PlaceOf(tag) == kSingle; }
bool MayEnd(size_t tag) { return tag == 0 || PlaceOf(tag) == kEnd || PlaceOf(tag) == kSingle; }

// best[k] = max(best[k], start + moves[k]), and from where.
void KeepBetter(int32_t start, int32_t from, const int32_t* moves, size_t width, int32_t* best, int32_t* source) {
  for (size_t row = 0; row < width; row += kStep) {
    for (size_t k = row; k < row + kStep; ++k) {
      const int32_t score = start + moves[k];
      const int32_t better = -(score > best[k]);  // all bits or none: no branch
      best[k] = (score & better) | (best[k] & ~better);
      source[k] = (from & better) | (source[k] & ~better);
    }
  }
}

// Four at a time; each of them as a single float would be.
using Floats = float __attribute__((vector_size(16)));
Floats Load(const float* values) {
  Floats four;
  std::memcpy(&four, values, sizeof four);
  return four;
}
void Store(Floats four, float* values) { std::memcpy(values, &four, sizeof four); }

// sums = Σ factors[i] · rows[i], in the order of the factors.
void SumScaled(const float* factors, size_t count, const float* rows, size_t width, float* sums) {
  for (size_t at = 0; at < width; at += kStep) {
    Floats low{}, high{};
    for (size_t i = 0; i < count; ++i) {
      const Floats factor = factors[i] - Floats{};
      low += factor * Load(rows + i * width + at);
      high += factor * Load(rows + i * width + at + 4);
    }
    Store(low, sums + at);
    Store(high, sums + at + 4);
  }
}

// `count` values, with zeros behind them up to a multiple of four.
void ScaleToOne(float* values, size_t count) {
  float sum = 0;
  for (size_t k = 0; k < count; ++k) sum += values[k];
  const Floats divisor = (sum > 0 ? sum : 1) - Floats{};
  for (size_t k = 0; k < count; k += 4) Store(Load(values + k) / divisor, values + k);
}

// The best score of any tag but O.
int32_t BestName(const int32_t* scores, size_t tags) {
  int32_t best[4] = {scores[1], scores[2], scores[3], scores[4]};
  for (size_t tag = 5; tag < tags; tag += 4) {
    for (size_t k = 0; k < 4; ++k) best[k] = std::max(best[k], scores[tag + k]);
  }
  return std::max(std::max(best[0], best[1]), std::max(best[2], best[3]));
}

}  // namespace

TagChain::TagChain(std::vector<EntityType> types, std::span<const int16_t> transitions, float unit)
    : types_(std::move(types)) {
  // Rounded, so that no difference in the last place of std::exp shows.
  for (int32_t i = 0;; ++i) {
    const double value = std::floor(std::exp(-static_cast<double>(unit) * i) * (1 << 24) + 0.5);
    if (value < 1) break;
    exponentials_.push_back(static_cast<float>(value) / (1 << 24));
  }
  // Transitions are small: their exponentials may be above one.
  const auto factor = [this](int32_t score) {
    return score <= 0 ? Exponential(-score) : 1.0f / std::max(Exponential(score), 1e-6f);
  };
  const size_t tags = this->tags();
  for (size_t tag = 0; tag < tags; ++tag) {
    if (MayBegin(tag)) begins_.push_back(static_cast<uint8_t>(tag));
    if (MayEnd(tag)) ends_.push_back(static_cast<uint8_t>(tag));
  }
  const size_t count = begins_.size();
  width_ = (count + kStep - 1) / kStep * kStep;
  moves_.assign(count * width_, kNever);
  forward_.assign(count * width_, 0);
  backward_.assign(count * width_, 0);
  for (size_t end = 0; end < count; ++end) {
    for (size_t begin = 0; begin < count; ++begin) {
      const int32_t score = transitions[ends_[end] * tags + begins_[begin]];
      moves_[end * width_ + begin] = score;
      forward_[end * width_ + begin] = backward_[begin * width_ + end] = factor(score);
    }
    const auto row = moves_.begin() + static_cast<ptrdiff_t>(end * width_);
    const auto [least, most] = std::minmax_element(row, row + static_cast<ptrdiff_t>(count));
    least_.push_back(*least);
    most_.push_back(*most);
  }
  const int32_t outside = transitions[0];
  enter_ = leave_ = stay_ = kNever;
  for (size_t end = 0; end < count; ++end) {
    for (size_t begin = 0; begin < count; ++begin) {
      if (end == 0 && begin == 0) continue;
      int32_t& most = end == 0 ? enter_ : begin == 0 ? leave_ : stay_;
      most = std::max(most, moves_[end * width_ + begin] - outside);
    }
  }
  for (size_t type = 0; type < types_.size(); ++type) {
    for (const size_t to : {kInside, kEnd}) {
      for (const size_t from : {kBegin, kInside}) {
        stay_ = std::max(stay_, transitions[TagOf(type, from) * tags + TagOf(type, to)] - outside);
        inner_moves_.push_back(transitions[TagOf(type, from) * tags + TagOf(type, to)]);
        inner_.push_back(factor(inner_moves_.back()));
      }
    }
  }
}

float TagChain::Exponential(int32_t below) const {
  return static_cast<size_t>(below) < exponentials_.size() ? exponentials_[static_cast<size_t>(below)] : 0.0f;
}

// Most tokens are in no name, and by far: `scratch.sure` marks those where no name that holds them or begins behind
// them can make up for the lead of O. The best sequence runs through O there, and the search stops and begins anew.
void TagChain::FindSure(std::span<const int32_t> scores, size_t width, Scratch& scratch) const {
  const size_t tags = this->tags(), tokens = scores.size() / width;
  scratch.gain.resize(tokens);
  scratch.sure.assign(tokens, 0);
  // What a tag of a name can at most gain behind its token against O there.
  int32_t gain = 0;
  const int32_t enter = std::max(enter_, 0);
  for (size_t i = tokens; i-- > 0;) {
    const int32_t* const score = scores.data() + i * width;
    const int32_t lead = score[0] - BestName(score, tags);
    scratch.gain[i] = gain;
    scratch.sure[i] = lead > enter + gain;  // where the token before is sure too
    gain = std::max(leave_, stay_ - lead + gain);
  }
}

void TagChain::FindNames(std::span<const int32_t> scores, size_t width, Scratch& scratch,
                         std::vector<TaggedSpan>& names) const {
  names.clear();
  const size_t tags = this->tags(), tokens = scores.size() / width;
  if (tags == 1) return;
  FindSure(scores, width, scratch);
  scratch.back.resize(tokens * tags);
  std::array<std::array<int32_t, kMostTags>, 2> rows;
  int32_t *best = rows[0].data(), *before = rows[1].data();
  for (size_t i = 0; i < tokens; ++i) {
    if (scratch.sure[i] && (i == 0 || scratch.sure[i - 1])) continue;
    const int32_t* const score = scores.data() + i * width;
    uint8_t* const back = scratch.back.data() + i * tags;
    if (i == 0) {
      for (size_t tag = 0; tag < tags; ++tag) best[tag] = MayBegin(tag) ? score[tag] : kNever;
      continue;
    }
    if (scratch.sure[i - 1]) {
      std::fill_n(best, tags, kNever);
      best[0] = 0;
    }
    std::swap(best, before);
    size_t top = 0;
    for (size_t end = 1; end < ends_.size(); ++end) {
      if (before[ends_[end]] > before[ends_[top]]) top = end;
    }
    // An end whose best move is worse than the worst one of the top is never taken.
    const int32_t floor = before[ends_[top]] + least_[top];
    std::array<int32_t, kMostRow> reached, source;
    std::fill_n(reached.begin(), width_, 2 * kNever);
    std::fill_n(source.begin(), width_, 0);
    for (size_t end = 0; end < ends_.size(); ++end) {
      const int32_t start = before[ends_[end]];
      if (start + most_[end] < floor) continue;
      KeepBetter(start, ends_[end], moves_.data() + end * width_, width_, reached.data(), source.data());
    }
    for (size_t k = 0; k < begins_.size(); ++k) {
      best[begins_[k]] = reached[k] + score[begins_[k]];
      back[begins_[k]] = static_cast<uint8_t>(source[k]);
    }
    for (size_t type = 0; type < types_.size(); ++type) {
      const size_t begin = TagOf(type, kBegin), inside = TagOf(type, kInside);
      const int32_t* move = inner_moves_.data() + 4 * type;
      for (const size_t to : {kInside, kEnd}) {
        const size_t tag = TagOf(type, to);
        const int32_t begun = before[begin] + *move++, longer = before[inside] + *move++;
        best[tag] = std::max(begun, longer) + score[tag];
        back[tag] = static_cast<uint8_t>(longer > begun ? inside : begin);
      }
    }
    scratch.sure[i] = best[0] > BestName(best, tags) + scratch.gain[i];
  }

  size_t tag = 0;
  if (!scratch.sure[tokens - 1]) {
    for (const size_t end : ends_) {
      if (best[end] > best[tag]) tag = end;
    }
  }
  for (size_t i = tokens; i-- > 0;) {
    const auto at = static_cast<uint32_t>(i);
    if (tag != 0) {
      if (MayEnd(tag)) names.push_back({at, at, types_[TypeOf(tag)], 0});
      names.back().first = at;
    }
    if (i > 0) tag = scratch.sure[i - 1] ? 0 : scratch.back[i * tags + tag];
  }
  std::reverse(names.begin(), names.end());
  if (!names.empty()) FindProbabilities(scores, width, scratch, names);
}

// Forward sums up to the last name, backward ones down to the first, scaled at each token.
void TagChain::FindProbabilities(std::span<const int32_t> scores, size_t width, Scratch& scratch,
                                 std::vector<TaggedSpan>& names) const {
  const size_t tags = this->tags(), tokens = scores.size() / width;
  const size_t row = (tags + 3) / 4 * 4;
  scratch.local.resize(tokens * row);
  scratch.alpha.assign(tokens * row, 0);
  scratch.beta.assign(tokens * row, 0);
  for (size_t i = 0; i < tokens; ++i) {
    const int32_t* const score = scores.data() + i * width;
    const int32_t top = std::max(score[0], BestName(score, tags));
    for (size_t tag = 0; tag < tags; ++tag) scratch.local[i * row + tag] = Exponential(top - score[tag]);
  }
  std::array<float, kMostRow> sums, factors;
  for (size_t i = 0; i <= names.back().last; ++i) {
    const float* const local = scratch.local.data() + i * row;
    float* const alpha = scratch.alpha.data() + i * row;
    const float* const before = i == 0 ? nullptr : alpha - row;
    if (before == nullptr) {
      sums.fill(1.0f);
    } else {
      for (size_t end = 0; end < ends_.size(); ++end) factors[end] = before[ends_[end]];
      SumScaled(factors.data(), ends_.size(), forward_.data(), width_, sums.data());
    }
    for (size_t k = 0; k < begins_.size(); ++k) alpha[begins_[k]] = sums[k] * local[begins_[k]];
    for (size_t type = 0; type < types_.size(); ++type) {
      const float* const inner = inner_.data() + 4 * type;
      const float begun = before == nullptr ? 0 : before[TagOf(type, kBegin)];
      const float inside = before == nullptr ? 0 : before[TagOf(type, kInside)];
      const size_t to = TagOf(type, kInside), last = TagOf(type, kEnd);
      alpha[to] = (begun * inner[0] + inside * inner[1]) * local[to];
      alpha[last] = (begun * inner[2] + inside * inner[3]) * local[last];
    }
    ScaleToOne(alpha, tags);
  }
  for (size_t i = tokens; i-- > names.front().first;) {
    float* const beta = scratch.beta.data() + i * row;
    if (i + 1 == tokens) {
      for (size_t tag = 0; tag < tags; ++tag) beta[tag] = MayEnd(tag) ? 1.0f : 0.0f;
    } else {
      const float* const next = beta + row;
      const float* const local = scratch.local.data() + (i + 1) * row;
      for (size_t k = 0; k < begins_.size(); ++k) factors[k] = next[begins_[k]] * local[begins_[k]];
      SumScaled(factors.data(), begins_.size(), backward_.data(), width_, sums.data());
      for (size_t end = 0; end < ends_.size(); ++end) beta[ends_[end]] = sums[end];
      for (size_t type = 0; type < types_.size(); ++type) {
        const float* const inner = inner_.data() + 4 * type;
        const size_t to = TagOf(type, kInside), last = TagOf(type, kEnd);
        const float longer = next[to] * local[to], ended = next[last] * local[last];
        beta[TagOf(type, kBegin)] = longer * inner[0] + ended * inner[2];
        beta[TagOf(type, kInside)] = longer * inner[1] + ended * inner[3];
      }
    }
    ScaleToOne(beta, tags);
  }
  // Of a name: the share of all paths that run through its tags, where it is least.
  for (TaggedSpan& name : names) {
    const auto type = static_cast<size_t>(std::find(types_.begin(), types_.end(), name.type) - types_.begin());
    name.probability = 1;
    for (uint32_t i = name.first; i <= name.last; ++i) {
      const size_t place = name.first == name.last ? kSingle
                           : i == name.first       ? kBegin
                           : i == name.last        ? kEnd
                                                   : kInside;
      const float* const alpha = scratch.alpha.data() + i * row;
      const float* const beta = scratch.beta.data() + i * row;
      float sum = 0;
      for (size_t tag = 0; tag < tags; ++tag) sum += alpha[tag] * beta[tag];
      const size_t own = TagOf(type, place);
      name.probability = std::min(name.probability, sum > 0 ? alpha[own] * beta[own] / sum : 0.0f);
    }
  }
}

}  // namespace newsgraph
