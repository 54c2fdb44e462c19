// Snapshot: documents, identity, names. Statements and edges are in snapshot_statements.cc.

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "graph/day.h"
#include "graph/graph_store.h"
#include "graph/merged_ranges.h"
#include "graph/name_folding.h"
#include "graph/page_position.h"
#include "graph/status.h"
#include "graph/stored_graph.h"

namespace newsgraph {
namespace {

// A name look-up reads no more rows than this; those left out are last in byte order.
constexpr size_t kMaxNameRows = 4096;
// Retired ids followed from one; beyond, the answer would name entities at random.
constexpr size_t kMaxRetired = 1024;

absl::Status NoDocument(std::string_view id) {
  return absl::NotFoundError(fmt::format("read document {}: there is none of this id", id));
}

absl::Status NoEntity(EntityId id) {
  return absl::NotFoundError(fmt::format("read entity {}: there is none now; ask what its id leads to", ToString(id)));
}

absl::Status ProfileGone(EntityId id) {
  return absl::DataLossError(fmt::format("read entity {}: a profile is gone; run verify", ToString(id)));
}

absl::Status BrokenKey(Table table) {
  return absl::DataLossError(fmt::format("read table {}: a key is damaged; run verify", ToString(table)));
}

struct ProfileName {
  std::string text;
  std::string language;
  NameRecord record;
};

absl::StatusOr<std::vector<ProfileName>> ReadNames(const KvSnapshot& kv, ProfileId profile) {
  std::vector<ProfileName> names;
  absl::Status status;
  const std::string prefix = ProfilePartPrefix(profile, ProfilePart::kName);
  NEWSGRAPH_RETURN_IF_ERROR(kv.Scan(Table::kProfile, prefix, "", [&](std::string_view key, std::string_view value) {
    KeyReader reader(key.substr(prefix.size()));
    ProfileName name;
    name.text = reader.Text();
    name.language = reader.Text();
    const auto record = DecodeName(value);
    status = record.ok() && !reader.complete() ? BrokenKey(Table::kProfile) : record.status();
    if (status.ok()) {
      name.record = *record;
      names.push_back(std::move(name));
    }
    return status.ok();
  }));
  NEWSGRAPH_RETURN_IF_ERROR(status);
  return names;
}

absl::Status AddSubtypes(const KvSnapshot& kv, ProfileId profile, std::map<std::string, uint64_t>& subtypes) {
  absl::Status status;
  const std::string prefix = ProfilePartPrefix(profile, ProfilePart::kSubtype);
  NEWSGRAPH_RETURN_IF_ERROR(kv.Scan(Table::kProfile, prefix, "", [&](std::string_view key, std::string_view value) {
    KeyReader reader(key.substr(prefix.size()));
    const std::string subtype = reader.Text();
    const auto count = DecodeCount(value);
    status = count.ok() && !reader.complete() ? BrokenKey(Table::kProfile) : count.status();
    if (status.ok()) subtypes[subtype] += *count;
    return status.ok();
  }));
  return status;
}

// The key with the greatest count, the first of them; `none` when there is no key.
template <typename Key>
Key MostFrequent(const std::map<Key, uint64_t>& counts, Key none) {
  uint64_t most = 0;
  for (const auto& [key, count] : counts) {
    if (count > most) {
      most = count;
      none = key;
    }
  }
  return none;
}

// How often a text names an entity: as the fullest name of atoms whose name is not bare,
// of others; how often these atoms are mentioned under whatever name; as a mention. The
// greatest is the name to show.
using NameWeight = std::tuple<uint64_t, uint64_t, uint64_t, uint64_t>;

std::string NameToShow(const std::map<std::string, NameWeight>& weights) {
  std::string name;
  NameWeight most;
  for (const auto& [text, weight] : weights) {
    if (weight > most) {
      most = weight;
      name = text;
    }
  }
  return name;
}

// The names of one profile.
void AddWeights(const std::vector<ProfileName>& names, bool bare, std::map<std::string, NameWeight>& weights) {
  uint64_t all_mentions = 0;
  for (const ProfileName& name : names) all_mentions += name.record.mentions;
  for (const ProfileName& name : names) {
    auto& [full, bare_full, of_atoms, mentions] = weights[name.text];
    (bare ? bare_full : full) += name.record.atoms;
    if (name.record.atoms > 0) of_atoms += all_mentions;
    mentions += name.record.mentions;
  }
}

std::vector<std::string> ProfileAtomPrefixes(const std::vector<ProfileId>& profiles, AtomOrder order) {
  std::vector<std::string> prefixes;
  for (const ProfileId profile : profiles) prefixes.push_back(ProfileAtomPrefix(profile, order));
  return prefixes;
}

absl::StatusOr<std::pair<DocumentKey, AtomId>> ParseDocumentAtom(const MergedRanges::Row& row) {
  KeyReader reader(row.suffix);
  const DocumentKey document{reader.Id()};
  const AtomId atom{reader.Id()};
  if (!reader.complete()) return BrokenKey(Table::kProfileAtom);
  return std::pair(document, atom);
}

absl::StatusOr<std::vector<ProfileId>> ListProfilesOf(const KvSnapshot& kv, EntityId id) {
  NEWSGRAPH_ASSIGN_OR_RETURN(auto profiles, ListProfiles(kv, id));
  if (profiles.empty()) return NoEntity(id);
  return profiles;
}

absl::StatusOr<DocumentRecord> ReadDocumentOf(const KvSnapshot& kv, DocumentKey key) {
  NEWSGRAPH_ASSIGN_OR_RETURN(auto record, ReadDocumentRecord(kv, key));
  if (!record) {
    return absl::DataLossError(fmt::format("read document {}: the row is missing; run verify", ToHex(key.value)));
  }
  return *std::move(record);
}

// Where a page that goes on after `*position` begins, in keys that begin with an id.
absl::StatusOr<std::string> FirstKey(const PagePosition& position) {
  if (position.empty()) return std::string();
  NEWSGRAPH_ASSIGN_OR_RETURN(const LastOfPage last, ParsePosition(position));
  // Past every key that begins with the id.
  return KeyWriter().Id(last.id).Take() + std::string(64, '\xff');
}

}  // namespace

Snapshot::Snapshot(std::shared_ptr<const KvSnapshot> kv, std::shared_ptr<const Ontology> ontology, uint64_t commit)
    : kv_(std::move(kv)), ontology_(std::move(ontology)), commit_(commit) {}
Snapshot::~Snapshot() = default;

uint64_t Snapshot::commit() const { return commit_; }
const Ontology& Snapshot::ontology() const { return *ontology_; }

// --- documents

absl::StatusOr<Document> Snapshot::GetDocument(std::string_view id) const {
  auto document = GetDocument(MakeDocumentKey(id));
  if (absl::IsNotFound(document.status())) return NoDocument(id);
  return document;
}

absl::StatusOr<Document> Snapshot::GetDocument(DocumentKey key) const {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto record, ReadDocumentRecord(*kv_, key));
  if (!record) return NoDocument("of key " + ToHex(key.value));
  return ReadDocument(*kv_, key, *record);
}

