#include "ingest/tagger/tag_chain.h"

#include <algorithm>
#include <array>
#include <cmath>
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

void AddScaled(float factor, const float* values, size_t width, float* sums) {
  for (size_t row = 0; row < width; row += kStep) {
    for (size_t k = row; k < row + kStep; ++k) sums[k] += factor * values[k];
  }
}

void ScaleToOne(float* values, size_t count) {
  float sum = 0;
  for (size_t k = 0; k < count; ++k) sum += values[k];
  for (size_t k = 0; k < count; ++k) values[k] = sum > 0 ? values[k] / sum : 0;
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
  for (size_t type = 0; type < types_.size(); ++type) {
    for (const size_t to : {kInside, kEnd}) {
      for (const size_t from : {kBegin, kInside}) {
        inner_moves_.push_back(transitions[TagOf(type, from) * tags + TagOf(type, to)]);
        inner_.push_back(factor(inner_moves_.back()));
      }
    }
  }
}

float TagChain::Exponential(int32_t below) const {
  return static_cast<size_t>(below) < exponentials_.size() ? exponentials_[static_cast<size_t>(below)] : 0.0f;
}

void TagChain::FindNames(std::span<const int32_t> scores, size_t width, Scratch& scratch,
                         std::vector<TaggedSpan>& names) const {
  names.clear();
  const size_t tags = this->tags(), tokens = scores.size() / width;
  scratch.back.resize(tokens * tags);
  std::array<std::array<int32_t, kMostTags>, 2> rows;
  int32_t *best = rows[0].data(), *before = rows[1].data();
  for (size_t tag = 0; tag < tags; ++tag) best[tag] = MayBegin(tag) ? scores[tag] : kNever;
  for (size_t i = 1; i < tokens; ++i) {
    const int32_t* const score = scores.data() + i * width;
    uint8_t* const back = scratch.back.data() + i * tags;
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
  }

  size_t tag = 0;
  for (const size_t end : ends_) {
    if (best[end] > best[tag]) tag = end;
  }
  for (size_t i = tokens; i-- > 0;) {
    const auto at = static_cast<uint32_t>(i);
    if (tag != 0) {
      if (MayEnd(tag)) names.push_back({at, at, types_[TypeOf(tag)], 0});
      names.back().first = at;
    }
    if (i > 0) tag = scratch.back[i * tags + tag];
  }
  std::reverse(names.begin(), names.end());
  if (!names.empty()) FindProbabilities(scores, width, scratch, names);
}

// Forward sums up to the last name, backward ones down to the first, scaled at each token.
void TagChain::FindProbabilities(std::span<const int32_t> scores, size_t width, Scratch& scratch,
                                 std::vector<TaggedSpan>& names) const {
  const size_t tags = this->tags(), tokens = scores.size() / width;
  scratch.local.resize(tokens * tags);
  scratch.alpha.resize(tokens * tags);
  scratch.beta.resize(tokens * tags);
  for (size_t i = 0; i < tokens; ++i) {
    const int32_t* const score = scores.data() + i * width;
    const int32_t top = *std::max_element(score, score + tags);
    for (size_t tag = 0; tag < tags; ++tag) scratch.local[i * tags + tag] = Exponential(top - score[tag]);
  }
  std::array<float, kMostRow> sums;
  for (size_t i = 0; i <= names.back().last; ++i) {
    const float* const local = scratch.local.data() + i * tags;
    float* const alpha = scratch.alpha.data() + i * tags;
    const float* const before = i == 0 ? nullptr : alpha - tags;
    std::fill_n(sums.begin(), width_, before == nullptr ? 1.0f : 0.0f);
    for (size_t end = 0; before != nullptr && end < ends_.size(); ++end) {
      const float start = before[ends_[end]];
      if (start != 0) AddScaled(start, forward_.data() + end * width_, width_, sums.data());
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
    float* const beta = scratch.beta.data() + i * tags;
    if (i + 1 == tokens) {
      for (size_t tag = 0; tag < tags; ++tag) beta[tag] = MayEnd(tag) ? 1.0f : 0.0f;
    } else {
      const float* const next = beta + tags;
      const float* const local = scratch.local.data() + (i + 1) * tags;
      std::fill_n(sums.begin(), width_, 0.0f);
      for (size_t k = 0; k < begins_.size(); ++k) {
        const float out = next[begins_[k]] * local[begins_[k]];
        if (out != 0) AddScaled(out, backward_.data() + k * width_, width_, sums.data());
      }
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
      const float* const alpha = scratch.alpha.data() + i * tags;
      const float* const beta = scratch.beta.data() + i * tags;
      float sum = 0;
      for (size_t tag = 0; tag < tags; ++tag) sum += alpha[tag] * beta[tag];
      const size_t own = TagOf(type, place);
      name.probability = std::min(name.probability, sum > 0 ? alpha[own] * beta[own] / sum : 0.0f);
    }
  }
}

}  // namespace newsgraph
