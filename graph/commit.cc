#include "graph/commit.h"

#include <fmt/format.h>

#include <algorithm>

#include "graph/name_folding.h"
#include "graph/status.h"
#include "graph/storage/records.h"
#include "graph/stored_graph.h"

namespace newsgraph {
namespace {

constexpr size_t kMaxLeads = 16;

absl::Status Underflow(std::string_view what) {
  return absl::DataLossError(fmt::format("count {}: fewer are there than are taken away; run verify", what));
}

// `before` with `delta` added.
absl::StatusOr<uint64_t> Add(uint64_t before, int64_t delta, std::string_view what) {
  if (delta < 0 && before < static_cast<uint64_t>(-delta)) return Underflow(what);
  return before + static_cast<uint64_t>(delta);
}

// Atoms of the document that one of `names`, the judgements on it, is about.
absl::StatusOr<std::set<AtomId>> ListJudgedAtoms(const KvSnapshot& kv, const std::vector<JudgementName>& names,
                                                 std::string_view document) {
  std::set<AtomId> atoms;
  for (const JudgementName& name : names) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto judgement, ReadJudgement(kv, name));
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto attachment, ReadAttachment(kv, name));
    if (!judgement || !attachment) return absl::DataLossError("read judgements: a row is missing; run verify");
    if (judgement->left_place.document == document) atoms.insert(attachment->left);
    if (judgement->right_place.document == document) atoms.insert(attachment->right);
  }
  atoms.erase(AtomId());
  return atoms;
}

std::string DescribeDetached(const Judgement& judgement, const JudgementPlace& place) {
  return fmt::format("judgement by {} ({}) on {} and {}: document {} no longer has {} where it was judged",
                     judgement.author.empty() ? "nobody" : judgement.author, ToString(judgement.verdict),
                     ToString(judgement.left), ToString(judgement.right), place.document, place.surface);
}

JudgementName NameOf(const Judgement& judgement) { return {judgement.left, judgement.right, judgement.author}; }

// A count kept under a key: gone at zero. Says whether it came or went.
enum class Existence { kSame, kCame, kWent };

absl::StatusOr<Existence> AddToCount(WriteSet& set, Table table, const std::string& key, int64_t delta) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto bytes, set.Get(table, key));
  uint64_t before = 0;
  if (bytes) {
    NEWSGRAPH_ASSIGN_OR_RETURN(before, DecodeCount(*bytes));
  }
  NEWSGRAPH_ASSIGN_OR_RETURN(const uint64_t after, Add(before, delta, ToString(table)));
  if (after == 0) {
    set.Delete(table, key);
  } else {
    set.Put(table, key, EncodeCount(after));
  }
  return before == 0 && after > 0 ? Existence::kCame : before > 0 && after == 0 ? Existence::kWent : Existence::kSame;
}

void SetPresent(WriteSet& set, Table table, std::string key, Existence existence) {
  if (existence == Existence::kCame) set.Put(table, std::move(key), "");
  if (existence == Existence::kWent) set.Delete(table, std::move(key));
}

}  // namespace

AtomId FindJudgedAtom(const DocumentGraph& graph, AtomId judged, const JudgementPlace& place) {
  std::set<AtomId> same_surface;
  AtomId same_place;
  for (const Atom& atom : graph.atoms) {
    if (atom.id == judged) return judged;
  }
  for (const Mention& mention : graph.mentions) {
    if (mention.surface != place.surface) continue;
    same_surface.insert(mention.atom);
    if (mention.span == place.span) same_place = mention.atom;
  }
  if (!same_place.is_zero()) return same_place;
  return same_surface.size() == 1 ? *same_surface.begin() : AtomId();
}

Commit::Commit(std::shared_ptr<const KvSnapshot> base, const Ontology& ontology)
    : set_(std::move(base)), ontology_(ontology) {}

