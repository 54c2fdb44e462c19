#include "ingest/tagger/network_kernels.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace newsgraph {
namespace {

// The sigmoid of y ≥ 0, as the lowest of straight lines: it is concave there. y has 12 bits behind the
// point, the result 13: (slope · y >> 16) + base. The vertices lie as far above the curve as the middles
// below, but the first, which is 1/2 exactly, so that a state of zero stays zero.
struct Line {
  int16_t slope;
  int16_t base;
};
constexpr Line kLines[] = {{32229, 4096}, {28876, 4205}, {24780, 4437}, {20472, 4775}, {16235, 5198}, {12262, 5684},
                           {8695, 6208},  {5646, 6740},  {3198, 7250},  {1412, 7700},  {331, 8042}};
constexpr int16_t kMostSigmoid = 8191;
constexpr int16_t kOne = 1 << kGateBits;

int16_t Saturated(int32_t value) { return static_cast<int16_t>(std::clamp(value, -32768, 32767)); }

int32_t UpperSigmoid(int32_t y) {
  int32_t lowest = kMostSigmoid;
  for (const Line& line : kLines) lowest = std::min(lowest, ((line.slope * y) >> 16) + line.base);
  return lowest;
}

int32_t Magnitude(int16_t x) { return std::min(std::abs(static_cast<int32_t>(x)), 32767); }

// ------------------------------------------------------------------ plain

void ProductPlain(const PackedMatrix& matrix, uint32_t first, uint32_t count, const int16_t* const* inputs,
                  const int16_t* const* addends, int16_t* const* outputs, uint32_t lanes) {
  for (uint32_t block = first; block < first + count; block += kBlock) {
    const int8_t* const weights = matrix.weights.data() + static_cast<size_t>(block) * matrix.inputs;
    for (uint32_t lane = 0; lane < lanes; ++lane) {
      int32_t sums[kBlock] = {};
      for (uint32_t i = 0; i < matrix.inputs; i += 2) {
        for (uint32_t o = 0; o < kBlock; ++o) {
          const int8_t* const pair = weights + i * kBlock + 2 * o;
          sums[o] += pair[0] * inputs[lane][i] + pair[1] * inputs[lane][i + 1];
        }
      }
      for (uint32_t o = 0; o < kBlock; ++o) {
        const uint32_t output = block + PackedMatrix::kOutputOrder[o];
        const float scaled = static_cast<float>(sums[o]) * matrix.factors[block + o];
        outputs[lane][output] = Saturated(Saturated(static_cast<int32_t>(std::lrintf(scaled))) + addends[lane][output]);
      }
    }
  }
}

void OpenGatesPlain(const int16_t* gates, const int16_t* state, int16_t* update, int16_t* kept, uint32_t hidden) {
  for (uint32_t i = 0; i < hidden; ++i) {
    update[i] = SigmoidOf(gates[i]);
    kept[i] = static_cast<int16_t>((4 * SigmoidOf(gates[hidden + i]) * state[i]) >> 16);
  }
}

void AdvancePlain(const int16_t* candidate, const int16_t* update, const int16_t* state, int16_t* next,
                  uint32_t hidden) {
  for (uint32_t i = 0; i < hidden; ++i) {
    const int32_t wanted = 4 * TanhOf(candidate[i]);
    next[i] = Saturated((state[i] * (kOne - update[i]) + wanted * update[i] + kOne / 2) >> kGateBits);
  }
}

void BestMovesPlain(std::span<const int16_t> before, int16_t least, const int16_t* moves, int16_t* __restrict now,
                    int16_t* __restrict back) {
  std::fill_n(now, kMoves, int16_t{-32768});
  std::fill_n(back, kMoves, int16_t{0});
  for (size_t from = 0; from < before.size(); ++from) {
    const int16_t start = before[from];
    if (start < least) continue;
    const int16_t* __restrict const move = moves + from * kMoves;
    const auto number = static_cast<int16_t>(from);
    for (size_t to = 0; to < kMoves; ++to) {
      const auto score = static_cast<int16_t>(start + move[to]);
      const auto better = static_cast<int16_t>(-(score > now[to]));  // all bits or none: no branch
      back[to] = static_cast<int16_t>((number & better) | (back[to] & ~better));
      now[to] = std::max(now[to], score);
    }
  }
}

void AddRowsPlain(std::span<const int8_t* const> rows, size_t width, int16_t* sums) {
  std::fill_n(sums, width, int16_t{0});
  for (const int8_t* const row : rows) {
    for (size_t k = 0; k < width; ++k) sums[k] = static_cast<int16_t>(sums[k] + row[k]);
  }
}

void RoundStatesPlain(const int16_t* states, int8_t* rounded, size_t count) {
  for (size_t i = 0; i < count; ++i) rounded[i] = static_cast<int8_t>(std::min(states[i] + 128, 32767) >> 8);
}

constexpr NetworkKernels kPlain = {"plain",        ProductPlain, OpenGatesPlain,  AdvancePlain,
                                   BestMovesPlain, AddRowsPlain, RoundStatesPlain};

#if defined(__x86_64__)

// ------------------------------------------------------------------ SSE2: what every x86-64 has

__m128i Load128(const int16_t* place) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(place)); }
void Store128(int16_t* place, __m128i value) { _mm_storeu_si128(reinterpret_cast<__m128i*>(place), value); }

