// Many documents into a store: analysis on all cores, commits one after another in
// the order of the input, those that are ready together in one write.
#ifndef NEWSGRAPH_INGEST_INGESTER_H_
#define NEWSGRAPH_INGEST_INGESTER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/graph_store.h"
#include "ingest/analyzer.h"
#include "ingest/document_reader.h"

namespace newsgraph {

struct IngesterOptions {
  int threads = 0;                     // analysing; 0: one for each core
  size_t max_waiting = 0;              // documents read ahead of the commit; 0: 64 for each thread
  size_t max_waiting_bytes = 8 << 20;  // of their text; one document is read in any case
  std::function<std::string()> clock;  // ISO 8601, for the journal; empty: the system's, UTC
};

// What became of one document.
struct IngestResult {
  std::string place;        // where it was read: "articles.jsonl:12"
  std::string document_id;  // empty when it was not read
  absl::Status status;      // OK: acknowledged, hence durable
  uint64_t commit = 0;
  bool changed = false;
  bool replaced = false;
  uint32_t atoms = 0, mentions = 0, statements = 0;
};

struct IngestReport {
  uint64_t added = 0, replaced = 0, unchanged = 0, refused = 0;
  uint64_t bytes = 0;  // of text
  uint64_t atoms = 0, mentions = 0, statements = 0;
  std::vector<IngestResult> errors;  // the first 100 refused
};

// Thread-safe: several sources may be ingested at once.
class Ingester {
 public:
  // Both must outlive it.
  Ingester(GraphStore& store, const Analyzer& analyzer, IngesterOptions options);

  // Next document, nullopt at the end. Called from one thread, which is not that of Run.
  using Source = std::function<absl::StatusOr<std::optional<ReadDocument>>()>;
  // One for each document, in the order of the source, after its commit. False stops; what
  // was written together with that document is in the store too.
  using Sink = std::function<bool(const IngestResult&)>;

  // A document that fails is reported and the rest go on; a store that fails (full
  // disk) or a source that fails ends it with that status, after which nothing more
  // is acknowledged. `sink` may be empty.
  absl::StatusOr<IngestReport> Run(const Source& source, const Sink& sink);

  // One document, on the calling thread.
  IngestResult IngestOne(ReadDocument document);

 private:
  GraphStore& store_;
  const Analyzer& analyzer_;
  IngesterOptions options_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_INGEST_INGESTER_H_
