// Snapshot: statements, edges, statistics.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "graph/graph_store.h"
#include "graph/merged_ranges.h"
#include "graph/page_position.h"
#include "graph/status.h"
#include "graph/stored_graph.h"

namespace newsgraph {
namespace {

using Place = std::pair<DocumentKey, uint32_t>;

absl::Status BrokenKey(Table table) {
  return absl::DataLossError(fmt::format("read table {}: a key is damaged; run verify", ToString(table)));
}

// Entities of profiles, each read once.
class EntityCache {
 public:
  explicit EntityCache(const KvSnapshot& kv) : kv_(kv) {}

  absl::StatusOr<EntityId> Get(ProfileId profile) {
    const auto found = entities_.find(profile);
    if (found != entities_.end()) return found->second;
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto entity, ReadEntityOf(kv_, profile));
    if (!entity) {
      return absl::DataLossError(fmt::format("read profile {}: it has no entity; run verify", ToHex(profile.value)));
    }
    entities_.emplace(profile, *entity);
    return *entity;
  }

  // Reads all there are.
  absl::Status Load() {
    absl::Status status;
    NEWSGRAPH_RETURN_IF_ERROR(
        kv_.ScanAll(Table::kProfileCluster, "", [&](std::string_view key, std::string_view value) {
          KeyReader reader(key);
          const ProfileId profile{reader.Id()};
          const auto entity = DecodeCluster(value);
          status = entity.ok() && !reader.complete() ? BrokenKey(Table::kProfileCluster) : entity.status();
          if (status.ok()) entities_.emplace(profile, *entity);
          return status.ok();
        }));
    return status;
  }

  const std::unordered_map<ProfileId, EntityId>& entities() const { return entities_; }

 private:
  const KvSnapshot& kv_;
  std::unordered_map<ProfileId, EntityId> entities_;
};

// Reads statements with their ends resolved; keeps the record of the last document and its last page.
class StatementReader {
 public:
  explicit StatementReader(const KvSnapshot& kv) : kv_(kv), entities_(kv) {}

  // NotFound: no such statement.
  absl::StatusOr<ResolvedStatement> Read(const Place& place) {
    const auto& [document, index] = place;
    const Place page(document, index / kStatementsPerPage);
    if (page_ != page) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto bytes,
                                 kv_.Get(Table::kStatement, StatementPageKey(page.first, page.second)));
      if (!bytes) return NoStatement(place);
      NEWSGRAPH_RETURN_IF_ERROR(Open(document));
      NEWSGRAPH_ASSIGN_OR_RETURN(statements_,
                                 DecodeStatementPage(*bytes, page.second * kStatementsPerPage, record_.atoms));
      page_ = page;
    }
    const size_t place_in_page = index % kStatementsPerPage;
    if (place_in_page >= statements_.size()) return NoStatement(place);
    ResolvedStatement resolved{.document = record_.document.id,
                               .published = record_.document.published,
                               .publisher = record_.document.publisher};
    resolved.statement = statements_[place_in_page];
    const Statement& statement = resolved.statement;
    NEWSGRAPH_ASSIGN_OR_RETURN(resolved.subject, Resolve(statement.subject));
    NEWSGRAPH_ASSIGN_OR_RETURN(resolved.object, Resolve(statement.object));
    NEWSGRAPH_ASSIGN_OR_RETURN(resolved.speaker, Resolve(statement.speaker));
    for (const Qualifier& qualifier : statement.qualifiers) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const EntityId entity, Resolve(qualifier.atom));
      resolved.qualifier_entities.push_back(entity);
    }
    return resolved;
  }

 private:
  static absl::Status NoStatement(const Place& place) {
    return absl::NotFoundError(
        fmt::format("read statement {} of document {}: there is none", place.second, ToHex(place.first.value)));
  }

  absl::Status Open(DocumentKey document) {
    if (document == document_) return absl::OkStatus();
    NEWSGRAPH_ASSIGN_OR_RETURN(auto record, ReadDocumentRecord(kv_, document));
    if (!record) {
      return absl::DataLossError(
          fmt::format("read document {}: the row is missing; run verify", ToHex(document.value)));
    }
    record_ = *std::move(record);
    document_ = document;
    atoms_.clear();
    return absl::OkStatus();
  }

  absl::StatusOr<EntityId> Resolve(AtomId atom) {
    if (atom.is_zero()) return EntityId();
    const auto found = atoms_.find(atom);
    if (found != atoms_.end()) return found->second;
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto record, ReadAtom(kv_, atom));
    if (!record)
      return absl::DataLossError(fmt::format("read atom {}: the row is missing; run verify", ToString(atom)));
    NEWSGRAPH_ASSIGN_OR_RETURN(const EntityId entity, entities_.Get(record->profile));
    atoms_.emplace(atom, entity);
    return entity;
  }

  const KvSnapshot& kv_;
  EntityCache entities_;
  DocumentKey document_;
  DocumentRecord record_;
  std::map<AtomId, EntityId> atoms_;   // of document_
  std::optional<Place> page_;          // document and number of the page that was read last
  std::vector<Statement> statements_;  // of page_
};

