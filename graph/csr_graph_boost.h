// CsrGraph, and the part of it that a walk follows, as Boost.Graph sees them. Private
// to the algorithms.
//
// CsrGraph models Boost's IncidenceGraph, BidirectionalGraph, VertexListGraph and
// EdgeListGraph; FollowedGraph the first three, with each edge read the way the walk
// goes, and those that the filter refuses left out as the iterators advance.
#ifndef NEWSGRAPH_GRAPH_CSR_GRAPH_BOOST_H_
#define NEWSGRAPH_GRAPH_CSR_GRAPH_BOOST_H_

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>
#include <utility>

#include "graph/csr_graph.h"
#include "graph/edge_walk.h"

namespace newsgraph {

struct CsrTraversalTag : boost::bidirectional_graph_tag, boost::vertex_list_graph_tag, boost::edge_list_graph_tag {};

// An edge as a walk reads it: from `source` to `target`, whichever of them is the subject.
struct FollowedEdge {
  CsrGraph::EdgeIndex edge = 0;
  CsrGraph::Vertex source = 0;
  CsrGraph::Vertex target = 0;
  bool operator==(const FollowedEdge&) const = default;
};

// `direction` is Boost's: bidirectional_tag, or undirected_tag when edges are followed both ways.
template <typename Direction>
class FollowedGraph {
 public:
  // Both must outlive the view; `walk` counts what is looked at, and throws WalkStopped.
  FollowedGraph(const CsrGraph& graph, EdgeWalk& walk, Follow follow)
      : graph_(&graph), walk_(&walk), leaving_(follow != Follow::kIn), reaching_(follow != Follow::kOut) {}

  class EdgeIterator
      : public boost::iterator_facade<EdgeIterator, FollowedEdge, boost::forward_traversal_tag, FollowedEdge> {
   public:
    EdgeIterator() = default;
    // Edges of `v`: those it is the subject of (when `leaving`), then those it is the
    // object of (when `reaching`); read towards `v` when `backward`.
    EdgeIterator(const FollowedGraph& view, CsrGraph::Vertex v, bool leaving, bool reaching, bool backward, bool at_end)
        : view_(&view), vertex_(v), backward_(backward) {
      // A start of a whole-graph search may be a vertex that the filter leaves out.
      if (!view.walk_->AllowsVertex(v)) return;
      const CsrGraph& graph = *view.graph_;
      next_out_ = leaving ? graph.out_begin(v) : 0;
      end_out_ = leaving ? graph.out_end(v) : 0;
      end_in_ = reaching ? static_cast<uint32_t>(graph.in_edges(v).size()) : 0;
      if (at_end) {
        GoToEnd();
      } else {
        Settle();
      }
    }

   private:
    friend class boost::iterator_core_access;

    CsrGraph::EdgeIndex Current() const {
      return next_out_ < end_out_ ? next_out_ : view_->graph_->in_edges(vertex_)[next_in_];
    }
    CsrGraph::Vertex OtherEnd() const {
      return next_out_ < end_out_ ? view_->graph_->target(next_out_) : view_->graph_->source(Current());
    }
    void GoToEnd() {
      next_out_ = end_out_;
      next_in_ = end_in_;
    }
    void Step() {
      if (next_out_ < end_out_) {
        ++next_out_;
      } else {
        ++next_in_;
      }
    }
    // To the next edge that is followed, from this one on.
    void Settle() {
      while (next_out_ < end_out_ || next_in_ < end_in_) {
        if (view_->walk_->Follows(Current(), OtherEnd())) {
          if (view_->walk_->MayFollowAnother(followed_)) {
            ++followed_;
            return;
          }
          GoToEnd();
          return;
        }
        Step();
      }
    }

    void increment() {
      Step();
      Settle();
    }
    bool equal(const EdgeIterator& other) const { return next_out_ == other.next_out_ && next_in_ == other.next_in_; }
    FollowedEdge dereference() const {
      const CsrGraph::Vertex other = OtherEnd();
      return backward_ ? FollowedEdge{Current(), other, vertex_} : FollowedEdge{Current(), vertex_, other};
    }

    const FollowedGraph* view_ = nullptr;
    CsrGraph::Vertex vertex_ = 0;
    bool backward_ = false;
    CsrGraph::EdgeIndex next_out_ = 0;
    CsrGraph::EdgeIndex end_out_ = 0;
    uint32_t next_in_ = 0;
    uint32_t end_in_ = 0;
    uint32_t followed_ = 0;
  };