absl::StatusOr<std::vector<std::string>> Commit::ReplaceDocument(const DocumentGraph* before,
                                                                 const DocumentGraph* after, std::string_view now) {
  const std::string& id = (before != nullptr ? before : after)->document.id;
  const DocumentKey key = MakeDocumentKey(id);
  if (home_.empty()) home_ = IdKey(key.value);
  ++changes_made_;

  // Read with the changes made so far: the other side of a judgement may stand in a document
  // of the same commit.
  std::vector<std::string> detached;
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto names, ListJudgementsOn(set_, key));
  std::set<AtomId> judged_before, judged_after;
  if (!names.empty()) {
    NEWSGRAPH_ASSIGN_OR_RETURN(judged_before, ListJudgedAtoms(set_, names, id));
    for (const JudgementName& name : names) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto judgement, ReadJudgement(set_, name));
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto attachment, ReadAttachment(set_, name));
      Attachment attached = *attachment;
      for (const auto& [side, judged, place] : {std::tuple(&attached.left, judgement->left, &judgement->left_place),
                                                {&attached.right, judgement->right, &judgement->right_place}}) {
        if (place->document != id) continue;
        const AtomId found = after == nullptr ? AtomId() : FindJudgedAtom(*after, judged, *place);
        if (found.is_zero() && !side->is_zero()) detached.push_back(DescribeDetached(*judgement, *place));
        *side = found;
      }
      NEWSGRAPH_RETURN_IF_ERROR(SetAttachment(name, attachment, attached));
    }
    NEWSGRAPH_ASSIGN_OR_RETURN(judged_after, ListJudgedAtoms(set_, names, id));
  }

  if (before != nullptr) TakeAwayRows(MakeDocumentRows(*before, judged_before, ontology_));
  if (after != nullptr) AddRows(MakeDocumentRows(*after, judged_after, ontology_), before == nullptr);
  if (before != nullptr) {
    std::set<AtomId> kept;
    if (after != nullptr) {
      for (const Atom& atom : after->atoms) kept.insert(atom.id);
    }
    for (const Atom& atom : before->atoms) {
      if (kept.contains(atom.id)) continue;
      retired_[atom.id] = MakeProfileId(MakeProfileFields(atom, judged_before.contains(atom.id)));
    }
  }
  if (after != nullptr) {
    set_.Put(Table::kJournal, IngestKey(key), EncodeIngestTime(now));
  } else {
    set_.Delete(Table::kJournal, IngestKey(key));
  }
  return detached;
}

absl::Status Commit::ReplaceJudgement(const std::optional<Judgement>& before, const std::optional<Judgement>& after,
                                      std::string_view now) {
  const JudgementName name = NameOf(after ? *after : *before);
  home_ = IdKey(name.left.value);
  ++changes_made_;
  std::set<std::string> documents;
  for (const auto* judgement : {&before, &after}) {
    if (!*judgement) continue;
    documents.insert((*judgement)->left_place.document);
    documents.insert((*judgement)->right_place.document);
  }
  struct Judged {
    std::optional<DocumentGraph> graph;
    std::set<AtomId> atoms;
  };
  std::map<std::string, Judged> judged;
  for (const std::string& document : documents) {
    NEWSGRAPH_ASSIGN_OR_RETURN(judged[document].graph, ReadDocumentGraph(set_.base(), MakeDocumentKey(document)));
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto names, ListJudgementsOn(set_.base(), MakeDocumentKey(document)));
    NEWSGRAPH_ASSIGN_OR_RETURN(judged[document].atoms, ListJudgedAtoms(set_.base(), names, document));
    set_.Delete(Table::kJudgement, JudgedDocumentKey(MakeDocumentKey(document), name));
  }

  NEWSGRAPH_ASSIGN_OR_RETURN(const auto attachment_before, ReadAttachment(set_.base(), name));
  std::optional<Attachment> attachment_after;
  if (after) {
    const auto find = [&](AtomId atom, const JudgementPlace& place) {
      const auto& graph = judged[place.document].graph;
      return graph ? FindJudgedAtom(*graph, atom, place) : AtomId();
    };
    attachment_after = Attachment{find(after->left, after->left_place), find(after->right, after->right_place)};
    set_.Put(Table::kJudgement, JudgementKey(name), Encode(*after));
    for (const JudgementPlace* place : {&after->left_place, &after->right_place}) {
      set_.Put(Table::kJudgement, JudgedDocumentKey(MakeDocumentKey(place->document), name), "");
    }
  } else {
    set_.Delete(Table::kJudgement, JudgementKey(name));
  }
  NEWSGRAPH_RETURN_IF_ERROR(SetAttachment(name, attachment_before, attachment_after));
  for (const auto& [document, was] : judged) {
    if (!was.graph) continue;
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto names, ListJudgementsOn(set_, MakeDocumentKey(document)));
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto atoms, ListJudgedAtoms(set_, names, document));
    if (atoms == was.atoms) continue;
    TakeAwayRows(MakeDocumentRows(*was.graph, was.atoms, ontology_));
    AddRows(MakeDocumentRows(*was.graph, atoms, ontology_), false);
  }
  undo_ = Encode(UndoRecord{std::string(now), before, after});
  return absl::OkStatus();
}