bool Matches(const ResolvedStatement& statement, const StatementPattern& pattern) {
  return (!pattern.subject || statement.subject == *pattern.subject) &&
         (!pattern.predicate || statement.statement.predicate == *pattern.predicate) &&
         (!pattern.object || statement.object == *pattern.object) &&
         (!pattern.document || statement.document == *pattern.document) &&
         (!pattern.speaker || statement.speaker == *pattern.speaker);
}

// Places of statements in the order of (document, index): candidates for a pattern.
class PlaceSource {
 public:
  virtual ~PlaceSource() = default;
  // Not before `from`; nullopt at the end.
  virtual absl::StatusOr<std::optional<Place>> Next() = 0;
};

// The places that each row of a table tells of: all of one document, of which the row knows some.
class RowPlaces : public PlaceSource {
 public:
  RowPlaces(const KvSnapshot& kv, Table table, std::string prefix, std::string from_suffix, const Place& from)
      : rows_(kv, table, {std::move(prefix)}, std::move(from_suffix)), table_(table), from_(from) {}

  absl::StatusOr<std::optional<Place>> Next() override {
    while (next_ == indices_.size()) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto row, rows_.Next());
      if (!row) return std::nullopt;
      KeyReader key(row->suffix);
      indices_.clear();
      next_ = 0;
      NEWSGRAPH_RETURN_IF_ERROR(Read(key, row->value));
      if (!key.complete()) return BrokenKey(table_);
      while (next_ < indices_.size() && Place(document_, indices_[next_]) < from_) ++next_;
    }
    return Place(document_, indices_[next_++]);
  }

 protected:
  // What follows the prefix of the key, and the value, into document_ and indices_.
  virtual absl::Status Read(KeyReader& key, std::string_view value) = 0;

  DocumentKey document_;
  std::vector<uint32_t> indices_;  // ascending

 private:
  MergedRanges rows_;
  const Table table_;
  const Place from_;
  size_t next_ = 0;
};

// Every statement, of one document or of all.
class AllPlaces : public RowPlaces {
 public:
  AllPlaces(const KvSnapshot& kv, std::optional<DocumentKey> document, const Place& from)
      : RowPlaces(kv, Table::kStatement, document ? IdKey(document->value) : "",
                  document ? "" : StatementPageKey(from.first, from.second / kStatementsPerPage), from),
        one_(document) {}

 private:
  absl::Status Read(KeyReader& key, std::string_view value) override {
    document_ = one_ ? *one_ : DocumentKey{key.Id()};
    const uint32_t first = key.U32() * kStatementsPerPage;
    NEWSGRAPH_ASSIGN_OR_RETURN(const uint32_t count, CountStatementsOfPage(value));
    for (uint32_t i = 0; i < count; ++i) indices_.push_back(first + i);
    return absl::OkStatus();
  }

