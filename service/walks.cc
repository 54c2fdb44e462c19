// The questions that walk the adjacency: neighbours, traversal, paths.

#include <fmt/format.h>

#include <map>
#include <memory>
#include <unordered_map>
#include <utility>

#include "graph/status.h"
#include "service/convert.h"
#include "service/paging.h"
#include "service/questions.h"

namespace newsgraph {
namespace {

constexpr uint32_t kMaxStatementsPerEdge = 16;
constexpr int kMaxStarts = 1000;
constexpr uint32_t kMaxTraversalHops = 16;
constexpr int kEntitiesInBatch = 1000;
constexpr int kEdgesInBatch = 4000;

template <typename Request>
absl::StatusOr<uint32_t> StatementsPerEdge(const Request& request) {
  if (!request.has_statements_per_edge()) return 1;
  if (request.statements_per_edge() > kMaxStatementsPerEdge) {
    return absl::InvalidArgumentError(
        fmt::format("statements_per_edge {}: at most {}; ListStatements pages through all",
                    request.statements_per_edge(), kMaxStatementsPerEdge));
  }
  return request.statements_per_edge();
}

// Cuts the answer of a traversal into batches and numbers what several of them share.
class BatchWriter {
 public:
  BatchWriter(const Snapshot& snapshot, const Deadline& deadline, std::vector<v1::TraverseResponse>* batches)
      : snapshot_(snapshot), deadline_(deadline), writer_(snapshot, deadline), batches_(*batches) {
    Begin();
  }

  absl::Status AddEntity(EntityId entity, uint32_t hops) {
    if (batches_.back().entities().ids_size() == kEntitiesInBatch) Begin();
    v1::EntityRef named;
    NEWSGRAPH_RETURN_IF_ERROR(writer_.Write(entity, &named));
    v1::EntityColumns& columns = *batches_.back().mutable_entities();
    columns.add_ids(std::move(*named.mutable_id()));
    columns.add_names(std::move(*named.mutable_name()));
    columns.add_types(named.type());
    columns.add_hops(hops);
    entities_.emplace(entity, entities_.size());
    return absl::OkStatus();
  }

  absl::Status AddEdge(const EdgeGroup& edge) {
    NEWSGRAPH_RETURN_IF_ERROR(deadline_.Check());
    if (batches_.back().edges().subjects_size() == kEdgesInBatch) Begin();
    v1::TraverseResponse& batch = batches_.back();
    const auto [predicate, is_new_predicate] = predicates_.try_emplace(edge.predicate, predicates_.size());
    if (is_new_predicate) batch.add_predicates(edge.predicate);
    const auto& [key, statement] = edge.statements.front();
    const auto [document, is_new_document] = documents_.try_emplace(key, documents_.size());
    if (is_new_document) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const Document read, snapshot_.GetDocument(key));
      batch.add_documents(read.id);
    }
    v1::EdgeColumns& columns = *batch.mutable_edges();
    columns.add_subjects(entities_.at(edge.subject));
    columns.add_predicates(predicate->second);
    columns.add_objects(entities_.at(edge.object));
    columns.add_supports(edge.support);
    columns.add_documents(document->second);
    columns.add_statements(statement);
    return absl::OkStatus();
  }

  void End(const Truncation& truncation) { *batches_.back().mutable_truncation() = ToWire(truncation); }

 private:
  void Begin() { batches_.emplace_back().set_commit(snapshot_.commit()); }

  const Snapshot& snapshot_;
  const Deadline& deadline_;
  AnswerWriter writer_;
  std::vector<v1::TraverseResponse>& batches_;
  std::unordered_map<EntityId, uint32_t> entities_;
  std::unordered_map<DocumentKey, uint32_t> documents_;
  std::map<std::string, uint32_t> predicates_;
};

}  // namespace

