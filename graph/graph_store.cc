#include "graph/graph_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <set>
#include <utility>

#include "graph/commit.h"
#include "graph/document_check.h"
#include "graph/status.h"
#include "graph/storage/keys.h"
#include "graph/storage/kv.h"
#include "graph/storage/memory_kv.h"
#include "graph/storage/records.h"
#include "graph/storage/rocks_kv.h"
#include "graph/stored_graph.h"
#include "graph/verify.h"

namespace newsgraph {
namespace {

std::vector<std::string> PredicateIds(const Ontology& ontology) {
  std::vector<std::string> ids;
  for (const Relation& relation : ontology.relations()) ids.push_back(relation.id);
  return ids;
}

absl::Status CheckFormat(const std::optional<std::string>& format, std::string_view doing) {
  if (format && *format == std::to_string(kStoreFormat)) return absl::OkStatus();
  const bool number = format && !format->empty() && format->size() < 10 &&
                      std::all_of(format->begin(), format->end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!number) {
    return absl::FailedPreconditionError(
        fmt::format("{}: not a newsgraph store (it has tables but no format number); give another directory", doing));
  }
  return absl::FailedPreconditionError(fmt::format(
      "{}: written by format {}, this build reads format {}; use {}", doing, *format, kStoreFormat,
      std::stoul(*format) > kStoreFormat ? "a newer build" : "the build that wrote it, or ingest the documents anew"));
}

// Adjacency holds numbers of predicates: a store can be opened with the ontology that it
// was written with, or one that has more relations at the end.
absl::Status CheckPredicates(const std::vector<std::string>& stored, const std::vector<std::string>& ids,
                             std::string_view doing) {
  for (size_t i = 0; i < stored.size(); ++i) {
    if (i < ids.size() && stored[i] == ids[i]) continue;
    return absl::FailedPreconditionError(fmt::format(
        "{}: its relation {} is {}, the ontology has {} there; open it with the ontology that it was written with",
        doing, i + 1, stored[i], i < ids.size() ? ids[i] : "none"));
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> IsEmpty(const KvSnapshot& kv) {
  bool empty = true;
  for (int table = 0; empty && table < kTableCount; ++table) {
    NEWSGRAPH_RETURN_IF_ERROR(kv.ScanAll(static_cast<Table>(table), "", [&](std::string_view, std::string_view) {
      empty = false;
      return false;
    }));
  }
  return empty;
}

// Writes the format into a new store; refuses one of another format or other relations.
absl::Status Prepare(KvStore& kv, const Ontology& ontology, bool read_only, std::string_view doing) {
  const auto snapshot = kv.Snapshot();
  const std::vector<std::string> ids = PredicateIds(ontology);
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto format, snapshot->Get(Table::kMeta, kFormatKey));
  KvBatch batch{.home = std::string(kFormatKey)};
  if (!format) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const bool empty, IsEmpty(*snapshot));
    if (!empty) return CheckFormat(format, doing);
    batch.Put(Table::kMeta, std::string(kFormatKey), std::to_string(kStoreFormat));
    batch.Put(Table::kMeta, std::string(kPredicatesKey), EncodePredicates(ids));
  } else {
    NEWSGRAPH_RETURN_IF_ERROR(CheckFormat(format, doing));
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto bytes, snapshot->Get(Table::kMeta, kPredicatesKey));
    if (!bytes) return absl::DataLossError(fmt::format("{}: its list of relations is missing", doing));
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto stored, DecodePredicates(*bytes));
    NEWSGRAPH_RETURN_IF_ERROR(CheckPredicates(stored, ids, doing));
    if (stored.size() < ids.size()) batch.Put(Table::kMeta, std::string(kPredicatesKey), EncodePredicates(ids));
  }
  return read_only || batch.writes.empty() ? absl::OkStatus() : kv.Write(batch);
}

absl::StatusOr<uint64_t> ReadCommitNumber(const KvSnapshot& kv) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto bytes, kv.Get(Table::kJournal, CommitKey()));
  if (!bytes) return 0;
  return DecodeCommit(*bytes);
}

