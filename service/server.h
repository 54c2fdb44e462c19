// newsgraph.v1 on a loopback port, with health and reflection.
#ifndef NEWSGRAPH_SERVICE_SERVER_H_
#define NEWSGRAPH_SERVICE_SERVER_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/graph_store.h"
#include "ingest/analyzer.h"

namespace grpc {
class Channel;
}

namespace newsgraph {

struct ServerOptions {
  const KnownNames* known_names = nullptr;    // what searches understand; must outlive the server; null: the analyser's
  std::string listen = "127.0.0.1:0";         // HOST:PORT on a loopback host; port 0: a free one; empty: no port
  int workers = 0;                            // threads that answer; 0: one for each core, 4 at least
  size_t max_waiting_calls = 256;             // calls that wait for a worker; more are refused
  size_t max_ingest_streams = 8;              // streams of documents at once; more are refused
  int ingest_threads = 0;                     // analysing, for each stream; 0: one for each core
  uint64_t max_document_bytes = 16 << 20;     // longer documents are refused
  std::function<std::string()> clock;         // ISO 8601, for the journal; empty: the system's, UTC
  std::function<void(std::string_view)> log;  // one line a call, never two at once; empty: none
};

// Thread-safe, but for Start and the destructor. Answers on threads of its own; gRPC's are
// never held up.
class Server {
 public:
  // `store` and `analyzer` must outlive the server; without an analyser, documents are refused.
  // InvalidArgument: `listen` is no address or not a loopback one. Unavailable: the port is in
  // use, or may not be listened on.
  static absl::StatusOr<std::unique_ptr<Server>> Start(GraphStore& store, const Analyzer* analyzer,
                                                       ServerOptions options);
  // Shuts down without waiting, when that has not been done.
  ~Server();

  // 0 without a port.
  int port() const;
  // "127.0.0.1:50051"; empty without a port.
  const std::string& address() const;

  // A connection that never leaves this process.
  std::shared_ptr<grpc::Channel> InProcessChannel();

  // Returns when Shutdown has finished.
  void Wait();

  // Takes no new calls, ends streams of documents behind what was read of them, lets the calls
  // that run finish for up to `drain` and cancels what then still runs. Not for signal handlers.
  void Shutdown(std::chrono::milliseconds drain);

 private:
  struct Rep;
  explicit Server(std::unique_ptr<Rep> rep);
  std::unique_ptr<Rep> rep_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_SERVICE_SERVER_H_
