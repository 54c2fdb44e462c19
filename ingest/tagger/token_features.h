// What the tagger looks at: the tokens of a sentence, and for each of them features as 64-bit
// hashes: its words and shapes, what the lexicon, the cue words and the rules say of it.
//
// Training reads the same hashes (ingest/tagger_training.h), so the two cannot drift apart. Whoever
// changes a template trains the weights again.
#ifndef NEWSGRAPH_INGEST_TAGGER_TOKEN_FEATURES_H_
#define NEWSGRAPH_INGEST_TAGGER_TOKEN_FEATURES_H_

#include <cstdint>
#include <span>
#include <vector>

#include "ingest/tagger/name_table.h"
#include "ingest/text/name_scene.h"

namespace newsgraph {

// A Han character, a run of Latin letters, a run of digits, or one character of anything else;
// white space is none.
struct Token {
  Range range;
  bool spaced = false;  // white space stands before it
};

std::vector<Token> Tokenize(const FoldedText& text, Range sentence);

// Which features a model has weights for, and a few that it has none for: most of what can be said of a token is
// nothing to the model, and goes no further.
class KnownFeatures {
 public:
  static KnownFeatures All() { return KnownFeatures(~uint64_t{0}); }
  // `hashes` are the upper halves.
  explicit KnownFeatures(std::span<const uint32_t> hashes) : KnownFeatures(uint64_t{0}) {
    for (const uint32_t hash : hashes) bits_[hash % kBits / 64] |= uint64_t{1} << hash % 64;
  }
  bool MayHave(uint64_t feature) const {
    const auto hash = static_cast<uint32_t>(feature >> 32);
    return ((bits_[hash % kBits / 64] >> hash % 64) & 1) != 0;
  }

 private:
  static constexpr size_t kBits = 1 << 21;  // 256 kB
  explicit KnownFeatures(uint64_t word) : bits_(kBits / 64, word) {}
  std::vector<uint64_t> bits_;
};

// Features of one sentence, flat: those of token i are hashes[begins[i] .. begins[i + 1]].
struct SentenceFeatures {
  std::vector<Token> tokens;
  std::vector<uint64_t> words;  // HashOfWord of each token
  std::vector<uint64_t> hashes;
  std::vector<uint32_t> begins;
};

// What a base network's tag of each token, and of those beside it, adds to a sentence's features: `tags` of the
// first and of the last character of each token. `added` as `features.hashes` with its own begins.
struct AddedFeatures {
  std::vector<uint64_t> hashes;
  std::vector<uint32_t> begins;
};
void ExtractTagFeatures(const SentenceFeatures& features, std::span<const uint8_t> first, std::span<const uint8_t> last,
                        const KnownFeatures& known, AddedFeatures& added);

// `chosen` are the names and values that the rules have chosen, by begin, not crossing.
// Reuses the memory of `features`.
void ExtractTokenFeatures(const Scene& scene, const Sentence& sentence, std::span<const Proposal> chosen,
                          const NameTable& names, const WordClasses& words, const KnownFeatures& known,
                          SentenceFeatures& features);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TAGGER_TOKEN_FEATURES_H_
