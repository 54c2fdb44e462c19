// The trained tagger: names that no list holds, told by the words in and around them.
#ifndef NEWSGRAPH_INGEST_TAGGER_TAGGER_H_
#define NEWSGRAPH_INGEST_TAGGER_TAGGER_H_

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "ingest/tagger/name_table.h"
#include "ingest/tagger/sequence_model.h"
#include "ingest/tagger/weight_file.h"
#include "ingest/text/name_scene.h"

namespace newsgraph {

// What the features look words up in: models/tables.weights.
//   names.hashes   uint32 [N] · names.classes   int8 [N]
//   classes.hashes uint32 [M] · classes.paths   int16 [M]
class TaggerTables {
 public:
  // Errors as of WeightFile.
  static absl::StatusOr<TaggerTables> Load(const std::filesystem::path& file);
  const NameTable& names() const { return names_; }
  const WordClasses& classes() const { return classes_; }

 private:
  explicit TaggerTables(WeightFile file) : file_(std::move(file)) {}
  WeightFile file_;
  NameTable names_;
  WordClasses classes_;
};

struct TaggedName {
  Range range;
  EntityType type = EntityType::kUnknown;
  float probability = 0;
};

// Immutable; safe from any thread.
class Tagger {
 public:
  // `directory` holds tables.weights, zh.weights and en.weights. NotFound where one is missing; errors as of
  // WeightFile.
  static absl::StatusOr<std::unique_ptr<const Tagger>> Load(const std::filesystem::path& directory);

  // The names of a document, by begin, not crossing. `chosen` is what the rules have chosen, by begin.
  std::vector<TaggedName> Tag(const Scene& scene, std::span<const Proposal> chosen) const;

 private:
  Tagger(TaggerTables tables, SequenceModel chinese, SequenceModel english)
      : tables_(std::move(tables)), chinese_(std::move(chinese)), english_(std::move(english)) {}

  TaggerTables tables_;
  SequenceModel chinese_, english_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TAGGER_TAGGER_H_
