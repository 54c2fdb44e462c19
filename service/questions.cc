// Entities, statements, mentions and documents. Walks are in walks.cc, judgements and
// ambiguities in identity_questions.cc.

#include "service/questions.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <memory>
#include <set>
#include <utility>

#include "graph/status.h"
#include "service/convert.h"
#include "service/paging.h"

namespace newsgraph {
namespace {

using StatementsPage = absl::StatusOr<std::vector<ResolvedStatement>>;

// What is said of an entity: where it is the subject, then where it is the object and not the
// subject too. The position's first letter tells which of the two it is in.
StatementsPage ListStatementsAbout(const Snapshot& snapshot, EntityId entity, StatementPattern pattern,
                                   const Filter& filter, const Deadline& deadline, size_t size,
                                   PagePosition* position) {
  std::vector<ResolvedStatement> page;
  PagePosition rest = position->empty() ? "" : position->substr(1);
  if (position->empty() || position->front() == 's') {
    pattern.subject = entity;
    NEWSGRAPH_ASSIGN_OR_RETURN(page, ListStatements(snapshot, pattern, filter, deadline, size, &rest));
    if (!rest.empty()) {
      *position = "s" + rest;
      return page;
    }
    pattern.subject.reset();
  }
  pattern.object = entity;
  do {
    // One is asked for when the page is full already: only to know whether there is any.
    const size_t wanted = std::max<size_t>(size - page.size(), 1);
    PagePosition next = rest;
    NEWSGRAPH_ASSIGN_OR_RETURN(std::vector<ResolvedStatement> more,
                               ListStatements(snapshot, pattern, filter, deadline, wanted, &next));
    const bool is_end = next.empty();
    if (page.size() == size) {
      *position = more.empty() && is_end ? "" : "o" + rest;
      return page;
    }
    for (ResolvedStatement& statement : more) {
      if (statement.subject != entity) page.push_back(std::move(statement));
    }
    rest = std::move(next);
    if (is_end) break;
  } while (true);
  position->clear();
  return page;
}

absl::Status CheckDocumentId(std::string_view field, const std::string& id) {
  if (!id.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(fmt::format("{}: not given; ListDocuments has the ids", field));
}

absl::Status ExplainMissing(const absl::Status& status, std::string_view what, const std::string& id,
                            std::string_view remedy) {
  if (!absl::IsNotFound(status)) return status;
  return absl::NotFoundError(fmt::format("{} {}: there is none of this id; {}", what, Quoted(id), remedy));
}

// Entities of these ids that are not among `found`: by mentions under the name to show, then by id.
absl::StatusOr<std::vector<NameMatch>> FindKnown(const Snapshot& snapshot, const std::vector<std::string>& lexicon_ids,
                                                 const std::vector<NameMatch>& found) {
  std::set<EntityId> seen;
  for (const NameMatch& match : found) seen.insert(match.entity);
  std::vector<NameMatch> known;
  for (const std::string& id : lexicon_ids) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const std::vector<EntityId> entities, snapshot.FindByExternalId("lexicon", id));
    for (const EntityId entity_id : entities) {
      if (!seen.insert(entity_id).second) continue;
      NEWSGRAPH_ASSIGN_OR_RETURN(const Entity entity, snapshot.GetEntity(entity_id));
      NameMatch& match = known.emplace_back(NameMatch{.entity = entity_id, .name = entity.name, .exact = true});
      for (const EntityName& name : entity.names) match.count += name.text == entity.name ? name.count : 0;
    }
  }
  std::sort(known.begin(), known.end(), [](const NameMatch& left, const NameMatch& right) {
    return std::pair(~left.count, left.entity) < std::pair(~right.count, right.entity);
  });
  return known;
}

std::string ToText(const EndType& end) {
  if (end.any) return "ANY";
  if (!end.literal.empty()) return end.literal;
  std::string text(ToString(end.type));
  if (!end.subtype.empty()) text += ":" + end.subtype;
  return text;
}

}  // namespace

