// Requests that cannot be answered, and what each is told: tests/service/bad_requests.golden.
//
//   $ METHOD REQUEST        the request in protobuf's text format, {NAME} for the id of an entity,
//   CODE: MESSAGE           {page} for a page token of the list of all statements; "late METHOD":
//                           its deadline is over when it is begun
//
// NEWSGRAPH_UPDATE_GOLDEN=1 rewrites the answers.

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "service/questions.h"
#include "service/writes.h"
#include "tests/service/scripted_analyzer.h"

namespace newsgraph {
namespace {

constexpr char kGolden[] = NEWSGRAPH_SOURCE_DIR "/tests/service/bad_requests.golden";

class BadRequestsTest : public testing::Test {
 protected:
  BadRequestsTest() {
    for (const auto& [id, text] : {std::pair("d1", "Ada Berg ceo_of Northwind\nAda Berg spouse_of Carl Dahl\n"),
                                   std::pair("d2", "Emma Falk works_for Haichuan\n")}) {
      v1::IngestDocumentRequest request;
      request.mutable_document()->set_id(id);
      request.mutable_document()->set_text(text);
      v1::IngestDocumentResponse response;
      EXPECT_TRUE(writes_.IngestDocument(request, {}, &response).ok());
    }
    Add("GetEntity", questions_, &Questions::GetEntity);
    Add("ExplainEntity", questions_, &Questions::ExplainEntity);
    Add("SearchEntities", questions_, &Questions::SearchEntities);
    Add("ListStatements", questions_, &Questions::ListStatements);
    Add("GetStatement", questions_, &Questions::GetStatement);
    Add("ListMentions", questions_, &Questions::ListMentions);
    Add("GetDocument", questions_, &Questions::GetDocument);
    Add("ListDocuments", questions_, &Questions::ListDocuments);
    Add("ListNeighbors", questions_, &Questions::ListNeighbors);
    Add("FindPaths", questions_, &Questions::FindPaths);
    Add("Traverse", questions_, &Questions::Traverse);
    Add("ListJudgements", questions_, &Questions::ListJudgements);
    Add("ListAmbiguities", questions_, &Questions::ListAmbiguities);
    Add("IngestDocument", writes_, &Writes::IngestDocument);
    Add("RetractDocument", writes_, &Writes::RetractDocument);
    Add("Judge", writes_, &Writes::Judge);
    Add("UndoJudgement", writes_, &Writes::UndoJudgement);
  }

  template <typename Target, typename Method>
  void Add(const std::string& name, Target& target, Method method) {
    methods_[name] = [this, &target, method](const std::string& text, const Deadline& deadline) {
      return Call(target, method, text, deadline);
    };
  }
  template <typename Target, typename Base, typename Request, typename Response>
  absl::Status Call(Target& target, absl::Status (Base::*method)(const Request&, const Deadline&, Response*),
                    const std::string& text, const Deadline& deadline) {
    Request request;
    Response response;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request)) << text;
    return (target.*method)(request, deadline, &response);
  }
  template <typename Target, typename Base, typename Request, typename Response>
  absl::Status Call(Target& target, absl::Status (Base::*method)(const Request&, const Deadline&, Response*) const,
                    const std::string& text, const Deadline& deadline) {
    Request request;
    Response response;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request)) << text;
    return (target.*method)(request, deadline, &response);
  }

  // What {NAME} stands for.
  std::string Meaning(const std::string& name) const {
    if (name == "page") {
      v1::ListStatementsRequest request;
      request.set_page_size(1);
      v1::ListStatementsResponse response;
      EXPECT_TRUE(questions_.ListStatements(request, {}, &response).ok());
      EXPECT_NE(response.next_page_token(), "");
      return response.next_page_token();
    }
    const auto found = store_->GetSnapshot()->FindByName(name, false, 2);
    EXPECT_EQ(found->size(), 1u) << name;
    return found->empty() ? "" : ToString(found->front().entity);
  }

  std::string WithMeanings(std::string text) const {
    for (size_t begin; (begin = text.find('{')) != std::string::npos;) {
      const size_t end = text.find('}', begin);
      text.replace(begin, end - begin + 1, Meaning(text.substr(begin + 1, end - begin - 1)));
    }
    return text;
  }

  // "CODE: MESSAGE".
  std::string Ask(const std::string& line) const {
    std::istringstream in(line);
    std::string method, request;
    in >> method;
    Deadline deadline;
    if (method == "late") {
      in >> method;
      deadline.at = std::chrono::steady_clock::now();
    }
    std::getline(in, request);
    const auto found = methods_.find(method);
    if (found == methods_.end()) return "no such method";
    const absl::Status status = found->second(WithMeanings(request), deadline);
    return absl::StatusCodeToString(status.code()) + ": " + std::string(status.message());
  }

  std::unique_ptr<GraphStore> store_ = *GraphStore::OpenInMemory();
  ScriptedAnalyzer analyzer_;
  Questions questions_{*store_, "scripted", nullptr};
  Writes writes_{*store_, &analyzer_, {1, 1000, [] { return "2025-01-02T03:04:05Z"; }}};
  std::map<std::string, std::function<absl::Status(const std::string&, const Deadline&)>> methods_;
};

TEST_F(BadRequestsTest, EachIsToldWhatIsWrongAndWhatToDo) {
  std::ifstream in(kGolden);
  ASSERT_TRUE(in) << kGolden;
  const uint64_t commit = store_->GetSnapshot()->commit();
  std::string read, written, asked;
  int requests = 0;
  for (std::string line; std::getline(in, line);) {
    read += line + "\n";
    if (!asked.empty()) {
      const std::string answer = Ask(asked);
      EXPECT_EQ(answer, line) << "$ " << asked;
      EXPECT_EQ(answer.rfind("OK", 0), std::string::npos) << asked;
      written += answer + "\n";
      asked.clear();
      ++requests;
      continue;
    }
    if (line.rfind("$ ", 0) == 0) asked = line.substr(2);
    written += line + "\n";
  }
  EXPECT_EQ(asked, "") << "the last request has no answer";
  EXPECT_GT(requests, 0);
  EXPECT_EQ(store_->GetSnapshot()->commit(), commit);
  if (std::getenv("NEWSGRAPH_UPDATE_GOLDEN") != nullptr) std::ofstream(kGolden) << written;
}

}  // namespace
}  // namespace newsgraph
