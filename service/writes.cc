#include "service/writes.h"

#include <fmt/format.h>

#include <deque>
#include <mutex>
#include <utility>

#include "graph/ids.h"
#include "graph/status.h"
#include "service/convert.h"

namespace newsgraph {
namespace {

template <typename Request>
Id128 ContentOf(const Request& request) {
  return HashFields({request.GetTypeName(), request.SerializeAsString()});
}

// A document is the same write by either method.
Id128 ContentOf(const v1::IngestDocumentsRequest& request) {
  v1::IngestDocumentRequest same;
  *same.mutable_document() = request.document();
  same.set_request_id(request.request_id());
  return ContentOf(same);
}

v1::IngestDocumentResponse ToAnswer(const IngestResult& result) {
  v1::IngestDocumentResponse answer;
  answer.set_commit(result.commit);
  v1::IngestResult* out = answer.mutable_result();
  out->set_document(result.document_id);
  out->set_changed(result.changed);
  out->set_replaced(result.replaced);
  out->set_atoms(result.atoms);
  out->set_mentions(result.mentions);
  out->set_statements(result.statements);
  return answer;
}

std::string PlaceOf(const v1::Document& document) {
  return document.id().empty() ? "document" : fmt::format("document {}", Quoted(document.id()));
}

// A document of a stream between its arrival and its answer.
struct Arrived {
  std::string request_id;
  std::optional<std::string> remembered;  // the answer it was given before
  bool is_first = true;                   // it, and no earlier one of its id, holds a place in the window
};

}  // namespace

Writes::Writes(GraphStore& store, const Analyzer* analyzer, WritesOptions options)
    : store_(store), analyzer_(analyzer), options_(std::move(options)) {
  if (analyzer_ == nullptr) return;
  IngesterOptions ingester;
  ingester.threads = options_.ingest_threads;
  ingester.clock = options_.clock;
  ingester_.emplace(store_, *analyzer_, std::move(ingester));
}

absl::Status Writes::CheckAnalyzer() const {
  if (analyzer_ != nullptr) return absl::OkStatus();
  return absl::FailedPreconditionError("ingest: this service reads no documents; send them to `newsgraph serve`");
}

template <typename Request, typename Response>
absl::Status Writes::Once(const Request& request, const Deadline& deadline, Response* response,
                          const std::function<absl::Status()>& write) {
  NEWSGRAPH_RETURN_IF_ERROR(deadline.Check());
  NEWSGRAPH_ASSIGN_OR_RETURN(const std::optional<std::string> remembered,
                             window_.Begin(request.request_id(), ContentOf(request)));
  if (remembered) {
    response->ParseFromString(*remembered);
    return absl::OkStatus();
  }
  absl::Status status = write();
  if (status.ok()) {
    window_.End(request.request_id(), response->SerializeAsString());
  } else {
    window_.Abandon(request.request_id());
  }
  return status;
}

absl::Status Writes::IngestDocument(const v1::IngestDocumentRequest& request, const Deadline& deadline,
                                    v1::IngestDocumentResponse* response) {
  NEWSGRAPH_RETURN_IF_ERROR(CheckAnalyzer());
  return Once(request, deadline, response, [&]() -> absl::Status {
    const IngestResult result =
        ingester_->IngestOne({PlaceOf(request.document()), FromWire(request.document(), options_.max_document_bytes)});
    NEWSGRAPH_RETURN_IF_ERROR(result.status);
    *response = ToAnswer(result);
    return absl::OkStatus();
  });
}

absl::Status Writes::RetractDocument(const v1::RetractDocumentRequest& request, const Deadline& deadline,
                                     v1::RetractDocumentResponse* response) {
  if (request.id().empty()) return absl::InvalidArgumentError("document: not given; ListDocuments has the ids");
  return Once(request, deadline, response, [&]() -> absl::Status {
    NEWSGRAPH_ASSIGN_OR_RETURN(const CommitResult result, store_.Retract(request.id(), options_.clock()));
    response->set_commit(result.commit);
    for (const std::string& judgement : result.detached_judgements) response->add_detached_judgements(judgement);
    return absl::OkStatus();
  });
}

absl::Status Writes::Judge(const v1::JudgeRequest& request, const Deadline& deadline, v1::JudgeResponse* response) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const AtomId left, ParseId("left", request.left()));
  NEWSGRAPH_ASSIGN_OR_RETURN(const AtomId right, ParseId("right", request.right()));
  NEWSGRAPH_ASSIGN_OR_RETURN(const Verdict verdict, FromWire(request.verdict()));
  if (request.author().empty()) return absl::InvalidArgumentError("author: not given; say whose verdict it is");
  return Once(request, deadline, response, [&]() -> absl::Status {
    NEWSGRAPH_ASSIGN_OR_RETURN(const CommitResult result,
                               store_.Judge(left, right, verdict, request.reason(), request.author(),
                                            request.time().empty() ? options_.clock() : request.time()));
    response->set_commit(result.commit);
    response->set_changed(result.changed);
    return absl::OkStatus();
  });
}

