#include "ingest/tagger/recurrent_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <string_view>
#include <thread>
#include <utility>

namespace newsgraph {
namespace {

constexpr uint32_t kMostWidth = 512;
constexpr uint32_t kMostHidden = 256;
constexpr uint32_t kMostLayers = 4;
constexpr uint32_t kMostRows = 1 << 16;
// Keeps every product times its factor below 2^31.
constexpr float kMostScale = 0.5f;
constexpr float kMostEmbedding = 32;
// So that the memory of a batch is bounded where sentences are long; one sentence always fits.
constexpr size_t kMostCharacters = 4096;

// value · 2^bits held within ±32767: with one more, 512 inputs times -128 would not fit into 32 bits.
int16_t Fixed(float value, int bits) {
  const float scaled = std::clamp(value * static_cast<float>(1 << bits), -32767.0f, 32767.0f);
  return static_cast<int16_t>(std::lrintf(scaled));
}

std::string SectionOf(size_t layer, std::string_view side, std::string_view part) {
  return fmt::format("network.{}.{}.{}", layer, side, part);
}

absl::Status Refused(std::string_view section, std::string_view what) {
  return absl::InvalidArgumentError(
      fmt::format("network weights: {}: {}; export them again with tools/train", section, what));
}

absl::Status CheckMatrix(const NetworkWeights::Matrix& matrix, std::string_view section, size_t outputs,
                         size_t inputs) {
  if (matrix.scales.size() != outputs || matrix.values.size() != outputs * inputs) {
    return Refused(section, fmt::format("{} values and {} scales, where {} outputs of {} inputs are needed",
                                        matrix.values.size(), matrix.scales.size(), outputs, inputs));
  }
  for (size_t row = 0; row < outputs; ++row) {
    if (!(matrix.scales[row] >= 0 && matrix.scales[row] <= kMostScale)) {
      return Refused(
          section, fmt::format("the scale of row {} is {}, not within 0 and {}", row, matrix.scales[row], kMostScale));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<NetworkWeights::Matrix> ReadMatrix(const WeightFile& file, const std::string& section, uint32_t outputs,
                                                  uint32_t inputs) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::span<const int8_t> values, file.Get<int8_t>(section, {outputs, inputs}));
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::span<const float> scales, file.Get<float>(section + ".scale", {outputs}));
  return NetworkWeights::Matrix{{values.begin(), values.end()}, {scales.begin(), scales.end()}};
}

absl::StatusOr<NetworkWeights::Direction> ReadDirection(const WeightFile& file, size_t layer, std::string_view side,
                                                        uint32_t inputs, uint32_t hidden) {
  NetworkWeights::Direction direction;
  NEWSGRAPH_ASSIGN_OR_RETURN(direction.input, ReadMatrix(file, SectionOf(layer, side, "input"), 3 * hidden, inputs));
  NEWSGRAPH_ASSIGN_OR_RETURN(direction.recurrent,
                             ReadMatrix(file, SectionOf(layer, side, "recurrent"), 3 * hidden, hidden));
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::span<const float> bias,
                             file.Get<float>(SectionOf(layer, side, "bias"), {3 * hidden}));
  direction.bias.assign(bias.begin(), bias.end());
  return direction;
}

// What turns the sums of a product into kActivationBits, where its input has `bits`. The first
// `narrow_from` rows have that; the rest, as many bits as `narrow_bits` says.
std::vector<float> Factors(const std::vector<float>& scales, int bits, size_t narrow_from, int narrow_bits) {
  std::vector<float> factors;
  for (size_t row = 0; row < scales.size(); ++row) {
    // A power of two, so that this rounds nothing.
    factors.push_back(std::ldexp(scales[row], kActivationBits - (row < narrow_from ? bits : narrow_bits)));
  }
  return factors;
}

}  // namespace

absl::StatusOr<NetworkWeights> NetworkWeights::Read(const WeightFile& file) {
  constexpr std::string_view kShape = "network.shape";
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::span<const uint32_t> shape, file.Get<uint32_t>(kShape, {4}));
  const uint32_t layers = shape[3];
  NetworkWeights weights;
  weights.rows = shape[0];
  weights.width = shape[1];
  weights.hidden = shape[2];
  // Before anything is multiplied; the rest is for Check.
  if (weights.width > kMostWidth || weights.hidden > kMostHidden || weights.hidden == 0 || layers < 1 ||
      layers > kMostLayers) {
    return file.Malformed(
        kShape, fmt::format("width {}, {} states, {} layers, where at most {}, {} and {} are allowed", weights.width,
                            weights.hidden, layers, kMostWidth, kMostHidden, kMostLayers));
  }
  NEWSGRAPH_ASSIGN_OR_RETURN(weights.embedding, ReadMatrix(file, "network.embedding", weights.rows, weights.width));
  for (size_t layer = 0; layer < layers; ++layer) {
    const uint32_t inputs = layer == 0 ? weights.width : 2 * weights.hidden;
    Layer& added = weights.layers.emplace_back();
    NEWSGRAPH_ASSIGN_OR_RETURN(added.forward, ReadDirection(file, layer, "forward", inputs, weights.hidden));
    NEWSGRAPH_ASSIGN_OR_RETURN(added.backward, ReadDirection(file, layer, "backward", inputs, weights.hidden));
  }
  if (const absl::Status status = weights.Check(); !status.ok()) {
    return absl::Status(status.code(), fmt::format("read weights {}: {}", file.name(),
                                                   std::string_view(status.message().data(), status.message().size())));
  }
  return weights;
}

