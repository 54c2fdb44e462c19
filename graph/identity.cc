#include "graph/identity.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <memory>
#include <set>

#include "graph/identity_clusters.h"
#include "graph/identity_links.h"
#include "graph/name_folding.h"
#include "graph/status.h"

namespace newsgraph {
namespace {

// A component and what has been built inside it.
struct BuiltComponent {
  std::vector<ProfileId> profiles;  // sorted
  Clustering clustering;            // of their places
};

// Components of one view, each built once.
class Components {
 public:
  Components(const IdentityView& view, const IdentityLimits& limits) : reader_(view, limits) {}

  IdentityReader& reader() { return reader_; }

  // The component of a profile that is there, sorted.
  absl::StatusOr<const std::vector<ProfileId>*> Find(ProfileId id) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const Component* component, FindComponent(id));
    return &component->profiles;
  }

  absl::StatusOr<const BuiltComponent*> Build(ProfileId id) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const Component* component, FindComponent(id));
    auto& built = built_[component];
    if (built == nullptr) {
      NEWSGRAPH_ASSIGN_OR_RETURN(BuiltComponent result, Cluster(*component));
      built = std::make_unique<BuiltComponent>(std::move(result));
    }
    return built.get();
  }

 private:
  struct Component {
    std::vector<ProfileId> profiles;  // sorted
    int level = 0;                    // the weakest that counts here
  };

  absl::StatusOr<const Component*> FindComponent(ProfileId id) {
    if (const auto known = component_of_.find(id); known != component_of_.end()) return known->second;
    Component component;
    for (component.level = LevelCount();; --component.level) {
      NEWSGRAPH_ASSIGN_OR_RETURN(component.profiles, Search(id, component.level));
      if (component.profiles.size() <= std::max<size_t>(1, reader_.limits().component)) break;
    }
    components_.push_back(std::make_unique<Component>(std::move(component)));
    const Component* found = components_.back().get();
    for (const ProfileId profile : found->profiles) component_of_[profile] = found;
    return found;
  }

  // What links down to `level` reach, sorted; one more than a component may have where they are too many.
  absl::StatusOr<std::vector<ProfileId>> Search(ProfileId id, int level) {
    std::set<ProfileId> reached = {id};
    std::vector<ProfileId> queue = {id};
    for (size_t next = 0; next < queue.size(); ++next) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto* links, reader_.GetLinks(queue[next]));
      for (const auto& link : *links) {
        if (link.level > level || !reached.insert(link.other).second) continue;
        if (reached.size() > reader_.limits().component) return std::vector<ProfileId>(reached.begin(), reached.end());
        queue.push_back(link.other);
      }
    }
    return std::vector<ProfileId>(reached.begin(), reached.end());
  }

  absl::StatusOr<BuiltComponent> Cluster(const Component& component) {
    BuiltComponent built;
    built.profiles = component.profiles;
    std::vector<ClusterMember> members;
    std::vector<MemberLink> links;
    std::vector<MemberDifference> differences;
    const auto place = [&](ProfileId id) -> std::optional<size_t> {
      const auto found = std::lower_bound(built.profiles.begin(), built.profiles.end(), id);
      if (found == built.profiles.end() || *found != id) return std::nullopt;
      return found - built.profiles.begin();
    };
    for (size_t i = 0; i < built.profiles.size(); ++i) {
      const ProfileId id = built.profiles[i];
      NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* profile, reader_.GetProfile(id));
      NEWSGRAPH_ASSIGN_OR_RETURN(auto facts, ListFacts(reader_, id));
      members.push_back({profile->documents, std::move(facts)});
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto* profile_links, reader_.GetLinks(id));
      for (const auto& link : *profile_links) {
        if (link.level > component.level || link.other < id) continue;
        const auto j = place(link.other);
        if (!j) return absl::DataLossError("build clusters: a link is seen from one end only; run verify");
        links.push_back({link.level, i, *j});
      }
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto verdicts, ListVerdicts(reader_, id));
      for (const auto& [other, joint] : verdicts) {
        const auto j = place(other);
        if (j && *j > i && joint.verdict == Verdict::kDifferent) differences.push_back({i, *j, joint.reason});
      }
    }
    std::sort(links.begin(), links.end());
    built.clustering = BuildClusters(members, links, differences, reader_.limits().stands_apart);
    return built;
  }

  IdentityReader reader_;
  std::vector<std::unique_ptr<Component>> components_;
  std::map<ProfileId, const Component*> component_of_;
  std::map<const Component*, std::unique_ptr<BuiltComponent>> built_;  // never iterated
};

ProfileId ClusterOf(const BuiltComponent& component, ProfileId id) {
  const auto found = std::lower_bound(component.profiles.begin(), component.profiles.end(), id);
  return component.profiles[component.clustering.cluster[found - component.profiles.begin()]];
}