  const std::optional<DocumentKey> one_;
};

class PredicatePlaces : public RowPlaces {
 public:
  PredicatePlaces(const KvSnapshot& kv, uint16_t predicate, const Place& from)
      : RowPlaces(kv, Table::kPredicate, PredicatePrefix(predicate), IdKey(from.first.value), from) {}

 private:
  absl::Status Read(KeyReader& key, std::string_view value) override {
    document_ = {key.Id()};
    NEWSGRAPH_ASSIGN_OR_RETURN(indices_, DecodeIndices(value));
    return absl::OkStatus();
  }
};

// Adjacency of several profiles and predicates. `others` and `speakers`: what entries
// must have; null for any.
class AdjacencyPlaces : public PlaceSource {
 public:
  AdjacencyPlaces(const KvSnapshot& kv, std::vector<std::string> prefixes, const Place& from,
                  const std::set<ProfileId>* others, const std::set<ProfileId>* speakers)
      : rows_(kv, Table::kAdjacency, std::move(prefixes), IdKey(from.first.value)),
        from_(from),
        others_(others),
        speakers_(speakers) {}

  absl::StatusOr<std::optional<Place>> Next() override {
    while (next_ == indices_.size()) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const bool more, ReadDocument());
      if (!more) return std::nullopt;
    }
    return Place(document_, indices_[next_++]);
  }

 private:
  // All rows of the next document.
  absl::StatusOr<bool> ReadDocument() {
    indices_.clear();
    next_ = 0;
    if (!started_) {
      started_ = true;
      NEWSGRAPH_ASSIGN_OR_RETURN(row_, rows_.Next());
    }
    if (!row_) return false;
    const std::string suffix = row_->suffix;
    KeyReader reader(suffix);
    document_ = {reader.Id()};
    if (!reader.complete()) return BrokenKey(Table::kAdjacency);
    while (row_ && row_->suffix == suffix) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto entries, DecodeAdjacency(row_->value));
      for (const AdjacencyEntry& entry : entries) {
        if (others_ != nullptr && !others_->contains(entry.other)) continue;
        if (speakers_ != nullptr && !speakers_->contains(entry.speaker)) continue;
        if (Place(document_, entry.statement) < from_) continue;
        indices_.push_back(entry.statement);
      }
      NEWSGRAPH_ASSIGN_OR_RETURN(row_, rows_.Next());
    }
    std::sort(indices_.begin(), indices_.end());
    indices_.erase(std::unique(indices_.begin(), indices_.end()), indices_.end());
    return true;
  }

  MergedRanges rows_;
  const Place from_;
  const std::set<ProfileId>* const others_;
  const std::set<ProfileId>* const speakers_;
  bool started_ = false;
  std::optional<MergedRanges::Row> row_;
  DocumentKey document_;
  std::vector<uint32_t> indices_;
  size_t next_ = 0;
};

// All statements of the documents that have an atom of some profile.
class DocumentPlaces : public PlaceSource {
 public:
  DocumentPlaces(const KvSnapshot& kv, const std::set<ProfileId>& profiles, const Place& from)
      : kv_(kv), rows_(kv, Table::kProfileAtom, Prefixes(profiles), IdKey(from.first.value)), from_(from) {}

