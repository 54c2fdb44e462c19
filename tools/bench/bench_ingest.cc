#include <fmt/format.h>
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

#include "graph/graph_store.h"
#include "graph/name_folding.h"
#include "graph/status.h"
#include "graph/storage/kv.h"
#include "graph/storage/rocks_kv.h"
#include "ingest/analyzer.h"
#include "ingest/document_reader.h"
#include "ingest/ingester.h"
#include "tools/bench/benchmarks.h"

namespace newsgraph {
namespace {

constexpr uint64_t kRecordedBytes = 64 << 20;
constexpr double kMegabyte = 1e6;

// Passes everything on, and keeps the first batches for the ceiling.
class RecordingKv : public KvStore {
 public:
  RecordingKv(std::unique_ptr<KvStore> kv, std::vector<KvBatch>& recorded, uint64_t& batches, double& seconds)
      : kv_(std::move(kv)), recorded_(recorded), batches_(batches), seconds_(seconds) {}

  absl::Status Write(const KvBatch& batch) override {
    ++batches_;
    if (recorded_bytes_ < kRecordedBytes) recorded_.push_back(batch);
    for (const KvWrite& write : batch.writes) {
      recorded_bytes_ += write.key.size() + (write.value ? write.value->size() : 0);
    }
    const Stopwatch watch;
    absl::Status status = kv_->Write(batch);
    seconds_ += watch.seconds();
    return status;
  }
  absl::Status BulkLoad(const KvBatch& batch) override { return kv_->BulkLoad(batch); }
  std::shared_ptr<const KvSnapshot> Snapshot() const override { return kv_->Snapshot(); }

 private:
  std::unique_ptr<KvStore> kv_;
  std::vector<KvBatch>& recorded_;
  uint64_t& batches_;
  double& seconds_;
  uint64_t recorded_bytes_ = 0;
};

// Keeps this thread and all that it starts on one core, the engine's own threads included.
class OneCore {
 public:
  OneCore() {
    sched_getaffinity(0, sizeof before_, &before_);
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(sched_getcpu(), &one);
    sched_setaffinity(0, sizeof one, &one);
  }
  ~OneCore() { sched_setaffinity(0, sizeof before_, &before_); }

 private:
  cpu_set_t before_;
};

absl::StatusOr<std::unique_ptr<KvStore>> OpenEngine(const std::string& directory) {
  RocksKvOptions options;
  options.directory = directory;
  return OpenRocksKv(options);
}

// The shortest of a few rounds: what else the machine does takes caches too.
template <typename Round>
double BestSeconds(const Round& round) {
  double best = 0;
  for (int i = 0; i < 5; ++i) {
    const WorkWatch watch;
    round();
    if (const double seconds = watch.seconds(); i == 0 || seconds < best) best = seconds;
  }
  return best;
}

// Analysis alone of texts of one kind, against the least that any reader of names does with a text: decoding and
// folding it once.
absl::Status BenchAnalysisOf(const std::string& name, const std::vector<Document>& documents, const Analyzer& analyzer,
                             BenchReport& report) {
  uint64_t bytes = 0;
  for (const Document& document : documents) bytes += document.text.size();
  if (bytes == 0) return absl::NotFoundError(fmt::format("{}: no sample is of this kind", name));
  const uint64_t times = 1'000'000 / bytes + 1;
  absl::Status status;
  const double seconds = BestSeconds([&] {
    for (uint64_t i = 0; i < times; ++i) {
      for (const Document& document : documents) status.Update(analyzer.Analyze(document).status());
    }
  });
  if (!status.ok()) return status;
  uint64_t folded = 0;
  const double folding = BestSeconds([&] {
    for (uint64_t i = 0; i < times; ++i) {
      for (const Document& document : documents) folded += FoldName(document.text).size();
    }
  });
  if (folded == 0) return absl::InternalError("nothing was folded");
  const double megabytes = static_cast<double>(bytes * times) / kMegabyte;
  report.Add(
      {name, megabytes / seconds, "MB/s", fmt::format("{:.0f} MB/s folded", megabytes / folding), folding / seconds});
  return absl::OkStatus();
}

}  // namespace

absl::Status BenchAnalysis(const std::string& samples, const std::string& data_directory, BenchReport& report) {
  AnalyzerOptions options;
  options.data_directory = data_directory;
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::shared_ptr<const Analyzer> analyzer, Analyzer::Load(options));
  NEWSGRAPH_ASSIGN_OR_RETURN(std::unique_ptr<DocumentReader> reader, DocumentReader::Open(samples, {}));
  std::vector<Document> reports, interviews, english;
  while (true) {
    NEWSGRAPH_ASSIGN_OR_RETURN(std::optional<ReadDocument> read, reader->Next());
    if (!read) break;
    NEWSGRAPH_ASSIGN_OR_RETURN(Document document, std::move(read->document));
    NEWSGRAPH_ASSIGN_OR_RETURN(const DocumentGraph graph, analyzer->Analyze(document));
    (graph.document.language == "en" ? english
     : graph.turns.empty()           ? reports
                                     : interviews)
        .push_back(std::move(document));
  }
  const OneCore one_core;
  NEWSGRAPH_RETURN_IF_ERROR(BenchAnalysisOf("analysis, Chinese reports", reports, *analyzer, report));
  NEWSGRAPH_RETURN_IF_ERROR(BenchAnalysisOf("analysis, Chinese interviews", interviews, *analyzer, report));
  return BenchAnalysisOf("analysis, English", english, *analyzer, report);
}

