// Names that are known before any text is read, for those who look a name up: whoever asks for
// 祖克柏 means the one whom the articles call 扎克伯格.
#ifndef NEWSGRAPH_INGEST_KNOWN_NAMES_H_
#define NEWSGRAPH_INGEST_KNOWN_NAMES_H_

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace newsgraph {

class Lexicon;

// Immutable; safe from any thread. Copies share the lexicon.
class KnownNames {
 public:
  explicit KnownNames(std::shared_ptr<const Lexicon> lexicon);
  ~KnownNames();
  KnownNames(const KnownNames&);

  // Of the lexicon in data_directory and of files beside it, as an Analyzer has them.
  // NotFound: a file is missing. InvalidArgument: one is malformed, with file and line.
  static absl::StatusOr<KnownNames> Load(const std::filesystem::path& data_directory,
                                         const std::vector<std::filesystem::path>& lexicon_files);

  // Whom or what a whole name, in any script, width or case, may mean: their external ids of
  // scheme "lexicon", ascending; empty for a name that is not known.
  std::vector<std::string> ListLexiconIds(std::string_view name) const;

 private:
  std::shared_ptr<const Lexicon> lexicon_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_KNOWN_NAMES_H_
