#include "graph/identity_clusters.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>
#include <optional>
#include <set>

namespace newsgraph {
namespace {

// Sets of numbers; each is known by its smallest.
class DisjointSets {
 public:
  explicit DisjointSets(size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), size_t{0}); }
  size_t Find(size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  // False when they were one set already.
  bool Join(size_t a, size_t b) {
    a = Find(a);
    b = Find(b);
    if (a == b) return false;
    parent_[std::max(a, b)] = std::min(a, b);
    return true;
  }

 private:
  std::vector<size_t> parent_;
};

using Facts = std::map<std::string, std::set<std::string>>;

bool Disjoint(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::none_of(a.begin(), a.end(), [&](const std::string& value) { return b.contains(value); });
}

std::string Words(const std::set<std::string>& values) {
  std::string words;
  for (const std::string& value : values) words += (words.empty() ? "" : ", ") + value;
  return words;
}

class Builder {
 public:
  Builder(const std::vector<ClusterMember>& members, const std::vector<MemberLink>& links,
          const std::vector<MemberDifference>& differences, uint64_t stands_apart)
      : members_(members), links_(links), stands_apart_(stands_apart), sets_(members.size()) {
    for (const MemberDifference& difference : differences) {
      differences_.emplace(std::minmax(difference.left, difference.right), difference.reason);
    }
  }

  Clustering Build() {
    for (auto link = links_.begin(); link != links_.end();) {
      const auto end = std::find_if(link, links_.end(), [&](const MemberLink& l) { return l.level != link->level; });
      BuildLevel({link, end});
      link = end;
    }
    for (size_t i = 0; i < members_.size(); ++i) result_.cluster.push_back(sets_.Find(i));
    return std::move(result_);
  }

 private:
  // A cluster as it was when the level began.
  struct Cluster {
    uint64_t documents = 0;
    Facts facts;
    std::vector<size_t> members;
  };

  void BuildLevel(const std::vector<MemberLink>& links) {
    level_ = links.front().level;
    clusters_.clear();
    edges_.clear();
    std::set<size_t> linked;
    for (const MemberLink& link : links) {
      const auto ends = std::minmax({sets_.Find(link.left), sets_.Find(link.right)});
      if (ends.first == ends.second) continue;
      linked.insert({ends.first, ends.second});
      edges_.emplace_back(ends, link);
    }
    for (size_t i = 0; i < members_.size(); ++i) {
      const size_t root = sets_.Find(i);
      if (!linked.contains(root)) continue;
      Cluster& cluster = clusters_[root];
      cluster.documents += std::bit_floor(members_[i].documents);
      cluster.members.push_back(i);
      for (const auto& [kind, value] : members_[i].facts) cluster.facts[kind].insert(value);
    }
    BuildParts(std::vector<size_t>(linked.begin(), linked.end()));
  }

  // The groups that the level's links make of `clusters` (sorted).
  void BuildParts(const std::vector<size_t>& clusters) {
    DisjointSets parts(members_.size());
    for (const auto& [ends, link] : edges_) {
      if (std::binary_search(clusters.begin(), clusters.end(), ends.first) &&
          std::binary_search(clusters.begin(), clusters.end(), ends.second)) {
        parts.Join(ends.first, ends.second);
      }
    }
    std::map<size_t, std::vector<size_t>> groups;
    for (const size_t cluster : clusters) groups[parts.Find(cluster)].push_back(cluster);
    for (const auto& [first, group] : groups) {
      if (group.size() > 1) BuildGroup(group);
    }
  }

  void BuildGroup(const std::vector<size_t>& group) {
    std::map<size_t, uint64_t> largest_against;  // of each that something forbids
    std::string reason;
    for (size_t i = 0; i < group.size(); ++i) {
      for (size_t j = i + 1; j < group.size(); ++j) {
        const auto forbids = Forbids(clusters_[group[i]], clusters_[group[j]]);
        if (!forbids) continue;
        if (reason.empty()) reason = *forbids;
        uint64_t& against_i = largest_against[group[i]];
        against_i = std::max(against_i, clusters_[group[j]].documents);
        uint64_t& against_j = largest_against[group[j]];
        against_j = std::max(against_j, clusters_[group[i]].documents);
      }
    }
    if (largest_against.empty()) {
      JoinGroup(group);
      return;
    }
    uint64_t undisputed = 0;
    for (const size_t cluster : group) {
      if (!largest_against.contains(cluster)) undisputed += clusters_[cluster].documents;
    }
    std::vector<size_t> apart, left;
    for (const size_t cluster : group) {
      const auto against = largest_against.find(cluster);
      const bool small = against != largest_against.end() &&
                         clusters_[cluster].documents * stands_apart_ < undisputed + against->second;
      (small ? apart : left).push_back(cluster);
    }
    if (apart.empty()) {
      result_.ambiguities.push_back({level_, group, reason});
      return;
    }
    // Something is always left: what is undisputed, or else the largest of all.
    BuildParts(left);
    BuildParts(apart);
  }

  void JoinGroup(const std::vector<size_t>& group) {
    for (const auto& [ends, link] : edges_) {
      if (std::binary_search(group.begin(), group.end(), ends.first) &&
          std::binary_search(group.begin(), group.end(), ends.second) && sets_.Join(ends.first, ends.second)) {
        result_.joins.push_back(link);
      }
    }
  }

  std::optional<std::string> Forbids(const Cluster& a, const Cluster& b) const {
    if (!differences_.empty()) {
      for (const size_t left : a.members) {
        for (const size_t right : b.members) {
          const auto difference = differences_.find(std::minmax(left, right));
          if (difference != differences_.end()) return difference->second;
        }
      }
    }
    if (level_ == 1) return std::nullopt;
    for (const auto& [kind, values] : a.facts) {
      const auto other = b.facts.find(kind);
      if (other != b.facts.end() && Disjoint(values, other->second)) {
        return fmt::format("{} differs: {} and {}", kind, Words(values), Words(other->second));
      }
    }
    return std::nullopt;
  }

  const std::vector<ClusterMember>& members_;
  const std::vector<MemberLink>& links_;
  const uint64_t stands_apart_;
  std::map<std::pair<size_t, size_t>, std::string> differences_;
  DisjointSets sets_;
  Clustering result_;

  // Of the level that is being built. A cluster is known by its first member.
  int level_ = 0;
  std::map<size_t, Cluster> clusters_;
  std::vector<std::pair<std::pair<size_t, size_t>, MemberLink>> edges_;  // the two clusters that a link connects
};

}  // namespace

Clustering BuildClusters(const std::vector<ClusterMember>& members, const std::vector<MemberLink>& links,
                         const std::vector<MemberDifference>& differences, uint64_t stands_apart) {
  return Builder(members, links, differences, stands_apart).Build();
}

}  // namespace newsgraph
