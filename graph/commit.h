// One commit in the making: what replacing documents or a judgement changes in every
// table, clusters and journal included. Private to graph; not thread-safe.
//
// Nothing is written here. The work is bounded by the document and by the limits of
// identity: no list of a head entity is ever read.
#ifndef NEWSGRAPH_GRAPH_COMMIT_H_
#define NEWSGRAPH_GRAPH_COMMIT_H_

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/document_rows.h"
#include "graph/identity.h"
#include "graph/model.h"
#include "graph/ontology.h"
#include "graph/storage/keys.h"
#include "graph/storage/write_set.h"

namespace newsgraph {

class Commit {
 public:
  // `ontology` must outlive it.
  Commit(std::shared_ptr<const KvSnapshot> base, const Ontology& ontology);

  // Of several documents, each once; the judgements that lost their place, in words. Null: not
  // there. `before` is what the base has.
  absl::StatusOr<std::vector<std::string>> ReplaceDocument(const DocumentGraph* before, const DocumentGraph* after,
                                                           std::string_view now);
  // Of one judgement, instead.
  absl::Status ReplaceJudgement(const std::optional<Judgement>& before, const std::optional<Judgement>& after,
                                std::string_view now);

  struct Result {
    uint64_t number = 0;  // of the last change: each document, or the judgement, counts one
    KvBatch batch;
  };
  absl::StatusOr<Result> Finish();

 private:
  // What the commit adds to a profile; negative where it takes away.
  struct ProfileDelta {
    ProfileFields fields;
    int64_t documents = 0;
    int64_t atoms = 0;
    std::map<Observation, int64_t> observations;
    std::map<std::pair<std::string, std::string>, std::pair<int64_t, int64_t>> names;  // mentions, atoms
    std::map<std::string, int64_t> subtypes;
    std::set<AtomId> added;
    std::set<AtomId> removed;
  };

  // `are_new`: the base has none of them.
  void AddRows(DocumentRows rows, bool are_new);
  void TakeAwayRows(DocumentRows rows);
  void AddToCounts(const DocumentRows& rows, int64_t sign);
  absl::Status SetAttachment(const JudgementName& name, const std::optional<Attachment>& before,
                             const std::optional<Attachment>& after);
  absl::Status PrefetchCounts();
  absl::Status ApplyProfiles();
  absl::Status ApplyProfile(ProfileId id, const ProfileDelta& delta, ProfileChange& change);
  absl::Status MarkJudgedProfiles();
  absl::Status ApplyClusters(const std::vector<ClusterChange>& changes);
  absl::Status ApplyCounts();
  absl::Status RetireAtoms();
  absl::StatusOr<const std::vector<ProfileId>*> MembersBefore(EntityId entity);

  WriteSet set_;
  const Ontology& ontology_;
  std::string home_;
  std::map<ProfileId, ProfileDelta> deltas_;
  std::map<ProfileId, ProfileChange> changes_;
  int64_t documents_ = 0, atoms_ = 0, mentions_ = 0, turns_ = 0;
  std::vector<int64_t> statements_by_predicate_;
  std::set<AtomId> judged_before_, judged_after_;  // atoms of judgements that changed
  std::map<AtomId, ProfileId> retired_;            // gone, with the profile that each had
  std::set<EntityId> changed_entities_;            // of the base: not what they were
  std::map<EntityId, std::vector<ProfileId>> members_before_;
  std::optional<std::string> undo_;
  uint64_t changes_made_ = 0;
};

// The atom that a side of a judgement is about in `graph`: the one judged where it is
// still there, else the one mentioned at the place, else the only one mentioned by the
// surface; zero where there is none.
AtomId FindJudgedAtom(const DocumentGraph& graph, AtomId judged, const JudgementPlace& place);

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_COMMIT_H_