  absl::StatusOr<std::optional<Place>> Next() override {
    while (next_ >= statements_) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto row, rows_.Next());
      if (!row) return std::nullopt;
      KeyReader reader(row->suffix);
      const DocumentKey document{reader.Id()};
      reader.Id();
      if (!reader.complete()) return BrokenKey(Table::kProfileAtom);
      if (document == document_) continue;
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto record, ReadDocumentRecord(kv_, document));
      if (!record) return absl::DataLossError("list statements: a document is gone; run verify");
      document_ = document;
      statements_ = record->statements;
      next_ = document == from_.first ? from_.second : 0;
    }
    return Place(document_, next_++);
  }

 private:
  static std::vector<std::string> Prefixes(const std::set<ProfileId>& profiles) {
    std::vector<std::string> prefixes;
    for (const ProfileId profile : profiles) prefixes.push_back(ProfileAtomPrefix(profile, AtomOrder::kByDocument));
    return prefixes;
  }

  const KvSnapshot& kv_;
  MergedRanges rows_;
  const Place from_;
  DocumentKey document_;
  uint32_t statements_ = 0;
  uint32_t next_ = 0;
};

// Where documents mention the atoms of some profiles; keeps those of the last document.
class MentionSpans {
 public:
  MentionSpans(const KvSnapshot& kv, const std::set<ProfileId>& profiles) : kv_(kv), profiles_(profiles) {}

  absl::StatusOr<bool> AnyInside(DocumentKey document, const Span& evidence) {
    if (document != document_) NEWSGRAPH_RETURN_IF_ERROR(Read(document));
    return std::any_of(spans_.begin(), spans_.end(), [&](const Span& span) {
      return span.field == evidence.field && span.begin >= evidence.begin && span.end <= evidence.end;
    });
  }

 private:
  absl::Status Read(DocumentKey document) {
    spans_.clear();
    document_ = document;
    std::set<AtomId> atoms;
    for (const ProfileId profile : profiles_) {
      const std::string prefix = ProfileAtomPrefix(profile, AtomOrder::kByDocument) + IdKey(document.value);
      NEWSGRAPH_RETURN_IF_ERROR(kv_.Scan(Table::kProfileAtom, prefix, "", [&](std::string_view key, std::string_view) {
        KeyReader reader(key.substr(prefix.size()));
        atoms.insert({reader.Id()});
        return true;
      }));
    }
    if (atoms.empty()) return absl::OkStatus();
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto record, ReadDocumentRecord(kv_, document));
    if (!record) return absl::DataLossError("list statements: a document is gone; run verify");
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto with_text, ReadDocument(kv_, document, *record));
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto mentions, ReadMentions(kv_, document, record->atoms, with_text));
    for (const Mention& mention : mentions) {
      if (atoms.contains(mention.atom)) spans_.push_back(mention.span);
    }
    return absl::OkStatus();
  }

  const KvSnapshot& kv_;
  const std::set<ProfileId>& profiles_;
  DocumentKey document_;
  std::vector<Span> spans_;
};

// The prefixes of one direction of the profiles: of one predicate, or of each that they have.
absl::StatusOr<std::vector<std::string>> AdjacencyPrefixes(const KvSnapshot& kv, const std::set<ProfileId>& profiles,
                                                           AdjacencyDirection direction,
                                                           std::optional<uint16_t> predicate) {
  std::vector<std::string> prefixes;
  for (const ProfileId profile : profiles) {
    if (predicate) {
      prefixes.push_back(AdjacencyPrefix(profile, direction, *predicate));
      continue;
    }
    const std::string all = AdjacencyPrefix(profile, direction);
    std::string from = all;
    for (bool more = true; more;) {
      std::optional<AdjacencyKey> key;
      more = false;
      NEWSGRAPH_RETURN_IF_ERROR(kv.Scan(Table::kAdjacency, all, from, [&](std::string_view bytes, std::string_view) {
        key = ParseAdjacencyKey(bytes);
        more = true;
        return false;
      }));
      if (!more) break;
      if (!key) return BrokenKey(Table::kAdjacency);
      prefixes.push_back(AdjacencyPrefix(profile, direction, key->predicate));
      more = key->predicate < std::numeric_limits<uint16_t>::max();
      if (more) from = AdjacencyPrefix(profile, direction, key->predicate + 1);
    }
  }
  return prefixes;
}