absl::Status Commit::SetAttachment(const JudgementName& name, const std::optional<Attachment>& before,
                                   const std::optional<Attachment>& after) {
  if (after) {
    set_.Put(Table::kJudgement, AttachmentKey(name), Encode(*after));
  } else {
    set_.Delete(Table::kJudgement, AttachmentKey(name));
  }
  for (const auto* attachment : {&before, &after}) {
    if (!*attachment) continue;
    for (const AtomId atom : {(*attachment)->left, (*attachment)->right}) {
      if (atom.is_zero()) continue;
      if (attachment == &before) {
        judged_before_.insert(atom);
        set_.Delete(Table::kJudgement, JudgedAtomKey(atom, name));
      } else {
        judged_after_.insert(atom);
        set_.Put(Table::kJudgement, JudgedAtomKey(atom, name), "");
      }
    }
  }
  return absl::OkStatus();
}

void Commit::AddRows(DocumentRows rows, bool are_new) {
  AddToCounts(rows, 1);
  for (DocumentRows::Row& row : rows.rows) set_.Put(row.table, std::move(row.key), std::move(row.value));
  for (DocumentRows::Row& row : rows.unread) {
    if (are_new) {
      set_.PutUnread(row.table, std::move(row.key), std::move(row.value));
    } else {
      set_.Put(row.table, std::move(row.key), std::move(row.value));
    }
  }
}

void Commit::TakeAwayRows(DocumentRows rows) {
  AddToCounts(rows, -1);
  for (auto* own : {&rows.rows, &rows.unread}) {
    for (DocumentRows::Row& row : *own) set_.Delete(row.table, std::move(row.key));
  }
}

void Commit::AddToCounts(const DocumentRows& rows, int64_t sign) {
  for (const auto& [id, share] : rows.profiles) {
    ProfileDelta& delta = deltas_[id];
    delta.fields = share.fields;
    delta.documents += sign;
    delta.atoms += sign * static_cast<int64_t>(share.atoms.size());
    for (const Observation& observation : share.observations) delta.observations[observation] += sign;
    for (const auto& [name, record] : share.names) {
      auto& [mentions, atoms] = delta.names[name];
      mentions += sign * static_cast<int64_t>(record.mentions);
      atoms += sign * static_cast<int64_t>(record.atoms);
    }
    for (const auto& [subtype, atoms] : share.subtypes) delta.subtypes[subtype] += sign * static_cast<int64_t>(atoms);
    for (const AtomId atom : share.atoms) {
      auto& from = sign > 0 ? delta.removed : delta.added;
      auto& to = sign > 0 ? delta.added : delta.removed;
      if (from.erase(atom) == 0) to.insert(atom);
    }
  }
  documents_ += sign * static_cast<int64_t>(rows.counts.documents);
  atoms_ += sign * static_cast<int64_t>(rows.counts.atoms);
  mentions_ += sign * static_cast<int64_t>(rows.counts.mentions);
  turns_ += sign * static_cast<int64_t>(rows.counts.turns);
  const auto& statements = rows.counts.statements_by_predicate;
  if (statements_by_predicate_.size() < statements.size()) statements_by_predicate_.resize(statements.size());
  for (size_t i = 0; i < statements.size(); ++i) {
    statements_by_predicate_[i] += sign * static_cast<int64_t>(statements[i]);
  }
}

