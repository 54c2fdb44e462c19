// A small world of documents and judgements for tests of identity: what a store derives
// from them, worked out from scratch, with a view that identity can read.
#ifndef NEWSGRAPH_TESTS_PROPERTY_IDENTITY_WORLD_H_
#define NEWSGRAPH_TESTS_PROPERTY_IDENTITY_WORLD_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/identity.h"

namespace newsgraph {

struct WorldAtom {
  ProfileFields fields;  // judged is left zero
  std::vector<Observation> observations;
};

// What is there, as a store would keep it in its tables.
struct WorldState {
  std::map<ProfileId, Profile> profiles;
  std::map<ProfileId, std::map<Observation, uint64_t>> observations;
  std::map<ProfileId, std::vector<ProfileJudgement>> judgements;
  std::map<HeldValue, std::set<ProfileId>> holders;
};

using Clusters = std::map<ProfileId, ProfileId>;

class World {
 public:
  // Replaces the document of that id.
  void Put(const std::string& document, std::vector<WorldAtom> atoms) { documents_[document] = std::move(atoms); }
  void Retract(const std::string& document) { documents_.erase(document); }

  static AtomId Atom(const std::string& document, size_t index) { return MakeAtomId(document, "atom", index); }
  void Judge(AtomId left, AtomId right, Verdict verdict, const std::string& author) {
    judgements_[{std::min(left, right), std::max(left, right), author}] = verdict;
  }
  void Undo(AtomId left, AtomId right, const std::string& author) {
    judgements_.erase({std::min(left, right), std::max(left, right), author});
  }

  const std::map<std::string, std::vector<WorldAtom>>& documents() const { return documents_; }
  const std::map<std::tuple<AtomId, AtomId, std::string>, Verdict>& judgements() const { return judgements_; }

  ProfileId ProfileOf(const std::string& document, size_t index) const {
    return MakeProfileId(FieldsOf(document, index));
  }

  WorldState State() const {
    WorldState state;
    std::map<AtomId, ProfileId> profile_of;
    for (const auto& [document, atoms] : documents_) {
      std::map<ProfileId, std::set<Observation>> said;
      for (size_t i = 0; i < atoms.size(); ++i) {
        const ProfileFields fields = FieldsOf(document, i);
        const ProfileId id = MakeProfileId(fields);
        profile_of[Atom(document, i)] = id;
        state.profiles[id].fields = fields;
        said[id].insert(atoms[i].observations.begin(), atoms[i].observations.end());
        for (const HeldValue& value : HeldValues(fields)) state.holders[value].insert(id);
      }
      for (const auto& [id, observations] : said) {
        ++state.profiles[id].documents;
        for (const Observation& observation : observations) {
          ++state.observations[id][observation];
          if (IsHeldKind(observation.kind)) state.holders[{observation.kind, observation.value}].insert(id);
        }
      }
    }
    for (const auto& [key, verdict] : judgements_) {
      const auto& [left, right, author] = key;
      if (!profile_of.contains(left) || !profile_of.contains(right)) continue;
      state.judgements[profile_of[left]].push_back({profile_of[right], verdict, author, "seen"});
      state.judgements[profile_of[right]].push_back({profile_of[left], verdict, author, "seen"});
    }
    for (auto& [id, rows] : state.judgements) {
      std::sort(rows.begin(), rows.end(),
                [](const auto& a, const auto& b) { return std::tie(a.other, a.author) < std::tie(b.other, b.author); });
    }
    return state;
  }

 private:
  ProfileFields FieldsOf(const std::string& document, size_t index) const {
    ProfileFields fields = documents_.at(document)[index].fields;
    const AtomId atom = Atom(document, index);
    for (const auto& [key, verdict] : judgements_) {
      if (std::get<0>(key) == atom || std::get<1>(key) == atom) fields.judged = atom;
    }
    return fields;
  }

  std::map<std::string, std::vector<WorldAtom>> documents_;
  std::map<std::tuple<AtomId, AtomId, std::string>, Verdict> judgements_;
};

// Counts its calls and the rows that they give.
class WorldView : public IdentityView {
 public:
  WorldView(const WorldState& state, const Clusters& clusters) : state_(state), clusters_(clusters) {}