  std::pair<EdgeIterator, EdgeIterator> Edges(CsrGraph::Vertex v, bool backward) const {
    const bool leaving = backward ? reaching_ : leaving_;
    const bool reaching = backward ? leaving_ : reaching_;
    return {EdgeIterator(*this, v, leaving, reaching, backward, false),
            EdgeIterator(*this, v, leaving, reaching, backward, true)};
  }
  const CsrGraph& graph() const { return *graph_; }

 private:
  const CsrGraph* graph_;
  EdgeWalk* walk_;
  bool leaving_;   // follows edges from their subjects
  bool reaching_;  // follows edges from their objects
};

}  // namespace newsgraph

namespace boost {

template <>
struct graph_traits<newsgraph::CsrGraph> {
  using vertex_descriptor = newsgraph::CsrGraph::Vertex;
  using edge_descriptor = newsgraph::CsrGraph::EdgeIndex;
  using directed_category = bidirectional_tag;
  using edge_parallel_category = allow_parallel_edge_tag;
  using traversal_category = newsgraph::CsrTraversalTag;
  using vertices_size_type = uint32_t;
  using edges_size_type = uint32_t;
  using degree_size_type = uint32_t;
  using vertex_iterator = counting_iterator<vertex_descriptor>;
  using edge_iterator = counting_iterator<edge_descriptor>;
  using out_edge_iterator = counting_iterator<edge_descriptor>;
  using in_edge_iterator = const edge_descriptor*;
  using adjacency_iterator = void;
  static vertex_descriptor null_vertex() { return UINT32_MAX; }
};

template <typename Direction>
struct graph_traits<newsgraph::FollowedGraph<Direction>> {
  struct traversal_category : bidirectional_graph_tag, vertex_list_graph_tag {};
  using vertex_descriptor = newsgraph::CsrGraph::Vertex;
  using edge_descriptor = newsgraph::FollowedEdge;
  using directed_category = Direction;
  using edge_parallel_category = allow_parallel_edge_tag;
  using vertices_size_type = uint32_t;
  using edges_size_type = uint32_t;
  using degree_size_type = uint32_t;
  using vertex_iterator = counting_iterator<vertex_descriptor>;
  using edge_iterator = void;
  using out_edge_iterator = typename newsgraph::FollowedGraph<Direction>::EdgeIterator;
  using in_edge_iterator = out_edge_iterator;
  using adjacency_iterator = void;
  static vertex_descriptor null_vertex() { return UINT32_MAX; }
};

template <>
struct property_map<newsgraph::CsrGraph, vertex_index_t> {
  using type = typed_identity_property_map<newsgraph::CsrGraph::Vertex>;
  using const_type = type;
};

template <typename Direction>
struct property_map<newsgraph::FollowedGraph<Direction>, vertex_index_t> {
  using type = typed_identity_property_map<newsgraph::CsrGraph::Vertex>;
  using const_type = type;
};

}  // namespace boost

