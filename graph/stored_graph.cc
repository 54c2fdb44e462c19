#include "graph/stored_graph.h"

#include <fmt/format.h>

#include <iterator>
#include <map>
#include <utility>

#include "graph/status.h"

namespace newsgraph {
namespace {

absl::Status Missing(std::string_view what, Id128 id) {
  return absl::DataLossError(fmt::format("read {} {}: the row is missing; run verify", what, ToHex(id)));
}

// The ids at the end of the keys that begin with `prefix`, at most `limit`.
absl::StatusOr<std::vector<Id128>> ListLastIds(const KvSnapshot& kv, Table table, const std::string& prefix,
                                               size_t limit) {
  std::vector<Id128> ids;
  bool broken = false;
  if (limit == 0) return ids;
  NEWSGRAPH_RETURN_IF_ERROR(kv.Scan(table, prefix, "", [&](std::string_view key, std::string_view) {
    KeyReader reader(key.substr(prefix.size()));
    ids.push_back(reader.Id());
    broken = broken || !reader.complete();
    return !broken && ids.size() < limit;
  }));
  if (broken) return absl::DataLossError(fmt::format("read table {}: a key is damaged; run verify", ToString(table)));
  return ids;
}

template <typename Id>
std::vector<Id> As(const std::vector<Id128>& ids) {
  std::vector<Id> typed;
  typed.reserve(ids.size());
  for (const Id128 id : ids) typed.push_back(Id{id});
  return typed;
}

absl::StatusOr<std::vector<JudgementName>> ListNames(const KvSnapshot& kv, const std::string& prefix) {
  std::vector<JudgementName> names;
  bool broken = false;
  NEWSGRAPH_RETURN_IF_ERROR(kv.Scan(Table::kJudgement, prefix, "", [&](std::string_view key, std::string_view) {
    auto parsed = ParseJudgementKey(key);
    broken = broken || !parsed;
    if (!broken) names.push_back(std::move(parsed->name));
    return !broken;
  }));
  if (broken) return absl::DataLossError("read table judgement: a key is damaged; run verify");
  return names;
}

}  // namespace

absl::StatusOr<std::optional<DocumentRecord>> ReadDocumentRecord(const KvSnapshot& kv, DocumentKey key) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto bytes, kv.Get(Table::kDocument, DocumentPartKey(key, DocumentPart::kRecord)));
  if (!bytes) return std::nullopt;
  return DecodeDocument(*bytes);
}

absl::StatusOr<Document> ReadDocument(const KvSnapshot& kv, DocumentKey key, const DocumentRecord& record) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto bytes, kv.Get(Table::kDocument, DocumentPartKey(key, DocumentPart::kText)));
  if (!bytes) return Missing("text of document", key.value);
  Document document = record.document;
  NEWSGRAPH_ASSIGN_OR_RETURN(document.text, DecodeText(*bytes));
  return document;
}

absl::StatusOr<std::vector<Mention>> ReadMentions(const KvSnapshot& kv, DocumentKey key,
                                                  const std::vector<AtomId>& atoms, const Document& document) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto bytes, kv.Get(Table::kMention, IdKey(key.value)));
  if (!bytes) return Missing("mentions of document", key.value);
  return DecodeMentions(*bytes, atoms, document);
}

absl::StatusOr<std::optional<DocumentGraph>> ReadDocumentGraph(const KvSnapshot& kv, DocumentKey key) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto record, ReadDocumentRecord(kv, key));
  if (!record) return std::nullopt;
  DocumentGraph graph;
  NEWSGRAPH_ASSIGN_OR_RETURN(graph.document, ReadDocument(kv, key, *record));
  NEWSGRAPH_ASSIGN_OR_RETURN(graph.mentions, ReadMentions(kv, key, record->atoms, graph.document));
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto turns, kv.Get(Table::kTurn, IdKey(key.value)));
  if (!turns) return Missing("turns of document", key.value);
  NEWSGRAPH_ASSIGN_OR_RETURN(graph.turns, DecodeTurns(*turns, record->atoms));

  std::vector<std::string> keys;
  for (const AtomId atom : record->atoms) keys.push_back(IdKey(atom.value));
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto atoms, kv.MultiGet(Table::kAtom, keys));
  for (size_t i = 0; i < atoms.size(); ++i) {
    if (!atoms[i]) return Missing("atom", record->atoms[i].value);
    NEWSGRAPH_ASSIGN_OR_RETURN(AtomRecord atom, DecodeAtom(*atoms[i], record->atoms[i]));
    graph.atoms.push_back(std::move(atom.atom));
  }

  absl::Status status;
  NEWSGRAPH_RETURN_IF_ERROR(
      kv.Scan(Table::kStatement, IdKey(key.value), "", [&](std::string_view, std::string_view bytes) {
        auto page = DecodeStatementPage(bytes, static_cast<uint32_t>(graph.statements.size()), record->atoms);
        status = page.status();
        if (page.ok()) std::move(page->begin(), page->end(), std::back_inserter(graph.statements));
        return status.ok();
      }));
  NEWSGRAPH_RETURN_IF_ERROR(status);
  if (graph.statements.size() != record->statements) return Missing("a statement of document", key.value);
  return graph;
}

absl::StatusOr<std::optional<AtomRecord>> ReadAtom(const KvSnapshot& kv, AtomId id) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto bytes, kv.Get(Table::kAtom, IdKey(id.value)));
  if (!bytes) return std::nullopt;
  return DecodeAtom(*bytes, id);
}