absl::Status NetworkWeights::Check() const {
  if (rows == 0 || rows > kMostRows || width == 0 || width % kBlock != 0 || width > kMostWidth || hidden == 0 ||
      hidden % kBlock != 0 || hidden > kMostHidden || layers.empty() || layers.size() > kMostLayers) {
    return Refused(
        "network.shape",
        fmt::format("{} rows, width {}, {} states, {} layers; rows are 1 to {}, widths multiples of {} up to {}, "
                    "states multiples of {} up to {}, layers 1 to {}",
                    rows, width, hidden, layers.size(), kMostRows, kBlock, kMostWidth, kBlock, kMostHidden,
                    kMostLayers));
  }
  NEWSGRAPH_RETURN_IF_ERROR(CheckMatrix(embedding, "network.embedding", rows, width));
  for (size_t row = 0; row < rows; ++row) {
    if (embedding.scales[row] * 128 > kMostEmbedding) {
      return Refused("network.embedding", fmt::format("values of row {} may lie beyond {}", row, kMostEmbedding));
    }
  }
  for (size_t layer = 0; layer < layers.size(); ++layer) {
    for (const std::string_view side : {"forward", "backward"}) {
      const Direction& direction = side == "forward" ? layers[layer].forward : layers[layer].backward;
      const uint32_t inputs = layer == 0 ? width : 2 * hidden;
      NEWSGRAPH_RETURN_IF_ERROR(CheckMatrix(direction.input, SectionOf(layer, side, "input"), 3 * hidden, inputs));
      NEWSGRAPH_RETURN_IF_ERROR(
          CheckMatrix(direction.recurrent, SectionOf(layer, side, "recurrent"), 3 * hidden, hidden));
      if (direction.bias.size() != 3 * hidden ||
          !std::all_of(direction.bias.begin(), direction.bias.end(), [](float b) { return std::isfinite(b); })) {
        return Refused(SectionOf(layer, side, "bias"),
                       fmt::format("{} values, where {} finite ones are needed", direction.bias.size(), 3 * hidden));
      }
    }
  }
  return absl::OkStatus();
}

// Projections of characters into both directions of the first layer, computed when first asked for. Rows lie
// in the order in which they were, so that memory is touched only for characters that texts have.
class RecurrentNetwork::Projections {
 public:
  Projections(const NetworkWeights& weights, const NetworkKernels& kernels)
      : embedding_(weights.embedding),
        width_(weights.width),
        row_size_(6 * size_t{weights.hidden}),
        kernels_(kernels),
        places_(std::make_unique<std::atomic<uint32_t>[]>(weights.rows)),
        values_(static_cast<int16_t*>(std::calloc(weights.rows * row_size_, sizeof(int16_t)))) {
    if (!values_) throw std::bad_alloc();
  }

  // The 3·hidden values of the forward direction, then those of the backward one.
  const int16_t* Of(uint32_t row, const Layer& layer) {
    std::atomic<uint32_t>& place = places_[row];
    uint32_t known = place.load(std::memory_order_acquire);
    if (known < kReady) known = Compute(row, layer);
    return values_.get() + (known - kReady) * row_size_;
  }

 private:
  static constexpr uint32_t kNone = 0;
  static constexpr uint32_t kInWork = 1;
  static constexpr uint32_t kReady = 2;  // and above: kReady + the row of values_
  struct Free {
    void operator()(int16_t* values) const { std::free(values); }
  };

