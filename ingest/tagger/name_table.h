// Tables that the tagger's features look words up in, as hashes: names of the world with their class,
// and the classes that words fall into by the company they keep.
#ifndef NEWSGRAPH_INGEST_TAGGER_NAME_TABLE_H_
#define NEWSGRAPH_INGEST_TAGGER_NAME_TABLE_H_

#include <algorithm>
#include <cstdint>
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

// Sorted hashes, the upper 32 bits of HashOfWord, and one byte for each. Immutable; safe from any thread.
template <typename Value>
class WordTable {
 public:
  WordTable() = default;
  WordTable(std::span<const uint32_t> hashes, std::span<const Value> values)
      : hashes_(hashes), values_(values), present_(kPresentBits / 64) {
    for (const uint32_t hash : hashes) present_[hash % kPresentBits / 64] |= uint64_t{1} << hash % 64;
  }

  // 0 for a word that is not there. `hash` is a HashOfWord.
  Value Find(uint64_t hash) const {
    const auto key = static_cast<uint32_t>(hash >> 32);
    // Hashes are spread evenly, so that the first guess is close.
    const size_t count = hashes_.size();
    if (count == 0 || ((present_[key % kPresentBits / 64] >> key % 64) & 1) == 0) return Value{};
    size_t at = static_cast<size_t>((static_cast<uint64_t>(key) * count) >> 32);
    while (at > 0 && hashes_[at] > key) --at;
    while (at < count && hashes_[at] < key) ++at;
    return at < count && hashes_[at] == key ? values_[at] : Value{};
  }
  bool empty() const { return hashes_.empty(); }

 private:
  static constexpr size_t kPresentBits = 1 << 20;  // most words are none of the table's

  std::span<const uint32_t> hashes_;
  std::span<const Value> values_;
  std::vector<uint64_t> present_;
};

using NameTable = WordTable<int8_t>;     // class of a name
using WordClasses = WordTable<int16_t>;  // path in a binary tree of words

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TAGGER_NAME_TABLE_H_
