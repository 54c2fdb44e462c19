// Document → DocumentGraph: who and what a text names, and what it says of them.
//
// A pure function of the document, the data files and the options, so it runs on all
// cores and gives the same bytes. Immutable after loading; safe from any thread.
#ifndef NEWSGRAPH_INGEST_ANALYZER_H_
#define NEWSGRAPH_INGEST_ANALYZER_H_

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/model.h"
#include "graph/ontology.h"
#include "ingest/known_names.h"
#include "ingest/levers.h"

namespace newsgraph {

struct AnalyzerOptions {
  std::filesystem::path data_directory;              // ingest/data or share/newsgraph as installed
  std::vector<std::filesystem::path> lexicon_files;  // a user's own, beside those of data_directory
  std::filesystem::path rule_directory;              // a user's own rules, in folders zh and en; empty for none
  std::shared_ptr<const Ontology> ontology;          // null: Ontology::Default()
  std::set<std::string> excluded_entries;            // ids of lexicon entries that are left out
  Levers without = 0;                                // parts of reading that are left out; kTaggerLever: quick
  std::set<std::string> without_rules;  // families of rules that are left out: files of data_directory/rules
};

// The ids of the lexicon's entries that have a name in one of the texts, as excluded_entries
// takes them: without these the analyser knows nobody in the texts beforehand. The texts must
// be UTF-8. Errors as of Analyzer::Load.
absl::StatusOr<std::set<std::string>> EntriesNamedIn(const std::vector<std::string>& texts,
                                                     const AnalyzerOptions& options);

// Which of the names the lexicon lists, whole. The names must be UTF-8. Errors as of Analyzer::Load.
absl::StatusOr<std::set<std::string>> ListedNames(const std::vector<std::string>& names,
                                                  const AnalyzerOptions& options);

class Analyzer {
 public:
  // NotFound: a data file is missing. InvalidArgument: one is malformed, with file and line.
  static absl::StatusOr<std::shared_ptr<const Analyzer>> Load(const AnalyzerOptions& options);
  virtual ~Analyzer() = default;

  // Fills in id, language and analyser of the document where they are empty, and
  // everything the text says. InvalidArgument: not UTF-8, or no text.
  virtual absl::StatusOr<DocumentGraph> Analyze(Document document) const = 0;

  // The names that it knows before it reads; null for none.
  virtual const KnownNames* known_names() const { return nullptr; }

  // Version, data files and options in one word.
  virtual const std::string& fingerprint() const = 0;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_ANALYZER_H_