// Where a reader finds the atom again: its first mention, names before other forms.
std::optional<JudgementPlace> PlaceOf(const DocumentGraph& graph, AtomId atom) {
  const Mention* best = nullptr;
  for (const Mention& mention : graph.mentions) {
    if (mention.atom == atom && (best == nullptr || mention.form < best->form)) best = &mention;
  }
  if (best == nullptr) return std::nullopt;
  return JudgementPlace{graph.document.id, best->span, best->surface};
}

absl::Status CheckJudgement(const Judgement& judgement) {
  const auto refuse = [&](std::string_view what) {
    return absl::InvalidArgumentError(
        fmt::format("judge {} and {}: {}", ToString(judgement.left), ToString(judgement.right), what));
  };
  if (judgement.left.is_zero() || judgement.right.is_zero()) return refuse("an id is zero; give two atoms");
  if (judgement.left == judgement.right) return refuse("both are one atom; give two");
  if (judgement.verdict > Verdict::kUnsure) return refuse("the verdict is unknown");
  for (const std::string* text :
       {&judgement.reason, &judgement.author, &judgement.time, &judgement.left_place.document,
        &judgement.left_place.surface, &judgement.right_place.document, &judgement.right_place.surface}) {
    if (!IsUtf8(*text)) return refuse("the reason, author, time or a place is not valid UTF-8");
  }
  for (const JudgementPlace* place : {&judgement.left_place, &judgement.right_place}) {
    if (place->document.empty()) return refuse("a place names no document");
    if (place->span.field > Field::kText || place->span.begin >= place->span.end) return refuse("a place has no span");
  }
  return absl::OkStatus();
}

}  // namespace

uint32_t SourceOf(std::string_view publisher) { return static_cast<uint32_t>(Hash128(publisher).low); }

struct GraphStore::Rep {
  std::unique_ptr<KvStore> kv;
  std::shared_ptr<const Ontology> ontology;
  std::mutex commit_mutex;  // held from the reading of a commit to the end of its writing
  std::mutex current_mutex;
  std::shared_ptr<const Snapshot> current;  // guarded by current_mutex; of the last commit

  std::shared_ptr<const Snapshot> Current() {
    std::lock_guard lock(current_mutex);
    return current;
  }

  void Advance(uint64_t commit) {
    std::shared_ptr<const Snapshot> next(new Snapshot(kv->Snapshot(), ontology, commit));
    std::lock_guard lock(current_mutex);
    current.swap(next);
  }

  // The number of its last change. With commit_mutex held.
  absl::StatusOr<uint64_t> Write(Commit& commit) {
    NEWSGRAPH_ASSIGN_OR_RETURN(Commit::Result made, commit.Finish());
    NEWSGRAPH_RETURN_IF_ERROR(kv->Write(made.batch));
    Advance(made.number);
    return made.number;
  }

  // Documents of different ids, in one write; `results` has a place for each. With commit_mutex held.
  absl::Status PutTogether(const DocumentGraph* const* graphs, size_t count, std::string_view now,
                           absl::StatusOr<CommitResult>* results) {
    const auto snapshot = Current();
    Commit commit(snapshot->kv_, *ontology);
    uint64_t number = snapshot->commit_;
    for (size_t i = 0; i < count; ++i) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto before,
                                 ReadDocumentGraph(*snapshot->kv_, MakeDocumentKey(graphs[i]->document.id)));
      if (before == *graphs[i]) {
        results[i] = CommitResult{.commit = number, .changed = false};
        continue;
      }
      NEWSGRAPH_ASSIGN_OR_RETURN(auto detached, commit.ReplaceDocument(before ? &*before : nullptr, graphs[i], now));
      results[i] =
          CommitResult{.commit = ++number, .replaced = before.has_value(), .detached_judgements = std::move(detached)};
    }
    return number == snapshot->commit_ ? absl::OkStatus() : Write(commit).status();
  }

  // With commit_mutex held.
  absl::StatusOr<CommitResult> ReplaceJudgement(const std::optional<Judgement>& before,
                                                const std::optional<Judgement>& after, std::string_view now) {
    const auto snapshot = Current();
    if (before == after) return CommitResult{.commit = snapshot->commit_, .changed = false};
    Commit commit(snapshot->kv_, *ontology);
    NEWSGRAPH_RETURN_IF_ERROR(commit.ReplaceJudgement(before, after, now));
    NEWSGRAPH_ASSIGN_OR_RETURN(const uint64_t number, Write(commit));
    return CommitResult{.commit = number, .replaced = before.has_value() && after.has_value()};
  }
};