absl::StatusOr<Commit::Result> Commit::Finish() {
  NEWSGRAPH_RETURN_IF_ERROR(PrefetchCounts());
  NEWSGRAPH_RETURN_IF_ERROR(ApplyProfiles());
  NEWSGRAPH_RETURN_IF_ERROR(MarkJudgedProfiles());
  std::vector<ProfileChange> changes;
  for (auto& [id, change] : changes_) changes.push_back(std::move(change));
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto clusters,
                             Recluster(StoredIdentity(set_.base()), StoredIdentity(set_), changes));
  NEWSGRAPH_RETURN_IF_ERROR(ApplyClusters(clusters));
  NEWSGRAPH_RETURN_IF_ERROR(RetireAtoms());
  NEWSGRAPH_RETURN_IF_ERROR(ApplyCounts());

  Result result;
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto commit, set_.Get(Table::kJournal, CommitKey()));
  if (commit) {
    NEWSGRAPH_ASSIGN_OR_RETURN(result.number, DecodeCommit(*commit));
  }
  result.number += changes_made_;
  set_.Put(Table::kJournal, CommitKey(), EncodeCommit(result.number));
  if (undo_) set_.Put(Table::kJournal, UndoKey(result.number), *undo_);
  NEWSGRAPH_ASSIGN_OR_RETURN(result.batch, set_.ToBatch(home_));
  return result;
}

absl::Status Commit::PrefetchCounts() {
  std::vector<std::string> profiles, clusters, observations;
  for (const auto& [id, delta] : deltas_) {
    profiles.push_back(ProfileKey(id));
    clusters.push_back(IdKey(id.value));
    for (const auto& [name, counts] : delta.names) {
      if (counts.first != 0 || counts.second != 0) profiles.push_back(ProfileNameKey(id, name.first, name.second));
    }
    for (const auto& [subtype, count] : delta.subtypes) {
      if (count != 0) profiles.push_back(ProfileSubtypeKey(id, subtype));
    }
    for (const auto& [observation, count] : delta.observations) {
      if (count != 0) observations.push_back(ObservationKey(id, observation.kind, observation.value));
    }
  }
  NEWSGRAPH_RETURN_IF_ERROR(set_.Prefetch(Table::kProfile, std::move(profiles)));
  NEWSGRAPH_RETURN_IF_ERROR(set_.Prefetch(Table::kProfileCluster, std::move(clusters)));
  return set_.Prefetch(Table::kObservation, std::move(observations));
}

absl::Status Commit::ApplyProfiles() {
  for (const auto& [id, delta] : deltas_) {
    ProfileChange change{.id = id};
    NEWSGRAPH_RETURN_IF_ERROR(ApplyProfile(id, delta, change));
    changes_[id] = std::move(change);
  }
  return absl::OkStatus();
}

absl::Status Commit::ApplyProfile(ProfileId id, const ProfileDelta& delta, ProfileChange& change) {
  NEWSGRAPH_ASSIGN_OR_RETURN(auto record, ReadProfile(set_, id));
  if (!record) record = ProfileRecord{delta.fields, 0, 0};
  change.documents_before = record->documents;
  NEWSGRAPH_ASSIGN_OR_RETURN(record->documents, Add(record->documents, delta.documents, "documents of a profile"));
  NEWSGRAPH_ASSIGN_OR_RETURN(record->atoms, Add(record->atoms, delta.atoms, "atoms of a profile"));
  change.documents_after = record->documents;
  const bool was = change.documents_before > 0;
  const bool is = change.documents_after > 0;
  if (is) {
    set_.Put(Table::kProfile, ProfileKey(id), Encode(*record));
  } else {
    set_.Delete(Table::kProfile, ProfileKey(id));
  }
  const Existence existence = was == is ? Existence::kSame : is ? Existence::kCame : Existence::kWent;
  if (existence != Existence::kSame) {
    for (const HeldValue& value : HeldValues(delta.fields)) {
      SetPresent(set_, Table::kValueProfile, ValueProfileKey(value.kind, value.value, id), existence);
    }
  }

  for (const auto& [observation, count] : delta.observations) {
    if (count == 0) continue;
    NEWSGRAPH_ASSIGN_OR_RETURN(
        const Existence now,
        AddToCount(set_, Table::kObservation, ObservationKey(id, observation.kind, observation.value), count));
    if (now == Existence::kCame) change.gained.push_back(observation);
    if (now == Existence::kWent) change.lost.push_back(observation);
    if (now != Existence::kSame && IsHeldKind(observation.kind)) {
      SetPresent(set_, Table::kValueProfile, ValueProfileKey(observation.kind, observation.value, id), now);
    }
  }

  for (const auto& [subtype, count] : delta.subtypes) {
    if (count == 0) continue;
    NEWSGRAPH_RETURN_IF_ERROR(AddToCount(set_, Table::kProfile, ProfileSubtypeKey(id, subtype), count).status());
  }

  for (const auto& [name, counts] : delta.names) {
    if (counts.first == 0 && counts.second == 0) continue;
    const auto& [text, language] = name;
    const std::string key = ProfileNameKey(id, text, language);
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto bytes, set_.Get(Table::kProfile, key));
    NameRecord name_record;
    if (bytes) {
      NEWSGRAPH_ASSIGN_OR_RETURN(name_record, DecodeName(*bytes));
    }
    NEWSGRAPH_ASSIGN_OR_RETURN(name_record.mentions, Add(name_record.mentions, counts.first, "mentions of a name"));
    NEWSGRAPH_ASSIGN_OR_RETURN(name_record.atoms, Add(name_record.atoms, counts.second, "atoms of a name"));
    const bool named = name_record.mentions > 0 || name_record.atoms > 0;
    if (named) {
      set_.Put(Table::kProfile, key, Encode(name_record));
    } else {
      set_.Delete(Table::kProfile, key);
    }
    if (named != bytes.has_value()) {
      SetPresent(set_, Table::kName, NameKey(FoldName(text), id, text, language),
                 named ? Existence::kCame : Existence::kWent);
    }
  }
  return absl::OkStatus();
}

