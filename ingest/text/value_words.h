// The words that make a number a value: units, currencies, classifiers, nouns that are counted, words of
// approximation. Tables of data (value_words.cc), folded; to read another unit is to add a row.
#ifndef NEWSGRAPH_INGEST_TEXT_VALUE_WORDS_H_
#define NEWSGRAPH_INGEST_TEXT_VALUE_WORDS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace newsgraph {

// What may be said of a word.
enum ValueWordFlag : uint8_t {
  kTimeUnit = 1,       // a length of time: what 未来 and "next" take
  kMeasure = 2,        // measures rather than counts: a value with any numeral (三公里), also with half of one
  kFromOne = 4,        // with the numeral one too (一年)
  kCounted = 8,        // counts like a measure: children (三個女兒)
  kTimeOnly = 16,      // of approximators: only before lengths of time
  kSigned = 32,        // may be negative
  kNoClassifier = 64,  // a noun that follows digits directly (260员工)
  kItself = 128        // of classifiers: what is counted, whatever noun follows (113席立委)
};

struct ValueWord {
  std::u32string_view word;
  std::string_view unit;  // the precision, of approximators
  uint8_t flags = 0;
  std::u32string_view not_before = {};  // one of these behind it makes it another word (台湾, 国家)
};

// Finds the longest of its words at the beginning of a text.
class ValueWordTable {
 public:
  explicit ValueWordTable(std::span<const ValueWord> words);

  // Whole words only, where they are in Latin letters; nullptr for none.
  const ValueWord* Longest(std::u32string_view text) const;
  // The word that is exactly this.
  const ValueWord* Find(std::u32string_view word) const;
  std::span<const ValueWord* const> words() const { return words_; }

 private:
  static constexpr char32_t kBuckets = 256;

  std::vector<const ValueWord*> words_;             // by first code point, longer first
  std::array<uint16_t, kBuckets + 1> bucket_of_{};  // of the last bits of that: where in by_bucket_ its words begin
  std::vector<const ValueWord*> by_bucket_;
};

// All are built once and live for ever.
struct ValueWords {
  ValueWordTable about_before;     // 约, 超过; "more than "
  ValueWordTable about_behind;     // 左右, 以上; " or so"
  ValueWordTable currency_before;  // 新台币, nt$
  ValueWordTable currency_behind;  // 美元; dollars
  ValueWordTable percent_behind;   // %, 个百分点; percent
  ValueWordTable chinese_measures;
  ValueWordTable classifiers;  // their unit is what they count where no noun says it; may be empty
  ValueWordTable modifiers;    // between classifier and noun
  ValueWordTable chinese_nouns;
  ValueWordTable symbols;        // GW, nm: behind digits in any language
  ValueWordTable english_units;  // in the singular
};
const ValueWords& GetValueWords();

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_VALUE_WORDS_H_