absl::Status Questions::GetEntity(const v1::GetEntityRequest& request, const Deadline& deadline,
                                  v1::GetEntityResponse* response) const {
  const std::shared_ptr<const Snapshot> snapshot = store_.GetSnapshot();
  response->set_commit(snapshot->commit());
  AnswerWriter writer(*snapshot, deadline);
  const absl::StatusOr<EntityId> id = ResolveEntity(*snapshot, "entity", request.id());
  if (absl::IsFailedPrecondition(id.status())) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const AtomId asked, ParseId("entity", request.id()));
    NEWSGRAPH_ASSIGN_OR_RETURN(const Resolution resolution, snapshot->Resolve(asked));
    for (const EntityId candidate : resolution.candidates) {
      NEWSGRAPH_RETURN_IF_ERROR(writer.Write(candidate, response->add_candidates()));
    }
    return absl::OkStatus();
  }
  NEWSGRAPH_RETURN_IF_ERROR(id.status());
  NEWSGRAPH_ASSIGN_OR_RETURN(const Entity entity, snapshot->GetEntity(*id));
  NEWSGRAPH_RETURN_IF_ERROR(writer.Write(entity, response->mutable_entity()));
  PagePosition position;
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::vector<ResolvedStatement> statements,
                             ListStatementsAbout(*snapshot, *id, StatementPattern(), Filter(), deadline,
                                                 PageSize(request.page_size()), &position));
  for (const ResolvedStatement& statement : statements) {
    NEWSGRAPH_RETURN_IF_ERROR(writer.Write(statement, response->add_statements()));
  }
  v1::ListStatementsRequest next;
  next.set_about(ToString(*id));
  response->set_next_page_token(NextPageToken(next, position));
  return absl::OkStatus();
}

absl::Status Questions::ExplainEntity(const v1::ExplainEntityRequest& request, const Deadline& deadline,
                                      v1::ExplainEntityResponse* response) const {
  const std::shared_ptr<const Snapshot> snapshot = store_.GetSnapshot();
  response->set_commit(snapshot->commit());
  NEWSGRAPH_ASSIGN_OR_RETURN(const EntityId id, ResolveEntity(*snapshot, "entity", request.id()));
  NEWSGRAPH_RETURN_IF_ERROR(AnswerWriter(*snapshot, deadline).Write(id, response->mutable_entity()));
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::vector<JoinReason> reasons, snapshot->ExplainEntity(id));
  for (const JoinReason& reason : reasons) {
    v1::JoinReason* to = response->add_reasons();
    to->set_level(reason.level);
    to->set_left(reason.left);
    to->set_right(reason.right);
    to->set_reason(reason.reason);
  }
  return absl::OkStatus();
}

absl::Status Questions::SearchEntities(const v1::SearchEntitiesRequest& request, const Deadline& deadline,
                                       v1::SearchEntitiesResponse* response) const {
  if (request.name().empty()) return absl::InvalidArgumentError("name: not given; write what to search for");
  const std::shared_ptr<const Snapshot> snapshot = store_.GetSnapshot();
  response->set_commit(snapshot->commit());
  const size_t size = PageSize(request.page_size());
  NEWSGRAPH_ASSIGN_OR_RETURN(std::vector<NameMatch> matches,
                             snapshot->FindByName(request.name(), request.prefix(), size + 1));
  std::set<EntityId> by_lexicon;
  if (known_names_ != nullptr) {
    NEWSGRAPH_ASSIGN_OR_RETURN(std::vector<NameMatch> known,
                               FindKnown(*snapshot, known_names_->ListLexiconIds(request.name()), matches));
    for (const NameMatch& match : known) by_lexicon.insert(match.entity);
    const auto first_prefix =
        std::find_if(matches.begin(), matches.end(), [](const NameMatch& match) { return !match.exact; });
    matches.insert(first_prefix, std::make_move_iterator(known.begin()), std::make_move_iterator(known.end()));
  }
  Truncation truncation;
  if (matches.size() > size) {
    matches.resize(size);
    truncation.reason = TruncationReason::kMaxEntities;
  }
  truncation.returned = matches.size();
  *response->mutable_truncation() = ToWire(truncation);
  AnswerWriter writer(*snapshot, deadline);
  for (const NameMatch& match : matches) {
    v1::EntityMatch* to = response->add_matches();
    NEWSGRAPH_RETURN_IF_ERROR(writer.Write(match.entity, to->mutable_entity()));
    to->set_name(match.name);
    to->set_count(match.count);
    to->set_exact(match.exact);
    to->set_by_lexicon(by_lexicon.contains(match.entity));
  }
  return absl::OkStatus();
}