absl::Status Commit::MarkJudgedProfiles() {
  std::set<ProfileId> profiles;
  for (const AtomId atom : judged_before_) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto record, ReadAtom(set_.base(), atom));
    if (record) profiles.insert(record->profile);
  }
  for (const AtomId atom : judged_after_) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto record, ReadAtom(set_, atom));
    if (record) profiles.insert(record->profile);
  }
  for (const ProfileId id : profiles) {
    auto found = changes_.find(id);
    if (found == changes_.end()) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto record, ReadProfile(set_, id));
      if (!record) continue;
      found = changes_.emplace(id, ProfileChange{id, record->documents, record->documents, {}, {}, false}).first;
    }
    found->second.judgements_changed = true;
  }
  return absl::OkStatus();
}

absl::StatusOr<const std::vector<ProfileId>*> Commit::MembersBefore(EntityId entity) {
  auto found = members_before_.find(entity);
  if (found == members_before_.end()) {
    NEWSGRAPH_ASSIGN_OR_RETURN(auto members, ListProfiles(set_.base(), entity));
    found = members_before_.emplace(entity, std::move(members)).first;
  }
  return &found->second;
}

absl::Status Commit::ApplyClusters(const std::vector<ClusterChange>& changes) {
  std::map<ProfileId, const ClusterChange*> changed;
  std::map<ProfileId, std::vector<ProfileId>> joined;  // by cluster
  std::set<ProfileId> affected;                        // clusters whose members or smallest atom may be others
  for (const ClusterChange& change : changes) changed[change.profile] = &change;
  for (const ClusterChange& change : changes) {
    if (change.after) {
      joined[*change.after].push_back(change.profile);
      affected.insert(*change.after);
    }
    // What is left of a cluster keeps its name unless its first profile has gone.
    if (change.before && !changed.contains(*change.before)) affected.insert(*change.before);
  }
  const StoredIdentity base(set_.base());
  for (const auto& [id, delta] : deltas_) {
    if (changed.contains(id) || (delta.added.empty() && delta.removed.empty())) continue;
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto entity, ReadEntityOf(set_, id));
    if (!entity)
      return absl::DataLossError(fmt::format("read cluster of {}: it has none; run verify", ToHex(id.value)));
    const AtomId smallest{entity->value};
    if (delta.removed.contains(smallest) || (!delta.added.empty() && *delta.added.begin() < smallest)) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto cluster, base.GetCluster(id));
      affected.insert(*cluster);
    }
  }

  struct Move {
    ProfileId profile;
    std::optional<EntityId> from;
    std::optional<EntityId> to;
  };
  std::vector<Move> moves;
  for (const ProfileId cluster : affected) {
    std::vector<ProfileId> members = joined[cluster];
    if (!changed.contains(cluster)) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto entity, ReadEntityOf(set_, cluster));
      if (!entity) return absl::DataLossError("read clusters: one has no entity; run verify");
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto* before, MembersBefore(*entity));
      for (const ProfileId member : *before) {
        if (!changed.contains(member)) members.push_back(member);
      }
    }
    std::optional<AtomId> smallest;
    for (const ProfileId member : members) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto atom, ReadSmallestAtom(set_, member));
      if (!atom) return absl::DataLossError("read atoms: a profile has none; run verify");
      if (!smallest || *atom < *smallest) smallest = atom;
    }
    for (const ProfileId member : members) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto from, ReadEntityOf(set_, member));
      moves.push_back({member, from, EntityId{smallest->value}});
    }
  }
  for (const ClusterChange& change : changes) {
    if (change.after) continue;
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto from, ReadEntityOf(set_, change.profile));
    moves.push_back({change.profile, from, std::nullopt});
  }
  for (const Move& move : moves) {
    if (move.from == move.to) continue;
    if (move.from) {
      changed_entities_.insert(*move.from);
      set_.Delete(Table::kClusterProfile, ClusterProfileKey(*move.from, move.profile));
    }
    if (move.to) {
      set_.Put(Table::kClusterProfile, ClusterProfileKey(*move.to, move.profile), "");
      set_.Put(Table::kProfileCluster, IdKey(move.profile.value), EncodeCluster(*move.to));
    } else {
      set_.Delete(Table::kProfileCluster, IdKey(move.profile.value));
    }
  }
  return absl::OkStatus();
}