// Finds the profiles at which the two moments differ: whose links, facts, verdicts or
// weight are not the same. A component, or the level down to which it reaches, differs
// only where one of these is in it before or after: a search that stops at its limit has
// not changed unless the part behind the changed link is found from its other end.
class Differences {
 public:
  Differences(Components& before, Components& after) : before_(before), after_(after) {}

  absl::Status Add(const ProfileChange& change) {
    const bool was = change.documents_before > 0;
    const bool is = change.documents_after > 0;
    for (const Observation& observation : change.gained) Gain({observation.kind, observation.value});
    for (const Observation& observation : change.lost) Lose({observation.kind, observation.value});
    if (was != is) {
      Components& view = is ? after_ : before_;
      NEWSGRAPH_RETURN_IF_ERROR(AddWithLinks(view, change.id));
      NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* profile, view.reader().GetProfile(change.id));
      for (HeldValue& value : HeldValues(profile->fields)) is ? Gain(std::move(value)) : Lose(std::move(value));
    } else if (was) {
      NEWSGRAPH_RETURN_IF_ERROR(AddObservations(change));
      if (std::bit_floor(change.documents_before) != std::bit_floor(change.documents_after)) found_.insert(change.id);
      if (change.judgements_changed) {
        NEWSGRAPH_RETURN_IF_ERROR(AddWithLinks(before_, change.id));
        NEWSGRAPH_RETURN_IF_ERROR(AddWithLinks(after_, change.id));
      }
    }
    return absl::OkStatus();
  }

  // After the last change: links of profiles that did not change, through values that too
  // many hold now, or no longer.
  absl::Status AddCrossings() {
    for (const HeldValue& value : gained_) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto* after, after_.reader().GetHolders(value));
      if (after == nullptr) NEWSGRAPH_RETURN_IF_ERROR(AddCrossing(before_, value));
    }
    for (const HeldValue& value : lost_) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto* before, before_.reader().GetHolders(value));
      if (before == nullptr) NEWSGRAPH_RETURN_IF_ERROR(AddCrossing(after_, value));
    }
    return absl::OkStatus();
  }

  const std::set<ProfileId>& found() const { return found_; }

 private:
  absl::Status AddWithLinks(Components& view, ProfileId id) {
    found_.insert(id);
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto* links, view.reader().GetLinks(id));
    for (const auto& link : *links) found_.insert(link.other);
    return absl::OkStatus();
  }

  // The profile with the others at the ends of its links through `value`, if there are any.
  absl::Status AddLinksThrough(Components& view, ProfileId id, const HeldValue& value) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto links, view.reader().ListLinksThrough(id, value));
    for (const auto& link : links) found_.insert({id, link.other});
    return absl::OkStatus();
  }

  void Gain(HeldValue value) {
    if (value.kind.starts_with('=') || IsHeldKind(value.kind)) gained_.insert(std::move(value));
  }
  void Lose(HeldValue value) {
    if (value.kind.starts_with('=') || IsHeldKind(value.kind)) lost_.insert(std::move(value));
  }

  // `value` links nothing at the other moment.
  absl::Status AddCrossing(Components& view, const HeldValue& value) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const auto* holders, view.reader().GetHolders(value));
    if (holders == nullptr) return absl::OkStatus();
    for (const ProfileId holder : *holders) NEWSGRAPH_RETURN_IF_ERROR(AddLinksThrough(view, holder, value));
    return absl::OkStatus();
  }

  // A profile that stays: its observations that count now and did not before, and the other way round.
  absl::Status AddObservations(const ProfileChange& change) {
    for (const ObservationKind& kind : ObservationKinds()) {
      const auto of_kind = [&](const Observation& observation) { return observation.kind == kind.kind; };
      if (std::none_of(change.gained.begin(), change.gained.end(), of_kind) &&
          std::none_of(change.lost.begin(), change.lost.end(), of_kind)) {
        continue;
      }
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto* before, before_.reader().GetObservations(change.id, kind.kind));
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto* after, after_.reader().GetObservations(change.id, kind.kind));
      if (kind.forbids && *before != *after) found_.insert(change.id);
      if (!kind.links) continue;
      for (const auto& [view, values, others] :
           {std::tuple(&before_, before, after), std::tuple(&after_, after, before)}) {
        for (const std::string& value : *values) {
          if (std::binary_search(others->begin(), others->end(), value)) continue;
          NEWSGRAPH_RETURN_IF_ERROR(AddLinksThrough(*view, change.id, {std::string(kind.kind), value}));
        }
      }
    }
    return absl::OkStatus();
  }

  Components& before_;
  Components& after_;
  std::set<HeldValue> gained_, lost_;  // by some profile
  std::set<ProfileId> found_;
};

}  // namespace

ProfileFields MakeProfileFields(const Atom& atom, bool judged) {
  ProfileFields fields;
  fields.type = atom.type;
  fields.name = FoldName(atom.name);
  fields.bare = atom.bare;
  fields.external_ids = atom.external_ids;
  if (atom.type == EntityType::kPerson && atom.external_ids.empty()) fields.occupation = atom.occupation;
  if (judged) fields.judged = atom.id;
  return fields;
}