absl::StatusOr<DocumentGraph> Snapshot::GetDocumentGraph(std::string_view id) const {
  NEWSGRAPH_ASSIGN_OR_RETURN(auto graph, ReadDocumentGraph(*kv_, MakeDocumentKey(id)));
  if (!graph) return NoDocument(id);
  return *std::move(graph);
}

absl::StatusOr<std::vector<std::string>> Snapshot::ListDocuments(size_t limit, PagePosition* position) const {
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::string from, FirstKey(*position));
  std::vector<std::string> ids;
  absl::Status status;
  LastOfPage last;
  position->clear();
  // Mentions have one short row for each document; documents have their texts between.
  std::vector<DocumentKey> keys;
  NEWSGRAPH_RETURN_IF_ERROR(kv_->ScanAll(Table::kMention, from, [&](std::string_view key, std::string_view) {
    if (keys.size() == limit) {
      if (limit > 0) *position = ToPosition({keys.back().value, 0});
      return false;
    }
    KeyReader reader(key);
    keys.push_back({reader.Id()});
    if (!reader.complete()) status = BrokenKey(Table::kMention);
    return status.ok();
  }));
  NEWSGRAPH_RETURN_IF_ERROR(status);
  for (const DocumentKey key : keys) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto record, ReadDocumentOf(*kv_, key));
    ids.push_back(record.document.id);
  }
  return ids;
}

