// Documents wait in a window between the source and the commit. One thread reads into
// it, others take the first that is not analysed yet, and the calling thread commits its
// oldest document once that is analysed. So the order of commits is that of the input,
// at most `max_waiting` documents are in memory, and a source that pauses (a pipe, a
// stream) holds up nothing that it has given already.

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

namespace newsgraph {
namespace {

constexpr size_t kMaxReportedErrors = 100;

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

IngestResult CommitOne(GraphStore& store, std::string place, const absl::StatusOr<DocumentGraph>& graph,
                       const std::string& now) {
  IngestResult result;
  result.place = std::move(place);
  if (!graph.ok()) {
    result.status = graph.status();
    return result;
  }
  result.document_id = graph->document.id;
  const absl::StatusOr<CommitResult> commit = store.Put(*graph, now);
  if (!commit.ok()) {
    result.status = absl::Status(commit.status().code(),
                                 fmt::format("store {}: {}", result.place, std::string(commit.status().message())));
    return result;
  }
  result.commit = commit->commit;
  result.changed = commit->changed;
  result.replaced = commit->replaced;
  result.atoms = static_cast<uint32_t>(graph->atoms.size());
  result.mentions = static_cast<uint32_t>(graph->mentions.size());
  result.statements = static_cast<uint32_t>(graph->statements.size());
  return result;
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
  AnalysisWindow(const Ingester::Source& source, const Analyzer& analyzer, int threads, size_t capacity)
      : source_(source), analyzer_(analyzer), capacity_(capacity) {
    threads_.emplace_back([this] { Read(); });
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Analyze(); });
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

  // The oldest document, once it is analysed; null at the end of the source.
  std::unique_ptr<Waiting> Pop() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return window_.empty() ? at_end_ : window_.front()->stage == Stage::kAnalysed; });
    if (window_.empty()) return nullptr;
    std::unique_ptr<Waiting> oldest = std::move(window_.front());
    window_.pop_front();
    changed_.notify_all();
    return oldest;
  }

  // How the source ended; after Pop has given null.
  absl::Status TakeSourceStatus() { return std::move(source_status_); }

 private:
  void Read() {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [&] { return stopped_ || window_.size() < capacity_; });
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
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::unique_ptr<Waiting>> window_;
  bool at_end_ = false, stopped_ = false;
  absl::Status source_status_;
  std::vector<std::thread> threads_;
};

}  // namespace

Ingester::Ingester(GraphStore& store, const Analyzer& analyzer, IngesterOptions options)
    : store_(store), analyzer_(analyzer), options_(std::move(options)) {
  if (options_.threads <= 0) options_.threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  if (options_.max_waiting == 0) options_.max_waiting = 4 * static_cast<size_t>(options_.threads);
  if (!options_.clock) options_.clock = SystemClockUtc;
}

absl::StatusOr<IngestReport> Ingester::Run(const Source& source, const Sink& sink) {
  IngestReport report;
  AnalysisWindow window(source, analyzer_, options_.threads, options_.max_waiting);
  while (const std::unique_ptr<Waiting> waiting = window.Pop()) {
    const IngestResult result = CommitOne(store_, std::move(waiting->place), waiting->graph, options_.clock());
    if (!result.status.ok() && waiting->graph.ok() && !IsFaultOfDocument(result.status)) return result.status;
    AddToReport(result, waiting->bytes, report);
    if (sink && !sink(result)) return report;
  }
  // What was read before the source failed has been committed and reported.
  NEWSGRAPH_RETURN_IF_ERROR(window.TakeSourceStatus());
  return report;
}

IngestResult Ingester::IngestOne(ReadDocument read) {
  return CommitOne(store_, read.place, AnalyzeOne(analyzer_, std::move(read.document), read.place), options_.clock());
}

}  // namespace newsgraph
