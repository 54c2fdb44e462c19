#include "ingest/known_names.h"

#include <algorithm>
#include <utility>

#include "graph/status.h"
#include "ingest/text/lexicon.h"

namespace newsgraph {

KnownNames::KnownNames(std::shared_ptr<const Lexicon> lexicon) : lexicon_(std::move(lexicon)) {}
KnownNames::~KnownNames() = default;
KnownNames::KnownNames(const KnownNames&) = default;

absl::StatusOr<KnownNames> KnownNames::Load(const std::filesystem::path& data_directory,
                                            const std::vector<std::filesystem::path>& lexicon_files) {
  NEWSGRAPH_ASSIGN_OR_RETURN(Lexicon lexicon, Lexicon::Load(data_directory / "lexicon", lexicon_files));
  return KnownNames(std::make_shared<const Lexicon>(std::move(lexicon)));
}

std::vector<std::string> KnownNames::ListLexiconIds(std::string_view name) const {
  std::vector<std::string> ids;
  for (const int32_t entry : lexicon_->FindName(name)) ids.push_back(lexicon_->entry(entry).id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace newsgraph
