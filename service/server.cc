#include "service/server.h"

#include <fmt/format.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>

#include <algorithm>
#include <ctime>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "graph/status.h"
#include "service/calls.h"
#include "service/graph_service.h"
#include "service/ingest_stream.h"
#include "service/listen_address.h"
#include "service/questions.h"
#include "service/worker_pool.h"
#include "service/writes.h"

namespace newsgraph {
namespace {

// Beside the longest text: its other fields and the encoding.
constexpr uint64_t kRoomForMetadata = 1 << 20;

std::string SystemClockUtc() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

size_t WorkerCount(int requested) {
  if (requested > 0) return static_cast<size_t>(requested);
  return std::max<size_t>(4, std::thread::hardware_concurrency());
}

}  // namespace

// In the order in which things must be there: the services use all of it, and the threads end
// before what they use.
struct Server::Rep {
  Rep(GraphStore& store, const Analyzer* analyzer, const ServerOptions& options)
      : questions(store, analyzer == nullptr ? "" : analyzer->fingerprint(),
                  options.known_names != nullptr ? options.known_names
                  : analyzer != nullptr          ? analyzer->known_names()
                                                 : nullptr),
        writes(store, analyzer, {options.ingest_threads, options.max_document_bytes, options.clock}),
        workers(WorkerCount(options.workers), options.max_waiting_calls),
        stream_workers(options.max_ingest_streams, 0),
        calls{workers, options.log},
        streams{stream_workers, options.log},
        services(MakeServices(calls, streams, questions, writes, open_streams)) {}

  Questions questions;
  Writes writes;
  OpenStreams open_streams;
  WorkerPool workers;
  WorkerPool stream_workers;
  const CallEnvironment calls;
  const CallEnvironment streams;
  std::vector<std::unique_ptr<grpc::Service>> services;
  std::unique_ptr<grpc::Server> server;
  int port = 0;
  std::string address;
  std::once_flag shut_down;
};

Server::Server(std::unique_ptr<Rep> rep) : rep_(std::move(rep)) {}

Server::~Server() { Shutdown(std::chrono::milliseconds(0)); }

absl::StatusOr<std::unique_ptr<Server>> Server::Start(GraphStore& store, const Analyzer* analyzer,
                                                      ServerOptions options) {
  if (!options.clock) options.clock = SystemClockUtc;
  if (options.log) {
    options.log = [log = options.log, mutex = std::make_shared<std::mutex>()](std::string_view line) {
      const std::lock_guard lock(*mutex);
      log(line);
    };
  }
  ListenAddress listen;
  if (!options.listen.empty()) {
    NEWSGRAPH_ASSIGN_OR_RETURN(listen, ParseListenAddress(options.listen));
    NEWSGRAPH_RETURN_IF_ERROR(CheckPortIsFree(listen));
  }
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();

  auto rep = std::make_unique<Rep>(store, analyzer, options);
  grpc::ServerBuilder builder;
  // Otherwise two servers could share one port, and each would get some of the calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.SetMaxReceiveMessageSize(
      static_cast<int>(std::min<uint64_t>(options.max_document_bytes + kRoomForMetadata, INT32_MAX)));
  builder.SetMaxSendMessageSize(-1);
  if (!options.listen.empty()) {
    builder.AddListeningPort(options.listen, grpc::InsecureServerCredentials(), &rep->port);
  }
  for (const std::unique_ptr<grpc::Service>& service : rep->services) builder.RegisterService(service.get());
  rep->server = builder.BuildAndStart();
  if (rep->server == nullptr || (!options.listen.empty() && rep->port == 0)) {
    NEWSGRAPH_RETURN_IF_ERROR(CheckPortIsFree(listen));
    return absl::UnavailableError(fmt::format("listen on {}: refused; choose another address", options.listen));
  }
  if (!options.listen.empty()) rep->address = fmt::format("{}:{}", listen.host, rep->port);
  grpc::HealthCheckServiceInterface* health = rep->server->GetHealthCheckService();
  for (const char* service :
       {"newsgraph.v1.GraphService", "newsgraph.v1.IngestService", "newsgraph.v1.IdentityService"}) {
    health->SetServingStatus(service, true);
  }
  return std::unique_ptr<Server>(new Server(std::move(rep)));
}

int Server::port() const { return rep_->port; }

const std::string& Server::address() const { return rep_->address; }

std::shared_ptr<grpc::Channel> Server::InProcessChannel() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);
  return rep_->server->InProcessChannel(arguments);
}

void Server::Wait() { rep_->server->Wait(); }

void Server::Shutdown(std::chrono::milliseconds drain) {
  std::call_once(rep_->shut_down, [&] {
    rep_->server->GetHealthCheckService()->Shutdown();
    rep_->open_streams.Drain();
    rep_->server->Shutdown(std::chrono::system_clock::now() + drain);
  });
}

}  // namespace newsgraph