absl::StatusOr<std::vector<std::string>> Snapshot::ListDocumentsPublished(int32_t from_day, int32_t to_day,
                                                                          size_t limit, PagePosition* position) const {
  std::vector<std::string> ids;
  std::string from = KeyWriter().I32(MonthOfDay(from_day)).I32(from_day).Take();
  if (!position->empty()) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const LastOfPage last, ParsePosition(*position));
    const int32_t day = static_cast<int32_t>(static_cast<uint32_t>(last.number));
    from = std::max(from, KeyAfter(TimeKey(day, {last.id})));
  }
  position->clear();
  std::vector<std::pair<int32_t, DocumentKey>> found;
  absl::Status status;
  NEWSGRAPH_RETURN_IF_ERROR(kv_->ScanAll(Table::kTime, from, [&](std::string_view key, std::string_view) {
    KeyReader reader(key);
    reader.I32();
    const int32_t day = reader.I32();
    const DocumentKey document{reader.Id()};
    if (!reader.complete()) status = BrokenKey(Table::kTime);
    if (!status.ok() || day > to_day) return false;
    if (found.size() == limit) {
      if (limit > 0) *position = ToPosition({found.back().second.value, static_cast<uint32_t>(found.back().first)});
      return false;
    }
    found.emplace_back(day, document);
    return true;
  }));
  NEWSGRAPH_RETURN_IF_ERROR(status);
  for (const auto& [day, document] : found) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto record, ReadDocumentOf(*kv_, document));
    ids.push_back(record.document.id);
  }
  return ids;
}

absl::StatusOr<std::string> Snapshot::GetIngestTime(std::string_view document_id) const {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto bytes, kv_->Get(Table::kJournal, IngestKey(MakeDocumentKey(document_id))));
  if (!bytes) return NoDocument(document_id);
  return DecodeIngestTime(*bytes);
}

// --- identity

absl::StatusOr<Resolution> Snapshot::Resolve(AtomId id) const {
  std::set<EntityId> entities;
  std::set<AtomId> seen = {id};
  std::vector<AtomId> queue = {id};
  for (size_t next = 0; next < queue.size(); ++next) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto record, ReadAtom(*kv_, queue[next]));
    if (record) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto entity, ReadEntityOf(*kv_, record->profile));
      if (!entity) return absl::DataLossError(fmt::format("resolve {}: it has no entity; run verify", ToString(id)));
      entities.insert(*entity);
      continue;
    }
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto bytes, kv_->Get(Table::kJournal, RetiredKey(queue[next])));
    if (!bytes) continue;
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto leads, DecodeRetired(*bytes));
    for (const AtomId lead : leads) {
      if (queue.size() < kMaxRetired && seen.insert(lead).second) queue.push_back(lead);
    }
  }
  if (entities.empty()) {
    return absl::NotFoundError(
        fmt::format("resolve {}: no document has it now, and nothing of its entity is left", ToString(id)));
  }
  Resolution resolution;
  if (entities.size() == 1) {
    resolution.entity = *entities.begin();
  } else {
    resolution.candidates.assign(entities.begin(), entities.end());
  }
  return resolution;
}

absl::StatusOr<EntityId> Snapshot::EntityOf(AtomId atom) const {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto record, ReadAtom(*kv_, atom));
  if (!record) return absl::NotFoundError(fmt::format("read atom {}: no document has it now", ToString(atom)));
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto entity, ReadEntityOf(*kv_, record->profile));
  if (!entity) return absl::DataLossError(fmt::format("read atom {}: it has no entity; run verify", ToString(atom)));
  return *entity;
}