absl::Status Questions::ListStatements(const v1::ListStatementsRequest& request, const Deadline& deadline,
                                       v1::ListStatementsResponse* response) const {
  const std::shared_ptr<const Snapshot> snapshot = store_.GetSnapshot();
  response->set_commit(snapshot->commit());
  NEWSGRAPH_ASSIGN_OR_RETURN(PagePosition position, StartOfPage(request));
  NEWSGRAPH_ASSIGN_OR_RETURN(const Filter filter, FromWire(request.filter(), *snapshot));
  StatementPattern pattern;
  const auto set_entity = [&](std::string_view field, const std::string& id,
                              std::optional<EntityId>& to) -> absl::Status {
    if (id.empty()) return absl::OkStatus();
    NEWSGRAPH_ASSIGN_OR_RETURN(to, ResolveEntity(*snapshot, field, id));
    return absl::OkStatus();
  };
  std::optional<EntityId> about;
  NEWSGRAPH_RETURN_IF_ERROR(set_entity("about", request.about(), about));
  NEWSGRAPH_RETURN_IF_ERROR(set_entity("subject", request.subject(), pattern.subject));
  NEWSGRAPH_RETURN_IF_ERROR(set_entity("object", request.object(), pattern.object));
  NEWSGRAPH_RETURN_IF_ERROR(set_entity("speaker", request.speaker(), pattern.speaker));
  NEWSGRAPH_RETURN_IF_ERROR(set_entity("mentioning", request.mentioning(), pattern.mentioning));
  if (about && (pattern.subject || pattern.object)) {
    return absl::InvalidArgumentError("about: not together with subject or object; use subject and object alone");
  }
  if (!request.predicate().empty()) {
    NEWSGRAPH_RETURN_IF_ERROR(CheckPredicate(snapshot->ontology(), request.predicate()));
    pattern.predicate = request.predicate();
  }
  if (!request.document().empty()) {
    NEWSGRAPH_RETURN_IF_ERROR(ExplainMissing(snapshot->GetDocument(request.document()).status(), "document",
                                             request.document(), "ListDocuments has the ids"));
    pattern.document = request.document();
  }
  const size_t size = PageSize(request.page_size());
  StatementsPage page = about ? ListStatementsAbout(*snapshot, *about, pattern, filter, deadline, size, &position)
                              : newsgraph::ListStatements(*snapshot, pattern, filter, deadline, size, &position);
  NEWSGRAPH_RETURN_IF_ERROR(page.status());
  AnswerWriter writer(*snapshot, deadline);
  for (const ResolvedStatement& statement : *page) {
    NEWSGRAPH_RETURN_IF_ERROR(writer.Write(statement, response->add_statements()));
  }
  response->set_next_page_token(NextPageToken(request, position));
  return absl::OkStatus();
}

absl::Status Questions::GetStatement(const v1::GetStatementRequest& request, const Deadline& deadline,
                                     v1::GetStatementResponse* response) const {
  const std::shared_ptr<const Snapshot> snapshot = store_.GetSnapshot();
  response->set_commit(snapshot->commit());
  if (request.id().empty()) {
    return absl::InvalidArgumentError("statement: not given; its id is the document's, a colon and its index");
  }
  const absl::StatusOr<ResolvedStatement> statement = snapshot->GetStatement(request.id());
  NEWSGRAPH_RETURN_IF_ERROR(
      ExplainMissing(statement.status(), "statement", request.id(), "ListStatements has the ids"));
  return AnswerWriter(*snapshot, deadline).Write(*statement, response->mutable_statement());
}

absl::Status Questions::ListMentions(const v1::ListMentionsRequest& request, const Deadline& deadline,
                                     v1::ListMentionsResponse* response) const {
  const std::shared_ptr<const Snapshot> snapshot = store_.GetSnapshot();
  response->set_commit(snapshot->commit());
  NEWSGRAPH_ASSIGN_OR_RETURN(PagePosition position, StartOfPage(request));
  NEWSGRAPH_ASSIGN_OR_RETURN(const EntityId entity, ResolveEntity(*snapshot, "entity", request.entity()));
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::vector<Snapshot::EntityMention> mentions,
                             snapshot->ListMentions(entity, PageSize(request.page_size()), &position));
  AnswerWriter writer(*snapshot, deadline);
  const std::string* document = nullptr;
  for (const Snapshot::EntityMention& mention : mentions) {
    NEWSGRAPH_RETURN_IF_ERROR(writer.Write(mention.document, mention.mention, response->add_mentions()));
    if (document != nullptr && *document == mention.document) continue;
    document = &mention.document;
    NEWSGRAPH_RETURN_IF_ERROR(writer.WriteSummary(mention.document, response->add_documents()));
  }
  response->set_next_page_token(NextPageToken(request, position));
  return absl::OkStatus();
}

