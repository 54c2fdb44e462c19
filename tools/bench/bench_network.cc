#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <span>
#include <vector>

#include "fmt/format.h"
#include "graph/status.h"
#include "ingest/tagger/recurrent_network.h"
#include "tools/bench/benchmarks.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace newsgraph {
namespace {

constexpr int kRuns = 15;
constexpr size_t kSentencesOfADocument = 24;

// Of the size of the tagger's own, with random weights: what they are changes no time.
NetworkWeights RandomWeights(std::mt19937_64& random) {
  const auto matrix = [&](size_t outputs, size_t inputs) {
    NetworkWeights::Matrix made;
    made.scales.assign(outputs, 1.0f / 127 / std::sqrt(static_cast<float>(inputs)));
    for (size_t i = 0; i < outputs * inputs; ++i) made.values.push_back(static_cast<int8_t>(random() % 255 - 127));
    return made;
  };
  NetworkWeights weights;
  weights.rows = 4000;
  weights.width = 128;
  weights.hidden = 128;
  weights.embedding = matrix(weights.rows, weights.width);
  for (const size_t inputs : {size_t{128}, size_t{256}}) {
    const auto direction = [&] {
      return NetworkWeights::Direction{matrix(384, inputs), matrix(384, 128), std::vector<float>(384)};
    };
    NetworkWeights::Direction forward = direction();
    weights.layers.push_back({std::move(forward), direction()});
  }
  return weights;
}

#if defined(__x86_64__)

// Multiply-adds a second of loops that load and store nothing: six sums of 16-bit products, and of int8
// products widened to 32 bits. The empty assembly keeps the compiler from doing a multiplication once.
__attribute__((target("avx2"))) double PlainSixteenBits(long rounds) {
  __m256i sums[6] = {}, a = _mm256_set1_epi16(1), b = _mm256_set1_epi16(2);
  const Stopwatch watch;
  for (long i = 0; i < rounds; ++i) {
#pragma GCC unroll 6
    for (__m256i& sum : sums) {
      sum = _mm256_add_epi32(sum, _mm256_madd_epi16(a, b));
      asm volatile("" : "+x"(sum), "+x"(a));
    }
  }
  return static_cast<double>(rounds) * 6 * 16 / watch.seconds();
}

__attribute__((target("avx2"))) double PlainEightBits(long rounds) {
  __m256i sums[6] = {}, a = _mm256_set1_epi8(1), b = _mm256_set1_epi8(2), ones = _mm256_set1_epi16(1);
  const Stopwatch watch;
  for (long i = 0; i < rounds; ++i) {
#pragma GCC unroll 6
    for (__m256i& sum : sums) {
      sum = _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_maddubs_epi16(a, b), ones));
      asm volatile("" : "+x"(sum), "+x"(a));
    }
  }
  return static_cast<double>(rounds) * 6 * 32 / watch.seconds();
}

bool HasPlainLoops() { return __builtin_cpu_supports("avx2"); }

#else

double PlainSixteenBits(long) { return 0; }
double PlainEightBits(long) { return 0; }
bool HasPlainLoops() { return false; }

#endif

}  // namespace

absl::Status BenchNetwork(uint64_t seed, BenchReport& report) {
  std::mt19937_64 random(seed);
  NEWSGRAPH_ASSIGN_OR_RETURN(const RecurrentNetwork network, RecurrentNetwork::Make(RandomWeights(random)));
  std::vector<std::vector<uint32_t>> sentences(20 * kSentencesOfADocument);
  size_t characters = 0;
  for (std::vector<uint32_t>& sentence : sentences) {
    sentence.resize(10 + random() % 60);
    for (uint32_t& row : sentence) row = static_cast<uint32_t>(random() % network.rows());
    characters += sentence.size();
  }
  const std::vector<std::span<const uint32_t>> spans(sentences.begin(), sentences.end());
  RecurrentNetwork::Scratch scratch;
  std::vector<int8_t> states;
  // In turns, and the quickest of each piece of work, all a few milliseconds long: what else the machine does
  // comes and goes. The first run also computes the projections of the characters.
  std::vector<double> seconds(spans.size() / kSentencesOfADocument, 1e9);
  double sixteen = 0, eight = 0;
  for (int run = 0; run < kRuns; ++run) {
    for (size_t document = 0; document < seconds.size(); ++document) {
      states.clear();
      const Stopwatch watch;
      network.Run(std::span(spans).subspan(document * kSentencesOfADocument, kSentencesOfADocument), scratch, states);
      seconds[document] = std::min(seconds[document], watch.seconds());
      if (!HasPlainLoops()) continue;
      sixteen = std::max(sixteen, PlainSixteenBits(200'000));
      eight = std::max(eight, PlainEightBits(200'000));
    }
  }
  const double rate = static_cast<double>(characters) / std::accumulate(seconds.begin(), seconds.end(), 0.0);
  const auto multiply_adds = static_cast<double>(network.multiply_adds());
  report.Add({fmt::format("tagger network, {}, 1 thread", FastestKernels().name), rate, "characters/s", "", 0});
  report.Add({"tagger network, multiply-adds a character", multiply_adds, "", "", 0});
  const double done = rate * multiply_adds;
  if (HasPlainLoops()) {
    report.Add({"tagger network, multiply-adds", done / 1e9, "10^9/s",
                fmt::format("{:.1f} of a plain 16-bit loop in registers", sixteen / 1e9), done / sixteen});
    report.Add({"tagger network, multiply-adds", done / 1e9, "10^9/s",
                fmt::format("{:.1f} of a plain int8 loop in registers", eight / 1e9), done / eight});
  }
  return absl::OkStatus();
}

}  // namespace newsgraph