absl::Status Commit::RetireAtoms() {
  std::map<EntityId, std::vector<AtomId>> leads;
  for (const auto& [atom, profile] : retired_) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto entity, ReadEntityOf(set_.base(), profile));
    if (!entity) return absl::DataLossError("read clusters: an atom has no entity; run verify");
    auto found = leads.find(*entity);
    if (found == leads.end()) {
      std::set<AtomId> survivors;
      if (changed_entities_.contains(*entity)) {
        NEWSGRAPH_ASSIGN_OR_RETURN(const auto* members, MembersBefore(*entity));
        for (const ProfileId member : *members) {
          NEWSGRAPH_ASSIGN_OR_RETURN(const auto now, ReadEntityOf(set_, member));
          if (now) survivors.insert(AtomId{now->value});
        }
      } else {
        survivors.insert(AtomId{entity->value});
      }
      std::vector<AtomId> kept(survivors.begin(), survivors.end());
      if (kept.size() > kMaxLeads) kept.resize(kMaxLeads);
      found = leads.emplace(*entity, std::move(kept)).first;
    }
    // Where nothing survives, what an earlier life of the id led to is no answer either.
    if (found->second.empty()) {
      set_.Delete(Table::kJournal, RetiredKey(atom));
    } else {
      set_.Put(Table::kJournal, RetiredKey(atom), EncodeRetired(found->second));
    }
  }
  return absl::OkStatus();
}

absl::Status Commit::ApplyCounts() {
  const std::string key(kCountsKey);
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto bytes, set_.Get(Table::kMeta, key));
  CountsRecord counts;
  if (bytes) {
    NEWSGRAPH_ASSIGN_OR_RETURN(counts, DecodeCounts(*bytes));
  }
  NEWSGRAPH_ASSIGN_OR_RETURN(counts.documents, Add(counts.documents, documents_, "documents"));
  NEWSGRAPH_ASSIGN_OR_RETURN(counts.atoms, Add(counts.atoms, atoms_, "atoms"));
  NEWSGRAPH_ASSIGN_OR_RETURN(counts.mentions, Add(counts.mentions, mentions_, "mentions"));
  NEWSGRAPH_ASSIGN_OR_RETURN(counts.turns, Add(counts.turns, turns_, "turns"));
  auto& statements = counts.statements_by_predicate;
  if (statements.size() < statements_by_predicate_.size()) statements.resize(statements_by_predicate_.size());
  for (size_t i = 0; i < statements_by_predicate_.size(); ++i) {
    NEWSGRAPH_ASSIGN_OR_RETURN(statements[i], Add(statements[i], statements_by_predicate_[i], "statements"));
  }
  while (!statements.empty() && statements.back() == 0) statements.pop_back();
  if (counts.documents == 0) {
    set_.Delete(Table::kMeta, key);
  } else {
    set_.Put(Table::kMeta, key, Encode(counts));
  }
  return absl::OkStatus();
}

}  // namespace newsgraph
