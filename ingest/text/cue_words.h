// The words around names (ingest/data/cues.tsv), marked in a text in one pass.
#ifndef NEWSGRAPH_INGEST_TEXT_CUE_WORDS_H_
#define NEWSGRAPH_INGEST_TEXT_CUE_WORDS_H_

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "ingest/text/folded_text.h"
#include "ingest/text/name_trie.h"

namespace newsgraph {

// Bits, because a word may be of several kinds.
enum Cue : uint32_t {
  kBreak = 1u << 0,          // no name runs across it
  kSpeech = 1u << 1,         // a verb of speech
  kOrgAfter = 1u << 2,       // stands behind organisations
  kOrgBefore = 1u << 3,      // stands before them
  kOrgNoun = 1u << 4,        // a class noun: company, agency
  kProductNoun = 1u << 5,    // a class noun: model, chip, app
  kProductBefore = 1u << 6,  // launched, uses
  kPersonBefore = 1u << 7,   // kin and roles
  kPersonAfter = 1u << 8,
  kPlaceBefore = 1u << 9,
  kPlain = 1u << 10,    // no name, nor the first part of one
  kOrgTail = 1u << 11,  // last word of an English organisation's name
  kOrgHead = 1u << 12,  // its first word, before "of"
  kPlaceTail = 1u << 13,
  kPlaceHead = 1u << 14,
  kEventTail = 1u << 15,
  kLawTail = 1u << 16,
  kPersonVerb = 1u << 18,  // what only a person does
  kAction = 1u << 17,      // a verb that ends a name but may stand inside that of an authority
};

// The longest cue word that begins, or ends, at a position.
struct CueMark {
  uint32_t kinds : 24 = 0;
  uint32_t length : 8 = 0;  // of code points
};

struct CueMarks {
  std::vector<CueMark> begins;  // by position
  std::vector<CueMark> ends;    // by position behind the word; one longer than the text
};

// Immutable after loading; safe from any thread.
class CueWords {
 public:
  // InvalidArgument: file and line of a malformed row or an unknown kind.
  static absl::StatusOr<CueWords> Load(const std::filesystem::path& file);

  // Another word; before the first Mark.
  void Add(std::u32string_view folded_word, uint32_t kinds) { trie_.Insert(folded_word) |= kinds; }

  // Latin words only where they stand alone.
  CueMarks Mark(const FoldedText& text) const;
  // Of one folded word; 0 for none.
  uint32_t KindsOf(std::u32string_view word) const;

 private:
  NameTrie trie_;  // values: kinds
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_CUE_WORDS_H_
