// What a document says of its entities, by declarative rules kept as data.
#ifndef NEWSGRAPH_INGEST_TEXT_RELATION_EXTRACTOR_H_
#define NEWSGRAPH_INGEST_TEXT_RELATION_EXTRACTOR_H_

#include <filesystem>
#include <memory>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "graph/ontology.h"
#include "ingest/levers.h"
#include "ingest/text/analysis.h"
#include "ingest/text/lexicon.h"

namespace newsgraph {

struct RelationOptions {
  std::filesystem::path
      data_directory;               // rules are in rules/{zh,en}/*.rules (their README.md says how they are written)
  std::filesystem::path own_rules;  // a user's, in {zh,en}, of which there may be one or both; empty for none
  Levers without = 0;               // claims, figures, attribution, factuality
  std::set<std::string> without_rules;  // "people": data_directory's rules/*/people.rules
};

// Immutable after loading; safe from any thread.
class RelationExtractor {
 public:
  // NotFound: own_rules has neither language, or no file of data_directory is one of without_rules.
  // InvalidArgument: file and line of the first malformed rule, and of the first example that a rule of own_rules
  // fails.
  static absl::StatusOr<std::unique_ptr<const RelationExtractor>> Load(const RelationOptions& options,
                                                                       const Ontology& ontology);
  virtual ~RelationExtractor() = default;

  // Fills in analysis.statements, and the speakers of quotations: each statement with
  // its speaker, factuality and time. Local identity has been resolved.
  virtual void ExtractRelations(TextAnalysis& analysis) const = 0;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TEXT_RELATION_EXTRACTOR_H_
