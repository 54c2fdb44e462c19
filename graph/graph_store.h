// A durable knowledge graph in one directory, or in memory.
//
// Writing is by document: Put and Retract change everything a document says, whole
// or not at all. Reading is by Snapshot, which never changes. Statements are kept as
// they were read; which atoms are one entity is decided beside them (graph/README.md,
// "Identity") and applied on every read.
#ifndef NEWSGRAPH_GRAPH_GRAPH_STORE_H_
#define NEWSGRAPH_GRAPH_GRAPH_STORE_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/model.h"
#include "graph/ontology.h"

namespace newsgraph {

class KvStore;
class KvSnapshot;

struct GraphStoreOptions {
  std::filesystem::path directory;  // created when missing, unless read_only
  bool create_if_missing = true;
  bool read_only = false;  // beside a writer in another process
  size_t block_cache_bytes = 64 << 20;
  size_t write_buffer_bytes = 32 << 20;
  std::shared_ptr<const Ontology> ontology;  // null: Ontology::Default()
};

// The format that this build writes, and the only one that it reads.
inline constexpr uint32_t kStoreFormat = 2;

// What an id leads to now.
struct Resolution {
  EntityId entity;                   // set when there is exactly one
  std::vector<EntityId> candidates;  // what it may mean, sorted, when there are several
};

// A place in an ordered answer: where the next page begins. Holds stable ids only.
using PagePosition = std::string;

// Which statements; every field that is set must match.
struct StatementPattern {
  std::optional<EntityId> subject;
  std::optional<std::string> predicate;
  std::optional<EntityId> object;
  std::optional<std::string> document;
  std::optional<EntityId> speaker;
  std::optional<EntityId> mentioning;  // mentioned inside the evidence
};

// A statement with the document it stands in and its ends as entities now.
struct ResolvedStatement {
  std::string document;
  std::string published;  // of the document
  std::string publisher;
  Statement statement;
  EntityId subject;
  EntityId object;                           // zero for a literal
  EntityId speaker;                          // zero for the article's own voice
  std::vector<EntityId> qualifier_entities;  // one for each qualifier, zero for none

  // "DOCUMENT:INDEX"
  std::string id() const { return document + ":" + std::to_string(statement.index); }
};

// One edge of the graph, as traversal reads it: a statement whose two ends are two
// entities. Packed on disk; 64 bytes here.
struct Edge {
  EntityId subject;
  EntityId object;
  DocumentKey document;
  uint32_t statement = 0;      // index in its document
  uint16_t predicate = 0;      // Ontology::number
  uint16_t confidence = 0;     // 0 … 10000
  int32_t published_day = 0;   // days since 1970-01-01; INT32_MIN when unknown
  int32_t valid_from_day = 0;  // INT32_MIN when unknown
  int32_t valid_to_day = 0;    // INT32_MAX when unknown: the last day of the period said
  uint32_t source = 0;         // low 32 bits of the hash of the publisher
  Factuality factuality = Factuality::kAsserted;
  bool has_speaker = false;
  EntityId speaker;  // zero for the article's own voice
};

// Edge::source of a publisher.
uint32_t SourceOf(std::string_view publisher);

struct NameMatch {
  EntityId entity;
  std::string name;    // the name that matched, as some document writes it
  uint64_t count = 0;  // mentions under that name
  bool exact = false;  // the whole name, not its beginning
};

// Two groups of names that a forbidding pair keeps apart at one level.
struct Ambiguity {
  std::string level;               // "name alone", …
  std::vector<EntityId> entities;  // sorted
  std::string reason;              // in words: what forbids
};

// Why the profiles of one entity are one: the links that joined it, in words.
struct JoinReason {
  std::string level;  // "judgement", "external id", "name and observation", "gloss", "name alone"
  std::string left;   // a name
  std::string right;
  std::string reason;  // "both carry wikidata Q36215"
};

struct StoreStatistics {
  uint64_t documents = 0;
  uint64_t entities = 0;
  uint64_t atoms = 0;
  uint64_t mentions = 0;
  uint64_t turns = 0;
  uint64_t statements = 0;
  uint64_t edges = 0;  // statements whose ends are two entities
  uint64_t judgements = 0;
  std::vector<std::pair<std::string, uint64_t>> statements_by_predicate;  // by count, then id
  std::vector<std::pair<std::string, uint64_t>> entities_by_type;
};

// The graph at one moment. Immutable, safe from any thread, may outlive the store.
// Unknown ids give NotFound; broken records give DataLoss.
class Snapshot {
 public:
  ~Snapshot();