absl::Status Writes::UndoJudgement(const v1::UndoJudgementRequest& request, const Deadline& deadline,
                                   v1::UndoJudgementResponse* response) {
  NEWSGRAPH_ASSIGN_OR_RETURN(const AtomId left, ParseId("left", request.left()));
  NEWSGRAPH_ASSIGN_OR_RETURN(const AtomId right, ParseId("right", request.right()));
  if (request.author().empty()) return absl::InvalidArgumentError("author: not given; say whose verdict it is");
  return Once(request, deadline, response, [&]() -> absl::Status {
    NEWSGRAPH_ASSIGN_OR_RETURN(const CommitResult result,
                               store_.UndoJudgement(left, right, request.author(), options_.clock()));
    response->set_commit(result.commit);
    return absl::OkStatus();
  });
}

absl::Status Writes::IngestDocuments(const Receive& receive, const Send& send) {
  NEWSGRAPH_RETURN_IF_ERROR(CheckAnalyzer());
  // The ingester asks for documents on one thread and tells of them on another, in one order.
  std::mutex mutex;
  std::deque<Arrived> arrived;
  uint64_t sequence = 0;

  const auto source = [&]() -> absl::StatusOr<std::optional<ReadDocument>> {
    NEWSGRAPH_ASSIGN_OR_RETURN(const std::optional<v1::IngestDocumentsRequest> request, receive());
    if (!request) return std::optional<ReadDocument>();
    Arrived document{request->request_id()};
    ReadDocument read{PlaceOf(request->document()), FromWire(request->document(), options_.max_document_bytes)};
    absl::StatusOr<std::optional<std::string>> begun = window_.Begin(request->request_id(), ContentOf(*request));
    if (!begun.ok()) {
      document.is_first = false;
      read.document = begun.status();
    } else if (begun->has_value()) {
      document.is_first = false;
      document.remembered = *std::move(begun);
      read.document = absl::AlreadyExistsError("answered before");
    }
    const std::lock_guard lock(mutex);
    arrived.push_back(std::move(document));
    return std::optional<ReadDocument>(std::move(read));
  };

  const auto sink = [&](const IngestResult& result) {
    Arrived document;
    {
      const std::lock_guard lock(mutex);
      document = std::move(arrived.front());
      arrived.pop_front();
    }
    v1::IngestDocumentsResponse response;
    response.set_sequence(sequence++);
    response.set_request_id(document.request_id);
    v1::IngestDocumentResponse answer;
    if (document.remembered) {
      answer.ParseFromString(*document.remembered);
    } else if (result.status.ok()) {
      answer = ToAnswer(result);
      window_.End(document.request_id, answer.SerializeAsString());
    } else {
      if (document.is_first) window_.Abandon(document.request_id);
      response.mutable_failure()->set_code(static_cast<uint32_t>(result.status.code()));
      response.mutable_failure()->set_message(std::string(result.status.message()));
      return send(response);
    }
    response.set_commit(answer.commit());
    *response.mutable_result() = std::move(*answer.mutable_result());
    return send(response);
  };

  const absl::Status status = ingester_->Run(source, sink).status();
  for (const Arrived& document : arrived) {
    if (document.is_first) window_.Abandon(document.request_id);
  }
  return status;
}

}  // namespace newsgraph