// Two lanes, so that eight sums, four weights and an input fit into sixteen registers.
template <uint32_t kLanes>
void ProductBlockSse2(const int8_t* weights, const float* factors, uint32_t length, uint32_t block,
                      const int16_t* const* inputs, const int16_t* const* addends, int16_t* const* outputs) {
  __m128i sums[kLanes][4] = {};
  for (uint32_t i = 0; i < length; i += 2, weights += 2 * kBlock) {
    __m128i pairs[4];
    for (int half = 0; half < 2; ++half) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(weights + kBlock * half));
      const __m128i signs = _mm_cmpgt_epi8(_mm_setzero_si128(), bytes);
      pairs[2 * half] = _mm_unpacklo_epi8(bytes, signs);
      pairs[2 * half + 1] = _mm_unpackhi_epi8(bytes, signs);
    }
#pragma GCC unroll 2
    for (uint32_t lane = 0; lane < kLanes; ++lane) {
      int32_t two;
      std::memcpy(&two, inputs[lane] + i, sizeof two);
      const __m128i input = _mm_set1_epi32(two);
#pragma GCC unroll 4
      for (int part = 0; part < 4; ++part) {
        sums[lane][part] = _mm_add_epi32(sums[lane][part], _mm_madd_epi16(pairs[part], input));
      }
    }
  }
  for (uint32_t lane = 0; lane < kLanes; ++lane) {
    __m128i rounded[4];
    for (int part = 0; part < 4; ++part) {
      rounded[part] = _mm_cvtps_epi32(_mm_mul_ps(_mm_cvtepi32_ps(sums[lane][part]), _mm_loadu_ps(factors + 4 * part)));
    }
    // Parts hold the outputs 0 to 3, 8 to 11, 4 to 7, 12 to 15.
    for (int half = 0; half < 2; ++half) {
      const __m128i product = _mm_packs_epi32(rounded[half], rounded[half + 2]);
      Store128(outputs[lane] + block + 8 * half, _mm_adds_epi16(product, Load128(addends[lane] + block + 8 * half)));
    }
  }
}

void ProductSse2(const PackedMatrix& matrix, uint32_t first, uint32_t count, const int16_t* const* inputs,
                 const int16_t* const* addends, int16_t* const* outputs, uint32_t lanes) {
  for (uint32_t block = first; block < first + count; block += kBlock) {
    const int8_t* const weights = matrix.weights.data() + static_cast<size_t>(block) * matrix.inputs;
    const float* const factors = matrix.factors.data() + block;
    uint32_t lane = 0;
    for (; lane + 2 <= lanes; lane += 2) {
      ProductBlockSse2<2>(weights, factors, matrix.inputs, block, inputs + lane, addends + lane, outputs + lane);
    }
    if (lane < lanes) {
      ProductBlockSse2<1>(weights, factors, matrix.inputs, block, inputs + lane, addends + lane, outputs + lane);
    }
  }
}