absl::Status BenchIngest(const std::string& articles, const std::string& data_directory,
                         const std::string& work_directory, BenchReport& report) {
  const Stopwatch loading;
  AnalyzerOptions analyzer_options;
  analyzer_options.data_directory = data_directory;
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::shared_ptr<const Analyzer> analyzer, Analyzer::Load(analyzer_options));
  report.Add({"analyzer, load", loading.seconds() * 1000, "ms", "", 0});

  // Analysis alone, on what fits a short run.
  {
    NEWSGRAPH_ASSIGN_OR_RETURN(std::unique_ptr<DocumentReader> reader, DocumentReader::Open(articles, {}));
    std::vector<Document> documents;
    uint64_t bytes = 0;
    while (bytes < 8'000'000) {
      NEWSGRAPH_ASSIGN_OR_RETURN(std::optional<ReadDocument> read, reader->Next());
      if (!read) break;
      if (!read->document.ok()) return read->document.status();
      bytes += read->document->text.size();
      documents.push_back(*std::move(read->document));
    }
    const Stopwatch watch;
    for (const Document& document : documents) {
      const absl::StatusOr<DocumentGraph> graph = analyzer->Analyze(document);
      if (!graph.ok()) return graph.status();
    }
    report.Add({"analysis, 1 thread", static_cast<double>(bytes) / kMegabyte / watch.seconds(), "MB/s", "", 0});
  }

  const OneCore one_core;
  std::vector<KvBatch> recorded;
  double engine_seconds = 0;
  uint64_t batches = 0;
  NEWSGRAPH_ASSIGN_OR_RETURN(std::unique_ptr<KvStore> engine, OpenEngine(work_directory + "/ingest"));
  NEWSGRAPH_ASSIGN_OR_RETURN(
      const std::unique_ptr<GraphStore> store,
      GraphStore::OpenOn(std::make_unique<RecordingKv>(std::move(engine), recorded, batches, engine_seconds)));
  NEWSGRAPH_ASSIGN_OR_RETURN(std::unique_ptr<DocumentReader> reader, DocumentReader::Open(articles, {}));
  Ingester ingester(*store, *analyzer, IngesterOptions{.threads = 1});
  const uint64_t total = std::filesystem::file_size(articles);
  uint64_t early_memory = 0, peak_memory = 0, documents = 0;
  std::atomic<uint64_t> bytes_read = 0;
  const Stopwatch watch;
  NEWSGRAPH_ASSIGN_OR_RETURN(const IngestReport ingested, ingester.Run(
                                                              [&] {
                                                                auto read = reader->Next();
                                                                if (read.ok() && *read && (*read)->document.ok())
                                                                  bytes_read += (*read)->document->text.size();
                                                                return read;
                                                              },
                                                              [&](const IngestResult& result) {
                                                                if (!result.status.ok() || ++documents % 100 != 0)
                                                                  return result.status.ok();
                                                                const uint64_t resident = ResidentBytes();
                                                                peak_memory = std::max(peak_memory, resident);
                                                                if (early_memory == 0 && bytes_read > total / 10)
                                                                  early_memory = resident;
                                                                return true;
                                                              }));
  if (!ingested.errors.empty()) return ingested.errors[0].status;
  const double seconds = watch.seconds();
  report.Add({"ingest, whole, 1 core", static_cast<double>(ingested.bytes) / kMegabyte / seconds, "MB/s", "", 0});
  report.Add({"ingest, documents", static_cast<double>(documents) / seconds, "documents/s", "", 0});
  report.Add({"ingest, statements", static_cast<double>(ingested.statements) / seconds, "statements/s", "", 0});
  report.Add({"ingest, share of time in the engine's writes", engine_seconds / seconds, "", "", 0});
  report.Add({"memory after a tenth", static_cast<double>(early_memory) / kMegabyte, "MB", "", 0});
  report.Add({"memory, peak", static_cast<double>(peak_memory) / kMegabyte, "MB", "memory after a tenth",
              static_cast<double>(peak_memory) / static_cast<double>(std::max<uint64_t>(early_memory, 1))});

  NEWSGRAPH_ASSIGN_OR_RETURN(const std::unique_ptr<KvStore> raw, OpenEngine(work_directory + "/raw"));
  const Stopwatch raw_watch;
  for (const KvBatch& batch : recorded) NEWSGRAPH_RETURN_IF_ERROR(raw->Write(batch));
  const double raw_seconds = raw_watch.seconds() / static_cast<double>(recorded.size()) * static_cast<double>(batches);
  report.Add({"ingest against its own writes alone", static_cast<double>(documents) / seconds, "documents/s",
              fmt::format("{:.0f} documents/s of the same {} batches, each synced",
                          static_cast<double>(documents) / raw_seconds, batches),
              raw_seconds / seconds});
  return absl::OkStatus();
}

}  // namespace newsgraph
