// Networks of random weights, and the same as the bytes of a weight file.
#ifndef NEWSGRAPH_TESTS_INGEST_MADE_UP_NETWORK_H_
#define NEWSGRAPH_TESTS_INGEST_MADE_UP_NETWORK_H_

#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "ingest/tagger/recurrent_network.h"
#include "tests/ingest/weight_bytes.h"

namespace newsgraph {

struct NetworkSizes {
  uint32_t rows = 40;
  uint32_t width = 32;
  uint32_t hidden = 48;
  uint32_t layers = 2;
};

// Values large enough that gates open and shut, as in a trained network: what goes into them has a standard
// deviation of about `strength`.
inline NetworkWeights MakeUpNetwork(uint32_t seed, NetworkSizes sizes = {}, double strength = 2) {
  std::mt19937 random(seed);
  const auto uniform = [&](double most) { return most * (static_cast<double>(random()) / 2147483648.0 - 1); };
  const auto matrix = [&](uint32_t outputs, uint32_t inputs, double deviation) {
    NetworkWeights::Matrix made;
    for (uint32_t row = 0; row < outputs; ++row) {
      made.scales.push_back(static_cast<float>(deviation / 64 * (1 + uniform(0.5))));
      for (uint32_t i = 0; i < inputs; ++i) made.values.push_back(static_cast<int8_t>(std::lrint(uniform(127))));
    }
    return made;
  };
  NetworkWeights weights;
  weights.rows = sizes.rows;
  weights.width = sizes.width;
  weights.hidden = sizes.hidden;
  weights.embedding = matrix(sizes.rows, sizes.width, 1);
  for (uint32_t layer = 0; layer < sizes.layers; ++layer) {
    const uint32_t inputs = layer == 0 ? sizes.width : 2 * sizes.hidden;
    const auto direction = [&] {
      NetworkWeights::Direction made{
          .input = matrix(3 * sizes.hidden, inputs, strength / std::sqrt(inputs)),
          .recurrent = matrix(3 * sizes.hidden, sizes.hidden, strength / std::sqrt(sizes.hidden)),
          .bias = {}};
      for (uint32_t i = 0; i < 3 * sizes.hidden; ++i) made.bias.push_back(static_cast<float>(uniform(1)));
      return made;
    };
    NetworkWeights::Direction forward = direction();
    weights.layers.push_back({std::move(forward), direction()});
  }
  return weights;
}

inline std::vector<WeightSection> SectionsOf(const NetworkWeights& weights) {
  std::vector<WeightSection> sections;
  const auto add = [&](const std::string& name, const NetworkWeights::Matrix& matrix) {
    const auto outputs = static_cast<uint32_t>(matrix.scales.size());
    sections.push_back(
        MakeSection(name, {outputs, static_cast<uint32_t>(matrix.values.size()) / outputs}, matrix.values));
    sections.push_back(MakeSection(name + ".scale", {outputs}, matrix.scales));
  };
  sections.push_back(MakeSection<uint32_t>(
      "network.shape", {4},
      {weights.rows, weights.width, weights.hidden, static_cast<uint32_t>(weights.layers.size())}));
  add("network.embedding", weights.embedding);
  for (size_t layer = 0; layer < weights.layers.size(); ++layer) {
    for (const std::string side : {"forward", "backward"}) {
      const NetworkWeights::Direction& direction =
          side == "forward" ? weights.layers[layer].forward : weights.layers[layer].backward;
      const std::string name = "network." + std::to_string(layer) + "." + side;
      add(name + ".input", direction.input);
      add(name + ".recurrent", direction.recurrent);
      sections.push_back(MakeSection(name + ".bias", {static_cast<uint32_t>(direction.bias.size())}, direction.bias));
    }
  }
  return sections;
}

// Sentences of the given lengths; some rows are beyond the vocabulary.
inline std::vector<std::vector<uint32_t>> MakeUpSentences(uint32_t seed, const std::vector<size_t>& lengths,
                                                          uint32_t rows) {
  std::mt19937 random(seed);
  std::vector<std::vector<uint32_t>> sentences;
  for (const size_t length : lengths) {
    std::vector<uint32_t>& sentence = sentences.emplace_back();
    for (size_t i = 0; i < length; ++i) sentence.push_back(random() % (rows + 1));
  }
  return sentences;
}

inline std::vector<std::span<const uint32_t>> SpansOf(const std::vector<std::vector<uint32_t>>& sentences) {
  return {sentences.begin(), sentences.end()};
}

}  // namespace newsgraph

#endif  // NEWSGRAPH_TESTS_INGEST_MADE_UP_NETWORK_H_