__m128i UpperSigmoidSse2(__m128i y) {
  __m128i lowest = _mm_set1_epi16(kMostSigmoid);
#pragma GCC unroll 16
  for (const Line& line : kLines) {
    const __m128i value = _mm_add_epi16(_mm_mulhi_epi16(y, _mm_set1_epi16(line.slope)), _mm_set1_epi16(line.base));
    lowest = _mm_min_epi16(lowest, value);
  }
  return lowest;
}

__m128i MagnitudeSse2(__m128i x) { return _mm_max_epi16(x, _mm_subs_epi16(_mm_setzero_si128(), x)); }

__m128i SigmoidSse2(__m128i x) {
  const __m128i magnitude = MagnitudeSse2(x);
  const __m128i upper = UpperSigmoidSse2(_mm_adds_epi16(magnitude, magnitude));
  const __m128i negative = _mm_srai_epi16(x, 15);
  return _mm_add_epi16(_mm_sub_epi16(_mm_xor_si128(upper, negative), negative),
                       _mm_and_si128(negative, _mm_set1_epi16(kOne)));
}

__m128i TanhSse2(__m128i x) {
  const __m128i magnitude = MagnitudeSse2(x);
  const __m128i twice = _mm_adds_epi16(magnitude, magnitude);
  const __m128i upper = UpperSigmoidSse2(_mm_adds_epi16(twice, twice));
  const __m128i tanh = _mm_sub_epi16(_mm_add_epi16(upper, upper), _mm_set1_epi16(kOne));
  const __m128i negative = _mm_srai_epi16(x, 15);
  return _mm_sub_epi16(_mm_xor_si128(tanh, negative), negative);
}

void OpenGatesSse2(const int16_t* gates, const int16_t* state, int16_t* update, int16_t* kept, uint32_t hidden) {
  for (uint32_t i = 0; i < hidden; i += 8) {
    Store128(update + i, SigmoidSse2(Load128(gates + i)));
    const __m128i reset = SigmoidSse2(Load128(gates + hidden + i));
    Store128(kept + i, _mm_mulhi_epi16(_mm_slli_epi16(reset, 2), Load128(state + i)));
  }
}

void AdvanceSse2(const int16_t* candidate, const int16_t* update, const int16_t* state, int16_t* next,
                 uint32_t hidden) {
  const __m128i half = _mm_set1_epi32(kOne / 2);
  for (uint32_t i = 0; i < hidden; i += 8) {
    const __m128i wanted = _mm_slli_epi16(TanhSse2(Load128(candidate + i)), 2);
    const __m128i now = Load128(state + i);
    const __m128i open = Load128(update + i);
    const __m128i shut = _mm_sub_epi16(_mm_set1_epi16(kOne), open);
    const __m128i low = _mm_madd_epi16(_mm_unpacklo_epi16(now, wanted), _mm_unpacklo_epi16(shut, open));
    const __m128i high = _mm_madd_epi16(_mm_unpackhi_epi16(now, wanted), _mm_unpackhi_epi16(shut, open));
    Store128(next + i, _mm_packs_epi32(_mm_srai_epi32(_mm_add_epi32(low, half), kGateBits),
                                       _mm_srai_epi32(_mm_add_epi32(high, half), kGateBits)));
  }
}

void AddRowsSse2(std::span<const int8_t* const> rows, size_t width, int16_t* sums) {
  for (size_t k = 0; k < width; k += 16) {
    __m128i low = _mm_setzero_si128(), high = _mm_setzero_si128();
    for (const int8_t* const row : rows) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(row + k));
      const __m128i signs = _mm_cmpgt_epi8(_mm_setzero_si128(), bytes);
      low = _mm_add_epi16(low, _mm_unpacklo_epi8(bytes, signs));
      high = _mm_add_epi16(high, _mm_unpackhi_epi8(bytes, signs));
    }
    Store128(sums + k, low);
    Store128(sums + k + 8, high);
  }
}