Edge MakeEdge(const AdjacencyKey& key, const AdjacencyEntry& entry) {
  Edge edge;
  edge.document = key.document;
  edge.statement = entry.statement;
  edge.predicate = key.predicate;
  edge.confidence = entry.confidence;
  edge.published_day = entry.published_day;
  edge.valid_from_day = entry.valid_from_day;
  edge.valid_to_day = entry.valid_to_day;
  edge.source = entry.source;
  edge.factuality = entry.factuality;
  edge.has_speaker = !entry.speaker.is_zero();
  return edge;
}

// Calls `visit` for the entries of one row that are edges from `own`, an end of `key`.
// False when `visit` has had enough.
absl::StatusOr<bool> VisitEdges(const AdjacencyKey& key, std::string_view value, EntityId own, EntityCache& entities,
                                const Snapshot::VisitEdge& visit) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto entries, DecodeAdjacency(value));
  for (const AdjacencyEntry& entry : entries) {
    if (entry.other.is_zero()) continue;
    NEWSGRAPH_ASSIGN_OR_RETURN(const EntityId other, entities.Get(entry.other));
    if (other == own) continue;
    Edge edge = MakeEdge(key, entry);
    edge.subject = key.direction == AdjacencyDirection::kOut ? own : other;
    edge.object = key.direction == AdjacencyDirection::kOut ? other : own;
    if (edge.has_speaker) {
      NEWSGRAPH_ASSIGN_OR_RETURN(edge.speaker, entities.Get(entry.speaker));
    }
    if (!visit(edge)) return false;
  }
  return true;
}

}  // namespace