absl::StatusOr<Entity> Snapshot::GetEntity(EntityId id) const {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto profiles, ListProfilesOf(*kv_, id));
  Entity entity{.id = id};
  std::map<EntityType, uint64_t> types;
  std::map<EntityType, std::map<std::string, uint64_t>> subtypes;
  std::map<std::string, std::map<std::string, uint64_t>> external_ids;
  std::map<std::pair<std::string, std::string>, uint64_t> names;
  std::map<std::string, NameWeight> weights;
  for (const ProfileId profile : profiles) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto record, ReadProfile(*kv_, profile));
    if (!record) return ProfileGone(id);
    types[record->fields.type] += record->documents;
    entity.documents += record->documents;
    for (const auto& [scheme, external_id] : record->fields.external_ids) {
      external_ids[scheme][external_id] += record->documents;
    }
    NEWSGRAPH_RETURN_IF_ERROR(AddSubtypes(*kv_, profile, subtypes[record->fields.type]));
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto profile_names, ReadNames(*kv_, profile));
    for (const ProfileName& name : profile_names) {
      if (name.record.mentions > 0) names[{name.text, name.language}] += name.record.mentions;
    }
    AddWeights(profile_names, record->fields.bare, weights);
  }
  if (profiles.size() > 1) {
    // Two of them may stand in one document.
    entity.documents = 0;
    MergedRanges rows(*kv_, Table::kProfileAtom, ProfileAtomPrefixes(profiles, AtomOrder::kByDocument), "");
    DocumentKey last;
    while (true) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto row, rows.Next());
      if (!row) break;
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto place, ParseDocumentAtom(*row));
      if (entity.documents == 0 || place.first != last) ++entity.documents;
      last = place.first;
    }
  }
  entity.type = MostFrequent(types, EntityType::kUnknown);
  entity.subtype = MostFrequent(subtypes[entity.type], std::string());
  for (const auto& [scheme, counts] : external_ids) entity.external_ids[scheme] = MostFrequent(counts, std::string());
  for (const auto& [name, count] : names) entity.names.push_back({name.first, name.second, count});
  std::stable_sort(entity.names.begin(), entity.names.end(),
                   [](const EntityName& left, const EntityName& right) { return left.count > right.count; });
  entity.name = NameToShow(weights);
  return entity;
}

absl::StatusOr<EntityType> Snapshot::GetEntityType(EntityId id) const {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto profiles, ListProfilesOf(*kv_, id));
  std::map<EntityType, uint64_t> types;
  for (const ProfileId profile : profiles) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto record, ReadProfile(*kv_, profile));
    if (!record) return ProfileGone(id);
    types[record->fields.type] += record->documents;
  }
  return MostFrequent(types, EntityType::kUnknown);
}

absl::StatusOr<std::vector<EntityId>> Snapshot::ListEntities(size_t limit, PagePosition* position) const {
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::string from, FirstKey(*position));
  std::vector<EntityId> entities;
  bool broken = false;
  position->clear();
  NEWSGRAPH_RETURN_IF_ERROR(kv_->ScanAll(Table::kClusterProfile, from, [&](std::string_view key, std::string_view) {
    KeyReader reader(key);
    const EntityId entity{reader.Id()};
    reader.Id();
    broken = !reader.complete();
    if (broken) return false;
    if (!entities.empty() && entities.back() == entity) return true;
    if (entities.size() == limit) {
      if (limit > 0) *position = ToPosition({entities.back().value, 0});
      return false;
    }
    entities.push_back(entity);
    return true;
  }));
  if (broken) return BrokenKey(Table::kClusterProfile);
  return entities;
}