void RoundStatesSse2(const int16_t* states, int8_t* rounded, size_t count) {
  const __m128i half = _mm_set1_epi16(128);
  for (size_t i = 0; i < count; i += 16) {
    const __m128i low = _mm_srai_epi16(_mm_adds_epi16(Load128(states + i), half), 8);
    const __m128i high = _mm_srai_epi16(_mm_adds_epi16(Load128(states + i + 8), half), 8);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(rounded + i), _mm_packs_epi16(low, high));
  }
}

constexpr NetworkKernels kSse2 = {"sse2",         ProductSse2, OpenGatesSse2,  AdvanceSse2,
                                  BestMovesPlain, AddRowsSse2, RoundStatesSse2};

// ------------------------------------------------------------------ AVX2

#define NEWSGRAPH_AVX2 __attribute__((target("avx2")))

NEWSGRAPH_AVX2 inline __m256i Load256(const int16_t* place) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(place));
}
NEWSGRAPH_AVX2 inline __m256i Widen256(const int8_t* place) {
  return _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(place)));
}
NEWSGRAPH_AVX2 inline void Store256(int16_t* place, __m256i value) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(place), value);
}

// Six lanes: twelve sums, two weights and an input fill the registers, and the multiplier is what limits.
// Products of 16 bits, since AVX2 multiplies int8 into int16, which a second multiplication must widen: as
// many instructions for as many weights, with less of the state.
template <uint32_t kLanes>
NEWSGRAPH_AVX2 void ProductBlockAvx2(const int8_t* weights, const float* factors, uint32_t length, uint32_t block,
                                     const int16_t* const* inputs, const int16_t* const* addends,
                                     int16_t* const* outputs) {
  __m256i first[kLanes], second[kLanes];
#pragma GCC unroll 6
  for (uint32_t lane = 0; lane < kLanes; ++lane) first[lane] = second[lane] = _mm256_setzero_si256();
#pragma GCC unroll 2
  for (size_t i = 0; i < length; i += 2, weights += 2 * kBlock) {
    const __m256i first_pairs = Widen256(weights);
    const __m256i second_pairs = Widen256(weights + kBlock);
#pragma GCC unroll 6
    for (uint32_t lane = 0; lane < kLanes; ++lane) {
      int32_t two;
      std::memcpy(&two, inputs[lane] + i, sizeof two);
      const __m256i input = _mm256_set1_epi32(two);
      first[lane] = _mm256_add_epi32(first[lane], _mm256_madd_epi16(first_pairs, input));
      second[lane] = _mm256_add_epi32(second[lane], _mm256_madd_epi16(second_pairs, input));
      // Holds the sums in registers: left to itself, the compiler multiplies for all lanes before it adds.
      asm volatile("" : "+x"(first[lane]), "+x"(second[lane]));
    }
  }
  const __m256 first_factors = _mm256_loadu_ps(factors);
  const __m256 second_factors = _mm256_loadu_ps(factors + 8);
#pragma GCC unroll 6
  for (uint32_t lane = 0; lane < kLanes; ++lane) {
    const __m256i low = _mm256_cvtps_epi32(_mm256_mul_ps(_mm256_cvtepi32_ps(first[lane]), first_factors));
    const __m256i high = _mm256_cvtps_epi32(_mm256_mul_ps(_mm256_cvtepi32_ps(second[lane]), second_factors));
    Store256(outputs[lane] + block, _mm256_adds_epi16(_mm256_packs_epi32(low, high), Load256(addends[lane] + block)));
  }
}

NEWSGRAPH_AVX2 void ProductAvx2(const PackedMatrix& matrix, uint32_t first, uint32_t count,
                                const int16_t* const* inputs, const int16_t* const* addends, int16_t* const* outputs,
                                uint32_t lanes) {
  for (uint32_t block = first; block < first + count; block += kBlock) {
    const int8_t* const weights = matrix.weights.data() + static_cast<size_t>(block) * matrix.inputs;
    const float* const factors = matrix.factors.data() + block;
    for (uint32_t lane = 0; lane < lanes; lane += 6) {
      constexpr decltype(&ProductBlockAvx2<1>) kOfLanes[] = {ProductBlockAvx2<1>, ProductBlockAvx2<2>,
                                                             ProductBlockAvx2<3>, ProductBlockAvx2<4>,
                                                             ProductBlockAvx2<5>, ProductBlockAvx2<6>};
      kOfLanes[std::min(lanes - lane, 6u) - 1](weights, factors, matrix.inputs, block, inputs + lane, addends + lane,
                                               outputs + lane);
    }
  }
}

