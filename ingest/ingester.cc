// Documents wait in a window between the source and the commit. One thread reads into
// it, others take the first that is not analysed yet, and the calling thread commits its
// oldest documents, all that are analysed by then, in one write. So the order of commits is
// that of the input, the window bounds what is in memory, a document that comes alone is
// not held up, and a source that pauses (a pipe, a stream) holds up nothing that it has given.

#include "ingest/ingester.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <ctime>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "graph/status.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace newsgraph {
namespace {

constexpr size_t kMaxReportedErrors = 100;
// Of one write: enough to pay for its sync, little enough to be held twice in memory.
constexpr size_t kMaxWrittenTogether = 128;
constexpr uint64_t kMaxBytesWrittenTogether = 1 << 20;

std::string SystemClockUtc() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

enum class Stage : uint8_t { kRead, kTaken, kAnalysed };

struct Waiting {
  std::string place;
  absl::StatusOr<Document> document;
  absl::StatusOr<DocumentGraph> graph = absl::UnknownError("");
  uint64_t bytes = 0;
  Stage stage = Stage::kRead;
};

absl::StatusOr<DocumentGraph> AnalyzeOne(const Analyzer& analyzer, absl::StatusOr<Document> document,
                                         const std::string& place) {
  if (!document.ok()) return document.status();
  absl::StatusOr<DocumentGraph> graph = analyzer.Analyze(*std::move(document));
  if (graph.ok()) return graph;
  return absl::Status(graph.status().code(), fmt::format("read {}: {}", place, std::string(graph.status().message())));
}

// What the store says of the document itself, not of its own state.
bool IsFaultOfDocument(const absl::Status& status) { return status.code() == absl::StatusCode::kInvalidArgument; }

using AnalysedDocuments = std::vector<std::unique_ptr<Waiting>>;

// In their order, with what the store says of each that could be analysed.
std::vector<IngestResult> CommitAll(GraphStore& store, const AnalysedDocuments& documents, const std::string& now) {
  std::vector<const DocumentGraph*> graphs;
  for (const auto& document : documents) {
    if (document->graph.ok()) graphs.push_back(&*document->graph);
  }
  const std::vector<absl::StatusOr<CommitResult>> commits = store.PutAll(graphs, now);
  std::vector<IngestResult> results;
  size_t next = 0;
  for (const auto& document : documents) {
    IngestResult& result = results.emplace_back();
    result.place = document->place;
    if (!document->graph.ok()) {
      result.status = document->graph.status();
      continue;
    }
    const DocumentGraph& graph = *document->graph;
    const absl::StatusOr<CommitResult>& commit = commits[next++];
    result.document_id = graph.document.id;
    if (!commit.ok()) {
      result.status = absl::Status(commit.status().code(),
                                   fmt::format("store {}: {}", result.place, std::string(commit.status().message())));
      continue;
    }
    result.commit = commit->commit;
    result.changed = commit->changed;
    result.replaced = commit->replaced;
    result.atoms = static_cast<uint32_t>(graph.atoms.size());
    result.mentions = static_cast<uint32_t>(graph.mentions.size());
    result.statements = static_cast<uint32_t>(graph.statements.size());
  }
  return results;
}

void AddToReport(const IngestResult& result, uint64_t bytes, IngestReport& report) {
  if (!result.status.ok()) {
    ++report.refused;
    if (report.errors.size() < kMaxReportedErrors) report.errors.push_back(result);
    return;
  }
  if (!result.changed) {
    ++report.unchanged;
  } else if (result.replaced) {
    ++report.replaced;
  } else {
    ++report.added;
  }
  report.bytes += bytes;
  report.atoms += result.atoms;
  report.mentions += result.mentions;
  report.statements += result.statements;
}

// The window, the thread that reads into it and those that analyse what is in it.
class AnalysisWindow {
 public:
  AnalysisWindow(const Ingester::Source& source, const Analyzer& analyzer, const IngesterOptions& options)
      : source_(source),
        analyzer_(analyzer),
        capacity_(options.max_waiting),
        capacity_bytes_(options.max_waiting_bytes) {
    threads_.emplace_back([this] { Read(); });
    for (int i = 0; i < options.threads; ++i) threads_.emplace_back([this] { Analyze(); });
  }

