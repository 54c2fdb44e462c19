// What a document says of its entities, by declarative rules kept as data.
#ifndef NEWSGRAPH_INGEST_TEXT_RELATION_EXTRACTOR_H_
#define NEWSGRAPH_INGEST_TEXT_RELATION_EXTRACTOR_H_

#include <filesystem>
#include <memory>

#include "absl/status/statusor.h"
#include "graph/ontology.h"
#include "ingest/text/analysis.h"
#include "ingest/text/lexicon.h"

namespace newsgraph {

// Immutable after loading; safe from any thread.
class RelationExtractor {
 public:
  // Rules come from data_directory/rules/{zh,en}/*.rules (their README.md says how they
  // are written) and from own_rules/{zh,en}, of which there may be one or both;
  // none where own_rules is empty. NotFound: own_rules has neither. InvalidArgument: file and line of the first
  // malformed one.
  static absl::StatusOr<std::unique_ptr<const RelationExtractor>> Load(const std::filesystem::path& data_directory,
                                                                       const std::filesystem::path& own_rules,
                                                                       const Ontology& ontology);
  virtual ~RelationExtractor() = default;

  // Fills in analysis.statements, and the speakers of quotations: each statement with
  // its speaker, factuality and time. Local identity has been resolved.
  virtual void ExtractRelations(TextAnalysis& analysis) const = 0;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_RELATION_EXTRACTOR_H_