  uint32_t Compute(uint32_t row, const Layer& layer) {
    std::atomic<uint32_t>& place = places_[row];
    uint32_t known = kNone;
    if (!place.compare_exchange_strong(known, kInWork, std::memory_order_acquire)) {
      // Another thread is at it, for a few microseconds.
      while ((known = place.load(std::memory_order_acquire)) < kReady) std::this_thread::yield();
      return known;
    }
    const uint32_t slot = next_.fetch_add(1, std::memory_order_relaxed);
    std::array<int16_t, kMostWidth> input;
    for (size_t i = 0; i < width_; ++i) {
      input[i] = Fixed(embedding_.values[row * width_ + i] * embedding_.scales[row], kEmbeddingBits);
    }
    int16_t* output = values_.get() + slot * row_size_;
    for (const Direction* direction : {&layer.forward, &layer.backward}) {
      const int16_t* const from = input.data();
      const int16_t* const addend = direction->bias.data();
      kernels_.product(direction->input, 0, direction->input.outputs, &from, &addend, &output, 1);
      output += direction->input.outputs;
    }
    place.store(kReady + slot, std::memory_order_release);
    return kReady + slot;
  }

  const NetworkWeights::Matrix embedding_;
  const size_t width_;
  const size_t row_size_;
  const NetworkKernels& kernels_;
  std::unique_ptr<std::atomic<uint32_t>[]> places_;
  std::atomic<uint32_t> next_ = 0;
  std::unique_ptr<int16_t[], Free> values_;
};

// One sentence of a batch.
struct RecurrentNetwork::Lane {
  size_t begin;  // of its characters in the batch
  size_t length;
  std::span<const uint32_t> rows;
};

RecurrentNetwork::RecurrentNetwork(const NetworkWeights& weights, const NetworkKernels& kernels)
    : rows_(weights.rows), hidden_(weights.hidden), kernels_(&kernels) {
  const auto packed = [this](const NetworkWeights::Direction& direction, int input_bits) {
    std::vector<int16_t> bias;
    for (const float value : direction.bias) bias.push_back(Fixed(value, kActivationBits));
    const size_t all = 3 * size_t{hidden_};
    return Direction{PackedMatrix(direction.input.values, Factors(direction.input.scales, input_bits, all, input_bits)),
                     // The candidate's rows meet the state that the reset gate let through.
                     PackedMatrix(direction.recurrent.values,
                                  Factors(direction.recurrent.scales, kStateBits, 2 * size_t{hidden_}, kKeptBits)),
                     std::move(bias)};
  };
  for (const NetworkWeights::Layer& layer : weights.layers) {
    const int bits = layers_.empty() ? kEmbeddingBits : kStateBits;
    layers_.push_back({packed(layer.forward, bits), packed(layer.backward, bits)});
  }
  projections_ = std::make_unique<Projections>(weights, kernels);
}

RecurrentNetwork::~RecurrentNetwork() = default;
RecurrentNetwork::RecurrentNetwork(RecurrentNetwork&&) noexcept = default;
RecurrentNetwork& RecurrentNetwork::operator=(RecurrentNetwork&&) noexcept = default;

absl::StatusOr<RecurrentNetwork> RecurrentNetwork::Load(const WeightFile& file) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const NetworkWeights weights, NetworkWeights::Read(file));
  return RecurrentNetwork(weights, FastestKernels());
}

absl::StatusOr<RecurrentNetwork> RecurrentNetwork::Make(const NetworkWeights& weights, const NetworkKernels& kernels) {
  NEWSGRAPH_RETURN_IF_ERROR(weights.Check());
  return RecurrentNetwork(weights, kernels);
}

uint64_t RecurrentNetwork::multiply_adds() const {
  uint64_t sum = 0;
  for (size_t layer = 0; layer < layers_.size(); ++layer) {
    const uint64_t inputs = (layer == 0 ? 0 : 2 * hidden_) + hidden_;
    sum += 2 * 3 * hidden_ * inputs;
  }
  return sum;
}

void RecurrentNetwork::Run(std::span<const std::span<const uint32_t>> sentences, Scratch& scratch,
                           std::vector<int8_t>& states) const {
  std::vector<size_t> places;  // of each sentence in states
  size_t characters = 0;
  for (const std::span<const uint32_t> sentence : sentences) {
    places.push_back(states.size() + characters * state_width());
    characters += sentence.size();
  }
  states.resize(states.size() + characters * state_width());

  // The longest first: who has ended is then always at the end of the lanes.
  std::vector<uint32_t>& order = scratch.order_;
  order.resize(sentences.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return sentences[a].size() > sentences[b].size(); });
  while (!order.empty() && sentences[order.back()].empty()) order.pop_back();

  for (size_t begin = 0; begin < order.size();) {
    size_t end = begin, sum = 0;
    while (end < order.size() && end - begin < kMostLanes &&
           (end == begin || sum + sentences[order[end]].size() <= kMostCharacters)) {
      sum += sentences[order[end++]].size();
    }
    RunBatch(sentences, std::span(order).subspan(begin, end - begin), places, scratch, states.data());
    begin = end;
  }
}