absl::StatusOr<std::vector<ResolvedStatement>> Snapshot::ListStatements(const StatementPattern& pattern,
                                                                        const Accept& accept, size_t limit,
                                                                        PagePosition* position) const {
  Place from;
  if (!position->empty()) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const LastOfPage last, ParsePosition(*position));
    if (last.number >= std::numeric_limits<uint32_t>::max()) {
      return absl::InvalidArgumentError("list statements: the position is not one that a page gave; begin again");
    }
    from = {DocumentKey{last.id}, static_cast<uint32_t>(last.number) + 1};
  }
  position->clear();

  std::optional<uint16_t> predicate;
  if (pattern.predicate) {
    const Relation* relation = ontology_->Find(*pattern.predicate);
    if (relation == nullptr) {
      return absl::NotFoundError(
          fmt::format("list statements: there is no predicate {} in the ontology", *pattern.predicate));
    }
    predicate = relation->number;
  }
  // The profiles of each end that is given, with the number of documents behind them.
  struct End {
    std::set<ProfileId> profiles;
    uint64_t documents = 0;
  };
  std::optional<End> subject, object, speaker, mentioned;
  for (const auto& [id, end] : {std::pair(&pattern.subject, &subject), std::pair(&pattern.object, &object),
                                std::pair(&pattern.speaker, &speaker), std::pair(&pattern.mentioning, &mentioned)}) {
    if (!*id) continue;
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto profiles, ListProfiles(*kv_, **id));
    if (profiles.empty()) {
      return absl::NotFoundError(
          fmt::format("list statements: there is no entity {} now; ask what its id leads to", ToString(**id)));
    }
    end->emplace().profiles.insert(profiles.begin(), profiles.end());
    for (const ProfileId profile : profiles) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto record, ReadProfile(*kv_, profile));
      if (record) (*end)->documents += record->documents;
    }
  }

  std::unique_ptr<PlaceSource> places;
  if (pattern.document) {
    const DocumentKey document = MakeDocumentKey(*pattern.document);
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto record, ReadDocumentRecord(*kv_, document));
    if (!record) {
      return absl::NotFoundError(fmt::format("list statements: there is no document {}", *pattern.document));
    }
    if (document >= from.first) places = std::make_unique<AllPlaces>(*kv_, document, from);
  } else if (subject || object || speaker) {
    // From the end with the fewest documents.
    AdjacencyDirection direction = AdjacencyDirection::kOut;
    const End* start = nullptr;
    for (const auto& [end, its_direction] :
         {std::pair(&subject, AdjacencyDirection::kOut), std::pair(&object, AdjacencyDirection::kIn),
          std::pair(&speaker, AdjacencyDirection::kSpeaker)}) {
      if (!*end || (start != nullptr && (*end)->documents >= start->documents)) continue;
      start = &**end;
      direction = its_direction;
    }
    const auto& other = direction == AdjacencyDirection::kOut ? object : subject;
    NEWSGRAPH_ASSIGN_OR_RETURN(auto prefixes, AdjacencyPrefixes(*kv_, start->profiles, direction, predicate));
    places = std::make_unique<AdjacencyPlaces>(*kv_, std::move(prefixes), from, other ? &other->profiles : nullptr,
                                               speaker ? &speaker->profiles : nullptr);
  } else if (mentioned) {
    places = std::make_unique<DocumentPlaces>(*kv_, mentioned->profiles, from);
  } else if (predicate) {
    places = std::make_unique<PredicatePlaces>(*kv_, *predicate, from);
  } else {
    places = std::make_unique<AllPlaces>(*kv_, std::nullopt, from);
  }

  std::vector<ResolvedStatement> statements;
  StatementReader reader(*kv_);
  std::optional<MentionSpans> spans;
  if (mentioned) spans.emplace(*kv_, mentioned->profiles);
  Place last;
  while (places != nullptr && limit > 0) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto place, places->Next());
    if (!place) break;
    auto statement = reader.Read(*place);
    if (absl::IsNotFound(statement.status())) {
      return absl::DataLossError(fmt::format("{}; run verify", std::string(statement.status().message())));
    }
    NEWSGRAPH_RETURN_IF_ERROR(statement.status());
    if (!Matches(*statement, pattern)) continue;
    if (spans) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const bool inside, spans->AnyInside(place->first, statement->statement.evidence));
      if (!inside) continue;
    }
    if (accept) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const bool accepted, accept(*statement));
      if (!accepted) continue;
    }
    if (statements.size() == limit) {
      *position = ToPosition({last.first.value, last.second});
      break;
    }
    statements.push_back(*std::move(statement));
    last = *place;
  }
  return statements;
}

absl::StatusOr<ResolvedStatement> Snapshot::GetStatement(DocumentKey document, uint32_t index) const {
  return StatementReader(*kv_).Read({document, index});
}

absl::StatusOr<ResolvedStatement> Snapshot::GetStatement(std::string_view id) const {
  const size_t colon = id.rfind(':');
  uint32_t index = 0;
  if (colon != std::string_view::npos) {
    const auto [read, error] = std::from_chars(id.data() + colon + 1, id.data() + id.size(), index);
    if (error == std::errc() && read == id.data() + id.size() && colon + 1 < id.size()) {
      auto statement = GetStatement(MakeDocumentKey(id.substr(0, colon)), index);
      if (!absl::IsNotFound(statement.status())) return statement;
      return absl::NotFoundError(fmt::format("read statement {}: there is none", id));
    }
  }
  return absl::InvalidArgumentError(fmt::format("read statement {}: the id is not DOCUMENT:INDEX", id));
}