  // Waits for a source that is being asked.
  ~AnalysisWindow() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  // The oldest document, once it is analysed, and those behind it that are analysed by then,
  // as many as one write takes; empty at the end of the source.
  AnalysedDocuments Pop() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return window_.empty() ? at_end_ : window_.front()->stage == Stage::kAnalysed; });
    AnalysedDocuments oldest;
    uint64_t bytes = 0;
    while (!window_.empty() && window_.front()->stage == Stage::kAnalysed && oldest.size() < kMaxWrittenTogether &&
           (oldest.empty() || bytes + window_.front()->bytes <= kMaxBytesWrittenTogether)) {
      bytes += window_.front()->bytes;
      oldest.push_back(std::move(window_.front()));
      window_.pop_front();
    }
    bytes_ -= bytes;
    changed_.notify_all();
    return oldest;
  }

  // How the source ended; after Pop has given null.
  absl::Status TakeSourceStatus() { return std::move(source_status_); }

 private:
  void Read() {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [&] { return stopped_ || (window_.size() < capacity_ && bytes_ < capacity_bytes_); });
      if (stopped_) return;
      lock.unlock();
      absl::StatusOr<std::optional<ReadDocument>> read = source_();
      lock.lock();
      if (!read.ok() || !read->has_value()) {
        source_status_ = std::move(read).status();
        at_end_ = true;
        changed_.notify_all();
        return;
      }
      ReadDocument& document = **read;
      auto waiting = std::make_unique<Waiting>(Waiting{std::move(document.place), std::move(document.document)});
      if (waiting->document.ok()) waiting->bytes = waiting->document->text.size();
      bytes_ += waiting->bytes;
      window_.push_back(std::move(waiting));
      changed_.notify_all();
    }
  }

  void Analyze() {
    std::unique_lock lock(mutex_);
    while (true) {
      Waiting* next = nullptr;
      changed_.wait(lock, [&] { return stopped_ || (next = FirstUntaken()) != nullptr; });
      if (stopped_) return;
      next->stage = Stage::kTaken;
      lock.unlock();
      absl::StatusOr<DocumentGraph> graph = AnalyzeOne(analyzer_, std::move(next->document), next->place);
      lock.lock();
      next->graph = std::move(graph);
      next->stage = Stage::kAnalysed;
      changed_.notify_all();
    }
  }

  Waiting* FirstUntaken() {
    for (const std::unique_ptr<Waiting>& waiting : window_) {
      if (waiting->stage == Stage::kRead) return waiting.get();
    }
    return nullptr;
  }

  const Ingester::Source& source_;
  const Analyzer& analyzer_;
  const size_t capacity_;
  const uint64_t capacity_bytes_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::unique_ptr<Waiting>> window_;
  uint64_t bytes_ = 0;  // of text in the window
  bool at_end_ = false, stopped_ = false;
  absl::Status source_status_;
  std::vector<std::thread> threads_;
};

// Analysing frees millions of small pieces between few that stay, and the allocator keeps what is free; over 100 MB of
// text that was 87 MB.
constexpr uint64_t kBytesBetweenReturns = 8 << 20;  // of text
void ReturnFreeMemory() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

}  // namespace

Ingester::Ingester(GraphStore& store, const Analyzer& analyzer, IngesterOptions options)
    : store_(store), analyzer_(analyzer), options_(std::move(options)) {
  if (options_.threads <= 0) options_.threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  if (options_.max_waiting == 0) options_.max_waiting = 64 * static_cast<size_t>(options_.threads);
  if (!options_.clock) options_.clock = SystemClockUtc;
}

absl::StatusOr<IngestReport> Ingester::Run(const Source& source, const Sink& sink) {
  IngestReport report;
  AnalysisWindow window(source, analyzer_, options_);
  uint64_t returned_at = 0;  // of report.bytes
  while (true) {
    const AnalysedDocuments documents = window.Pop();
    if (documents.empty()) break;
    if (report.bytes - returned_at > kBytesBetweenReturns) {
      ReturnFreeMemory();
      returned_at = report.bytes;
    }
    const std::vector<IngestResult> results = CommitAll(store_, documents, options_.clock());
    for (size_t i = 0; i < results.size(); ++i) {
      const IngestResult& result = results[i];
      if (!result.status.ok() && documents[i]->graph.ok() && !IsFaultOfDocument(result.status)) return result.status;
      AddToReport(result, documents[i]->bytes, report);
      if (sink && !sink(result)) return report;
    }
  }
  // What was read before the source failed has been committed and reported.
  NEWSGRAPH_RETURN_IF_ERROR(window.TakeSourceStatus());
  return report;
}

IngestResult Ingester::IngestOne(ReadDocument read) {
  AnalysedDocuments one;
  one.push_back(std::make_unique<Waiting>(Waiting{std::move(read.place), absl::UnknownError("")}));
  one[0]->graph = AnalyzeOne(analyzer_, std::move(read.document), one[0]->place);
  return CommitAll(store_, one, options_.clock())[0];
}

}  // namespace newsgraph
