// Tables that the tagger's features look words up in, as hashes: names of the world with their class,
// and the classes that words fall into by the company they keep.
#ifndef NEWSGRAPH_INGEST_TAGGER_NAME_TABLE_H_
#define NEWSGRAPH_INGEST_TAGGER_NAME_TABLE_H_

#include <cstdint>
#include <numeric>
#include <span>
#include <string_view>
#include <vector>

namespace newsgraph {

// FNV-1a over code points, as tools/train/tables.py has it.
constexpr uint64_t kHashSeed = 0xcbf29ce484222325ull;
constexpr uint64_t ExtendHash(uint64_t hash, char32_t c) { return (hash ^ c) * 0x100000001b3ull; }
constexpr uint64_t HashOfWord(std::u32string_view word) {
  uint64_t hash = kHashSeed;
  for (const char32_t c : word) hash = ExtendHash(hash, c);
  return hash;
}

// Sorted hashes, the upper 32 bits of HashOfWord, and a value for each. Immutable; safe from any thread.
template <typename Value>
class WordTable {
 public:
  WordTable() = default;
  WordTable(std::span<const uint32_t> hashes, std::span<const Value> values)
      : hashes_(hashes), values_(values), present_(kPresentBits / 64), begins_(kBuckets + 1) {
    for (const uint32_t hash : hashes) {
      present_[hash % kPresentBits / 64] |= uint64_t{1} << hash % 64;
      ++begins_[BucketOf(hash) + 1];
    }
    std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
  }

  // 0 for a word that is not there. `hash` is a HashOfWord.
  Value Find(uint64_t hash) const {
    const auto key = static_cast<uint32_t>(hash >> 32);
    if (hashes_.empty() || ((present_[key % kPresentBits / 64] >> key % 64) & 1) == 0) return Value{};
    for (uint32_t at = begins_[BucketOf(key)]; at < begins_[BucketOf(key) + 1]; ++at) {
      if (hashes_[at] == key) return values_[at];
    }
    return Value{};
  }
  bool empty() const { return hashes_.empty(); }

 private:
  static constexpr size_t kPresentBits = 1 << 20;  // most words are none of the table's
  static constexpr size_t kBuckets = 1 << 16;      // of about one hash each
  static size_t BucketOf(uint32_t hash) { return hash >> 16; }

  std::span<const uint32_t> hashes_;
  std::span<const Value> values_;
  std::vector<uint64_t> present_;
  std::vector<uint32_t> begins_;  // of each bucket in hashes_
};

using NameTable = WordTable<int8_t>;     // class of a name
using WordClasses = WordTable<int16_t>;  // path in a binary tree of words

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TAGGER_NAME_TABLE_H_