  // Number of commits that this snapshot has seen.
  uint64_t commit() const;
  const Ontology& ontology() const;

  // --- documents
  absl::StatusOr<Document> GetDocument(std::string_view id) const;
  absl::StatusOr<Document> GetDocument(DocumentKey key) const;
  // Everything the document says; judgements apart, exactly what was put.
  absl::StatusOr<DocumentGraph> GetDocumentGraph(std::string_view id) const;
  // Ids in the order of keys (MakeDocumentKey) from `*position` (empty: the first), at most `limit`;
  // `*position` becomes empty at the end.
  absl::StatusOr<std::vector<std::string>> ListDocuments(size_t limit, PagePosition* position) const;
  // Documents published on the days `from` … `to` (since 1970-01-01), earliest first.
  absl::StatusOr<std::vector<std::string>> ListDocumentsPublished(int32_t from_day, int32_t to_day, size_t limit,
                                                                  PagePosition* position) const;
  // When it was last put (ISO 8601), from the journal.
  absl::StatusOr<std::string> GetIngestTime(std::string_view document_id) const;

  // --- identity
  // An entity or atom id, old or new, to what is there now. A retired id leads to
  // what survived of its entity. NotFound when nothing did.
  absl::StatusOr<Resolution> Resolve(AtomId id) const;
  absl::StatusOr<EntityId> EntityOf(AtomId atom) const;
  absl::StatusOr<Entity> GetEntity(EntityId id) const;
  // GetEntity's `type` alone, at a cost that does not grow with names and documents.
  absl::StatusOr<EntityType> GetEntityType(EntityId id) const;
  // In the order of ids.
  absl::StatusOr<std::vector<EntityId>> ListEntities(size_t limit, PagePosition* position) const;
  absl::StatusOr<std::vector<AtomId>> ListAtoms(EntityId id, size_t limit, PagePosition* position) const;
  absl::StatusOr<std::vector<JoinReason>> ExplainEntity(EntityId id) const;
  absl::StatusOr<std::vector<Ambiguity>> ListAmbiguities(size_t limit, PagePosition* position) const;
  absl::StatusOr<std::vector<Judgement>> ListJudgements() const;
  // Judgements whose place could not be found again after a document was replaced or retracted.
  absl::StatusOr<std::vector<Judgement>> ListDetachedJudgements() const;

  // --- names
  // Entities one of whose names, folded, equals or (prefix) begins with the folded
  // query: exact ones first, then by mentions, then by id.
  absl::StatusOr<std::vector<NameMatch>> FindByName(std::string_view name, bool prefix, size_t limit) const;
  // Entities that some document knows under this external id, sorted; more than one where
  // something else forbids that they are one.
  absl::StatusOr<std::vector<EntityId>> FindByExternalId(const std::string& scheme, const std::string& id) const;

  // --- mentions, statements
  struct EntityMention {
    std::string document;
    Mention mention;
  };
  // By document key, then span.
  absl::StatusOr<std::vector<EntityMention>> ListMentions(EntityId id, size_t limit, PagePosition* position) const;
  // Documents that mention it, in key order.
  absl::StatusOr<std::vector<std::string>> ListMentioningDocuments(EntityId id, size_t limit,
                                                                   PagePosition* position) const;
  // In the order of (document key, index). Only those `accept` accepts are counted
  // (null: all); stops early with Cancelled or DeadlineExceeded when `accept` says so.
  using Accept = std::function<absl::StatusOr<bool>(const ResolvedStatement&)>;
  absl::StatusOr<std::vector<ResolvedStatement>> ListStatements(const StatementPattern& pattern, const Accept& accept,
                                                                size_t limit, PagePosition* position) const;
  absl::StatusOr<ResolvedStatement> GetStatement(DocumentKey document, uint32_t index) const;
  // "DOCUMENT:INDEX"
  absl::StatusOr<ResolvedStatement> GetStatement(std::string_view id) const;