ProfileId MakeProfileId(const ProfileFields& fields) {
  std::string ids;
  for (const auto& [scheme, id] : fields.external_ids) ids += ToHex(HashFields({scheme, id}));
  return {HashFields({ToString(fields.type), fields.name, fields.bare ? "bare" : "", ids, fields.occupation,
                      fields.judged.is_zero() ? "" : ToHex(fields.judged.value)})};
}

std::vector<Observation> ProfileObservations(const Atom& atom) {
  std::vector<Observation> observations = atom.observations;
  if (!atom.occupation.empty() && !atom.external_ids.empty()) {
    observations.push_back({"occupation", atom.occupation});
  }
  std::sort(observations.begin(), observations.end());
  observations.erase(std::unique(observations.begin(), observations.end()), observations.end());
  return observations;
}

bool MayChangeIdentity(const ProfileChange& change) {
  if (change.judgements_changed || std::bit_floor(change.documents_before) != std::bit_floor(change.documents_after)) {
    return true;
  }
  const auto counts = [](const Observation& observation) {
    return std::any_of(ObservationKinds().begin(), ObservationKinds().end(),
                       [&](const ObservationKind& kind) { return kind.kind == observation.kind; });
  };
  return std::any_of(change.gained.begin(), change.gained.end(), counts) ||
         std::any_of(change.lost.begin(), change.lost.end(), counts);
}

absl::StatusOr<std::vector<ClusterChange>> Recluster(const IdentityView& before_view, const IdentityView& after_view,
                                                     const std::vector<ProfileChange>& changes,
                                                     const IdentityLimits& limits) {
  Components before(before_view, limits);
  Components after(after_view, limits);
  for (const ProfileChange& change : changes) {
    if (change.documents_before == 0) after.reader().SetObservations(change.id, change.gained);
    if (change.documents_after == 0) before.reader().SetObservations(change.id, change.lost);
  }
  Differences differences(before, after);
  for (const ProfileChange& change : changes) {
    if (MayChangeIdentity(change)) NEWSGRAPH_RETURN_IF_ERROR(differences.Add(change));
  }
  NEWSGRAPH_RETURN_IF_ERROR(differences.AddCrossings());

  std::set<ProfileId> affected;
  for (const ProfileId id : differences.found()) {
    for (Components* view : {&before, &after}) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* profile, view->reader().FindProfile(id));
      if (profile == nullptr) continue;
      NEWSGRAPH_ASSIGN_OR_RETURN(const auto* component, view->Find(id));
      affected.insert(component->begin(), component->end());
    }
  }
  std::vector<ClusterChange> result;
  for (const ProfileId id : affected) {
    ClusterChange change{.profile = id};
    NEWSGRAPH_ASSIGN_OR_RETURN(change.before, before_view.GetCluster(id));
    NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* profile, after.reader().FindProfile(id));
    if (profile != nullptr) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const BuiltComponent* component, after.Build(id));
      change.after = ClusterOf(*component, id);
    }
    if (change.before != change.after) result.push_back(change);
  }
  return result;
}

absl::StatusOr<IdentityComponent> ExplainIdentity(const IdentityView& view, ProfileId id,
                                                  const IdentityLimits& limits) {
  Components components(view, limits);
  IdentityReader& reader = components.reader();
  NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* profile, reader.FindProfile(id));
  if (profile == nullptr) {
    return absl::NotFoundError(fmt::format("explain profile {}: there is none", ToHex(id.value)));
  }
  NEWSGRAPH_ASSIGN_OR_RETURN(const BuiltComponent* built, components.Build(id));
  IdentityComponent result;
  result.profiles = built->profiles;
  for (const size_t cluster : built->clustering.cluster) result.clusters.push_back(built->profiles[cluster]);
  for (const MemberLink& link : built->clustering.joins) {
    ProfileJoin join{.level = std::string(LevelName(link.level)),
                     .left = built->profiles[link.left],
                     .right = built->profiles[link.right]};
    NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* left, reader.GetProfile(join.left));
    NEWSGRAPH_ASSIGN_OR_RETURN(const Profile* right, reader.GetProfile(join.right));
    join.left_name = left->fields.name;
    join.right_name = right->fields.name;
    NEWSGRAPH_ASSIGN_OR_RETURN(join.reason, ExplainLink(reader, link.level, join.left, join.right));
    result.joins.push_back(std::move(join));
  }
  for (const MemberAmbiguity& ambiguity : built->clustering.ambiguities) {
    ProfileAmbiguity row{.level = std::string(LevelName(ambiguity.level)), .reason = ambiguity.reason};
    for (const size_t cluster : ambiguity.clusters) row.clusters.push_back(built->profiles[cluster]);
    result.ambiguities.push_back(std::move(row));
  }
  return result;
}

}  // namespace newsgraph
