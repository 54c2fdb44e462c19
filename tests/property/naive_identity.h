// Identity as DESIGN has it, computed for a whole world at once, pair by pair, with no
// thought of cost. It shares nothing with graph/identity*.cc.
#ifndef NEWSGRAPH_TESTS_PROPERTY_NAIVE_IDENTITY_H_
#define NEWSGRAPH_TESTS_PROPERTY_NAIVE_IDENTITY_H_

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "graph/identity.h"
#include "tests/property/identity_world.h"

namespace newsgraph {

class NaiveIdentity {
 public:
  NaiveIdentity(const WorldState& state, const IdentityLimits& limits) : state_(state), limits_(limits) {
    for (const auto& [id, profile] : state.profiles) {
      ids_.push_back(id);
      std::map<std::string, std::vector<std::string>> values;
      if (state.observations.contains(id)) {
        for (const auto& [observation, count] : state.observations.at(id)) {
          values[observation.kind].push_back(observation.value);
          ++observed_by_[{observation.kind, observation.value}];
        }
      }
      for (auto& [kind, list] : values) {
        if (list.size() > limits.values) list.resize(limits.values);
        counting_[id][kind] = {list.begin(), list.end()};
      }
    }
    for (const ProfileId a : ids_) {
      for (const ProfileId b : ids_) {
        if (a == b) continue;
        for (int level = 1; level <= 5; ++level) {
          if (Linked(a, b, level)) linked_[a].insert({level, b});
        }
      }
    }
  }

  Clusters Compute() {
    std::set<std::set<ProfileId>> seen;
    Clusters clusters;
    for (const ProfileId id : ids_) {
      for (int level = 5; level >= 0; --level) {
        const std::set<ProfileId> reached = Reach(id, level);
        if (reached.size() > limits_.component && level > 0) continue;
        if (seen.insert(reached).second) {
          for (const std::set<ProfileId>& cluster : BuildAll(reached, level)) {
            for (const ProfileId member : cluster) clusters[member] = *cluster.begin();
          }
        }
        break;
      }
    }
    return clusters;
  }

  uint64_t ambiguous() const { return ambiguous_; }
  uint64_t stood_apart() const { return stood_apart_; }

 private:
  using Cluster = std::set<ProfileId>;

  const ProfileFields& Fields(ProfileId id) const { return state_.profiles.at(id).fields; }

  const std::set<std::string>& Counting(ProfileId id, const std::string& kind) const {
    static const std::set<std::string> kNone;
    const auto kinds = counting_.find(id);
    if (kinds == counting_.end()) return kNone;
    const auto found = kinds->second.find(kind);
    return found == kinds->second.end() ? kNone : found->second;
  }

  bool FewObserved(const std::string& kind, const std::string& value) const {
    const auto found = observed_by_.find({kind, value});
    return found == observed_by_.end() || found->second <= limits_.holders;
  }

  bool FewNamed(EntityType type, const std::string& name) const {
    size_t count = 0;
    for (const ProfileId id : ids_) count += Fields(id).type == type && Fields(id).name == name;
    return count <= limits_.holders;
  }

  bool FewCarry(const std::string& scheme, const std::string& external_id) const {
    size_t count = 0;
    for (const ProfileId id : ids_) {
      count += Fields(id).external_ids.contains(scheme) && Fields(id).external_ids.at(scheme) == external_id;
    }
    return count <= limits_.holders;
  }

  // 's' same, 'd' different, ' ' neither.
  char Judged(ProfileId a, ProfileId b) const {
    if (!state_.judgements.contains(a)) return ' ';
    bool same = false;
    for (const ProfileJudgement& row : state_.judgements.at(a)) {
      if (row.other != b) continue;
      if (row.verdict == Verdict::kDifferent) return 'd';
      same = same || row.verdict == Verdict::kSame;
    }
    return same ? 's' : ' ';
  }

  bool Linked(ProfileId a, ProfileId b, int level) const {
    const ProfileFields& x = Fields(a);
    const ProfileFields& y = Fields(b);
    if (level == 1) return Judged(a, b) == 's';
    if (level == 2) {
      for (const auto& [scheme, id] : x.external_ids) {
        if (y.external_ids.contains(scheme) && y.external_ids.at(scheme) == id && FewCarry(scheme, id)) return true;
      }
      return false;
    }
    if (x.type != y.type) return false;
    if (level == 3) {
      if (x.name != y.name || x.name.empty() || !FewNamed(x.type, x.name)) return false;
      const bool bare = x.bare || y.bare;
      for (const char* kind : {"employer", "title_employer", "spouse", "gloss", "name", "country", "birth_year"}) {
        if (bare && (std::string(kind) == "country" || std::string(kind) == "birth_year")) continue;
        for (const std::string& value : Counting(a, kind)) {
          if (Counting(b, kind).contains(value) && FewObserved(kind, value)) return true;
        }
      }
      return false;
    }
    if (level == 4) {
      for (const char* kind : {"gloss", "name"}) {
        if (!x.bare && !x.name.empty() && Counting(b, kind).contains(x.name) && FewObserved(kind, x.name) &&
            FewNamed(x.type, x.name)) {
          return true;
        }
        if (!y.bare && !y.name.empty() && Counting(a, kind).contains(y.name) && FewObserved(kind, y.name) &&
            FewNamed(y.type, y.name)) {
          return true;
        }
      }
      return false;
    }
    return x.name == y.name && !x.name.empty() && !x.bare && !y.bare && FewNamed(x.type, x.name);
  }

