// Names that are known before a text is read: entries with their names in all
// scripts, found in folded text in one pass.
#ifndef NEWSGRAPH_INGEST_TEXT_LEXICON_H_
#define NEWSGRAPH_INGEST_TEXT_LEXICON_H_

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/model.h"
#include "ingest/text/analysis.h"
#include "ingest/text/name_trie.h"

namespace newsgraph {

// One row of ingest/data/lexicon/*.tsv (its README.md says what the columns mean).
struct LexiconEntry {
  std::string id;
  EntityType type = EntityType::kUnknown;
  std::string subtype;
  std::string occupation;  // the first of its classes
  std::string wikidata;
  std::string name;      // to show: the first Traditional Chinese, else the first
  int32_t context = -1;  // of an ambiguous one: the words that speak for it, shared by all that name the same; else -1
  std::string relation;  // of a POSITION: the relation it implies
};

// How a name stands for its entry.
enum class LexiconForm : uint8_t {
  kFull = 0,
  kShort = 1,         // needs support from the document
  kAbbreviation = 2,  // one character of a headline: 美 for the United States
};

struct LexiconHit {
  Range range;
  int32_t entry = -1;
  LexiconForm form = LexiconForm::kFull;
};

// What one pass over a text finds.
struct LexiconHits {
  std::vector<LexiconHit> names;  // by begin, longer first, then entry; they overlap
  std::vector<bool> contexts;     // by LexiconEntry::context: one of its words stands in the text

  bool HasContextOf(const LexiconEntry& entry) const {
    return entry.context >= 0 && contexts[static_cast<size_t>(entry.context)];
  }
};

// Immutable after loading; safe from any thread.
class Lexicon {
 public:
  // Every .tsv of the folder whose header line begins with the column "id", then
  // `more`, without the entries whose id is in `excluded`. InvalidArgument: file and line
  // of the first malformed row, an unknown type, an id that is there already.
  static absl::StatusOr<Lexicon> Load(const std::filesystem::path& directory,
                                      const std::vector<std::filesystem::path>& more,
                                      const std::set<std::string>& excluded = {});

  size_t size() const { return entries_.size(); }
  const LexiconEntry& entry(int32_t index) const { return entries_[static_cast<size_t>(index)]; }
  int32_t Find(std::string_view id) const;  // -1 for none

  // The entries of a whole name, short ones among them, ascending. One-character abbreviations
  // of headlines are no names.
  std::vector<int32_t> FindName(std::string_view name) const;

  // Every name that stands on word boundaries (Latin) or anywhere (Han). A Latin name
  // must be written with the capitals it needs to be a name.
  LexiconHits FindAll(const FoldedText& text) const;

 private:
  enum class Letters : uint8_t { kAny, kFirstUpper, kAllUpper };
  struct Use {  // of a word as a name
    int32_t entry = -1;
    LexiconForm form = LexiconForm::kFull;
    Letters letters = Letters::kAny;
  };
  // Where the uses of a word begin; those of the next one begin where they end.
  struct Word {
    uint32_t names = 0, contexts = 0;
  };
  class Builder;  // holds what is loaded until all is there

  std::vector<LexiconEntry> entries_;
  std::unordered_map<std::string, int32_t> by_id_;
  size_t contexts_ = 0;  // how many there are
  NameTrie trie_;        // values: 1 + index into words_
  std::vector<Word> words_;
  std::vector<Use> names_;               // of a word by entry
  std::vector<uint32_t> context_words_;  // which contexts a word is of
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_LEXICON_H_
