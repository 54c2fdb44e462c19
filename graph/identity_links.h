// What links two profiles, and at which level: private to identity.
//
// A new kind of link is one more row of the table in identity_links.cc and its two
// functions.
#ifndef NEWSGRAPH_GRAPH_IDENTITY_LINKS_H_
#define NEWSGRAPH_GRAPH_IDENTITY_LINKS_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/identity.h"

namespace newsgraph {

// An IdentityView with the limits applied and every answer kept, for one computation.
// Not thread-safe. Pointers are valid as long as it lives.
class IdentityReader {
 public:
  IdentityReader(const IdentityView& view, const IdentityLimits& limits) : view_(view), limits_(limits) {}

  const IdentityLimits& limits() const { return limits_; }
  // nullptr: no such profile.
  absl::StatusOr<const Profile*> FindProfile(ProfileId id);
  // DataLoss: no such profile, though something refers to it.
  absl::StatusOr<const Profile*> GetProfile(ProfileId id);
  // Those of one kind that count, sorted.
  absl::StatusOr<const std::vector<std::string>*> GetObservations(ProfileId id, std::string_view kind);
  // Spares the reading of them: `observations` are all that the profile has. Before anything is read.
  void SetObservations(ProfileId id, const std::vector<Observation>& observations);
  absl::StatusOr<bool> HasObservation(ProfileId id, std::string_view kind, std::string_view value);
  // Sorted; nullptr when they are too many, so that the value links nothing.
  absl::StatusOr<const std::vector<ProfileId>*> GetHolders(const HeldValue& value);
  absl::StatusOr<const std::vector<ProfileJudgement>*> GetJudgements(ProfileId id);

  // Every value through which the profile may be linked.
  absl::StatusOr<std::vector<HeldValue>> ListValues(ProfileId id);

  struct Link {
    ProfileId other;
    int level = 0;
    auto operator<=>(const Link&) const = default;
  };
  // Every link of the profile, sorted.
  absl::StatusOr<const std::vector<Link>*> GetLinks(ProfileId id);
  // Those in which `value`, which it holds, takes part, and perhaps others of it.
  absl::StatusOr<std::vector<Link>> ListLinksThrough(ProfileId id, const HeldValue& value);

 private:
  const IdentityView& view_;
  const IdentityLimits limits_;
  std::map<ProfileId, std::optional<Profile>> profiles_;
  std::map<ProfileId, std::map<std::string, std::vector<std::string>, std::less<>>> observations_;  // by kind
  std::map<HeldValue, std::vector<ProfileId>> holders_;
  std::map<ProfileId, std::vector<ProfileJudgement>> judgements_;
  std::map<ProfileId, std::vector<Link>> links_;
};

// Kinds of observations that identity reads.
struct ObservationKind {
  std::string_view kind;
  bool links;       // a name and one of these make a link
  bool links_bare;  // also where the name is bare
  bool is_name;     // it names the profile itself: a gloss
  bool forbids;     // two profiles with none in common are two
};
const std::vector<ObservationKind>& ObservationKinds();

int LevelCount();
std::string_view LevelName(int level);  // 1 … LevelCount()

// Why the two are linked at a level, in words. They are.
absl::StatusOr<std::string> ExplainLink(IdentityReader& reader, int level, ProfileId left, ProfileId right);

// (kind, value), sorted: a kind of which two profiles have no value in common forbids them.
absl::StatusOr<std::vector<std::pair<std::string, std::string>>> ListFacts(IdentityReader& reader, ProfileId id);

// Different where one author says so, else same where one does, else unsure; of the
// judgements of two profiles.
struct JointVerdict {
  Verdict verdict = Verdict::kUnsure;
  std::string reason;  // in words: who judged and why
};
absl::StatusOr<std::map<ProfileId, JointVerdict>> ListVerdicts(IdentityReader& reader, ProfileId id);

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_IDENTITY_LINKS_H_
