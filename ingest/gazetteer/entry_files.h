// The entry files of ingest/data/lexicon as rows that can be looked up by name and added to.
#ifndef NEWSGRAPH_INGEST_GAZETTEER_ENTRY_FILES_H_
#define NEWSGRAPH_INGEST_GAZETTEER_ENTRY_FILES_H_

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace newsgraph {

// A row.
struct Entry {
  std::string id, type, subtype, why, wikidata;
  std::vector<std::string> en, zh_hant, zh_hans, forms, context;  // forms: the column `short`
};

// "-" and an empty cell are an empty list.
std::vector<std::string> ReadNames(std::string_view cell);
std::string WriteNames(const std::vector<std::string>& names);
// The line of a file of 11 columns.
std::string WriteEntry(const Entry& entry);

// How many code points.
size_t Length(std::string_view utf8);
bool IsAllHan(std::string_view utf8);
// Chinese that is written alike in Traditional and Simplified characters.
bool IsOfBothScripts(std::string_view utf8);
// Without the marks over letters: São Paulo → Sao Paulo.
std::string PlainLetters(std::string_view utf8);

class EntryFiles {
 public:
  // Every .tsv of `folder` whose header begins with "id", and its lists of English names of people.
  static absl::StatusOr<EntryFiles> Read(const std::filesystem::path& folder);

  const std::vector<Entry>& entries() const { return entries_; }
  // Indexes of the entries that have this name, folded, short forms among them.
  std::vector<size_t> Find(std::string_view name) const;
  // A given name or a surname of people.
  bool IsOfPeople(std::string_view name) const { return people_.contains(std::string(name)); }

  // The names that entry `index` does not have yet: Simplified ones into zh_hans.
  void AddNames(size_t index, const std::vector<std::string>& zh_hant, const std::vector<std::string>& zh_hans);

  // All files of the folder that was read, those with additions rewritten, to `folder`.
  absl::Status Write(const std::filesystem::path& folder) const;

 private:
  struct Place {
    size_t file = 0, line = 0;
  };
  struct File {
    std::string name;
    std::vector<std::string> lines;
  };

  std::vector<File> files_;
  std::vector<Entry> entries_;
  std::vector<Place> places_;  // of each entry
  std::map<std::string, std::vector<size_t>> by_name_;
  std::set<std::string> people_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_GAZETTEER_ENTRY_FILES_H_