absl::StatusOr<std::optional<ProfileRecord>> ReadProfile(const KvSnapshot& kv, ProfileId id) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto bytes, kv.Get(Table::kProfile, ProfileKey(id)));
  if (!bytes) return std::nullopt;
  return DecodeProfile(*bytes);
}

absl::StatusOr<std::optional<AtomId>> ReadSmallestAtom(const KvSnapshot& kv, ProfileId id) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto ids,
                             ListLastIds(kv, Table::kProfileAtom, ProfileAtomPrefix(id, AtomOrder::kByAtom), 1));
  if (ids.empty()) return std::nullopt;
  return AtomId{ids[0]};
}

absl::StatusOr<std::optional<EntityId>> ReadEntityOf(const KvSnapshot& kv, ProfileId id) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto bytes, kv.Get(Table::kProfileCluster, IdKey(id.value)));
  if (!bytes) return std::nullopt;
  return DecodeCluster(*bytes);
}

absl::StatusOr<std::vector<ProfileId>> ListProfiles(const KvSnapshot& kv, EntityId id) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto ids, ListLastIds(kv, Table::kClusterProfile, IdKey(id.value), SIZE_MAX));
  return As<ProfileId>(ids);
}

absl::StatusOr<std::optional<Judgement>> ReadJudgement(const KvSnapshot& kv, const JudgementName& name) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto bytes, kv.Get(Table::kJudgement, JudgementKey(name)));
  if (!bytes) return std::nullopt;
  return DecodeJudgement(*bytes);
}

absl::StatusOr<std::optional<Attachment>> ReadAttachment(const KvSnapshot& kv, const JudgementName& name) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto bytes, kv.Get(Table::kJudgement, AttachmentKey(name)));
  if (!bytes) return std::nullopt;
  return DecodeAttachment(*bytes);
}

absl::StatusOr<std::vector<JudgementName>> ListJudgementsOn(const KvSnapshot& kv, DocumentKey document) {
  return ListNames(kv, JudgedDocumentPrefix(document));
}

absl::StatusOr<std::vector<JudgementName>> ListJudgementsOn(const KvSnapshot& kv, AtomId atom) {
  return ListNames(kv, JudgedAtomPrefix(atom));
}

absl::StatusOr<std::optional<Profile>> StoredIdentity::GetProfile(ProfileId id) const {
  NEWSGRAPH_ASSIGN_OR_RETURN(auto record, ReadProfile(kv_, id));
  if (!record) return std::nullopt;
  return Profile{std::move(record->fields), record->documents};
}

absl::StatusOr<std::vector<std::string>> StoredIdentity::ListObservations(ProfileId id, std::string_view kind,
                                                                          size_t limit) const {
  std::vector<std::string> values;
  bool broken = false;
  if (limit == 0) return values;
  const std::string prefix = KeyWriter().Id(id.value).Text(kind).Take();
  NEWSGRAPH_RETURN_IF_ERROR(kv_.Scan(Table::kObservation, prefix, "", [&](std::string_view key, std::string_view) {
    KeyReader reader(key.substr(prefix.size()));
    values.push_back(reader.Text());
    broken = broken || !reader.complete();
    return !broken && values.size() < limit;
  }));
  if (broken) return absl::DataLossError("read table observation: a key is damaged; run verify");
  return values;
}

absl::StatusOr<std::vector<ProfileId>> StoredIdentity::ListHolders(const HeldValue& value, size_t limit) const {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto ids,
                             ListLastIds(kv_, Table::kValueProfile, ValuePrefix(value.kind, value.value), limit));
  return As<ProfileId>(ids);
}

absl::StatusOr<std::vector<ProfileJudgement>> StoredIdentity::ListJudgements(ProfileId id) const {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto profile, ReadProfile(kv_, id));
  std::vector<ProfileJudgement> judgements;
  if (!profile || profile->fields.judged.is_zero()) return judgements;
  const AtomId atom = profile->fields.judged;
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto names, ListJudgementsOn(kv_, atom));
  // One author may have judged the pair under ids of two readings of a document: the later counts.
  std::map<std::pair<ProfileId, std::string>, std::pair<std::string, ProfileJudgement>> latest;
  for (const JudgementName& name : names) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto judgement, ReadJudgement(kv_, name));
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto attachment, ReadAttachment(kv_, name));
    if (!judgement || !attachment) return Missing("a judgement on atom", atom.value);
    const AtomId other = attachment->left == atom ? attachment->right : attachment->left;
    if (other.is_zero() || other == atom) continue;
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto other_atom, ReadAtom(kv_, other));
    if (!other_atom) return Missing("atom", other.value);
    auto& row = latest[{other_atom->profile, name.author}];
    // Names come in order, so that of equal times the greatest name counts.
    if (row.first > judgement->time) continue;
    row = {judgement->time, {other_atom->profile, judgement->verdict, name.author, judgement->reason}};
  }
  for (auto& [key, row] : latest) judgements.push_back(std::move(row.second));
  return judgements;
}

absl::StatusOr<std::optional<ProfileId>> StoredIdentity::GetCluster(ProfileId id) const {
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto entity, ReadEntityOf(kv_, id));
  if (!entity) return std::nullopt;
  NEWSGRAPH_ASSIGN_OR_RETURN(const auto ids, ListLastIds(kv_, Table::kClusterProfile, IdKey(entity->value), 1));
  if (ids.empty()) return Missing("cluster", entity->value);
  return ProfileId{ids[0]};
}

}  // namespace newsgraph