void RecurrentNetwork::RunBatch(std::span<const std::span<const uint32_t>> sentences, std::span<const uint32_t> batch,
                                std::span<const size_t> places, Scratch& scratch, int8_t* states) const {
  std::vector<Lane> lanes;
  size_t characters = 0;
  for (const uint32_t sentence : batch) {
    lanes.push_back({characters, sentences[sentence].size(), sentences[sentence]});
    characters += lanes.back().length;
  }
  const size_t width = state_width();
  for (size_t layer = 0; layer < layers_.size(); ++layer) {
    // What the last layer gave is read, what lies before it is written over.
    std::swap(scratch.inputs_, scratch.outputs_);
    scratch.outputs_.resize(characters * width);
    RunDirection(layers_[layer].forward, false, lanes, scratch);
    RunDirection(layers_[layer].backward, true, lanes, scratch);
  }
  for (size_t lane = 0; lane < lanes.size(); ++lane) {
    kernels_->round_states(scratch.outputs_.data() + lanes[lane].begin * width, states + places[batch[lane]],
                           lanes[lane].length * width);
  }
}

void RecurrentNetwork::RunDirection(const Direction& direction, bool backward, std::span<const Lane> lanes,
                                    Scratch& scratch) const {
  const size_t width = state_width(), gates = 3 * size_t{hidden_};
  const size_t characters = lanes.back().begin + lanes.back().length;
  const bool first = &direction == &layers_[0].forward || &direction == &layers_[0].backward;

  // What the inputs add to the gates, for all characters at once: no recurrence, so that lanes are full.
  if (!first) {
    scratch.projections_.resize(characters * gates);
    std::array<const int16_t*, kMostLanes> from, bias;
    std::array<int16_t*, kMostLanes> to;
    bias.fill(direction.bias.data());
    for (size_t begin = 0; begin < characters; begin += kMostLanes) {
      const auto count = static_cast<uint32_t>(std::min<size_t>(kMostLanes, characters - begin));
      for (uint32_t i = 0; i < count; ++i) {
        from[i] = scratch.inputs_.data() + (begin + i) * width;
        to[i] = scratch.projections_.data() + (begin + i) * gates;
      }
      kernels_->product(direction.input, 0, direction.input.outputs, from.data(), bias.data(), to.data(), count);
    }
  }

  scratch.gates_.resize(kMostLanes * gates);
  scratch.update_.resize(size_t{kMostLanes} * hidden_);
  scratch.kept_.resize(size_t{kMostLanes} * hidden_);
  static constexpr std::array<int16_t, kMostHidden> kZeros = {};
  std::array<const int16_t*, kMostLanes> states, projections, kept;
  std::array<int16_t*, kMostLanes> gate_rows;
  states.fill(kZeros.data());
  for (uint32_t lane = 0; lane < lanes.size(); ++lane) {
    gate_rows[lane] = scratch.gates_.data() + lane * gates;
    kept[lane] = scratch.kept_.data() + lane * hidden_;
  }
  auto active = static_cast<uint32_t>(lanes.size());
  for (size_t step = 0; step < lanes[0].length; ++step) {
    while (lanes[active - 1].length <= step) --active;
    std::array<size_t, kMostLanes> places;  // in the batch
    for (uint32_t lane = 0; lane < active; ++lane) {
      const Lane& at = lanes[lane];
      const size_t offset = backward ? at.length - 1 - step : step;
      places[lane] = at.begin + offset;
      if (first) {
        const uint32_t row = at.rows[offset] < rows_ ? at.rows[offset] : 0;
        projections[lane] = projections_->Of(row, layers_[0]) + (backward ? gates : 0);
      } else {
        projections[lane] = scratch.projections_.data() + places[lane] * gates;
      }
    }
    kernels_->product(direction.recurrent, 0, 2 * hidden_, states.data(), projections.data(), gate_rows.data(), active);
    for (uint32_t lane = 0; lane < active; ++lane) {
      kernels_->open_gates(gate_rows[lane], states[lane], scratch.update_.data() + lane * hidden_,
                           scratch.kept_.data() + lane * hidden_, hidden_);
    }
    kernels_->product(direction.recurrent, 2 * hidden_, hidden_, kept.data(), projections.data(), gate_rows.data(),
                      active);
    for (uint32_t lane = 0; lane < active; ++lane) {
      int16_t* const next = scratch.outputs_.data() + places[lane] * width + (backward ? hidden_ : 0);
      kernels_->advance(gate_rows[lane] + 2 * hidden_, scratch.update_.data() + lane * hidden_, states[lane], next,
                        hidden_);
      states[lane] = next;
    }
  }
}

}  // namespace newsgraph