absl::StatusOr<std::vector<AtomId>> Snapshot::ListAtoms(EntityId id, size_t limit, PagePosition* position) const {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto profiles, ListProfilesOf(*kv_, id));
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::string from, FirstKey(*position));
  MergedRanges rows(*kv_, Table::kProfileAtom, ProfileAtomPrefixes(profiles, AtomOrder::kByAtom), from);
  std::vector<AtomId> atoms;
  position->clear();
  while (true) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto row, rows.Next());
    if (!row) break;
    if (atoms.size() == limit) {
      if (limit > 0) *position = ToPosition({atoms.back().value, 0});
      break;
    }
    KeyReader reader(row->suffix);
    atoms.push_back({reader.Id()});
    if (!reader.complete()) return BrokenKey(Table::kProfileAtom);
  }
  return atoms;
}

absl::StatusOr<std::vector<JoinReason>> Snapshot::ExplainEntity(EntityId id) const {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto profiles, ListProfilesOf(*kv_, id));
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto component, ExplainIdentity(StoredIdentity(*kv_), profiles[0]));
  const auto shown = [&](ProfileId profile, const std::string& folded) -> absl::StatusOr<std::string> {
    std::map<std::string, NameWeight> weights;
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto names, ReadNames(*kv_, profile));
    AddWeights(names, false, weights);
    return weights.empty() ? folded : NameToShow(weights);
  };
  std::vector<JoinReason> reasons;
  for (const ProfileJoin& join : component.joins) {
    if (!std::binary_search(profiles.begin(), profiles.end(), join.left)) continue;
    JoinReason reason{.level = join.level, .reason = join.reason};
    NEWSGRAPH_ASSIGN_OR_RETURN(reason.left, shown(join.left, join.left_name));
    NEWSGRAPH_ASSIGN_OR_RETURN(reason.right, shown(join.right, join.right_name));
    reasons.push_back(std::move(reason));
  }
  return reasons;
}

absl::StatusOr<std::vector<Ambiguity>> Snapshot::ListAmbiguities(size_t limit, PagePosition* position) const {
  // An ambiguity stands under the smallest of its entities; the number of a position says
  // how many of that entity have been given.
  LastOfPage last;
  std::string from;
  if (!position->empty()) {
    NEWSGRAPH_ASSIGN_OR_RETURN(last, ParsePosition(*position));
    from = IdKey(last.id);
  }
  position->clear();
  std::vector<Ambiguity> ambiguities;
  if (limit == 0) return ambiguities;
  std::vector<std::pair<EntityId, ProfileId>> entities;  // with the first profile of each
  bool broken = false;
  NEWSGRAPH_RETURN_IF_ERROR(kv_->ScanAll(Table::kClusterProfile, from, [&](std::string_view key, std::string_view) {
    KeyReader reader(key);
    const EntityId entity{reader.Id()};
    const ProfileId profile{reader.Id()};
    broken = !reader.complete();
    if (entities.empty() || entities.back().first != entity) entities.emplace_back(entity, profile);
    return !broken;
  }));
  if (broken) return BrokenKey(Table::kClusterProfile);

  const StoredIdentity identity(*kv_);
  std::unordered_map<ProfileId, std::shared_ptr<const IdentityComponent>> components;  // by their profiles
  for (const auto& [entity, profile] : entities) {
    auto& component = components[profile];
    if (component == nullptr) {
      NEWSGRAPH_ASSIGN_OR_RETURN(auto explained, ExplainIdentity(identity, profile));
      const auto shared = std::make_shared<const IdentityComponent>(std::move(explained));
      component = shared;
      if (!shared->ambiguities.empty()) {
        for (const ProfileId member : shared->profiles) components[member] = shared;
      }
    }
    const auto explained = component;
    uint64_t number = 0;  // of this entity
    for (const ProfileAmbiguity& found : explained->ambiguities) {
      std::set<EntityId> sides;
      for (const ProfileId cluster : found.clusters) {
        NEWSGRAPH_ASSIGN_OR_RETURN(const auto side, ReadEntityOf(*kv_, cluster));
        if (side) sides.insert(*side);
      }
      if (sides.size() < 2 || *sides.begin() != entity) continue;
      ++number;
      if (entity.value == last.id && number <= last.number) continue;
      if (ambiguities.size() == limit) {
        const EntityId previous = ambiguities.back().entities.front();
        // How many of `previous` have been given, on earlier pages too.
        uint64_t given = previous.value == last.id ? last.number : 0;
        for (const Ambiguity& ambiguity : ambiguities) given += ambiguity.entities.front() == previous ? 1 : 0;
        *position = ToPosition({previous.value, given});
        return ambiguities;
      }
      ambiguities.push_back({found.level, {sides.begin(), sides.end()}, found.reason});
    }
  }
  return ambiguities;
}

