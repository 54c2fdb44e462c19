// The loops of the tagger that take the time, in one version for each instruction set. All
// versions give the same bits: sums are integers, and the one multiplication in float that scales a sum is
// rounded once. recurrent_network.h says how they fit together.
#ifndef NEWSGRAPH_INGEST_TAGGER_NETWORK_KERNELS_H_
#define NEWSGRAPH_INGEST_TAGGER_NETWORK_KERNELS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace newsgraph {

// Fixed point: how many of the 16 bits stand behind the point.
inline constexpr int kStateBits = 15;       // states, ±1
inline constexpr int kKeptBits = 14;        // states that the reset gate let through
inline constexpr int kActivationBits = 11;  // what goes into a sigmoid or tanh, ±16
inline constexpr int kGateBits = 13;        // what comes out
inline constexpr int kEmbeddingBits = 10;   // character embeddings, ±32

// Outputs and states are multiples of this.
inline constexpr uint32_t kBlock = 16;

// How many rows one call of `product` takes at most.
inline constexpr uint32_t kMostLanes = 12;

// How many tags `best_moves` moves to.
inline constexpr size_t kMoves = 64;

// A matrix of int8 laid out as `product` walks it: blocks of 16 outputs; in a block, for each pair of
// inputs, 16 times the two weights of one output, the outputs in kOutputOrder. That order makes what AVX2
// packs from two registers come out in order.
struct PackedMatrix {
  static constexpr uint8_t kOutputOrder[kBlock] = {0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 12, 13, 14, 15};

  // values: [outputs, inputs] row by row; factors: one for each output. REQUIRES: outputs a multiple of 16,
  // inputs of 2 and at most 512.
  PackedMatrix(std::span<const int8_t> values, std::span<const float> factors);

  uint32_t outputs;
  uint32_t inputs;
  std::vector<int8_t> weights;
  std::vector<float> factors;  // in the order of the weights
};

// No function looks at what another thread writes; all are safe from any thread.
struct NetworkKernels {
  const char* name;  // "avx2"

  // out[lane][o] = addend[lane][o] + round(factor[o] · Σ weight[o][i] · input[lane][i]), the product and the
  // sum each held within int16, for the outputs from `first` on. Rounds to the nearest, ties to even.
  // REQUIRES: first and count multiples of 16, lanes at most kMostLanes, |factor · Σ| below 2^31.
  void (*product)(const PackedMatrix& matrix, uint32_t first, uint32_t count, const int16_t* const* inputs,
                  const int16_t* const* addends, int16_t* const* outputs, uint32_t lanes);

  // update[i] = sigmoid(gates[i]); kept[i] = sigmoid(gates[hidden + i]) · state[i].
  void (*open_gates)(const int16_t* gates, const int16_t* state, int16_t* update, int16_t* kept, uint32_t hidden);

  // next[i] = (1 - update[i]) · state[i] + update[i] · tanh(candidate[i]), rounded.
  void (*advance)(const int16_t* candidate, const int16_t* update, const int16_t* state, int16_t* next,
                  uint32_t hidden);

  // now[to] = max over from of before[from] + moves[from][to], and back[to] from which: the lowest of equals, and 0
  // where there is none. What is below `least` is left out. REQUIRES: no sum leaves int16.
  void (*best_moves)(std::span<const int16_t> before, int16_t least, const int16_t* moves, int16_t* now, int16_t* back);

  // sums[k] = Σ rows[i][k]. REQUIRES: width a multiple of 16, at most 256 rows.
  void (*add_rows)(std::span<const int8_t* const> rows, size_t width, int16_t* sums);

  // States with 7 bits behind the point instead of 15, rounded. REQUIRES: count a multiple of 16.
  void (*round_states)(const int16_t* states, int8_t* rounded, size_t count);
};

// Plain C++, for machines without the others and as their reference.
const NetworkKernels& PlainKernels();
// Every version that this machine can run, slowest first; the first is PlainKernels().
std::vector<const NetworkKernels*> ListKernels();
// The fastest of them, chosen once.
const NetworkKernels& FastestKernels();

// sigmoid(x) and tanh(x) of x with kActivationBits, as every version computes them, with kGateBits. At most
// 0.0009 and 0.0017 from the real functions.
int16_t SigmoidOf(int16_t x);
int16_t TanhOf(int16_t x);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TAGGER_NETWORK_KERNELS_H_
