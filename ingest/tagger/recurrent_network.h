// The recurrent network of the tagger: characters → states that know their sentence.
//
//   NEWSGRAPH_ASSIGN_OR_RETURN(const RecurrentNetwork network, RecurrentNetwork::Load(file));
//   RecurrentNetwork::Scratch scratch;                       // one a thread, used again
//   network.Run(sentences, scratch, states);                 // state_width() int8 a character
//
// An embedding, then layers of two gated recurrences each, one from the left and one from the right, whose
// states together are the input of the next layer. With x the input and h the state before (zeros first):
//
//   u = σ(x·Wu + bu + h·Ru)   r = σ(x·Wr + br + h·Rr)   c = tanh(x·Wc + bc + (r∘h)·Rc)   h' = (1-u)∘h + u∘c
//
// Everything is integers, so that the states are equal bit for bit on every instruction set, in every
// batch and on every thread. A value v with b bits behind the point stands as v·2^b in 16 bits, and every
// sum that leaves 16 bits is held at their end. In order:
//
//   embedding    int8 · scale of its row, rounded to 10 bits, held
//   product      Σ int8 weight · 16-bit input in 32 bits, exact; as float times one factor (the scale of
//                its output and the change of points), rounded to the nearest with ties to even, to 11 bits
//   x·W + b      product, held, + b (rounded to 11 bits), held
//   + h·R        product, held, + that, held: 11 bits
//   σ, tanh      of 11 bits, by straight lines (network_kernels.cc), 13 bits
//   r∘h          4·r · h >> 16: 14 bits
//   h'           ((8192 - u)·h + u·4c + 4096) >> 13: 15 bits
//   a state out  (h + 128, held) >> 8: int8, 1/128 its unit
#ifndef NEWSGRAPH_INGEST_TAGGER_RECURRENT_NETWORK_H_
#define NEWSGRAPH_INGEST_TAGGER_RECURRENT_NETWORK_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ingest/tagger/network_kernels.h"
#include "ingest/tagger/weight_file.h"

namespace newsgraph {

// The network as it was trained: plain values, a real one each int8 times the scale of its row.
struct NetworkWeights {
  struct Matrix {  // a row an output
    std::vector<int8_t> values;
    std::vector<float> scales;
  };
  struct Direction {
    Matrix input;      // [3 hidden, width or 2 hidden]: update, reset, candidate
    Matrix recurrent;  // [3 hidden, hidden]
    std::vector<float> bias;
  };
  struct Layer {
    Direction forward;
    Direction backward;
  };

  uint32_t rows = 0;    // of the vocabulary
  uint32_t width = 0;   // of the embedding: a multiple of 16 up to 512
  uint32_t hidden = 0;  // states of a direction: a multiple of 16 up to 256
  Matrix embedding;     // [rows, width]; row 0 is the unknown character
  std::vector<Layer> layers;

  // From the sections that README.md lists. NotFound or InvalidArgument as WeightFile has them, also for
  // values that Check refuses.
  static absl::StatusOr<NetworkWeights> Read(const WeightFile& file);

  // Sizes that fit each other, scales within 0 … 0.5, embeddings within ±32, finite biases.
  // InvalidArgument names the matrix by its section.
  absl::Status Check() const;
};

// Const and safe from any thread; the projections of characters into the first layer are computed once each,
// when first seen, and kept: 12·hidden bytes for each different character (1,536 with 128 states).
class RecurrentNetwork {
 public:
  // What Run works in: memory that is used again. One for each thread.
  class Scratch {
    friend class RecurrentNetwork;
    std::vector<uint32_t> order_;
    std::vector<int16_t> inputs_, outputs_, projections_, gates_, update_, kept_;
  };

  static absl::StatusOr<RecurrentNetwork> Load(const WeightFile& file);
  // Of weights in memory, on the given instruction set. InvalidArgument as NetworkWeights::Check.
  static absl::StatusOr<RecurrentNetwork> Make(const NetworkWeights& weights,
                                               const NetworkKernels& kernels = FastestKernels());
  ~RecurrentNetwork();
  RecurrentNetwork(RecurrentNetwork&&) noexcept;
  RecurrentNetwork& operator=(RecurrentNetwork&&) noexcept;

  uint32_t rows() const { return rows_; }
  // int8 a character: the states from the left, then those from the right.
  uint32_t state_width() const { return 2 * hidden_; }
  // Of a character whose projection is kept.
  uint64_t multiply_adds() const;

  // Appends state_width() values for each character, sentence after sentence as given. A sentence is rows of
  // the vocabulary, one a character; a row that there is not counts as 0. Sentences of like length run side
  // by side, so many in one call are quicker than many calls; the states are the same.
  void Run(std::span<const std::span<const uint32_t>> sentences, Scratch& scratch, std::vector<int8_t>& states) const;

 private:
  struct Direction {
    PackedMatrix input;
    PackedMatrix recurrent;
    std::vector<int16_t> bias;
  };
  struct Layer {
    Direction forward;
    Direction backward;
  };
  struct Lane;
  class Projections;

  RecurrentNetwork(const NetworkWeights& weights, const NetworkKernels& kernels);
  void RunBatch(std::span<const std::span<const uint32_t>> sentences, std::span<const uint32_t> batch,
                std::span<const size_t> places, Scratch& scratch, int8_t* states) const;
  void RunDirection(const Direction& direction, bool backward, std::span<const Lane> lanes, Scratch& scratch) const;

  uint32_t rows_;
  uint32_t hidden_;
  const NetworkKernels* kernels_;
  std::vector<Layer> layers_;
  std::unique_ptr<Projections> projections_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TAGGER_RECURRENT_NETWORK_H_