absl::Status Questions::ListNeighbors(const v1::ListNeighborsRequest& request, const Deadline& deadline,
                                      v1::ListNeighborsResponse* response) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const PagePosition position, StartOfPage(request));
  NEWSGRAPH_ASSIGN_OR_RETURN(const uint32_t statements, StatementsPerEdge(request));
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::shared_ptr<const QueryEngine> engine,
                             graph_.Get(request.min_commit(), deadline));
  const Snapshot& snapshot = engine->snapshot();
  NEWSGRAPH_ASSIGN_OR_RETURN(const EntityId entity, ResolveEntity(snapshot, "entity", request.entity()));
  NEWSGRAPH_ASSIGN_OR_RETURN(const Filter filter, FromWire(request.filter(), snapshot));
  NEWSGRAPH_ASSIGN_OR_RETURN(
      const NeighborsAnswer answer,
      engine->Neighbors(entity, filter, FromWire(request.limits()), deadline, PageSize(request.page_size()), position));
  response->set_commit(answer.commit);
  AnswerWriter writer(snapshot, deadline);
  for (const Neighbor& neighbor : answer.neighbors) {
    v1::Neighbor* to = response->add_neighbors();
    NEWSGRAPH_RETURN_IF_ERROR(writer.Write(neighbor.entity, to->mutable_entity()));
    NEWSGRAPH_RETURN_IF_ERROR(writer.Write(neighbor.edge, statements, to->mutable_edge()));
  }
  response->set_degree(answer.degree);
  response->set_next_page_token(NextPageToken(request, answer.next));
  *response->mutable_truncation() = ToWire(answer.truncation);
  return absl::OkStatus();
}

absl::Status Questions::Traverse(const v1::TraverseRequest& request, const Deadline& deadline,
                                 std::vector<v1::TraverseResponse>* batches) {
  if (request.starts().empty() || request.starts_size() > kMaxStarts) {
    return absl::InvalidArgumentError(
        fmt::format("starts: {} given; 1 to {} entities are taken", request.starts_size(), kMaxStarts));
  }
  if (request.hops() < 1 || request.hops() > kMaxTraversalHops) {
    return absl::InvalidArgumentError(fmt::format("hops {}: not 1 to {}", request.hops(), kMaxTraversalHops));
  }
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::shared_ptr<const QueryEngine> engine,
                             graph_.Get(request.min_commit(), deadline));
  const Snapshot& snapshot = engine->snapshot();
  std::vector<EntityId> starts;
  for (const std::string& id : request.starts()) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const EntityId start, ResolveEntity(snapshot, "starts", id));
    starts.push_back(start);
  }
  NEWSGRAPH_ASSIGN_OR_RETURN(const Filter filter, FromWire(request.filter(), snapshot));
  NEWSGRAPH_ASSIGN_OR_RETURN(const SubgraphAnswer answer,
                             engine->Traverse(starts, request.hops(), filter, FromWire(request.limits()), deadline));
  BatchWriter writer(snapshot, deadline, batches);
  for (size_t i = 0; i < answer.entities.size(); ++i) {
    NEWSGRAPH_RETURN_IF_ERROR(writer.AddEntity(answer.entities[i], answer.hops[i]));
  }
  for (const EdgeGroup& edge : answer.edges) NEWSGRAPH_RETURN_IF_ERROR(writer.AddEdge(edge));
  writer.End(answer.truncation);
  return absl::OkStatus();
}

absl::Status Questions::FindPaths(const v1::FindPathsRequest& request, const Deadline& deadline,
                                  v1::FindPathsResponse* response) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const uint32_t statements, StatementsPerEdge(request));
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::shared_ptr<const QueryEngine> engine,
                             graph_.Get(request.min_commit(), deadline));
  const Snapshot& snapshot = engine->snapshot();
  NEWSGRAPH_ASSIGN_OR_RETURN(const EntityId from, ResolveEntity(snapshot, "from", request.from()));
  NEWSGRAPH_ASSIGN_OR_RETURN(const EntityId to, ResolveEntity(snapshot, "to", request.to()));
  NEWSGRAPH_ASSIGN_OR_RETURN(const Filter filter, FromWire(request.filter(), snapshot));
  const Limits limits = FromWire(request.limits());
  absl::StatusOr<PathsAnswer> answer = request.mode() == v1::PATH_MODE_ALL_SHORTEST
                                           ? engine->AllShortestPaths(from, to, filter, limits, deadline)
                                           : engine->ShortestPath(from, to, filter, limits, deadline);
  NEWSGRAPH_RETURN_IF_ERROR(answer.status());
  response->set_commit(answer->commit);
  AnswerWriter writer(snapshot, deadline);
  for (const Path& path : answer->paths) {
    v1::Path* to_path = response->add_paths();
    for (const PathStep& step : path.steps) {
      v1::PathStep* to_step = to_path->add_steps();
      NEWSGRAPH_RETURN_IF_ERROR(writer.Write(step.from, to_step->mutable_from()));
      NEWSGRAPH_RETURN_IF_ERROR(writer.Write(step.to, to_step->mutable_to()));
      for (const EdgeGroup& edge : step.edges) {
        NEWSGRAPH_RETURN_IF_ERROR(writer.Write(edge, statements, to_step->add_edges()));
      }
    }
  }
  *response->mutable_truncation() = ToWire(answer->truncation);
  return absl::OkStatus();
}

}  // namespace newsgraph