  absl::StatusOr<std::optional<Profile>> GetProfile(ProfileId id) const override {
    ++reads_;
    const auto found = state_.profiles.find(id);
    return found == state_.profiles.end() ? std::nullopt : std::optional<Profile>(found->second);
  }
  absl::StatusOr<std::vector<std::string>> ListObservations(ProfileId id, std::string_view kind,
                                                            size_t limit) const override {
    std::vector<std::string> values;
    if (const auto found = state_.observations.find(id); found != state_.observations.end()) {
      for (auto row = found->second.lower_bound({std::string(kind), ""});
           row != found->second.end() && row->first.kind == kind && values.size() < limit; ++row) {
        values.push_back(row->first.value);
      }
    }
    reads_ += 1 + values.size();
    return values;
  }
  absl::StatusOr<std::vector<ProfileId>> ListHolders(const HeldValue& value, size_t limit) const override {
    std::vector<ProfileId> ids;
    if (const auto found = state_.holders.find(value); found != state_.holders.end()) {
      for (const ProfileId id : found->second) {
        if (ids.size() < limit) ids.push_back(id);
      }
    }
    reads_ += 1 + ids.size();
    return ids;
  }
  absl::StatusOr<std::vector<ProfileJudgement>> ListJudgements(ProfileId id) const override {
    ++reads_;
    const auto found = state_.judgements.find(id);
    return found == state_.judgements.end() ? std::vector<ProfileJudgement>() : found->second;
  }
  absl::StatusOr<std::optional<ProfileId>> GetCluster(ProfileId id) const override {
    ++reads_;
    const auto found = clusters_.find(id);
    return found == clusters_.end() ? std::nullopt : std::optional<ProfileId>(found->second);
  }

  uint64_t reads() const { return reads_; }

 private:
  const WorldState& state_;
  const Clusters& clusters_;
  mutable uint64_t reads_ = 0;
};

// What differs between two states, as a commit would report it.
inline std::vector<ProfileChange> ChangesBetween(const WorldState& before, const WorldState& after) {
  std::set<ProfileId> ids;
  for (const auto* state : {&before, &after}) {
    for (const auto& [id, profile] : state->profiles) ids.insert(id);
  }
  const auto documents = [](const WorldState& state, ProfileId id) {
    const auto found = state.profiles.find(id);
    return found == state.profiles.end() ? 0 : found->second.documents;
  };
  const auto only_in = [](const WorldState& state, const WorldState& other, ProfileId id) {
    std::vector<Observation> observations;
    const auto found = state.observations.find(id);
    if (found == state.observations.end()) return observations;
    const auto others = other.observations.find(id);
    for (const auto& [observation, count] : found->second) {
      if (others == other.observations.end() || !others->second.contains(observation)) {
        observations.push_back(observation);
      }
    }
    return observations;
  };
  const auto judgements = [](const WorldState& state, ProfileId id) {
    std::vector<std::tuple<ProfileId, Verdict, std::string>> rows;
    if (const auto found = state.judgements.find(id); found != state.judgements.end()) {
      for (const ProfileJudgement& row : found->second) rows.emplace_back(row.other, row.verdict, row.author);
    }
    return rows;
  };
  std::vector<ProfileChange> changes;
  for (const ProfileId id : ids) {
    ProfileChange change{.id = id,
                         .documents_before = documents(before, id),
                         .documents_after = documents(after, id),
                         .gained = only_in(after, before, id),
                         .lost = only_in(before, after, id),
                         .judgements_changed = judgements(before, id) != judgements(after, id)};
    if (change.documents_before != change.documents_after || !change.gained.empty() || !change.lost.empty() ||
        change.judgements_changed) {
      changes.push_back(std::move(change));
    }
  }
  return changes;
}

// A world whose clusters are kept up by Recluster alone.
class LivingWorld {
 public:
  explicit LivingWorld(IdentityLimits limits = {}) : limits_(limits) {}

  World& world() { return world_; }
  const WorldState& state() const { return state_; }
  const Clusters& clusters() const { return clusters_; }
  uint64_t last_reads() const { return last_reads_; }

  // Takes in what has been done to world() since the last call.
  std::vector<ClusterChange> Settle() {
    WorldState after = world_.State();
    const WorldView before_view(state_, clusters_);
    const Clusters none;
    const WorldView after_view(after, none);
    const auto changes = Recluster(before_view, after_view, ChangesBetween(state_, after), limits_);
    EXPECT_TRUE(changes.ok()) << changes.status();
    last_reads_ = before_view.reads() + after_view.reads();
    for (const ClusterChange& change : *changes) {
      if (change.after) {
        clusters_[change.profile] = *change.after;
      } else {
        clusters_.erase(change.profile);
      }
    }
    state_ = std::move(after);
    return *changes;
  }

  void Put(const std::string& document, std::vector<WorldAtom> atoms) {
    world_.Put(document, std::move(atoms));
    Settle();
  }
  void Retract(const std::string& document) {
    world_.Retract(document);
    Settle();
  }

  ProfileId ClusterOf(const std::string& document, size_t index = 0) const {
    return clusters_.at(world_.ProfileOf(document, index));
  }
  bool AreOne(const std::string& a, const std::string& b) const { return ClusterOf(a) == ClusterOf(b); }

  IdentityComponent Explain(const std::string& document, size_t index = 0) const {
    const WorldView view(state_, clusters_);
    auto component = ExplainIdentity(view, world_.ProfileOf(document, index), limits_);
    EXPECT_TRUE(component.ok()) << component.status();
    return *std::move(component);
  }

 private:
  const IdentityLimits limits_;
  World world_;
  WorldState state_;
  Clusters clusters_;
  uint64_t last_reads_ = 0;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_TESTS_PROPERTY_IDENTITY_WORLD_H_