absl::Status Questions::GetDocument(const v1::GetDocumentRequest& request, const Deadline& deadline,
                                    v1::GetDocumentResponse* response) const {
  NEWSGRAPH_RETURN_IF_ERROR(CheckDocumentId("document", request.id()));
  const std::shared_ptr<const Snapshot> snapshot = store_.GetSnapshot();
  response->set_commit(snapshot->commit());
  const absl::StatusOr<DocumentGraph> graph = snapshot->GetDocumentGraph(request.id());
  NEWSGRAPH_RETURN_IF_ERROR(ExplainMissing(graph.status(), "document", request.id(), "ListDocuments has the ids"));
  AnswerWriter writer(*snapshot, deadline);
  NEWSGRAPH_RETURN_IF_ERROR(writer.WriteDocument(request.id(), response->mutable_document()));
  for (const Mention& mention : graph->mentions) {
    NEWSGRAPH_RETURN_IF_ERROR(writer.Write(request.id(), mention, response->add_mentions()));
  }
  for (const Turn& turn : graph->turns) NEWSGRAPH_RETURN_IF_ERROR(writer.Write(turn, response->add_turns()));
  StatementPattern pattern;
  pattern.document = request.id();
  PagePosition position;
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::vector<ResolvedStatement> statements,
                             newsgraph::ListStatements(*snapshot, pattern, Filter(), deadline,
                                                       std::numeric_limits<uint32_t>::max(), &position));
  for (const ResolvedStatement& statement : statements) {
    NEWSGRAPH_RETURN_IF_ERROR(writer.Write(statement, response->add_statements()));
  }
  return absl::OkStatus();
}

absl::Status Questions::ListDocuments(const v1::ListDocumentsRequest& request, const Deadline& deadline,
                                      v1::ListDocumentsResponse* response) const {
  const std::shared_ptr<const Snapshot> snapshot = store_.GetSnapshot();
  response->set_commit(snapshot->commit());
  NEWSGRAPH_ASSIGN_OR_RETURN(PagePosition position, StartOfPage(request));
  const size_t size = PageSize(request.page_size());
  std::vector<std::string> documents;
  if (request.mentioning().empty()) {
    NEWSGRAPH_ASSIGN_OR_RETURN(documents, snapshot->ListDocuments(size, &position));
  } else {
    NEWSGRAPH_ASSIGN_OR_RETURN(const EntityId entity, ResolveEntity(*snapshot, "mentioning", request.mentioning()));
    NEWSGRAPH_ASSIGN_OR_RETURN(documents, snapshot->ListMentioningDocuments(entity, size, &position));
  }
  AnswerWriter writer(*snapshot, deadline);
  for (const std::string& document : documents) {
    NEWSGRAPH_RETURN_IF_ERROR(writer.WriteSummary(document, response->add_documents()));
  }
  response->set_next_page_token(NextPageToken(request, position));
  return absl::OkStatus();
}

absl::Status Questions::ListPredicates(const v1::ListPredicatesRequest&, const Deadline&,
                                       v1::ListPredicatesResponse* response) const {
  const std::shared_ptr<const Snapshot> snapshot = store_.GetSnapshot();
  response->set_commit(snapshot->commit());
  for (const Relation& relation : snapshot->ontology().relations()) {
    v1::Predicate* to = response->add_predicates();
    to->set_id(relation.id);
    to->set_name_en(relation.en);
    to->set_name_zh_hant(relation.zh_hant);
    to->set_name_zh_hans(relation.zh_hans);
    for (const EndType& end : relation.domain) to->add_domain(ToText(end));
    for (const EndType& end : relation.range) to->add_range(ToText(end));
    to->set_inverse(relation.inverse);
    to->set_symmetric(relation.symmetric);
    to->set_wikidata(relation.wikidata);
  }
  return absl::OkStatus();
}

absl::Status Questions::GetStatistics(const v1::GetStatisticsRequest&, const Deadline&,
                                      v1::GetStatisticsResponse* response) const {
  const std::shared_ptr<const Snapshot> snapshot = store_.GetSnapshot();
  response->set_commit(snapshot->commit());
  NEWSGRAPH_ASSIGN_OR_RETURN(const StoreStatistics statistics, snapshot->GetStatistics());
  response->set_documents(statistics.documents);
  response->set_entities(statistics.entities);
  response->set_atoms(statistics.atoms);
  response->set_mentions(statistics.mentions);
  response->set_turns(statistics.turns);
  response->set_statements(statistics.statements);
  response->set_edges(statistics.edges);
  response->set_judgements(statistics.judgements);
  for (const auto& [kind, count] : statistics.statements_by_predicate) {
    v1::KindCount* to = response->add_statements_by_predicate();
    to->set_kind(kind);
    to->set_count(count);
  }
  for (const auto& [kind, count] : statistics.entities_by_type) {
    v1::KindCount* to = response->add_entities_by_type();
    to->set_kind(kind);
    to->set_count(count);
  }
  response->set_analyser(analyser_);
  return absl::OkStatus();
}

}  // namespace newsgraph