absl::Status Snapshot::ScanEdges(EntityId id, Direction direction, const VisitEdge& visit) const {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto profiles, ListProfiles(*kv_, id));
  if (profiles.empty()) {
    return absl::NotFoundError(
        fmt::format("read edges of {}: there is no such entity now; ask what its id leads to", ToString(id)));
  }
  EntityCache entities(*kv_);
  bool more = true;
  for (const ProfileId profile : profiles) {
    if (!more) break;
    absl::Status status;
    const std::string prefix =
        AdjacencyPrefix(profile, direction == Direction::kOut ? AdjacencyDirection::kOut : AdjacencyDirection::kIn);
    NEWSGRAPH_RETURN_IF_ERROR(
        kv_->Scan(Table::kAdjacency, prefix, "", [&](std::string_view bytes, std::string_view value) {
          const auto key = ParseAdjacencyKey(bytes);
          if (!key) {
            status = BrokenKey(Table::kAdjacency);
            return false;
          }
          const auto visited = VisitEdges(*key, value, id, entities, visit);
          status = visited.status();
          more = visited.ok() && *visited;
          return more;
        }));
    NEWSGRAPH_RETURN_IF_ERROR(status);
  }
  return absl::OkStatus();
}

absl::Status Snapshot::ScanAllEdges(const VisitEdge& visit) const {
  EntityCache entities(*kv_);
  NEWSGRAPH_RETURN_IF_ERROR(entities.Load());
  absl::Status status;
  NEWSGRAPH_RETURN_IF_ERROR(kv_->ScanAll(Table::kAdjacency, "", [&](std::string_view bytes, std::string_view value) {
    const auto key = ParseAdjacencyKey(bytes);
    if (!key) {
      status = BrokenKey(Table::kAdjacency);
      return false;
    }
    if (key->direction != AdjacencyDirection::kOut) return true;
    const auto own = entities.Get(key->profile);
    status = own.status();
    if (!own.ok()) return false;
    const auto visited = VisitEdges(*key, value, *own, entities, visit);
    status = visited.status();
    return visited.ok() && *visited;
  }));
  return status;
}

absl::StatusOr<StoreStatistics> Snapshot::GetStatistics() const {
  StoreStatistics statistics;
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto bytes, kv_->Get(Table::kMeta, kCountsKey));
  if (bytes) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto counts, DecodeCounts(*bytes));
    statistics.documents = counts.documents;
    statistics.atoms = counts.atoms;
    statistics.mentions = counts.mentions;
    statistics.turns = counts.turns;
    for (size_t i = 0; i < counts.statements_by_predicate.size(); ++i) {
      const uint64_t count = counts.statements_by_predicate[i];
      if (count == 0) continue;
      statistics.statements += count;
      const Relation* relation = ontology_->FindNumber(static_cast<uint16_t>(i + 1));
      statistics.statements_by_predicate.emplace_back(relation == nullptr ? std::to_string(i + 1) : relation->id,
                                                      count);
    }
  }
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto judgements, ListJudgements());
  statistics.judgements = judgements.size();

  EntityCache entities(*kv_);
  NEWSGRAPH_RETURN_IF_ERROR(entities.Load());
  std::map<EntityId, std::map<EntityType, uint64_t>> types;
  for (const auto& [profile, entity] : entities.entities()) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto record, ReadProfile(*kv_, profile));
    if (!record) return absl::DataLossError("count entities: a profile is gone; run verify");
    types[entity][record->fields.type] += record->documents;
  }
  std::map<std::string, uint64_t> by_type;
  for (const auto& [entity, counts] : types) {
    const auto most = std::max_element(counts.begin(), counts.end(),
                                       [](const auto& left, const auto& right) { return left.second < right.second; });
    ++by_type[std::string(ToString(most->first))];
  }
  statistics.entities = types.size();
  statistics.entities_by_type.assign(by_type.begin(), by_type.end());
  const auto by_count = [](const auto& left, const auto& right) {
    return std::pair(~left.second, left.first) < std::pair(~right.second, right.first);
  };
  std::sort(statistics.statements_by_predicate.begin(), statistics.statements_by_predicate.end(), by_count);
  std::sort(statistics.entities_by_type.begin(), statistics.entities_by_type.end(), by_count);
  NEWSGRAPH_RETURN_IF_ERROR(ScanAllEdges([&](const Edge&) {
    ++statistics.edges;
    return true;
  }));
  return statistics;
}

}  // namespace newsgraph
