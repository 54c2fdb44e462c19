// A linear chain over the tokens of a sentence: which of them are names, and of what type.
//
// The score of a tag at a token is the sum of the weights of the token's features; where the model has a network,
// the tags that the network was first trained for (its own words and names) give features too. Lafferty, McCallum,
// Pereira: Conditional random fields (2001); tag_chain.h finds the best sequence. Scores are integers, so that names
// and probabilities are equal on every machine.
//
// Sections of the weight file, beside those of the network (README.md):
//   tags.types        int8 [types, 16]: their names, zero-padded. Tag 0 is O, then B I E S of each type
//   features.hashes   uint32 [F]: upper halves of the features' hashes, ascending
//   features.weights  int8 [F, tags]
//   transitions       int16 [tags, tags]: from, to
//   score.unit        float32 [1]: one of the integers, in logits
//   network.vocabulary uint32 [C, 2]: code point, row; ascending
//   base.weights      int8 [T, states] · base.scale, base.bias float32 [T]: its own tags, real per state of 1/128
//   base.transitions  float32 [T + 2, T]: into the first tag, out of the last, from each to each
#ifndef NEWSGRAPH_INGEST_TAGGER_SEQUENCE_MODEL_H_
#define NEWSGRAPH_INGEST_TAGGER_SEQUENCE_MODEL_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "ingest/tagger/network_kernels.h"
#include "ingest/tagger/recurrent_network.h"
#include "ingest/tagger/tag_chain.h"
#include "ingest/tagger/token_features.h"
#include "ingest/tagger/weight_file.h"

namespace newsgraph {

// One sentence to be tagged.
struct TaggerSentence {
  const SentenceFeatures* features = nullptr;
  std::u32string_view folded;  // of the sentence
  uint32_t begin = 0;          // where it begins in the text that the tokens count in
};

// Immutable; safe from any thread.
class SequenceModel {
 public:
  // Memory that is used again; one a thread.
  struct Scratch {
    RecurrentNetwork::Scratch network;
    std::vector<std::vector<uint32_t>> rows;
    std::vector<std::span<const uint32_t>> row_spans;
    std::vector<int8_t> states;
    std::vector<int32_t> scores;
    std::vector<int16_t> wide, base_scores, base_back;
    std::vector<uint8_t> base_tags, base_first, base_last;
    AddedFeatures added;
    TagChain::Scratch chain;
  };

  // Copies what it needs of the file. Errors as of WeightFile, and for sections that do not fit each other.
  static absl::StatusOr<SequenceModel> Load(const WeightFile& file);

  // Other features than these change nothing.
  const KnownFeatures& known() const { return known_; }

  // The names of each sentence, by place; `spans` is as long as `sentences`.
  void Tag(std::span<const TaggerSentence> sentences, Scratch& scratch,
           std::vector<std::vector<TaggedSpan>>& spans) const;

 private:
  explicit SequenceModel(KnownFeatures known) : known_(std::move(known)) {}
  void AddFeatures(std::span<const uint64_t> hashes, std::span<const uint32_t> begins,
                   std::vector<int32_t>& scores) const;
  void FindBaseTags(const TaggerSentence& sentence, const int8_t* states, Scratch& scratch) const;
  uint32_t RowOf(char32_t c) const;

  std::optional<TagChain> chain_;
  size_t width_ = 0;  // its tags rounded up to 16
  struct Slot {
    uint32_t key = 0;  // the feature's hash
    uint32_t row = 0;  // 1 + its row; 0 is free
  };
  std::vector<Slot> slots_;  // open addressing
  KnownFeatures known_;
  // A row is looked up for each feature of each token and mostly not in the cache: each begins a line of it.
  struct alignas(64) Line {
    int8_t weights[64];
  };
  std::vector<Line> weights_;  // lines_ for each feature
  size_t lines_ = 0;
  std::optional<RecurrentNetwork> network_;
  std::vector<uint32_t> vocabulary_;  // row by code point of the first plane
  size_t base_tags_ = 0;
  std::optional<PackedMatrix> base_weights_;
  std::vector<int16_t> base_bias_, base_start_, base_end_;
  std::vector<int16_t> base_transitions_;  // [from, kMostBaseTags]
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TAGGER_SEQUENCE_MODEL_H_
