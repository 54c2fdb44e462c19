// Every question over a real connection.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/service/service_fixture.h"

namespace newsgraph {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class QuestionsTest : public ServiceTest {
 protected:
  QuestionsTest() {
    Ingest("d1",
           "Ada Berg ceo_of Northwind\n"
           "Ada Berg spouse_of Carl Dahl\n"
           "Carl Dahl: Northwind competes_with Haichuan\n");
    Ingest("d2", "Emma Falk works_for Haichuan\n", "2024-08-01");
    last = Ingest("d3", "Ada Berg ceo_of Northwind\n", "2023-05-05");
  }

  v1::ListStatementsResponse Statements(const v1::ListStatementsRequest& request) {
    v1::ListStatementsResponse response;
    const grpc::Status status = Call(*graph, &v1::GraphService::Stub::ListStatements, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  uint64_t last = 0;
};

TEST_F(QuestionsTest, AnEntityComesWithItsNamesAndWhatIsSaidOfIt) {
  v1::GetEntityRequest request;
  request.set_id(Find("Northwind"));
  v1::GetEntityResponse response;
  ASSERT_TRUE(Call(*graph, &v1::GraphService::Stub::GetEntity, request, &response).ok());
  EXPECT_EQ(response.commit(), last);
  EXPECT_EQ(response.entity().id(), request.id());
  EXPECT_EQ(response.entity().name(), "Northwind");
  EXPECT_EQ(response.entity().type(), v1::ENTITY_TYPE_ORG);
  EXPECT_EQ(response.entity().documents(), 2u);
  ASSERT_EQ(response.entity().names_size(), 1);
  EXPECT_EQ(response.entity().names(0).text(), "Northwind");
  EXPECT_EQ(response.entity().names(0).count(), 3u);
  // As subject first, then as object.
  const std::vector<std::string> lines = ToLines(response.statements());
  EXPECT_THAT(
      lines, ElementsAre("Northwind competes_with Haichuan", "Ada Berg ceo_of Northwind", "Ada Berg ceo_of Northwind"));
  EXPECT_EQ(response.next_page_token(), "");
}

TEST_F(QuestionsTest, WhatIsSaidOfAnEntityGoesOnAsAListOfStatements) {
  std::vector<std::string> lines;
  v1::GetEntityRequest request;
  request.set_id(Find("Northwind"));
  request.set_page_size(1);
  v1::GetEntityResponse response;
  ASSERT_TRUE(Call(*graph, &v1::GraphService::Stub::GetEntity, request, &response).ok());
  lines = ToLines(response.statements());
  v1::ListStatementsRequest more;
  more.set_about(request.id());
  more.set_page_size(1);
  more.set_page_token(response.next_page_token());
  while (!more.page_token().empty()) {
    const v1::ListStatementsResponse page = Statements(more);
    EXPECT_EQ(page.statements_size(), 1);
    for (const std::string& line : ToLines(page.statements())) lines.push_back(line);
    more.set_page_token(page.next_page_token());
  }
  EXPECT_THAT(
      lines, ElementsAre("Northwind competes_with Haichuan", "Ada Berg ceo_of Northwind", "Ada Berg ceo_of Northwind"));
}

TEST_F(QuestionsTest, AnIdOfSomethingMergedAnswersWithWhatItIsNow) {
  // A document's own entity has an id too; it leads to what all documents together have.
  const std::string northwind = Find("Northwind");
  std::set<std::string> atoms;
  v1::ListMentionsRequest mentions;
  mentions.set_entity(northwind);
  v1::ListMentionsResponse places;
  ASSERT_TRUE(Call(*graph, &v1::GraphService::Stub::ListMentions, mentions, &places).ok());
  for (const v1::Mention& mention : places.mentions()) atoms.insert(mention.atom());
  ASSERT_EQ(atoms.size(), 2u);
  for (const std::string& atom : atoms) {
    v1::GetEntityRequest request;
    request.set_id(atom);
    v1::GetEntityResponse response;
    ASSERT_TRUE(Call(*graph, &v1::GraphService::Stub::GetEntity, request, &response).ok());
    EXPECT_EQ(response.entity().id(), northwind);
  }
}

TEST_F(QuestionsTest, AnIdThatMayMeanSeveralAnswersWithThem) {
  // A bridging document joins two names; its entity has the smallest id of the three for one of
  // these document ids. When it goes, its id may mean either.
  std::string id, bridge;
  for (int i = 0; id.empty(); ++i) {
    bridge = "bridge" + std::to_string(i);
    Ingest("left", "Greta Holm works_for Haichuan\n");
    Ingest("right", "葛莉塔 works_for Haichuan\n");
    Ingest(bridge, "Greta Holm/葛莉塔 works_for Haichuan\n");
    const std::string joined = Find("Greta Holm");
    ASSERT_EQ(joined, Find("葛莉塔"));
    const AtomId own = MakeAtomId(bridge, FoldName("Greta Holm"), 0);
    if (joined.substr(1) == ToString(own).substr(1)) id = joined;
    v1::RetractDocumentRequest retract;
    retract.set_id(bridge);
    v1::RetractDocumentResponse retracted;
    ASSERT_TRUE(Call(*ingest, &v1::IngestService::Stub::RetractDocument, retract, &retracted).ok());
  }
  ASSERT_NE(Find("Greta Holm"), Find("葛莉塔"));

  v1::GetEntityRequest request;
  request.set_id(id);
  v1::GetEntityResponse response;
  const grpc::Status status = Call(*graph, &v1::GraphService::Stub::GetEntity, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_FALSE(response.has_entity());
  std::vector<std::string> names;
  for (const v1::EntityRef& candidate : response.candidates()) names.push_back(candidate.name());
  EXPECT_THAT(names, UnorderedElementsAre("Greta Holm", "葛莉塔"));

  v1::ListMentionsRequest mentions;
  mentions.set_entity(id);
  v1::ListMentionsResponse places;
  ExpectRefused(Call(*graph, &v1::GraphService::Stub::ListMentions, mentions, &places),
                grpc::StatusCode::FAILED_PRECONDITION, "was split and may mean " + response.candidates(0).id());
}

TEST_F(QuestionsTest, AMergeIsExplainedInWords) {
  Ingest("bridge", "Carl Dahl/卡爾 works_for Haichuan\n");
  Ingest("other", "卡爾 works_for Northwind\n");
  v1::ExplainEntityRequest request;
  request.set_id(Find("卡爾"));
  ASSERT_EQ(request.id(), Find("Carl Dahl"));
  v1::ExplainEntityResponse response;
  ASSERT_TRUE(Call(*graph, &v1::GraphService::Stub::ExplainEntity, request, &response).ok());
  EXPECT_EQ(response.entity().id(), request.id());
  ASSERT_GE(response.reasons_size(), 1);
  bool is_gloss = false;
  for (const v1::JoinReason& reason : response.reasons()) is_gloss = is_gloss || reason.level() == "gloss";
  EXPECT_TRUE(is_gloss) << response.ShortDebugString();
}

TEST_F(QuestionsTest, ASearchFindsExactNamesFirstAndSaysWhenThereAreMore) {
  Ingest("d4", "Ada Bergman works_for Haichuan\n");
  v1::SearchEntitiesRequest request;
  request.set_name("ada berg");
  request.set_prefix(true);
  v1::SearchEntitiesResponse response;
  ASSERT_TRUE(Call(*graph, &v1::GraphService::Stub::SearchEntities, request, &response).ok());
  ASSERT_EQ(response.matches_size(), 2);
  EXPECT_EQ(response.matches(0).name(), "Ada Berg");
  EXPECT_TRUE(response.matches(0).exact());
  EXPECT_EQ(response.matches(0).count(), 3u);
  EXPECT_EQ(response.matches(1).entity().name(), "Ada Bergman");
  EXPECT_FALSE(response.matches(1).exact());
  EXPECT_EQ(response.truncation().reason(), v1::TRUNCATION_REASON_UNSPECIFIED);

  request.set_page_size(1);
  ASSERT_TRUE(Call(*graph, &v1::GraphService::Stub::SearchEntities, request, &response).ok());
  EXPECT_EQ(response.matches_size(), 1);
  EXPECT_EQ(response.truncation().reason(), v1::TRUNCATION_REASON_MAX_ENTITIES);
}

TEST_F(QuestionsTest, AStatementCarriesItsEvidenceAndAllThatIsKnownOfIt) {
  v1::ListStatementsRequest request;
  request.set_predicate("competes_with");
  const v1::ListStatementsResponse response = Statements(request);
  ASSERT_EQ(response.statements_size(), 1);
  const v1::Statement& statement = response.statements(0);
  EXPECT_EQ(statement.id(), "d1:2");
  EXPECT_EQ(statement.document(), "d1");
  EXPECT_EQ(statement.index(), 2u);
  EXPECT_EQ(statement.subject().name(), "Northwind");
  EXPECT_EQ(statement.object().name(), "Haichuan");
  EXPECT_EQ(statement.speaker().name(), "Carl Dahl");
  EXPECT_EQ(statement.factuality(), v1::FACTUALITY_ASSERTED);
  EXPECT_EQ(statement.published(), "2024-07-24");
  EXPECT_EQ(statement.ingested_at(), "2025-01-02T03:04:05Z");
  EXPECT_EQ(statement.publisher(), "Sample Daily");
  EXPECT_FLOAT_EQ(statement.confidence(), 0.5);
  EXPECT_EQ(statement.evidence().text(), "Northwind competes_with Haichuan");
  EXPECT_EQ(statement.evidence().field(), v1::FIELD_TEXT);
  EXPECT_EQ(statement.spans().subject().text(), "Northwind");
  EXPECT_EQ(statement.spans().cue().text(), "competes_with");
  EXPECT_EQ(statement.spans().object().text(), "Haichuan");
  EXPECT_FALSE(statement.spans().has_literal());
  EXPECT_EQ(statement.atoms().subject(), ToString(MakeAtomId("d1", FoldName("Northwind"), 0)));
  EXPECT_EQ(statement.atoms().speaker(), ToString(MakeAtomId("d1", FoldName("Carl Dahl"), 0)));
  EXPECT_EQ(statement.rule(), "script");

  v1::GetStatementRequest one;
  one.set_id("d1:2");
  v1::GetStatementResponse same;
  ASSERT_TRUE(Call(*graph, &v1::GraphService::Stub::GetStatement, one, &same).ok());
  EXPECT_EQ(same.statement().SerializeAsString(), statement.SerializeAsString());
}

TEST_F(QuestionsTest, StatementsAreListedByAnyOfTheirParts) {
  v1::ListStatementsRequest request;
  request.set_subject(Find("Ada Berg"));
  EXPECT_THAT(
      ToLines(Statements(request).statements()),
      UnorderedElementsAre("Ada Berg ceo_of Northwind", "Ada Berg spouse_of Carl Dahl", "Ada Berg ceo_of Northwind"));
  request.set_predicate("spouse_of");
  EXPECT_THAT(ToLines(Statements(request).statements()), ElementsAre("Ada Berg spouse_of Carl Dahl"));

  request.Clear();
  request.set_object(Find("Haichuan"));
  EXPECT_THAT(ToLines(Statements(request).statements()),
              UnorderedElementsAre("Northwind competes_with Haichuan", "Emma Falk works_for Haichuan"));
  request.set_document("d2");
  EXPECT_THAT(ToLines(Statements(request).statements()), ElementsAre("Emma Falk works_for Haichuan"));

  request.Clear();
  request.set_speaker(Find("Carl Dahl"));
  EXPECT_THAT(ToLines(Statements(request).statements()), ElementsAre("Northwind competes_with Haichuan"));

  request.Clear();
  request.set_about(Find("Haichuan"));
  EXPECT_THAT(ToLines(Statements(request).statements()),
              UnorderedElementsAre("Northwind competes_with Haichuan", "Emma Falk works_for Haichuan"));

  request.Clear();
  request.set_mentioning(Find("Carl Dahl"));
  EXPECT_THAT(ToLines(Statements(request).statements()), ElementsAre("Ada Berg spouse_of Carl Dahl"));

  request.Clear();
  EXPECT_EQ(Statements(request).statements_size(), 5);
}

TEST_F(QuestionsTest, AFilterLeavesOnlyWhatItAllows) {
  v1::ListStatementsRequest request;
  request.set_predicate("ceo_of");
  request.mutable_filter()->set_as_of("2023");
  EXPECT_EQ(Statements(request).statements(0).document(), "d3");
  EXPECT_EQ(Statements(request).statements_size(), 1);
  request.mutable_filter()->Clear();
  request.mutable_filter()->add_sources("Another Daily");
  EXPECT_THAT(Statements(request).statements(), IsEmpty());
  request.mutable_filter()->Clear();
  request.mutable_filter()->set_min_confidence(0.6);
  EXPECT_THAT(Statements(request).statements(), IsEmpty());
  request.mutable_filter()->Clear();
  request.mutable_filter()->add_factualities(v1::FACTUALITY_DENIED);
  EXPECT_THAT(Statements(request).statements(), IsEmpty());
  request.Clear();
  request.mutable_filter()->set_spoken_only(true);
  EXPECT_THAT(ToLines(Statements(request).statements()), ElementsAre("Northwind competes_with Haichuan"));
  request.mutable_filter()->Clear();
  request.mutable_filter()->set_own_voice_only(true);
  EXPECT_EQ(Statements(request).statements_size(), 4);
  request.mutable_filter()->Clear();
  request.mutable_filter()->add_speakers(Find("Carl Dahl"));
  EXPECT_EQ(Statements(request).statements_size(), 1);
  request.mutable_filter()->Clear();
  request.mutable_filter()->add_predicates("spouse_of");
  request.mutable_filter()->add_predicates("works_for");
  EXPECT_EQ(Statements(request).statements_size(), 2);
}

TEST_F(QuestionsTest, PagesTogetherAreTheListAlsoWhenDocumentsComeAndGoBetweenThem) {
  for (int i = 0; i < 20; ++i) Ingest("n" + std::to_string(i), "Ida Juhl works_for Haichuan\n");
  v1::ListStatementsRequest request;
  request.set_subject(Find("Ida Juhl"));
  request.set_page_size(3);
  std::set<std::string> seen;
  int pages = 0;
  do {
    const v1::ListStatementsResponse page = Statements(request);
    for (const v1::Statement& statement : page.statements()) {
      EXPECT_TRUE(seen.insert(statement.document()).second) << statement.document() << " twice";
    }
    request.set_page_token(page.next_page_token());
    // Neither a commit elsewhere nor one in the list moves the place.
    Ingest("late" + std::to_string(pages), "Emma Falk works_for Northwind\n");
    if (pages == 1) Ingest("n20", "Ida Juhl works_for Haichuan\n");
    ++pages;
  } while (!request.page_token().empty());
  EXPECT_GE(pages, 7);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(seen.count("n" + std::to_string(i)), 1u) << i;
}

TEST_F(QuestionsTest, MentionsComeWithTheirDocuments) {
  v1::ListMentionsRequest request;
  request.set_entity(Find("Northwind"));
  v1::ListMentionsResponse response;
  ASSERT_TRUE(Call(*graph, &v1::GraphService::Stub::ListMentions, request, &response).ok());
  ASSERT_EQ(response.mentions_size(), 3);
  for (const v1::Mention& mention : response.mentions()) {
    EXPECT_EQ(mention.span().text(), "Northwind");
    EXPECT_EQ(mention.span().end() - mention.span().begin(), 9u);
    EXPECT_EQ(mention.form(), v1::MENTION_FORM_NAME);
    EXPECT_EQ(mention.entity().name(), "Northwind");
  }
  std::vector<std::string> documents;
  for (const v1::DocumentSummary& document : response.documents()) documents.push_back(document.title());
  EXPECT_THAT(documents, UnorderedElementsAre("About d1", "About d3"));

  // Page by page the same, in the same order.
  v1::ListMentionsResponse joined;
  request.set_page_size(1);
  do {
    v1::ListMentionsResponse page;
    ASSERT_TRUE(Call(*graph, &v1::GraphService::Stub::ListMentions, request, &page).ok());
    for (const v1::Mention& mention : page.mentions()) *joined.add_mentions() = mention;
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  ASSERT_EQ(joined.mentions_size(), response.mentions_size());
  for (int i = 0; i < joined.mentions_size(); ++i) {
    EXPECT_EQ(joined.mentions(i).SerializeAsString(), response.mentions(i).SerializeAsString());
  }
}

TEST_F(QuestionsTest, NeighboursComeWithTheEvidenceOfTheEdge) {
  v1::ListNeighborsRequest request;
  request.set_entity(Find("Northwind"));
  request.set_statements_per_edge(16);
  v1::ListNeighborsResponse response;
  ASSERT_TRUE(Call(*graph, &v1::GraphService::Stub::ListNeighbors, request, &response).ok());
  EXPECT_EQ(response.commit(), last);
  EXPECT_EQ(response.degree(), 2u);
  std::map<std::string, const v1::EdgeGroup*> edges;
  for (const v1::Neighbor& neighbor : response.neighbors()) edges[neighbor.entity().name()] = &neighbor.edge();
  ASSERT_EQ(edges.size(), 2u);
  EXPECT_EQ(edges["Ada Berg"]->support(), 2u);
  EXPECT_THAT(ToLines(edges["Ada Berg"]->statements()),
              ElementsAre("Ada Berg ceo_of Northwind", "Ada Berg ceo_of Northwind"));
  EXPECT_EQ(edges["Haichuan"]->statements(0).evidence().text(), "Northwind competes_with Haichuan");

  request.clear_statements_per_edge();
  request.mutable_filter()->set_direction(v1::DIRECTION_IN);
  ASSERT_TRUE(Call(*graph, &v1::GraphService::Stub::ListNeighbors, request, &response).ok());
  ASSERT_EQ(response.neighbors_size(), 1);
  EXPECT_EQ(response.neighbors(0).edge().statements_size(), 1);

  request.set_statements_per_edge(0);
  ASSERT_TRUE(Call(*graph, &v1::GraphService::Stub::ListNeighbors, request, &response).ok());
  EXPECT_EQ(response.neighbors(0).edge().statements_size(), 0);
}

TEST_F(QuestionsTest, NeighboursAreListedPageByPage) {
  v1::ListNeighborsRequest request;
  request.set_entity(Find("Northwind"));
  request.set_page_size(1);
  std::vector<std::string> names;
  do {
    v1::ListNeighborsResponse page;
    ASSERT_TRUE(Call(*graph, &v1::GraphService::Stub::ListNeighbors, request, &page).ok());
    for (const v1::Neighbor& neighbor : page.neighbors()) names.push_back(neighbor.entity().name());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(names, UnorderedElementsAre("Ada Berg", "Haichuan"));
}

TEST_F(QuestionsTest, APathComesWithTheSentencesOfEachStep) {
  v1::FindPathsRequest request;
  request.set_from(Find("Emma Falk"));
  request.set_to(Find("Carl Dahl"));
  v1::FindPathsResponse response;
  ASSERT_TRUE(Call(*graph, &v1::GraphService::Stub::FindPaths, request, &response).ok());
  ASSERT_EQ(response.paths_size(), 1);
  std::vector<std::string> steps;
  for (const v1::PathStep& step : response.paths(0).steps()) {
    ASSERT_GE(step.edges_size(), 1);
    ASSERT_EQ(step.edges(0).statements_size(), 1);
    steps.push_back(step.from().name() + " > " + step.to().name() + ": " +
                    step.edges(0).statements(0).evidence().text());
  }
  EXPECT_THAT(steps, ElementsAre("Emma Falk > Haichuan: Emma Falk works_for Haichuan",
                                 "Haichuan > Northwind: Northwind competes_with Haichuan",
                                 "Northwind > Ada Berg: Ada Berg ceo_of Northwind",
                                 "Ada Berg > Carl Dahl: Ada Berg spouse_of Carl Dahl"));
  request.mutable_limits()->set_max_hops(3);
  ASSERT_TRUE(Call(*graph, &v1::GraphService::Stub::FindPaths, request, &response).ok());
  EXPECT_EQ(response.paths_size(), 0);
  EXPECT_EQ(response.truncation().reason(), v1::TRUNCATION_REASON_MAX_HOPS);
}

TEST_F(QuestionsTest, AllShortestPathsAreAnsweredWhenAskedFor) {
  Ingest("d4", "Emma Falk works_for Kestrel\nAda Berg works_for Kestrel\n");
  Ingest("d5", "Emma Falk works_for Lumen\nAda Berg works_for Lumen\n");
  v1::FindPathsRequest request;
  request.set_from(Find("Emma Falk"));
  request.set_to(Find("Ada Berg"));
  request.set_mode(v1::PATH_MODE_ALL_SHORTEST);
  v1::FindPathsResponse response;
  ASSERT_TRUE(Call(*graph, &v1::GraphService::Stub::FindPaths, request, &response).ok());
  std::vector<std::string> over;
  for (const v1::Path& path : response.paths()) over.push_back(path.steps(0).to().name());
  EXPECT_THAT(over, UnorderedElementsAre("Kestrel", "Lumen"));
  request.mutable_limits()->set_max_paths(1);
  ASSERT_TRUE(Call(*graph, &v1::GraphService::Stub::FindPaths, request, &response).ok());
  EXPECT_EQ(response.paths_size(), 1);
  EXPECT_EQ(response.truncation().reason(), v1::TRUNCATION_REASON_MAX_PATHS);
}

// Puts the columns of a traversal together again.
struct Traversal {
  std::vector<std::string> entities;  // "NAME hops"
  std::vector<std::string> edges;     // "SUBJECT predicate OBJECT xSUPPORT DOCUMENT:INDEX"
  int batches = 0;
  bool ended = false;
};

Traversal Read(v1::GraphService::Stub& stub, const v1::TraverseRequest& request) {
  Traversal result;
  std::vector<std::string> names, predicates, documents;
  grpc::ClientContext context;
  auto reader = stub.Traverse(&context, request);
  for (v1::TraverseResponse batch; reader->Read(&batch);) {
    EXPECT_FALSE(result.ended);
    ++result.batches;
    const v1::EntityColumns& entities = batch.entities();
    for (int i = 0; i < entities.ids_size(); ++i) {
      names.push_back(entities.names(i));
      result.entities.push_back(entities.names(i) + " " + std::to_string(entities.hops(i)));
    }
    for (const std::string& predicate : batch.predicates()) predicates.push_back(predicate);
    for (const std::string& document : batch.documents()) documents.push_back(document);
    const v1::EdgeColumns& edges = batch.edges();
    for (int i = 0; i < edges.subjects_size(); ++i) {
      result.edges.push_back(names.at(edges.subjects(i)) + " " + predicates.at(edges.predicates(i)) + " " +
                             names.at(edges.objects(i)) + " x" + std::to_string(edges.supports(i)) + " " +
                             documents.at(edges.documents(i)) + ":" + std::to_string(edges.statements(i)));
    }
    result.ended = batch.has_truncation();
  }
  const grpc::Status status = reader->Finish();
  EXPECT_TRUE(status.ok()) << status.error_message();
  return result;
}

TEST_F(QuestionsTest, ATraversalIsColumnsOfEntitiesAndEdges) {
  v1::TraverseRequest request;
  request.add_starts(Find("Ada Berg"));
  request.set_hops(2);
  const Traversal answer = Read(*graph, request);
  EXPECT_TRUE(answer.ended);
  ASSERT_EQ(answer.entities.size(), 4u);
  EXPECT_EQ(answer.entities[0], "Ada Berg 0");
  EXPECT_THAT(answer.entities, UnorderedElementsAre("Ada Berg 0", "Northwind 1", "Carl Dahl 1", "Haichuan 2"));
  ASSERT_EQ(answer.edges.size(), 3u);
  EXPECT_THAT(answer.edges, testing::Contains("Ada Berg spouse_of Carl Dahl x1 d1:1"));
  EXPECT_THAT(answer.edges, testing::Contains("Northwind competes_with Haichuan x1 d1:2"));
  EXPECT_THAT(answer.edges, testing::Contains(testing::StartsWith("Ada Berg ceo_of Northwind x2 d")));
}

TEST_F(QuestionsTest, ALargeTraversalComesInSeveralBatchesThatFitTogether) {
  std::string text;
  for (int i = 0; i < 2500; ++i) text += "Hub Corp invested_in Spoke " + std::to_string(i) + " Ltd\n";
  Ingest("wide", text);
  v1::TraverseRequest request;
  request.add_starts(Find("Hub Corp"));
  request.set_hops(1);
  const Traversal answer = Read(*graph, request);
  EXPECT_TRUE(answer.ended);
  EXPECT_EQ(answer.entities.size(), 2501u);
  EXPECT_EQ(answer.edges.size(), 2500u);
  EXPECT_GE(answer.batches, 3);
  EXPECT_EQ(std::set<std::string>(answer.edges.begin(), answer.edges.end()).size(), 2500u);
  EXPECT_THAT(answer.edges, testing::Contains("Hub Corp invested_in Spoke 1234 Ltd x1 wide:1234"));
}

TEST_F(QuestionsTest, ADocumentComesWithAllItSays) {
  v1::GetDocumentRequest request;
  request.set_id("d1");
  v1::GetDocumentResponse response;
  ASSERT_TRUE(Call(*graph, &v1::GraphService::Stub::GetDocument, request, &response).ok());
  EXPECT_EQ(response.commit(), last);
  const std::string& text = response.document().text();
  EXPECT_THAT(text, HasSubstr("Ada Berg spouse_of Carl Dahl"));
  EXPECT_EQ(response.document().analyser(), "scripted");
  EXPECT_EQ(response.document().ingested_at(), "2025-01-02T03:04:05Z");
  ASSERT_EQ(response.mentions_size(), 7);
  for (const v1::Mention& mention : response.mentions()) {
    EXPECT_EQ(text.substr(mention.span().begin(), mention.span().end() - mention.span().begin()),
              mention.span().text());
  }
  ASSERT_EQ(response.turns_size(), 1);
  EXPECT_EQ(response.turns(0).speaker().name(), "Carl Dahl");
  EXPECT_THAT(ToLines(response.statements()), ElementsAre("Ada Berg ceo_of Northwind", "Ada Berg spouse_of Carl Dahl",
                                                          "Northwind competes_with Haichuan"));
}

TEST_F(QuestionsTest, DocumentsAreListedAllOrByWhomTheyMention) {
  const auto list = [&](const std::string& mentioning) {
    std::vector<std::string> ids;
    v1::ListDocumentsRequest request;
    request.set_mentioning(mentioning);
    request.set_page_size(1);
    do {
      v1::ListDocumentsResponse page;
      EXPECT_TRUE(Call(*graph, &v1::GraphService::Stub::ListDocuments, request, &page).ok());
      for (const v1::DocumentSummary& document : page.documents()) ids.push_back(document.id());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return ids;
  };
  EXPECT_THAT(list(""), UnorderedElementsAre("d1", "d2", "d3"));
  EXPECT_THAT(list(Find("Haichuan")), UnorderedElementsAre("d1", "d2"));
}

TEST_F(QuestionsTest, PredicatesComeWithTheirNamesInThreeLanguages) {
  v1::ListPredicatesResponse response;
  ASSERT_TRUE(Call(*graph, &v1::GraphService::Stub::ListPredicates, v1::ListPredicatesRequest(), &response).ok());
  ASSERT_EQ(static_cast<size_t>(response.predicates_size()), Ontology::Default()->relations().size());
  const auto ceo = std::find_if(response.predicates().begin(), response.predicates().end(),
                                [](const v1::Predicate& predicate) { return predicate.id() == "ceo_of"; });
  ASSERT_NE(ceo, response.predicates().end());
  EXPECT_EQ(ceo->name_zh_hant(), "執行長為");
  EXPECT_THAT(ceo->domain(), ElementsAre("PERSON"));
  EXPECT_THAT(ceo->range(), ElementsAre("ORG"));
}

TEST_F(QuestionsTest, StatisticsCountWhatIsThere) {
  v1::GetStatisticsResponse response;
  ASSERT_TRUE(Call(*graph, &v1::GraphService::Stub::GetStatistics, v1::GetStatisticsRequest(), &response).ok());
  EXPECT_EQ(response.commit(), last);
  EXPECT_EQ(response.documents(), 3u);
  EXPECT_EQ(response.entities(), 5u);
  EXPECT_EQ(response.atoms(), 8u);
  EXPECT_EQ(response.mentions(), 11u);
  EXPECT_EQ(response.turns(), 1u);
  EXPECT_EQ(response.statements(), 5u);
  EXPECT_EQ(response.edges(), 5u);
  ASSERT_GE(response.statements_by_predicate_size(), 1);
  EXPECT_EQ(response.statements_by_predicate(0).kind(), "ceo_of");
  EXPECT_EQ(response.statements_by_predicate(0).count(), 2u);
  EXPECT_EQ(response.analyser(), "scripted");
}

TEST_F(QuestionsTest, AWalkSeesTheCommitItWasToldOf) {
  v1::FindPathsRequest request;
  request.set_from(Find("Emma Falk"));
  request.set_to(Find("Ada Berg"));
  v1::FindPathsResponse response;
  ASSERT_TRUE(Call(*graph, &v1::GraphService::Stub::FindPaths, request, &response).ok());
  EXPECT_EQ(response.paths(0).steps_size(), 3);
  request.set_min_commit(Ingest("d4", "Emma Falk works_for Northwind\n"));
  ASSERT_TRUE(Call(*graph, &v1::GraphService::Stub::FindPaths, request, &response).ok());
  EXPECT_GE(response.commit(), request.min_commit());
  EXPECT_EQ(response.paths(0).steps_size(), 2);
  request.set_min_commit(request.min_commit() + 1);
  ExpectRefused(Call(*graph, &v1::GraphService::Stub::FindPaths, request, &response),
                grpc::StatusCode::FAILED_PRECONDITION, "send the commit of a write that was acknowledged");
}

}  // namespace
}  // namespace newsgraph
