// Names that are known before a text is read: entries with their names in all
// scripts, found in folded text in one pass.
#ifndef NEWSGRAPH_INGEST_TEXT_LEXICON_H_
#define NEWSGRAPH_INGEST_TEXT_LEXICON_H_

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/model.h"
#include "ingest/text/analysis.h"

namespace newsgraph {

// One row of ingest/data/lexicon/*.tsv (its README.md says what the columns mean).
struct LexiconEntry {
  std::string id;
  EntityType type = EntityType::kUnknown;
  std::string subtype;
  std::string occupation;
  std::string wikidata;
  std::string name;                  // to show: the first Traditional Chinese, else the first
  std::vector<std::string> context;  // folded words that speak for it; not empty: ambiguous
  std::string relation;              // of a POSITION: the relation it implies
};

struct LexiconHit {
  Range range;
  int32_t entry = -1;
  bool is_short = false;  // through a short form: needs support from the document
};

// Immutable after loading; safe from any thread.
class Lexicon {
 public:
  // Every .tsv of the folder, then `more`. InvalidArgument: file and line of the first
  // malformed row, an unknown type, an id that is there already.
  static absl::StatusOr<Lexicon> Load(const std::filesystem::path& directory,
                                      const std::vector<std::filesystem::path>& more);

  const LexiconEntry& entry(int32_t index) const { return entries_[static_cast<size_t>(index)]; }
  int32_t Find(std::string_view id) const;  // -1 for none

  // Every hit that stands on word boundaries (Latin) or anywhere (Han), by begin, longer first.
  std::vector<LexiconHit> FindAll(const FoldedText& text, Range range) const;

 private:
  std::vector<LexiconEntry> entries_;
  struct Node;
  std::vector<uint32_t> automaton_;  // layout: lexicon.cc
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_LEXICON_H_