GraphStore::GraphStore(std::unique_ptr<Rep> rep) : rep_(std::move(rep)) {}
GraphStore::~GraphStore() = default;

absl::StatusOr<std::unique_ptr<GraphStore>> GraphStore::Start(std::unique_ptr<KvStore> kv,
                                                              std::shared_ptr<const Ontology> ontology, bool read_only,
                                                              std::string_view doing) {
  auto rep = std::make_unique<Rep>();
  rep->kv = std::move(kv);
  rep->ontology = ontology != nullptr ? std::move(ontology) : Ontology::Default();
  NEWSGRAPH_RETURN_IF_ERROR(Prepare(*rep->kv, *rep->ontology, read_only, doing));
  NEWSGRAPH_ASSIGN_OR_RETURN(const uint64_t commit, ReadCommitNumber(*rep->kv->Snapshot()));
  rep->Advance(commit);
  return std::unique_ptr<GraphStore>(new GraphStore(std::move(rep)));
}

absl::StatusOr<std::unique_ptr<GraphStore>> GraphStore::Open(const GraphStoreOptions& options) {
  RocksKvOptions kv_options;
  kv_options.directory = options.directory;
  kv_options.create_if_missing = options.create_if_missing;
  kv_options.read_only = options.read_only;
  kv_options.block_cache_bytes = options.block_cache_bytes;
  kv_options.write_buffer_bytes = options.write_buffer_bytes;
  NEWSGRAPH_ASSIGN_OR_RETURN(auto kv, OpenRocksKv(kv_options));
  return Start(std::move(kv), options.ontology, options.read_only, "open " + options.directory.string());
}

absl::StatusOr<std::unique_ptr<GraphStore>> GraphStore::OpenInMemory(std::shared_ptr<const Ontology> ontology) {
  return Start(NewMemoryKv(), std::move(ontology), false, "open a store in memory");
}

absl::StatusOr<std::unique_ptr<GraphStore>> GraphStore::OpenOn(std::unique_ptr<KvStore> kv,
                                                               std::shared_ptr<const Ontology> ontology) {
  return Start(std::move(kv), std::move(ontology), false, "open a store");
}

absl::StatusOr<CommitResult> GraphStore::Put(const DocumentGraph& graph, std::string_view now) {
  return PutAll({&graph}, now)[0];
}

std::vector<absl::StatusOr<CommitResult>> GraphStore::PutAll(const std::vector<const DocumentGraph*>& graphs,
                                                             std::string_view now) {
  std::vector<absl::StatusOr<CommitResult>> results;
  results.reserve(graphs.size());
  for (const DocumentGraph* graph : graphs) {
    const absl::Status checked = CheckDocument(*graph, *rep_->ontology);
    results.push_back(checked.ok() ? absl::StatusOr<CommitResult>(CommitResult()) : checked);
  }
  std::lock_guard lock(rep_->commit_mutex);
  absl::Status broken;
  for (size_t next = 0; next < graphs.size();) {
    // A refused document, or one of an id that stands earlier in this write, ends the write.
    size_t end = next;
    for (std::set<std::string_view> ids; end < graphs.size() && results[end].ok(); ++end) {
      if (!ids.insert(graphs[end]->document.id).second) break;
    }
    if (end == next) {
      ++next;
      continue;
    }
    if (broken.ok()) broken = rep_->PutTogether(&graphs[next], end - next, now, &results[next]);
    if (!broken.ok()) std::fill(results.begin() + next, results.begin() + end, broken);
    next = end;
  }
  return results;
}

