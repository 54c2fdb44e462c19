// Clusters inside one component, level by level.
//
// At each level the clusters so far that links of that level connect form groups. Two
// clusters of a group forbid each other when a person judged a profile of one and a
// profile of the other to be different, or (from the second level on: a person's "same"
// outranks the machine) when both carry facts of one kind, such as ids of one scheme,
// occupations or birth years, and have none in common.
//
// A group without a forbidding pair becomes one cluster. Otherwise a cluster stands apart
// that something in the group forbids and that has less than a twentieth of the documents
// of the other side: the clusters that nothing forbids, with the largest one that forbids
// it. (So two small atoms that a person told apart do not break up the large entity that
// both were taken for, and thirty people of one name are not each a small minority.)
// What stands apart and what is left are each looked at anew, as the groups that their
// links make of them. Where nothing stands apart the group is ambiguous, and nothing in
// it is joined at this level.
//
// Documents of a profile are rounded down to a power of two, so that a cluster changes
// its weight a few times in its life and not with each document.
#ifndef NEWSGRAPH_GRAPH_IDENTITY_CLUSTERS_H_
#define NEWSGRAPH_GRAPH_IDENTITY_CLUSTERS_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace newsgraph {

struct ClusterMember {
  uint64_t documents = 1;
  std::vector<std::pair<std::string, std::string>> facts;  // (kind, value), sorted
};

struct MemberLink {
  int level = 1;  // 1: judgement
  size_t left = 0;
  size_t right = 0;
  auto operator<=>(const MemberLink&) const = default;
};

struct MemberDifference {
  size_t left = 0;
  size_t right = 0;
  std::string reason;
};

struct MemberAmbiguity {
  int level = 0;
  std::vector<size_t> clusters;  // their first members, sorted
  std::string reason;
};

struct Clustering {
  std::vector<size_t> cluster;    // of each member: the first member of its cluster
  std::vector<MemberLink> joins;  // a spanning tree of each cluster, by level
  std::vector<MemberAmbiguity> ambiguities;
};

// `links` sorted. Members are known by their places in `members`.
Clustering BuildClusters(const std::vector<ClusterMember>& members, const std::vector<MemberLink>& links,
                         const std::vector<MemberDifference>& differences, uint64_t stands_apart);

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_IDENTITY_CLUSTERS_H_