NEWSGRAPH_AVX2 inline __m256i UpperSigmoidAvx2(__m256i y) {
  __m256i lowest = _mm256_set1_epi16(kMostSigmoid);
#pragma GCC unroll 16
  for (const Line& line : kLines) {
    const __m256i value =
        _mm256_add_epi16(_mm256_mulhi_epi16(y, _mm256_set1_epi16(line.slope)), _mm256_set1_epi16(line.base));
    lowest = _mm256_min_epi16(lowest, value);
  }
  return lowest;
}

NEWSGRAPH_AVX2 inline __m256i MagnitudeAvx2(__m256i x) {
  return _mm256_max_epi16(x, _mm256_subs_epi16(_mm256_setzero_si256(), x));
}

NEWSGRAPH_AVX2 inline __m256i SigmoidAvx2(__m256i x) {
  const __m256i magnitude = MagnitudeAvx2(x);
  const __m256i upper = UpperSigmoidAvx2(_mm256_adds_epi16(magnitude, magnitude));
  const __m256i negative = _mm256_srai_epi16(x, 15);
  return _mm256_add_epi16(_mm256_sub_epi16(_mm256_xor_si256(upper, negative), negative),
                          _mm256_and_si256(negative, _mm256_set1_epi16(kOne)));
}

NEWSGRAPH_AVX2 inline __m256i TanhAvx2(__m256i x) {
  const __m256i magnitude = MagnitudeAvx2(x);
  const __m256i twice = _mm256_adds_epi16(magnitude, magnitude);
  const __m256i upper = UpperSigmoidAvx2(_mm256_adds_epi16(twice, twice));
  const __m256i tanh = _mm256_sub_epi16(_mm256_add_epi16(upper, upper), _mm256_set1_epi16(kOne));
  const __m256i negative = _mm256_srai_epi16(x, 15);
  return _mm256_sub_epi16(_mm256_xor_si256(tanh, negative), negative);
}

NEWSGRAPH_AVX2 void OpenGatesAvx2(const int16_t* gates, const int16_t* state, int16_t* update, int16_t* kept,
                                  uint32_t hidden) {
  for (uint32_t i = 0; i < hidden; i += 16) {
    Store256(update + i, SigmoidAvx2(Load256(gates + i)));
    const __m256i reset = SigmoidAvx2(Load256(gates + hidden + i));
    Store256(kept + i, _mm256_mulhi_epi16(_mm256_slli_epi16(reset, 2), Load256(state + i)));
  }
}

NEWSGRAPH_AVX2 void AdvanceAvx2(const int16_t* candidate, const int16_t* update, const int16_t* state, int16_t* next,
                                uint32_t hidden) {
  const __m256i half = _mm256_set1_epi32(kOne / 2);
  for (uint32_t i = 0; i < hidden; i += 16) {
    const __m256i wanted = _mm256_slli_epi16(TanhAvx2(Load256(candidate + i)), 2);
    const __m256i now = Load256(state + i);
    const __m256i open = Load256(update + i);
    const __m256i shut = _mm256_sub_epi16(_mm256_set1_epi16(kOne), open);
    const __m256i low = _mm256_madd_epi16(_mm256_unpacklo_epi16(now, wanted), _mm256_unpacklo_epi16(shut, open));
    const __m256i high = _mm256_madd_epi16(_mm256_unpackhi_epi16(now, wanted), _mm256_unpackhi_epi16(shut, open));
    Store256(next + i, _mm256_packs_epi32(_mm256_srai_epi32(_mm256_add_epi32(low, half), kGateBits),
                                          _mm256_srai_epi32(_mm256_add_epi32(high, half), kGateBits)));
  }
}