absl::StatusOr<CommitResult> GraphStore::Retract(std::string_view document_id, std::string_view now) {
  std::lock_guard lock(rep_->commit_mutex);
  const auto snapshot = rep_->Current();
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto before, ReadDocumentGraph(*snapshot->kv_, MakeDocumentKey(document_id)));
  if (!before) {
    return absl::NotFoundError(
        fmt::format("retract document {}: there is none of this id; check it with stats or show", document_id));
  }
  Commit commit(snapshot->kv_, *rep_->ontology);
  NEWSGRAPH_ASSIGN_OR_RETURN(auto detached, commit.ReplaceDocument(&*before, nullptr, now));
  NEWSGRAPH_ASSIGN_OR_RETURN(const uint64_t number, rep_->Write(commit));
  return CommitResult{.commit = number, .detached_judgements = std::move(detached)};
}

absl::StatusOr<CommitResult> GraphStore::Judge(AtomId left, AtomId right, Verdict verdict, std::string_view reason,
                                               std::string_view author, std::string_view time) {
  Judgement judgement{.left = std::min(left, right),
                      .right = std::max(left, right),
                      .verdict = verdict,
                      .reason = std::string(reason),
                      .author = std::string(author),
                      .time = std::string(time)};
  std::lock_guard lock(rep_->commit_mutex);
  const auto snapshot = rep_->Current();
  for (const auto& [atom, place] :
       {std::pair(judgement.left, &judgement.left_place), std::pair(judgement.right, &judgement.right_place)}) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto record, ReadAtom(*snapshot->kv_, atom));
    if (!record) {
      return absl::NotFoundError(
          fmt::format("judge {}: no document has this atom now; ask what its id leads to and "
                      "give an atom or entity that is there",
                      ToString(atom)));
    }
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto graph, ReadDocumentGraph(*snapshot->kv_, record->document));
    const auto found = graph ? PlaceOf(*graph, atom) : std::nullopt;
    if (!found)
      return absl::DataLossError(fmt::format("judge {}: its document is damaged; run verify", ToString(atom)));
    *place = *found;
  }
  NEWSGRAPH_RETURN_IF_ERROR(CheckJudgement(judgement));
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto before,
                             ReadJudgement(*snapshot->kv_, {judgement.left, judgement.right, judgement.author}));
  return rep_->ReplaceJudgement(before, judgement, time);
}

absl::StatusOr<CommitResult> GraphStore::PutJudgement(const Judgement& judgement, std::string_view now) {
  Judgement ordered = judgement;
  if (ordered.right < ordered.left) {
    std::swap(ordered.left, ordered.right);
    std::swap(ordered.left_place, ordered.right_place);
  }
  NEWSGRAPH_RETURN_IF_ERROR(CheckJudgement(ordered));
  std::lock_guard lock(rep_->commit_mutex);
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto before,
                             ReadJudgement(*rep_->Current()->kv_, {ordered.left, ordered.right, ordered.author}));
  return rep_->ReplaceJudgement(before, ordered, now);
}

absl::StatusOr<CommitResult> GraphStore::UndoJudgement(AtomId left, AtomId right, std::string_view author,
                                                       std::string_view now) {
  std::lock_guard lock(rep_->commit_mutex);
  NEWSGRAPH_ASSIGN_OR_RETURN(
      const auto before,
      ReadJudgement(*rep_->Current()->kv_, {std::min(left, right), std::max(left, right), std::string(author)}));
  if (!before) {
    return absl::NotFoundError(fmt::format("undo the judgement of {} on {} and {}: there is none",
                                           author.empty() ? "nobody" : author, ToString(left), ToString(right)));
  }
  return rep_->ReplaceJudgement(before, std::nullopt, now);
}

std::shared_ptr<const Snapshot> GraphStore::GetSnapshot() const { return rep_->Current(); }

absl::Status GraphStore::Verify() const { return VerifyStore(*rep_->Current()->kv_, *rep_->ontology); }

const Ontology& GraphStore::ontology() const { return *rep_->ontology; }

}  // namespace newsgraph
