// Ordered maps in memory: for `extract`, tests and the thread sanitizer. A snapshot
// copies nothing but shares the maps copy-on-write.
#ifndef NEWSGRAPH_GRAPH_STORAGE_MEMORY_KV_H_
#define NEWSGRAPH_GRAPH_STORAGE_MEMORY_KV_H_

#include <memory>

#include "graph/storage/kv.h"

namespace newsgraph {

std::unique_ptr<KvStore> NewMemoryKv();

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_STORAGE_MEMORY_KV_H_
