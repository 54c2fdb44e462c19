// The tags of a chain of tokens: O for what is in no name, and for each type B I E where a name of several tokens
// begins, goes on and ends, S for one of a single token. Private to sequence_model.
//
// The best coherent sequence is that of Viterbi, the probability of a name that of forward and backward sums
// (Rabiner: A tutorial on hidden Markov models, 1989). Scores are integers, the exponentials come from a table of
// rounded numbers, and sums run in the order of the tags: results are equal on every machine.
#ifndef NEWSGRAPH_INGEST_TAGGER_TAG_CHAIN_H_
#define NEWSGRAPH_INGEST_TAGGER_TAG_CHAIN_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/model.h"

namespace newsgraph {

// A name in a sentence.
struct TaggedSpan {
  uint32_t first = 0, last = 0;  // tokens, both inclusive
  EntityType type = EntityType::kUnknown;
  float probability = 0;  // of exactly this span and type, 0 to 1
};

// Immutable; safe from any thread.
class TagChain {
 public:
  static constexpr size_t kMostTypes = 31;
  static constexpr size_t CountOf(size_t types) { return 1 + 4 * types; }  // tags: O, then B I E S of each type

  // Memory that is used again; one a thread.
  struct Scratch {
    std::vector<uint8_t> back, sure;
    std::vector<int32_t> gain;
    std::vector<float> local, alpha, beta;
  };

  // `transitions`: [from, to]. `unit`: one of the scores, in logits; above 0. At most kMostTypes types.
  TagChain(std::vector<EntityType> types, std::span<const int16_t> transitions, float unit);

  size_t tags() const { return CountOf(types_.size()); }

  // The names of the best sequence, by place. `scores`: of each token, `width` of them, the first of which are the
  // tags'. REQUIRES: at least one token.
  void FindNames(std::span<const int32_t> scores, size_t width, Scratch& scratch, std::vector<TaggedSpan>& names) const;

 private:
  float Exponential(int32_t below) const;
  void FindSure(std::span<const int32_t> scores, size_t width, Scratch& scratch) const;
  void FindProbabilities(std::span<const int32_t> scores, size_t width, Scratch& scratch,
                         std::vector<TaggedSpan>& names) const;

  std::vector<EntityType> types_;
  std::vector<float> exponentials_;  // of -i units
  // Between names: from any tag that ends one (O E S) to any that begins one (O B S), both by tag.
  std::vector<uint8_t> ends_, begins_;
  size_t width_ = 0;  // of the rows of moves, one for each of ends_; what is padded never wins
  std::vector<int32_t> moves_, least_, most_;
  // The most that a move from O into a name, out of one to O, and inside of one or from name to name is worth more than
  // one from O to O.
  int32_t enter_ = 0, leave_ = 0, stay_ = 0;
  std::vector<float> forward_, backward_;  // exponentials of the moves: [end, begin], [begin, end]
  // Inside of a name: B to I, I to I, B to E, I to E of each type.
  std::vector<int32_t> inner_moves_;
  std::vector<float> inner_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TAGGER_TAG_CHAIN_H_