NEWSGRAPH_AVX2 void BestMovesAvx2(std::span<const int16_t> before, int16_t least, const int16_t* moves, int16_t* now,
                                  int16_t* back) {
  constexpr size_t kParts = kMoves / 16;
  __m256i best[kParts], source[kParts];
#pragma GCC unroll 4
  for (size_t part = 0; part < kParts; ++part) {
    best[part] = _mm256_set1_epi16(-32768);
    source[part] = _mm256_setzero_si256();
  }
  for (size_t from = 0; from < before.size(); ++from) {
    if (before[from] < least) continue;
    const __m256i start = _mm256_set1_epi16(before[from]), number = _mm256_set1_epi16(static_cast<int16_t>(from));
#pragma GCC unroll 4
    for (size_t part = 0; part < kParts; ++part) {
      const __m256i score = _mm256_add_epi16(start, Load256(moves + from * kMoves + 16 * part));
      source[part] = _mm256_blendv_epi8(source[part], number, _mm256_cmpgt_epi16(score, best[part]));
      best[part] = _mm256_max_epi16(best[part], score);
    }
  }
#pragma GCC unroll 4
  for (size_t part = 0; part < kParts; ++part) {
    Store256(now + 16 * part, best[part]);
    Store256(back + 16 * part, source[part]);
  }
}

// Three times 16 sums together: the eleven types of names.
NEWSGRAPH_AVX2 void AddRowsAvx2(std::span<const int8_t* const> rows, size_t width, int16_t* sums) {
  size_t k = 0;
  for (; k + 48 <= width; k += 48) {
    __m256i parts[3] = {_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256()};
    for (const int8_t* const row : rows) {
#pragma GCC unroll 3
      for (size_t part = 0; part < 3; ++part) {
        parts[part] = _mm256_add_epi16(parts[part], Widen256(row + k + 16 * part));
      }
    }
#pragma GCC unroll 3
    for (size_t part = 0; part < 3; ++part) Store256(sums + k + 16 * part, parts[part]);
  }
  for (; k < width; k += 16) {
    __m256i part = _mm256_setzero_si256();
    for (const int8_t* const row : rows) part = _mm256_add_epi16(part, Widen256(row + k));
    Store256(sums + k, part);
  }
}

constexpr NetworkKernels kAvx2 = {"avx2",        ProductAvx2, OpenGatesAvx2,  AdvanceAvx2,
                                  BestMovesAvx2, AddRowsAvx2, RoundStatesSse2};

#endif  // defined(__x86_64__)

}  // namespace

PackedMatrix::PackedMatrix(std::span<const int8_t> values, std::span<const float> row_factors)
    : outputs(static_cast<uint32_t>(row_factors.size())),
      inputs(static_cast<uint32_t>(values.size() / row_factors.size())) {
  assert(outputs % kBlock == 0 && inputs % 2 == 0 && inputs <= 512 && values.size() == row_factors.size() * inputs);
  weights.reserve(values.size());
  for (uint32_t block = 0; block < outputs; block += kBlock) {
    for (const uint8_t output : kOutputOrder) factors.push_back(row_factors[block + output]);
    for (uint32_t i = 0; i < inputs; i += 2) {
      for (const uint8_t output : kOutputOrder) {
        const size_t place = static_cast<size_t>(block + output) * inputs + i;
        weights.push_back(values[place]);
        weights.push_back(values[place + 1]);
      }
    }
  }
}

const NetworkKernels& PlainKernels() { return kPlain; }

std::vector<const NetworkKernels*> ListKernels() {
  std::vector<const NetworkKernels*> kernels = {&kPlain};
#if defined(__x86_64__)
  kernels.push_back(&kSse2);
  if (__builtin_cpu_supports("avx2")) kernels.push_back(&kAvx2);
#endif
  return kernels;
}

const NetworkKernels& FastestKernels() {
  static const NetworkKernels& fastest = *ListKernels().back();
  return fastest;
}

int16_t SigmoidOf(int16_t x) {
  const int32_t upper = UpperSigmoid(std::min(2 * Magnitude(x), 32767));
  return static_cast<int16_t>(x < 0 ? kOne - upper : upper);
}

int16_t TanhOf(int16_t x) {
  const int32_t upper = 2 * UpperSigmoid(std::min(2 * std::min(2 * Magnitude(x), 32767), 32767)) - kOne;
  return static_cast<int16_t>(x < 0 ? -upper : upper);
}

}  // namespace newsgraph
