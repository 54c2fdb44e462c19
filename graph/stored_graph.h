// Typed reads of one moment of the store, shared by snapshots and commits. nullopt
// where there is no such row; DataLoss where one is broken. Safe from any thread as far
// as the KvSnapshot is.
#ifndef NEWSGRAPH_GRAPH_STORED_GRAPH_H_
#define NEWSGRAPH_GRAPH_STORED_GRAPH_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/identity.h"
#include "graph/model.h"
#include "graph/storage/keys.h"
#include "graph/storage/kv.h"
#include "graph/storage/records.h"

namespace newsgraph {

absl::StatusOr<std::optional<DocumentRecord>> ReadDocumentRecord(const KvSnapshot& kv, DocumentKey key);
// `record.document` with its text.
absl::StatusOr<Document> ReadDocument(const KvSnapshot& kv, DocumentKey key, const DocumentRecord& record);
// `document` with its text; `atoms` of its record.
absl::StatusOr<std::vector<Mention>> ReadMentions(const KvSnapshot& kv, DocumentKey key,
                                                  const std::vector<AtomId>& atoms, const Document& document);
absl::StatusOr<std::optional<DocumentGraph>> ReadDocumentGraph(const KvSnapshot& kv, DocumentKey key);

absl::StatusOr<std::optional<AtomRecord>> ReadAtom(const KvSnapshot& kv, AtomId id);
absl::StatusOr<std::optional<ProfileRecord>> ReadProfile(const KvSnapshot& kv, ProfileId id);
absl::StatusOr<std::optional<AtomId>> ReadSmallestAtom(const KvSnapshot& kv, ProfileId id);

absl::StatusOr<std::optional<EntityId>> ReadEntityOf(const KvSnapshot& kv, ProfileId id);
// Sorted; empty when there is no such entity.
absl::StatusOr<std::vector<ProfileId>> ListProfiles(const KvSnapshot& kv, EntityId id);

absl::StatusOr<std::optional<Judgement>> ReadJudgement(const KvSnapshot& kv, const JudgementName& name);
absl::StatusOr<std::optional<Attachment>> ReadAttachment(const KvSnapshot& kv, const JudgementName& name);
absl::StatusOr<std::vector<JudgementName>> ListJudgementsOn(const KvSnapshot& kv, DocumentKey document);
absl::StatusOr<std::vector<JudgementName>> ListJudgementsOn(const KvSnapshot& kv, AtomId atom);

// What identity reads, from the tables.
class StoredIdentity : public IdentityView {
 public:
  // `kv` must outlive it.
  explicit StoredIdentity(const KvSnapshot& kv) : kv_(kv) {}

  absl::StatusOr<std::optional<Profile>> GetProfile(ProfileId id) const override;
  absl::StatusOr<std::vector<std::string>> ListObservations(ProfileId id, std::string_view kind,
                                                            size_t limit) const override;
  absl::StatusOr<std::vector<ProfileId>> ListHolders(const HeldValue& value, size_t limit) const override;
  absl::StatusOr<std::vector<ProfileJudgement>> ListJudgements(ProfileId id) const override;
  absl::StatusOr<std::optional<ProfileId>> GetCluster(ProfileId id) const override;

 private:
  const KvSnapshot& kv_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_STORED_GRAPH_H_
