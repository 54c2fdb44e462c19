// Between the model and the wire: enums, filters, ids, and answers with names and sentences.
#ifndef NEWSGRAPH_SERVICE_CONVERT_H_
#define NEWSGRAPH_SERVICE_CONVERT_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/graph_store.h"
#include "graph/query.h"
#include "newsgraph/v1/model.pb.h"
#include "newsgraph/v1/query.pb.h"

namespace newsgraph {

v1::EntityType ToWire(EntityType type);
v1::Verdict ToWire(Verdict verdict);
v1::Truncation ToWire(const Truncation& truncation);
v1::Judgement ToWire(const Judgement& judgement, bool detached);
// InvalidArgument: not given, or none that this build knows.
absl::StatusOr<Verdict> FromWire(v1::Verdict verdict);
// InvalidArgument names the field: an unknown predicate, what is no date, a confidence out of
// range; and as ResolveEntity for speakers.
absl::StatusOr<Filter> FromWire(const v1::Filter& filter, const Snapshot& snapshot);
// What is over the maximum of query.proto becomes the maximum.
Limits FromWire(const v1::Limits& limits);

// A document to ingest. InvalidArgument: none, or a text longer than `max_bytes`.
absl::StatusOr<Document> FromWire(const v1::Document& document, uint64_t max_bytes);

// What was sent, for a message: cut after 80 bytes, at a character.
std::string Quoted(std::string_view text);

// An entity or atom id as sent in the field named `field`. InvalidArgument: empty or no id.
absl::StatusOr<AtomId> ParseId(std::string_view field, const std::string& id);
// The entity it leads to. InvalidArgument as above; NotFound: nothing has this id;
// FailedPrecondition: it may mean several, which the message names.
absl::StatusOr<EntityId> ResolveEntity(const Snapshot& snapshot, std::string_view field, const std::string& id);
// InvalidArgument: the ontology has none.
absl::Status CheckPredicate(const Ontology& ontology, std::string_view predicate);

// Writes what a snapshot holds into messages, with the names of entities and the words of spans.
// Not thread-safe; for one answer. Every write checks the deadline.
class AnswerWriter {
 public:
  // Both must outlive it.
  AnswerWriter(const Snapshot& snapshot, const Deadline& deadline) : snapshot_(snapshot), deadline_(deadline) {}

  absl::Status Write(EntityId entity, v1::EntityRef* out);
  absl::Status Write(const Entity& entity, v1::Entity* out);
  absl::Status Write(const ResolvedStatement& statement, v1::Statement* out);
  absl::Status Write(std::string_view document, const Mention& mention, v1::Mention* out);
  absl::Status Write(const Turn& turn, v1::Turn* out);
  // With the first `statements` of those behind it.
  absl::Status Write(const EdgeGroup& edge, uint32_t statements, v1::EdgeGroup* out);
  absl::Status WriteDocument(std::string_view id, v1::Document* out);
  absl::Status WriteSummary(std::string_view id, v1::DocumentSummary* out);

 private:
  // The answers of one page lie document by document, so one document is kept.
  absl::Status Load(std::string_view document);
  void WriteSpan(const Span& span, v1::Span* out) const;

  const Snapshot& snapshot_;
  const Deadline& deadline_;
  std::unordered_map<EntityId, v1::EntityRef> entities_;
  Document document_;
  std::string ingested_at_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_SERVICE_CONVERT_H_