  // --- edges
  enum class Direction : uint8_t { kOut, kIn };
  // Edges that leave (kOut) or reach (kIn) an entity, in no stated order.
  // Stops when `visit` answers false.
  using VisitEdge = std::function<bool(const Edge&)>;
  absl::Status ScanEdges(EntityId id, Direction direction, const VisitEdge& visit) const;
  // Every edge once.
  absl::Status ScanAllEdges(const VisitEdge& visit) const;

  absl::StatusOr<StoreStatistics> GetStatistics() const;

 private:
  friend class GraphStore;
  Snapshot(std::shared_ptr<const KvSnapshot> kv, std::shared_ptr<const Ontology> ontology, uint64_t commit);

  std::shared_ptr<const KvSnapshot> kv_;
  std::shared_ptr<const Ontology> ontology_;
  const uint64_t commit_;
};

struct CommitResult {
  uint64_t commit = 0;
  bool changed = true;                           // false: the same document was there already, nothing was written
  bool replaced = false;                         // a document of this id was there and said something else
  std::vector<std::string> detached_judgements;  // in words, one for each that lost its place
};

// Thread-safe; one process at a time may have a directory open for writing.
class GraphStore {
 public:
  // FailedPrecondition: in use by another process, not a store, of another format.
  static absl::StatusOr<std::unique_ptr<GraphStore>> Open(const GraphStoreOptions& options);
  static absl::StatusOr<std::unique_ptr<GraphStore>> OpenInMemory(std::shared_ptr<const Ontology> ontology = nullptr);
  // On any engine; for tests that count, fail or shuffle.
  static absl::StatusOr<std::unique_ptr<GraphStore>> OpenOn(std::unique_ptr<KvStore> kv,
                                                            std::shared_ptr<const Ontology> ontology = nullptr);
  ~GraphStore();

  // Adds a document or replaces the one of its id. Durable when it returns.
  // `now` is an ISO 8601 time, kept in the journal only.
  // InvalidArgument: a span that does not re-read, an atom without a mention, an
  // unknown predicate, ends outside its domain or range, and the like; the message
  // names the place.
  absl::StatusOr<CommitResult> Put(const DocumentGraph& graph, std::string_view now);
  // The same, one after another in this order, in as few atomic writes as it takes: all that
  // are OK are durable when it returns. Much faster for many small documents, and the store
  // is then as if each had been put by itself. One that is refused does not touch the others;
  // where the engine fails, so does every document of that write and each after it.
  std::vector<absl::StatusOr<CommitResult>> PutAll(const std::vector<const DocumentGraph*>& graphs,
                                                   std::string_view now);

  // NotFound: no such document.
  absl::StatusOr<CommitResult> Retract(std::string_view document_id, std::string_view now);

  // Records a verdict on two atoms, given as entity or atom ids (an entity id stands
  // for its atom of that id). The places are filled in by the store. The later verdict
  // of one author on one pair replaces the earlier.
  absl::StatusOr<CommitResult> Judge(AtomId left, AtomId right, Verdict verdict, std::string_view reason,
                                     std::string_view author, std::string_view time);
  // A judgement with its places, as `import` has it.
  absl::StatusOr<CommitResult> PutJudgement(const Judgement& judgement, std::string_view now);
  // Removes the row. NotFound: there is none.
  absl::StatusOr<CommitResult> UndoJudgement(AtomId left, AtomId right, std::string_view author, std::string_view now);

  // The graph as of now.
  std::shared_ptr<const Snapshot> GetSnapshot() const;

  // Checks every invariant listed in graph/README.md, derived tables against
  // documents, mentions, turns, statements, atoms and judgements, with code of its
  // own. DataLoss names the first broken one.
  absl::Status Verify() const;

  const Ontology& ontology() const;

 private:
  struct Rep;
  explicit GraphStore(std::unique_ptr<Rep> rep);
  static absl::StatusOr<std::unique_ptr<GraphStore>> Start(std::unique_ptr<KvStore> kv,
                                                           std::shared_ptr<const Ontology> ontology, bool read_only,
                                                           std::string_view doing);
  std::unique_ptr<Rep> rep_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_GRAPH_STORE_H_
