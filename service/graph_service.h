// The services of newsgraph.v1 as gRPC registers them.
#ifndef NEWSGRAPH_SERVICE_GRAPH_SERVICE_H_
#define NEWSGRAPH_SERVICE_GRAPH_SERVICE_H_

#include <grpcpp/impl/codegen/service_type.h>

#include <memory>
#include <vector>

#include "service/calls.h"
#include "service/ingest_stream.h"
#include "service/questions.h"
#include "service/writes.h"

namespace newsgraph {

// GraphService, IngestService and IdentityService. Everything must outlive them; `streams` is
// the environment of streams of documents, whose pool is theirs alone.
std::vector<std::unique_ptr<grpc::Service>> MakeServices(const CallEnvironment& calls, const CallEnvironment& streams,
                                                         Questions& questions, Writes& writes,
                                                         OpenStreams& open_streams);

}  // namespace newsgraph

#endif  // NEWSGRAPH_SERVICE_GRAPH_SERVICE_H_