// Boost finds these by argument-dependent look-up, and asks for them in its own style.
namespace newsgraph {

inline std::pair<boost::counting_iterator<CsrGraph::Vertex>, boost::counting_iterator<CsrGraph::Vertex>> vertices(
    const CsrGraph& graph) {
  return {boost::counting_iterator<CsrGraph::Vertex>(0),
          boost::counting_iterator<CsrGraph::Vertex>(graph.vertex_count())};
}
inline std::pair<boost::counting_iterator<CsrGraph::EdgeIndex>, boost::counting_iterator<CsrGraph::EdgeIndex>> edges(
    const CsrGraph& graph) {
  return {boost::counting_iterator<CsrGraph::EdgeIndex>(0),
          boost::counting_iterator<CsrGraph::EdgeIndex>(graph.edge_count())};
}
inline std::pair<boost::counting_iterator<CsrGraph::EdgeIndex>, boost::counting_iterator<CsrGraph::EdgeIndex>>
out_edges(CsrGraph::Vertex v, const CsrGraph& graph) {
  return {boost::counting_iterator<CsrGraph::EdgeIndex>(graph.out_begin(v)),
          boost::counting_iterator<CsrGraph::EdgeIndex>(graph.out_end(v))};
}
inline std::pair<const CsrGraph::EdgeIndex*, const CsrGraph::EdgeIndex*> in_edges(CsrGraph::Vertex v,
                                                                                  const CsrGraph& graph) {
  const auto edges = graph.in_edges(v);
  return {edges.data(), edges.data() + edges.size()};
}
inline uint32_t num_vertices(const CsrGraph& graph) { return graph.vertex_count(); }
inline uint32_t num_edges(const CsrGraph& graph) { return graph.edge_count(); }
inline uint32_t out_degree(CsrGraph::Vertex v, const CsrGraph& graph) { return graph.out_end(v) - graph.out_begin(v); }
inline uint32_t in_degree(CsrGraph::Vertex v, const CsrGraph& graph) {
  return static_cast<uint32_t>(graph.in_edges(v).size());
}
inline uint32_t degree(CsrGraph::Vertex v, const CsrGraph& graph) { return out_degree(v, graph) + in_degree(v, graph); }
inline CsrGraph::Vertex source(CsrGraph::EdgeIndex e, const CsrGraph& graph) { return graph.source(e); }
inline CsrGraph::Vertex target(CsrGraph::EdgeIndex e, const CsrGraph& graph) { return graph.target(e); }
inline boost::typed_identity_property_map<CsrGraph::Vertex> get(boost::vertex_index_t, const CsrGraph&) { return {}; }

template <typename Direction>
auto vertices(const FollowedGraph<Direction>& view) {
  return vertices(view.graph());
}
template <typename Direction>
uint32_t num_vertices(const FollowedGraph<Direction>& view) {
  return view.graph().vertex_count();
}
template <typename Direction>
auto out_edges(CsrGraph::Vertex v, const FollowedGraph<Direction>& view) {
  return view.Edges(v, false);
}
template <typename Direction>
auto in_edges(CsrGraph::Vertex v, const FollowedGraph<Direction>& view) {
  return view.Edges(v, true);
}
template <typename Direction>
uint32_t out_degree(CsrGraph::Vertex v, const FollowedGraph<Direction>& view) {
  const auto [begin, end] = view.Edges(v, false);
  return static_cast<uint32_t>(std::distance(begin, end));
}
template <typename Direction>
uint32_t in_degree(CsrGraph::Vertex v, const FollowedGraph<Direction>& view) {
  const auto [begin, end] = view.Edges(v, true);
  return static_cast<uint32_t>(std::distance(begin, end));
}
template <typename Direction>
uint32_t degree(CsrGraph::Vertex v, const FollowedGraph<Direction>& view) {
  return out_degree(v, view) + in_degree(v, view);
}
template <typename Direction>
CsrGraph::Vertex source(const FollowedEdge& edge, const FollowedGraph<Direction>&) {
  return edge.source;
}
template <typename Direction>
CsrGraph::Vertex target(const FollowedEdge& edge, const FollowedGraph<Direction>&) {
  return edge.target;
}
template <typename Direction>
boost::typed_identity_property_map<CsrGraph::Vertex> get(boost::vertex_index_t, const FollowedGraph<Direction>&) {
  return {};
}

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_CSR_GRAPH_BOOST_H_