absl::StatusOr<std::vector<Judgement>> Snapshot::ListJudgements() const {
  std::vector<Judgement> judgements;
  absl::Status status;
  NEWSGRAPH_RETURN_IF_ERROR(kv_->ScanAll(Table::kJudgement, "", [&](std::string_view key, std::string_view value) {
    const auto parsed = ParseJudgementKey(key);
    if (!parsed) status = BrokenKey(Table::kJudgement);
    if (parsed && parsed->part == JudgementPart::kRecord) {
      auto judgement = DecodeJudgement(value);
      status = judgement.status();
      if (judgement.ok()) judgements.push_back(*std::move(judgement));
    }
    return status.ok();
  }));
  NEWSGRAPH_RETURN_IF_ERROR(status);
  return judgements;
}

absl::StatusOr<std::vector<Judgement>> Snapshot::ListDetachedJudgements() const {
  NEWSGRAPH_ASSIGN_OR_RETURN(auto judgements, ListJudgements());
  std::vector<Judgement> detached;
  for (Judgement& judgement : judgements) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto attachment,
                               ReadAttachment(*kv_, {judgement.left, judgement.right, judgement.author}));
    if (!attachment) return absl::DataLossError("read judgements: an attachment is missing; run verify");
    // Two sides that have become one atom can be neither joined nor kept apart.
    if (attachment->left.is_zero() || attachment->right.is_zero() || attachment->left == attachment->right) {
      detached.push_back(std::move(judgement));
    }
  }
  return detached;
}

// --- names

absl::StatusOr<std::vector<NameMatch>> Snapshot::FindByName(std::string_view name, bool prefix, size_t limit) const {
  std::vector<NameMatch> matches;
  const std::string folded = FoldName(name);
  if (folded.empty() || limit == 0) return matches;
  std::vector<ParsedNameKey> rows;
  bool broken = false;
  NEWSGRAPH_RETURN_IF_ERROR(
      kv_->Scan(Table::kName, NamePrefix(folded, !prefix), "", [&](std::string_view key, std::string_view) {
        auto parsed = ParseNameKey(key);
        broken = !parsed;
        if (parsed) rows.push_back(*std::move(parsed));
        return !broken && rows.size() < kMaxNameRows;
      }));
  if (broken) return BrokenKey(Table::kName);

  std::vector<std::string> cluster_keys, name_keys;
  for (const ParsedNameKey& row : rows) {
    cluster_keys.push_back(IdKey(row.profile.value));
    name_keys.push_back(ProfileNameKey(row.profile, row.text, row.language));
  }
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto clusters, kv_->MultiGet(Table::kProfileCluster, cluster_keys));
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto records, kv_->MultiGet(Table::kProfile, name_keys));
  std::map<EntityId, std::map<std::pair<bool, std::string>, uint64_t>> counts;  // by exact and text
  for (size_t i = 0; i < rows.size(); ++i) {
    if (!clusters[i] || !records[i]) return absl::DataLossError("find a name: its profile is gone; run verify");
    NEWSGRAPH_ASSIGN_OR_RETURN(const EntityId entity, DecodeCluster(*clusters[i]));
    NEWSGRAPH_ASSIGN_OR_RETURN(const NameRecord record, DecodeName(*records[i]));
    counts[entity][{rows[i].folded == folded, rows[i].text}] += record.mentions;
  }
  for (const auto& [entity, texts] : counts) {
    NameMatch best{.entity = entity};
    for (const auto& [text, count] : texts) {
      if (best.name.empty() || std::pair(text.first, count) > std::pair(best.exact, best.count)) {
        best.name = text.second;
        best.count = count;
        best.exact = text.first;
      }
    }
    matches.push_back(std::move(best));
  }
  std::sort(matches.begin(), matches.end(), [](const NameMatch& left, const NameMatch& right) {
    return std::tuple(!left.exact, ~left.count, left.entity) < std::tuple(!right.exact, ~right.count, right.entity);
  });
  if (matches.size() > limit) matches.resize(limit);
  return matches;
}