  std::set<ProfileId> Reach(ProfileId start, int level) const {
    std::set<ProfileId> reached = {start};
    for (bool grew = true; grew;) {
      grew = false;
      for (const ProfileId id : std::set<ProfileId>(reached)) {
        if (!linked_.contains(id)) continue;
        for (const auto& [link_level, other] : linked_.at(id)) {
          if (link_level <= level) grew = reached.insert(other).second || grew;
        }
      }
    }
    return reached;
  }

  std::vector<Cluster> BuildAll(const std::set<ProfileId>& component, int down_to) {
    std::vector<Cluster> clusters;
    for (const ProfileId id : component) clusters.push_back({id});
    for (int level = 1; level <= down_to; ++level) clusters = BuildLevel(clusters, level);
    return clusters;
  }

  bool AreLinked(const Cluster& a, const Cluster& b, int level) const {
    for (const ProfileId x : a) {
      for (const ProfileId y : b) {
        if (linked_.contains(x) && linked_.at(x).contains({level, y})) return true;
      }
    }
    return false;
  }

  std::set<std::string> Facts(const Cluster& cluster, const std::string& kind) const {
    std::set<std::string> facts;
    for (const ProfileId id : cluster) {
      if (kind == "occupation" && !Fields(id).occupation.empty()) facts.insert(Fields(id).occupation);
      if (Fields(id).external_ids.contains(kind)) facts.insert(Fields(id).external_ids.at(kind));
      if (kind == "occupation" || kind == "birth_year") {
        facts.insert(Counting(id, kind).begin(), Counting(id, kind).end());
      }
    }
    return facts;
  }

  bool Forbid(const Cluster& a, const Cluster& b, int level) const {
    for (const ProfileId x : a) {
      for (const ProfileId y : b) {
        if (Judged(x, y) == 'd') return true;
      }
    }
    if (level == 1) return false;
    std::set<std::string> kinds = {"occupation", "birth_year"};
    for (const ProfileId id : a) {
      for (const auto& [scheme, external_id] : Fields(id).external_ids) kinds.insert(scheme);
    }
    for (const std::string& kind : kinds) {
      const std::set<std::string> of_a = Facts(a, kind), of_b = Facts(b, kind);
      bool common = of_a.empty() || of_b.empty();
      for (const std::string& fact : of_a) common = common || of_b.contains(fact);
      if (!common) return true;
    }
    return false;
  }

  uint64_t Weight(const Cluster& cluster) const {
    uint64_t weight = 0;
    for (const ProfileId id : cluster) {
      uint64_t power = 1;
      while (power * 2 <= state_.profiles.at(id).documents) power *= 2;
      weight += power;
    }
    return weight;
  }

  std::vector<Cluster> BuildLevel(std::vector<Cluster> clusters, int level) {
    std::vector<Cluster> result;
    while (!clusters.empty()) {
      std::vector<Cluster> group = {clusters.back()};
      clusters.pop_back();
      for (size_t next = 0; next < group.size(); ++next) {
        for (size_t i = 0; i < clusters.size();) {
          if (AreLinked(group[next], clusters[i], level)) {
            group.push_back(clusters[i]);
            clusters.erase(clusters.begin() + i);
          } else {
            ++i;
          }
        }
      }
      for (const Cluster& cluster : BuildGroup(group, level)) result.push_back(cluster);
    }
    return result;
  }

  std::vector<Cluster> BuildGroup(const std::vector<Cluster>& group, int level) {
    std::vector<Cluster> free, disputed;
    for (const Cluster& a : group) {
      bool forbidden = false;
      for (const Cluster& b : group) forbidden = forbidden || (a != b && Forbid(a, b, level));
      (forbidden ? disputed : free).push_back(a);
    }
    if (disputed.empty()) {
      Cluster all;
      for (const Cluster& cluster : group) all.insert(cluster.begin(), cluster.end());
      return {all};
    }
    uint64_t free_weight = 0;
    for (const Cluster& cluster : free) free_weight += Weight(cluster);
    std::vector<Cluster> apart, rest = free;
    for (const Cluster& a : disputed) {
      uint64_t against = 0;
      for (const Cluster& b : disputed) {
        if (a != b && Forbid(a, b, level)) against = std::max(against, Weight(b));
      }
      (Weight(a) * limits_.stands_apart < free_weight + against ? apart : rest).push_back(a);
    }
    if (apart.empty()) {
      ++ambiguous_;
      return group;
    }
    ++stood_apart_;
    std::vector<Cluster> result = BuildLevel(rest, level);
    for (const Cluster& cluster : BuildLevel(apart, level)) result.push_back(cluster);
    return result;
  }

  const WorldState& state_;
  const IdentityLimits limits_;
  std::vector<ProfileId> ids_;
  std::map<std::pair<std::string, std::string>, size_t> observed_by_;
  std::map<ProfileId, std::map<std::string, std::set<std::string>>> counting_;
  std::map<ProfileId, std::set<std::pair<int, ProfileId>>> linked_;
  uint64_t ambiguous_ = 0;
  uint64_t stood_apart_ = 0;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_TESTS_PROPERTY_NAIVE_IDENTITY_H_
