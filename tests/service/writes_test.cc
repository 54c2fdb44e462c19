// Every method that writes, on a connection inside the process.

#include <atomic>
#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "tests/service/service_fixture.h"

namespace newsgraph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using IngestStub = v1::IngestService::Stub;
using IdentityStub = v1::IdentityService::Stub;

class WritesTest : public ServiceTest {
 protected:
  WritesTest() { ConnectInside({}); }

  void ConnectInside(ServerOptions options) {
    Restart(std::move(options));
    const std::shared_ptr<grpc::Channel> inside = server->InProcessChannel();
    graph = v1::GraphService::NewStub(inside);
    ingest = v1::IngestService::NewStub(inside);
    identity = v1::IdentityService::NewStub(inside);
  }

  static v1::IngestDocumentRequest Request(const std::string& id, const std::string& text,
                                           const std::string& request_id = "") {
    v1::IngestDocumentRequest request;
    *request.mutable_document() = MakeDocument(id, text);
    request.set_request_id(request_id);
    return request;
  }

  v1::IngestDocumentResponse IngestOne(const v1::IngestDocumentRequest& request) {
    v1::IngestDocumentResponse response;
    const grpc::Status status = Call(*ingest, &IngestStub::IngestDocument, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  v1::RetractDocumentResponse Retract(const std::string& id, const std::string& request_id = "") {
    v1::RetractDocumentRequest request;
    request.set_id(id);
    request.set_request_id(request_id);
    v1::RetractDocumentResponse response;
    const grpc::Status status = Call(*ingest, &IngestStub::RetractDocument, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  bool Has(const std::string& document) const { return store->GetSnapshot()->GetDocument(document).ok(); }
  uint64_t CountDocuments() const { return store->GetSnapshot()->GetStatistics()->documents; }
};

// --- one document

TEST_F(WritesTest, AnIngestedDocumentIsAnsweredWithWhatWasReadFromIt) {
  const v1::IngestDocumentResponse response = IngestOne(Request("a", "Ada Berg: Northwind competes_with Haichuan\n"));
  EXPECT_EQ(response.commit(), 1u);
  EXPECT_EQ(response.result().document(), "a");
  EXPECT_TRUE(response.result().changed());
  EXPECT_FALSE(response.result().replaced());
  EXPECT_EQ(response.result().atoms(), 3u);
  EXPECT_EQ(response.result().mentions(), 3u);
  EXPECT_EQ(response.result().statements(), 1u);
  EXPECT_TRUE(Has("a"));
}

TEST_F(WritesTest, TheSameDocumentAgainChangesNothingAndAnotherOfItsIdReplacesIt) {
  IngestOne(Request("a", "Ada Berg ceo_of Northwind\n"));
  const v1::IngestDocumentResponse same = IngestOne(Request("a", "Ada Berg ceo_of Northwind\n"));
  EXPECT_EQ(same.commit(), 1u);
  EXPECT_FALSE(same.result().changed());
  EXPECT_FALSE(same.result().replaced());
  const v1::IngestDocumentResponse other = IngestOne(Request("a", "Ada Berg ceo_of Haichuan\n"));
  EXPECT_EQ(other.commit(), 2u);
  EXPECT_TRUE(other.result().changed());
  EXPECT_TRUE(other.result().replaced());
  EXPECT_EQ(store->GetSnapshot()->GetDocument("a")->text, "Ada Berg ceo_of Haichuan\n");
  EXPECT_EQ(CountDocuments(), 1u);
}

TEST_F(WritesTest, ADocumentWithoutAnIdGetsOneOfItsContent) {
  v1::IngestDocumentRequest request;
  request.mutable_document()->set_text("Ada Berg ceo_of Northwind\n");
  const std::string id = IngestOne(request).result().document();
  EXPECT_EQ(id, MakeDocumentId("", "", "Ada Berg ceo_of Northwind\n"));
  EXPECT_FALSE(IngestOne(request).result().changed());
  EXPECT_TRUE(Has(id));
}

TEST_F(WritesTest, EveryFieldOfADocumentIsKept) {
  v1::IngestDocumentRequest request;
  v1::Document& document = *request.mutable_document();
  document.set_id("a");
  document.set_uri("https://news.example/a");
  document.set_title("About Northwind");
  document.set_publisher("Sample Daily");
  document.set_author("Ida Juhl");
  document.set_published("2024-07-24T08:00:00+08:00");
  document.set_text("Ada Berg ceo_of Northwind\n");
  IngestOne(request);
  v1::GetDocumentRequest get;
  get.set_id("a");
  v1::GetDocumentResponse response;
  ASSERT_TRUE(Call(*graph, &v1::GraphService::Stub::GetDocument, get, &response).ok());
  document.set_language("en");                       // what the analyser found
  document.set_analyser("scripted");                 // and who it was
  document.set_ingested_at("2025-01-02T03:04:05Z");  // by the server's clock
  EXPECT_EQ(response.document().ShortDebugString(), document.ShortDebugString());
}

// --- retraction

TEST_F(WritesTest, ARetractedDocumentIsGoneWithAllThatItAloneSaid) {
  IngestOne(Request("a", "Ada Berg ceo_of Northwind\n"));
  IngestOne(Request("b", "Emma Falk works_for Northwind\n"));
  EXPECT_EQ(Retract("a").commit(), 3u);
  EXPECT_FALSE(Has("a"));
  v1::SearchEntitiesRequest search;
  search.set_name("Ada Berg");
  v1::SearchEntitiesResponse found;
  ASSERT_TRUE(Call(*graph, &v1::GraphService::Stub::SearchEntities, search, &found).ok());
  EXPECT_EQ(found.matches_size(), 0);
  Find("Emma Falk");
  EXPECT_TRUE(store->Verify().ok()) << store->Verify();
}

TEST_F(WritesTest, ARetractionNamesTheJudgementsThatLoseTheirPlace) {
  IngestOne(Request("a", "Ada Berg ceo_of Northwind\n"));
  IngestOne(Request("b", "Emma Falk works_for Haichuan\n"));
  v1::JudgeRequest judge;
  judge.set_left(Find("Ada Berg"));
  judge.set_right(Find("Emma Falk"));
  judge.set_verdict(v1::VERDICT_SAME);
  judge.set_reason("she married");
  judge.set_author("editor");
  v1::JudgeResponse judged;
  ASSERT_TRUE(Call(*identity, &IdentityStub::Judge, judge, &judged).ok());
  const v1::RetractDocumentResponse response = Retract("a");
  ASSERT_EQ(response.detached_judgements_size(), 1);
  EXPECT_THAT(response.detached_judgements(0), HasSubstr("editor"));
  v1::ListJudgementsResponse listed;
  ASSERT_TRUE(Call(*identity, &IdentityStub::ListJudgements, v1::ListJudgementsRequest(), &listed).ok());
  ASSERT_EQ(listed.judgements_size(), 1);
  EXPECT_TRUE(listed.judgements(0).detached());
}

// --- judgements

TEST_F(WritesTest, AJudgementJoinsTwoEntitiesUntilItIsUndone) {
  IngestOne(Request("a", "Ada Berg ceo_of Northwind\n"));
  IngestOne(Request("b", "Emma Falk works_for Haichuan\n"));
  v1::JudgeRequest judge;
  judge.set_left(Find("Ada Berg"));
  judge.set_right(Find("Emma Falk"));
  judge.set_verdict(v1::VERDICT_SAME);
  judge.set_reason("she married");
  judge.set_author("editor");
  v1::JudgeResponse judged;
  grpc::Status status = Call(*identity, &IdentityStub::Judge, judge, &judged);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(judged.commit(), 3u);
  EXPECT_TRUE(judged.changed());
  EXPECT_EQ(Find("Ada Berg"), Find("Emma Falk"));

  v1::ListJudgementsResponse listed;
  ASSERT_TRUE(Call(*identity, &IdentityStub::ListJudgements, v1::ListJudgementsRequest(), &listed).ok());
  ASSERT_EQ(listed.judgements_size(), 1);
  const v1::Judgement& judgement = listed.judgements(0);
  EXPECT_THAT((std::vector<std::string>{judgement.left_place().span().text(), judgement.right_place().span().text()}),
              testing::UnorderedElementsAre("Ada Berg", "Emma Falk"));
  EXPECT_EQ(judgement.verdict(), v1::VERDICT_SAME);
  EXPECT_EQ(judgement.reason(), "she married");
  EXPECT_EQ(judgement.author(), "editor");
  EXPECT_EQ(judgement.time(), "2025-01-02T03:04:05Z");
  EXPECT_FALSE(judgement.detached());

  v1::UndoJudgementRequest undo;
  undo.set_left(judge.right());  // the order of the two sides does not matter
  undo.set_right(judge.left());
  undo.set_author("editor");
  v1::UndoJudgementResponse undone;
  status = Call(*identity, &IdentityStub::UndoJudgement, undo, &undone);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(undone.commit(), 4u);
  EXPECT_NE(Find("Ada Berg"), Find("Emma Falk"));
  ExpectRefused(Call(*identity, &IdentityStub::UndoJudgement, undo, &undone), grpc::StatusCode::NOT_FOUND,
                "undo the judgement of editor on ");
}

TEST_F(WritesTest, TheSameVerdictAgainIsNoChangeAndALaterOneOfTheAuthorReplacesIt) {
  IngestOne(Request("a", "Ada Berg ceo_of Northwind\n"));
  IngestOne(Request("b", "Emma Falk works_for Haichuan\n"));
  v1::JudgeRequest judge;
  judge.set_left(Find("Ada Berg"));
  judge.set_right(Find("Emma Falk"));
  judge.set_verdict(v1::VERDICT_SAME);
  judge.set_author("editor");
  judge.set_time("2024-08-01");
  v1::JudgeResponse judged;
  ASSERT_TRUE(Call(*identity, &IdentityStub::Judge, judge, &judged).ok());
  EXPECT_TRUE(judged.changed());
  ASSERT_TRUE(Call(*identity, &IdentityStub::Judge, judge, &judged).ok());
  EXPECT_FALSE(judged.changed());
  EXPECT_EQ(judged.commit(), 3u);
  judge.set_verdict(v1::VERDICT_DIFFERENT);
  judge.set_time("2024-08-02");
  ASSERT_TRUE(Call(*identity, &IdentityStub::Judge, judge, &judged).ok());
  EXPECT_TRUE(judged.changed());
  EXPECT_NE(Find("Ada Berg"), Find("Emma Falk"));
  v1::ListJudgementsResponse listed;
  ASSERT_TRUE(Call(*identity, &IdentityStub::ListJudgements, v1::ListJudgementsRequest(), &listed).ok());
  ASSERT_EQ(listed.judgements_size(), 1);
  EXPECT_EQ(listed.judgements(0).verdict(), v1::VERDICT_DIFFERENT);
  EXPECT_EQ(listed.judgements(0).time(), "2024-08-02");
}

// --- request ids

TEST_F(WritesTest, AWriteSentAgainUnderItsRequestIdIsAnsweredAndNotDoneAgain) {
  const v1::IngestDocumentResponse first = IngestOne(Request("a", "Ada Berg ceo_of Northwind\n", "r1"));
  const v1::RetractDocumentResponse gone = Retract("a", "r2");
  const v1::IngestDocumentResponse again = IngestOne(Request("a", "Ada Berg ceo_of Northwind\n", "r1"));
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  EXPECT_FALSE(Has("a"));
  // Without its id the retraction would now be NOT_FOUND.
  EXPECT_EQ(Retract("a", "r2").commit(), gone.commit());
  EXPECT_EQ(store->GetSnapshot()->commit(), 2u);
}

TEST_F(WritesTest, JudgementsTakeRequestIdsToo) {
  IngestOne(Request("a", "Ada Berg ceo_of Northwind\n"));
  IngestOne(Request("b", "Emma Falk works_for Haichuan\n"));
  v1::JudgeRequest judge;
  judge.set_left(Find("Ada Berg"));
  judge.set_right(Find("Emma Falk"));
  judge.set_verdict(v1::VERDICT_SAME);
  judge.set_author("editor");
  judge.set_request_id("j1");
  v1::JudgeResponse judged;
  ASSERT_TRUE(Call(*identity, &IdentityStub::Judge, judge, &judged).ok());
  v1::UndoJudgementRequest undo;
  undo.set_left(judge.left());
  undo.set_right(judge.right());
  undo.set_author("editor");
  undo.set_request_id("j2");
  v1::UndoJudgementResponse undone;
  for (int i = 0; i < 2; ++i) {
    const grpc::Status status = Call(*identity, &IdentityStub::UndoJudgement, undo, &undone);
    ASSERT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(undone.commit(), 4u);
  }
  ASSERT_TRUE(Call(*identity, &IdentityStub::Judge, judge, &judged).ok());
  EXPECT_TRUE(judged.changed());  // the first answer
  EXPECT_EQ(judged.commit(), 3u);
  EXPECT_EQ(store->GetSnapshot()->commit(), 4u);
}

TEST_F(WritesTest, ARequestIdIsForOneWriteAndAFailedOneLeavesItFree) {
  v1::IngestDocumentResponse response;
  ExpectRefused(Call(*ingest, &IngestStub::IngestDocument, Request("a", "unreadable", "r"), &response),
                grpc::StatusCode::INVALID_ARGUMENT, "unreadable; send something else");
  IngestOne(Request("a", "Ada Berg ceo_of Northwind\n", "r"));
  ExpectRefused(Call(*ingest, &IngestStub::IngestDocument, Request("a", "Ada Berg ceo_of Haichuan\n", "r"), &response),
                grpc::StatusCode::INVALID_ARGUMENT, "request id r: was used for another write");
  v1::RetractDocumentRequest retract;
  retract.set_id("a");
  retract.set_request_id("r");
  v1::RetractDocumentResponse retracted;
  ExpectRefused(Call(*ingest, &IngestStub::RetractDocument, retract, &retracted), grpc::StatusCode::INVALID_ARGUMENT,
                "request id r: was used for another write");
  EXPECT_EQ(store->GetSnapshot()->GetDocument("a")->text, "Ada Berg ceo_of Northwind\n");
}

TEST_F(WritesTest, AWriteThatStillRunsIsNotBegunASecondTime) {
  analyzer.Close();
  std::thread first([this] { IngestOne(Request("a", "Ada Berg ceo_of Northwind\n", "r")); });
  analyzer.AwaitWaiting(1);
  v1::IngestDocumentResponse response;
  ExpectRefused(Call(*ingest, &IngestStub::IngestDocument, Request("a", "Ada Berg ceo_of Northwind\n", "r"), &response),
                grpc::StatusCode::ABORTED, "request id r: the same write is still running; send it again later");
  analyzer.Open();
  first.join();
  EXPECT_EQ(IngestOne(Request("a", "Ada Berg ceo_of Northwind\n", "r")).commit(), 1u);
}

// --- bad input

// One bad request and the answer to it.
struct Refusal {
  std::string what;
  std::function<grpc::Status()> call;
  grpc::StatusCode code;
  std::string message;  // the beginning
};

void Expect(const std::vector<Refusal>& refusals) {
  for (const Refusal& refusal : refusals) {
    SCOPED_TRACE(refusal.what);
    const grpc::Status status = refusal.call();
    EXPECT_EQ(status.error_code(), refusal.code);
    EXPECT_THAT(status.error_message(), testing::StartsWith(refusal.message));
  }
}

TEST_F(WritesTest, BadDocumentsAreRefusedByField) {
  ServerOptions options;
  options.max_document_bytes = 1000;
  ConnectInside(options);
  const auto refused = [&](const std::function<void(v1::IngestDocumentRequest&)>& change) {
    return [this, change] {
      v1::IngestDocumentRequest request = Request("a", "Ada Berg ceo_of Northwind\n");
      change(request);
      v1::IngestDocumentResponse response;
      return Call(*ingest, &IngestStub::IngestDocument, request, &response);
    };
  };
  constexpr auto kInvalid = grpc::StatusCode::INVALID_ARGUMENT;
  Expect({
      {"no document", refused([](auto& r) { r.clear_document(); }), kInvalid,
       "document.text: empty; a document needs some text"},
      {"no text", refused([](auto& r) { r.mutable_document()->clear_text(); }), kInvalid, "document.text: empty; "},
      {"too long", refused([](auto& r) { r.mutable_document()->set_text(std::string(1001, 'x')); }), kInvalid,
       "document.text: 1001 bytes; at most 1000 are read"},
      {"unreadable", refused([](auto& r) { r.mutable_document()->set_text("unreadable"); }), kInvalid,
       "read document a: unreadable; send something else"},
      {"long request id", refused([](auto& r) { r.set_request_id(std::string(201, 'r')); }), kInvalid,
       "request id of 201 bytes: at most 200 are taken"},
  });
  EXPECT_EQ(store->GetSnapshot()->commit(), 0u);
}

TEST_F(WritesTest, BadRetractionsAndJudgementsAreRefusedByField) {
  IngestOne(Request("a", "Ada Berg ceo_of Northwind\n"));
  const std::string ada = Find("Ada Berg"), northwind = Find("Northwind");
  const std::string none = "e00000000000000000000000000000001";
  const auto retract = [&](const std::string& id) {
    return [this, id] {
      v1::RetractDocumentRequest request;
      request.set_id(id);
      v1::RetractDocumentResponse response;
      return Call(*ingest, &IngestStub::RetractDocument, request, &response);
    };
  };
  const auto judge = [&](const std::function<void(v1::JudgeRequest&)>& change) {
    return [this, change, ada, northwind] {
      v1::JudgeRequest request;
      request.set_left(ada);
      request.set_right(northwind);
      request.set_verdict(v1::VERDICT_DIFFERENT);
      request.set_author("editor");
      change(request);
      v1::JudgeResponse response;
      return Call(*identity, &IdentityStub::Judge, request, &response);
    };
  };
  const auto undo = [&](const std::string& left, const std::string& right, const std::string& author) {
    return [this, left, right, author] {
      v1::UndoJudgementRequest request;
      request.set_left(left);
      request.set_right(right);
      request.set_author(author);
      v1::UndoJudgementResponse response;
      return Call(*identity, &IdentityStub::UndoJudgement, request, &response);
    };
  };
  constexpr auto kInvalid = grpc::StatusCode::INVALID_ARGUMENT;
  constexpr auto kNotFound = grpc::StatusCode::NOT_FOUND;
  Expect({
      {"retract nothing", retract(""), kInvalid, "document: not given; ListDocuments has the ids"},
      {"retract unknown", retract("b"), kNotFound, "retract document b: there is none of this id"},
      {"no left", judge([](auto& r) { r.clear_left(); }), kInvalid,
       "left: not given; SearchEntities finds ids by name"},
      {"left no id", judge([](auto& r) { r.set_left("Ada Berg"); }), kInvalid, "left Ada Berg: no id, which is "},
      {"left unknown", judge([&](auto& r) { r.set_left(none); }), kNotFound,
       "judge a00000000000000000000000000000001: no document has this atom now"},
      {"no right", judge([](auto& r) { r.clear_right(); }), kInvalid, "right: not given; "},
      {"right no id", judge([](auto& r) { r.set_right("e12"); }), kInvalid, "right e12: no id, which is "},
      {"right unknown", judge([&](auto& r) { r.set_right(none); }), kNotFound,
       "judge a00000000000000000000000000000001: no document has this atom now"},
      {"one atom", judge([&](auto& r) { r.set_right(ada); }), kInvalid,
       "judge a" + ada.substr(1) + " and a" + ada.substr(1) + ": both are one atom; give two"},
      {"no verdict", judge([](auto& r) { r.clear_verdict(); }), kInvalid,
       "verdict: not given; it is SAME, DIFFERENT or UNSURE"},
      {"unknown verdict", judge([](auto& r) { r.set_verdict(static_cast<v1::Verdict>(9)); }), kInvalid, "verdict: "},
      {"no author", judge([](auto& r) { r.clear_author(); }), kInvalid, "author: not given; say whose verdict it is"},
      {"long request id", judge([](auto& r) { r.set_request_id(std::string(201, 'r')); }), kInvalid,
       "request id of 201 bytes: at most 200 are taken"},
      {"undo no left", undo("", northwind, "editor"), kInvalid, "left: not given; "},
      {"undo bad right", undo(ada, "Northwind", "editor"), kInvalid, "right Northwind: no id, which is "},
      {"undo no author", undo(ada, northwind, ""), kInvalid, "author: not given; "},
      {"undo none", undo(ada, northwind, "editor"), kNotFound, "undo the judgement of editor on "},
  });
  EXPECT_EQ(store->GetSnapshot()->commit(), 1u);
}

// --- streams

class StreamTest : public WritesTest {
 protected:
  using Stream = grpc::ClientReaderWriter<v1::IngestDocumentsRequest, v1::IngestDocumentsResponse>;

  static v1::IngestDocumentsRequest Item(const std::string& id, const std::string& text,
                                         const std::string& request_id = "") {
    v1::IngestDocumentsRequest request;
    *request.mutable_document() = MakeDocument(id, text);
    request.set_request_id(request_id);
    return request;
  }

  // What a stream of these is answered; the stream must end well.
  std::vector<v1::IngestDocumentsResponse> Send(const std::vector<v1::IngestDocumentsRequest>& requests) {
    grpc::ClientContext context;
    const std::unique_ptr<Stream> stream = ingest->IngestDocuments(&context);
    std::thread writer([&] {
      for (const v1::IngestDocumentsRequest& request : requests) EXPECT_TRUE(stream->Write(request));
      stream->WritesDone();
    });
    std::vector<v1::IngestDocumentsResponse> responses;
    for (v1::IngestDocumentsResponse response; stream->Read(&response);) responses.push_back(response);
    writer.join();
    const grpc::Status status = stream->Finish();
    EXPECT_TRUE(status.ok()) << status.error_message();
    return responses;
  }
};

// "SEQUENCE DOCUMENT at COMMIT" or "SEQUENCE CODE: MESSAGE".
std::vector<std::string> ToLines(const std::vector<v1::IngestDocumentsResponse>& responses) {
  std::vector<std::string> lines;
  for (const v1::IngestDocumentsResponse& response : responses) {
    lines.push_back(std::to_string(response.sequence()) + " " +
                    (response.has_result()
                         ? response.result().document() + " at " + std::to_string(response.commit())
                         : std::to_string(response.failure().code()) + ": " + response.failure().message()));
  }
  return lines;
}

TEST_F(StreamTest, EachDocumentIsAnsweredInOrderAndABadOneInTheMiddleStopsNothing) {
  EXPECT_THAT(ToLines(Send({Item("a", "Ada Berg ceo_of Northwind\n"), Item("b", "unreadable"), Item("c", ""),
                            Item("d", "Emma Falk works_for Haichuan\n"), Item("a", "Ada Berg ceo_of Northwind\n")})),
              ElementsAre("0 a at 1", "1 3: read document b: unreadable; send something else",
                          "2 3: document.text: empty; a document needs some text", "3 d at 2", "4 a at 2"));
  EXPECT_EQ(CountDocuments(), 2u);
  EXPECT_TRUE(store->Verify().ok()) << store->Verify();
}

TEST_F(StreamTest, AnEmptyStreamEndsWell) { EXPECT_TRUE(Send({}).empty()); }

TEST_F(StreamTest, RequestIdsAreOneWindowForStreamsAndSingleDocuments) {
  const v1::IngestDocumentResponse single = IngestOne(Request("a", "Ada Berg ceo_of Northwind\n", "r1"));
  Retract("a");
  const std::vector<v1::IngestDocumentsResponse> responses =
      Send({Item("a", "Ada Berg ceo_of Northwind\n", "r1"), Item("b", "Emma Falk works_for Haichuan\n", "r2"),
            Item("b", "Emma Falk works_for Northwind\n", "r2"), Item("c", "unreadable", "r3")});
  ASSERT_EQ(responses.size(), 4u);
  EXPECT_EQ(responses[0].request_id(), "r1");
  EXPECT_EQ(responses[0].result().SerializeAsString(), single.result().SerializeAsString());
  EXPECT_EQ(responses[0].commit(), single.commit());
  EXPECT_FALSE(Has("a"));
  EXPECT_EQ(responses[1].result().document(), "b");
  EXPECT_EQ(responses[2].request_id(), "r2");
  EXPECT_THAT(responses[2].failure().message(), HasSubstr("request id r2: was used for another write"));
  EXPECT_EQ(responses[3].failure().code(), 3u);
  // What failed may be tried again under its id.
  EXPECT_EQ(IngestOne(Request("c", "Ida Juhl works_for Haichuan\n", "r3")).result().document(), "c");
}

// Waits until `count` has not moved for a while, or is `end`.
void AwaitRest(const std::function<uint64_t()>& count, uint64_t end) {
  uint64_t last = count();
  for (int quiet = 0; quiet < 10 && last < end;) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    const uint64_t now = count();
    quiet = now == last ? quiet + 1 : 0;
    last = now;
  }
}

TEST_F(StreamTest, ASlowAnalysisHoldsUpTheSenderAndNothingIsLost) {
  // Documents that no buffer of the connection hides: the server keeps 8 MiB of text in the
  // window, and a few more documents on their way to it.
  constexpr int kDocuments = 64;
  const std::string padding(1 << 20, '.');
  analyzer.Close();
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream = ingest->IngestDocuments(&context);
  std::atomic<int> written = 0;
  std::thread writer([&] {
    for (int i = 0; i < kDocuments; ++i) {
      EXPECT_TRUE(stream->Write(Item("d" + std::to_string(i), "Ada Berg ceo_of Northwind\n" + padding)));
      ++written;
    }
    stream->WritesDone();
  });
  analyzer.AwaitWaiting(1);
  AwaitRest([&] { return static_cast<uint64_t>(written); }, kDocuments);
  EXPECT_LT(written, kDocuments / 2);
  analyzer.Open();
  int answered = 0;
  for (v1::IngestDocumentsResponse response; stream->Read(&response); ++answered) {
    EXPECT_EQ(response.result().document(), "d" + std::to_string(answered));
  }
  writer.join();
  EXPECT_EQ(answered, kDocuments);
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(CountDocuments(), static_cast<uint64_t>(kDocuments));
}

TEST_F(StreamTest, AClientThatReadsNoAnswersIsNotReadFrom) {
  // Long ids make long answers. On a connection of its own, whose buffers are known to end.
  constexpr int kDocuments = 500;
  const auto id_of = [](int i) { return "d" + std::to_string(i) + std::string(40'000, '-'); };
  const auto stub = v1::IngestService::NewStub(channel);
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream = stub->IngestDocuments(&context);
  std::thread writer([&] {
    for (int i = 0; i < kDocuments; ++i) EXPECT_TRUE(stream->Write(Item(id_of(i), "Ada Berg ceo_of Northwind\n")));
    stream->WritesDone();
  });
  AwaitRest([&] { return store->GetSnapshot()->commit(); }, kDocuments);
  EXPECT_LT(store->GetSnapshot()->commit(), kDocuments / 2u);
  int answered = 0;
  for (v1::IngestDocumentsResponse response; stream->Read(&response); ++answered) {
    EXPECT_EQ(response.result().document(), id_of(answered));
  }
  writer.join();
  EXPECT_EQ(answered, kDocuments);
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(StreamTest, ACallerWhoGoesAwayLeavesWholeDocuments) {
  analyzer.Close();
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream = ingest->IngestDocuments(&context);
  ASSERT_TRUE(stream->Write(Item("a", "Ada Berg ceo_of Northwind\n", "r")));
  analyzer.AwaitWaiting(1);
  context.TryCancel();
  analyzer.Open();
  v1::IngestDocumentsResponse response;
  while (stream->Read(&response)) {
  }
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  AwaitLog("IngestDocuments CANCELLED");
  EXPECT_TRUE(store->Verify().ok()) << store->Verify();
  // Whether it was committed or not, it can be sent again under its id.
  EXPECT_EQ(IngestOne(Request("a", "Ada Berg ceo_of Northwind\n", "r")).result().document(), "a");
  EXPECT_TRUE(Has("a"));
}

TEST_F(StreamTest, MoreStreamsThanAreAllowedAreRefused) {
  ServerOptions options;
  options.max_ingest_streams = 1;
  ConnectInside(options);
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream = ingest->IngestDocuments(&context);
  ASSERT_TRUE(stream->Write(Item("a", "Ada Berg ceo_of Northwind\n")));
  v1::IngestDocumentsResponse response;
  ASSERT_TRUE(stream->Read(&response));
  grpc::ClientContext second_context;
  const std::unique_ptr<Stream> second = ingest->IngestDocuments(&second_context);
  EXPECT_FALSE(second->Read(&response));
  ExpectRefused(second->Finish(), grpc::StatusCode::RESOURCE_EXHAUSTED,
                "too many streams of documents are open already");
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
}

}  // namespace
}  // namespace newsgraph