absl::StatusOr<std::vector<EntityId>> Snapshot::FindByExternalId(const std::string& scheme,
                                                                 const std::string& id) const {
  ProfileFields fields;
  fields.external_ids[scheme] = id;
  std::set<EntityId> entities;
  for (const HeldValue& value : HeldValues(fields)) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto holders, StoredIdentity(*kv_).ListHolders(value, kMaxNameRows));
    for (const ProfileId holder : holders) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto entity, ReadEntityOf(*kv_, holder));
      if (!entity) return absl::DataLossError("find an external id: a profile has no entity; run verify");
      entities.insert(*entity);
    }
  }
  return std::vector<EntityId>(entities.begin(), entities.end());
}

// --- mentions

absl::StatusOr<std::vector<Snapshot::EntityMention>> Snapshot::ListMentions(EntityId id, size_t limit,
                                                                            PagePosition* position) const {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto profiles, ListProfilesOf(*kv_, id));
  // The number of a position is that of the mention in its document.
  std::optional<LastOfPage> last;
  std::string from;
  if (!position->empty()) {
    NEWSGRAPH_ASSIGN_OR_RETURN(last, ParsePosition(*position));
    from = IdKey(last->id);
  }
  position->clear();
  std::vector<EntityMention> mentions;
  LastOfPage given;
  MergedRanges rows(*kv_, Table::kProfileAtom, ProfileAtomPrefixes(profiles, AtomOrder::kByDocument), from);
  NEWSGRAPH_ASSIGN_OR_RETURN(auto row, rows.Next());
  while (row && limit > 0) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto place, ParseDocumentAtom(*row));
    const DocumentKey document_key = place.first;
    std::set<AtomId> atoms = {place.second};
    for (row.reset();;) {
      NEWSGRAPH_ASSIGN_OR_RETURN(row, rows.Next());
      if (!row) break;
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto next, ParseDocumentAtom(*row));
      if (next.first != document_key) break;
      atoms.insert(next.second);
    }
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto record, ReadDocumentOf(*kv_, document_key));
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto document, ReadDocument(*kv_, document_key, record));
    NEWSGRAPH_ASSIGN_OR_RETURN(auto all, ReadMentions(*kv_, document_key, record.atoms, document));
    for (size_t i = 0; i < all.size(); ++i) {
      if (!atoms.contains(all[i].atom)) continue;
      if (last && last->id == document_key.value && i <= last->number) continue;
      if (mentions.size() == limit) {
        *position = ToPosition(given);
        return mentions;
      }
      mentions.push_back({document.id, std::move(all[i])});
      given = {document_key.value, i};
    }
  }
  return mentions;
}

absl::StatusOr<std::vector<std::string>> Snapshot::ListMentioningDocuments(EntityId id, size_t limit,
                                                                           PagePosition* position) const {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto profiles, ListProfilesOf(*kv_, id));
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::string from, FirstKey(*position));
  MergedRanges rows(*kv_, Table::kProfileAtom, ProfileAtomPrefixes(profiles, AtomOrder::kByDocument), from);
  std::vector<std::string> ids;
  DocumentKey last;
  position->clear();
  while (limit > 0) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto row, rows.Next());
    if (!row) break;
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto place, ParseDocumentAtom(*row));
    if (!ids.empty() && place.first == last) continue;
    if (ids.size() == limit) {
      *position = ToPosition({last.value, 0});
      break;
    }
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto record, ReadDocumentOf(*kv_, place.first));
    ids.push_back(record.document.id);
    last = place.first;
  }
  return ids;
}

}  // namespace newsgraph
