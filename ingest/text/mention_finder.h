// Names, values, noun phrases and pronouns of a document.
#ifndef NEWSGRAPH_INGEST_TEXT_MENTION_FINDER_H_
#define NEWSGRAPH_INGEST_TEXT_MENTION_FINDER_H_

#include <filesystem>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "ingest/levers.h"
#include "ingest/tagger/tagger.h"
#include "ingest/text/analysis.h"
#include "ingest/text/lexicon.h"

namespace newsgraph {

struct NameLists;

// Immutable after loading; safe from any thread.
class MentionFinder {
 public:
  // `lexicon` must outlive it. Name lists come from data_directory/lexicon.
  // `without`: what is left out, to measure it.
  static absl::StatusOr<std::unique_ptr<const MentionFinder>> Load(const std::filesystem::path& data_directory,
                                                                   const Lexicon& lexicon, Levers without = 0);
  virtual ~MentionFinder() = default;

  // Fills in analysis.mentions; their entities are unset.
  virtual void FindMentions(TextAnalysis& analysis) const = 0;

  // Read with it; live as long as it.
  virtual const NameLists& lists() const = 0;

  // What the tagger sees of each sentence. To train it.
  virtual std::vector<SentenceFeatures> FindFeatures(const TextAnalysis& analysis,
                                                     const TaggerTables& tables) const = 0;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_MENTION_FINDER_H_
