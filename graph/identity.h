// Which profiles are one entity: a pure function of the profiles, what documents say of
// them, and the judgements. It reads through IdentityView and writes nothing.
//
// A profile is what atoms of many documents have in common. A held value is anything
// through which it can be found again: its full name, its external ids, its identifying
// observations. Two profiles are linked at a level (identity_links.cc has the table:
// judgement, external id, name and observation, gloss, name alone) by their own fields,
// observations and judgements alone, never by what has already been joined. A value that
// more than `holders` profiles hold links nothing; of a profile's observations of one
// kind the first `values` in byte order count.
//
// The component of a profile is what links of the levels 1 … L reach from it, where L is
// the greatest level for which that is at most `component` profiles: where more hang
// together, the weakest levels are left out there. L is the same for all of a component,
// so components, and what is built inside them, are functions of the set of profiles.
//
// Inside a component clusters are built level by level (identity_clusters.h). The
// cluster of a profile is named after its smallest profile.
//
// Everything here is safe from any thread.
#ifndef NEWSGRAPH_GRAPH_IDENTITY_H_
#define NEWSGRAPH_GRAPH_IDENTITY_H_

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/ids.h"
#include "graph/model.h"

namespace newsgraph {

// The identity of a profile; its id is a hash of all of it.
struct ProfileFields {
  EntityType type = EntityType::kUnknown;
  std::string name;                                 // fullest name, folded
  bool bare = false;                                // the name alone identifies nothing
  std::map<std::string, std::string> external_ids;  // scheme → id
  std::string occupation;                           // of a PERSON without external ids
  AtomId judged;                                    // the one atom of a profile that a judgement names; else zero
  bool operator==(const ProfileFields&) const = default;
};

// `judged`: some judgement names the atom, so that it is a profile of its own.
ProfileFields MakeProfileFields(const Atom& atom, bool judged);
ProfileId MakeProfileId(const ProfileFields& fields);

// What `atom` adds to its profile, each once for its document; sorted, distinct. It is
// the atom's observations, and its occupation where the fields do not hold it.
std::vector<Observation> ProfileObservations(const Atom& atom);

// A key of the table value → profiles. Kinds of fields begin with '=', those of
// observations with a letter.
struct HeldValue {
  std::string kind;
  std::string value;
  auto operator<=>(const HeldValue&) const = default;
};

// The values that the fields hold. Observations of kinds with IsHeldKind are held values too.
std::vector<HeldValue> HeldValues(const ProfileFields& fields);
bool IsHeldKind(std::string_view observation_kind);

struct Profile {
  ProfileFields fields;
  uint64_t documents = 0;  // that have an atom of it; at least 1
};

// One judgement, seen from one of its two profiles.
struct ProfileJudgement {
  ProfileId other;
  Verdict verdict = Verdict::kUnsure;
  std::string author;
  std::string reason;
};

// What identity reads: a store at one moment.
class IdentityView {
 public:
  virtual ~IdentityView() = default;

  virtual absl::StatusOr<std::optional<Profile>> GetProfile(ProfileId id) const = 0;
  // The first `limit` values of one kind, in byte order.
  virtual absl::StatusOr<std::vector<std::string>> ListObservations(ProfileId id, std::string_view kind,
                                                                    size_t limit) const = 0;
  // The first `limit` profiles that hold the value, in the order of ids.
  virtual absl::StatusOr<std::vector<ProfileId>> ListHolders(const HeldValue& value, size_t limit) const = 0;
  // Of a profile whose fields name a judged atom, in the order of (other, author).
  virtual absl::StatusOr<std::vector<ProfileJudgement>> ListJudgements(ProfileId id) const = 0;
  // The cluster that the profile was last given; nullopt: none.
  virtual absl::StatusOr<std::optional<ProfileId>> GetCluster(ProfileId id) const = 0;
};

struct IdentityLimits {
  size_t holders = 64;
  size_t values = 64;
  size_t component = 256;
  uint64_t stands_apart = 20;  // one part in so many (identity_clusters.h)
};

// What a commit did to one profile.
struct ProfileChange {
  ProfileId id;
  uint64_t documents_before = 0;    // 0: it was not there
  uint64_t documents_after = 0;     // 0: it is gone
  std::vector<Observation> gained;  // not there before, there now; of a profile that has come: all
  std::vector<Observation> lost;    // there before, not there now; of a profile that has gone: all
  bool judgements_changed = false;
};

// False for most changes of a profile of many documents: its clusters need no thought.
bool MayChangeIdentity(const ProfileChange& change);

struct ClusterChange {
  ProfileId profile;
  std::optional<ProfileId> before;  // nullopt: it was not there
  std::optional<ProfileId> after;   // nullopt: it is gone
  bool operator==(const ClusterChange&) const = default;
};

// Where clusters differ between two moments that differ by `changes`, in the order of
// profiles. GetCluster is asked of `before` alone. Reads the components that the changes
// touch, before and after, and nothing beyond: a number of keys that the limits bound.
absl::StatusOr<std::vector<ClusterChange>> Recluster(const IdentityView& before, const IdentityView& after,
                                                     const std::vector<ProfileChange>& changes,
                                                     const IdentityLimits& limits = {});

// A link that joined two clusters.
struct ProfileJoin {
  std::string level;  // "judgement", "external id", "name and observation", "gloss", "name alone"
  ProfileId left;
  ProfileId right;
  std::string left_name;  // folded
  std::string right_name;
  std::string reason;  // in words
};

// Clusters that are linked at a level and were not joined there.
struct ProfileAmbiguity {
  std::string level;
  std::vector<ProfileId> clusters;  // their smallest profiles when that level was reached; sorted
  std::string reason;               // what forbids, in words
};

struct IdentityComponent {
  std::vector<ProfileId> profiles;  // sorted
  std::vector<ProfileId> clusters;  // of each
  std::vector<ProfileJoin> joins;   // by level; one fewer than the profiles of each cluster
  std::vector<ProfileAmbiguity> ambiguities;
};

// The component of a profile, explained. NotFound: no such profile.
absl::StatusOr<IdentityComponent> ExplainIdentity(const IdentityView& view, ProfileId id,
                                                  const IdentityLimits& limits = {});

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_IDENTITY_H_
