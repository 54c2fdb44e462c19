// What the tagger's weights are trained on: the features that the analyser itself computes.
// For tools/train; nothing of it runs when news is read.
#ifndef NEWSGRAPH_INGEST_TAGGER_TRAINING_H_
#define NEWSGRAPH_INGEST_TAGGER_TRAINING_H_

#include <filesystem>
#include <ostream>
#include <vector>

#include "absl/status/status.h"
#include "ingest/analyzer.h"

namespace newsgraph {

// Writes, little-endian, for each document the number of its sentences, and for each sentence: begin and
// end (code points of the text), the number of tokens, of features and of code points; begin, end of each token;
// where the features of each token begin, and behind the last; the features (64 bits each); the
// folded code points. All other numbers are of 32 bits. Documents have no title.
// `tables` is models/tables.weights. Errors as of Analyzer::Load and Analyze.
absl::Status WriteTaggerFeatures(const AnalyzerOptions& options, const std::filesystem::path& tables,
                                 const std::vector<Document>& documents, std::ostream& out);

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_TAGGER_TRAINING_H_
