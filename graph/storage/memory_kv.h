// Ordered maps in memory: for `extract`, tests and the thread sanitizer.
//
// Each table is a persistent search tree: a write copies the path it changes and shares
// the rest, so a snapshot costs nothing and stays what it was.
#ifndef NEWSGRAPH_GRAPH_STORAGE_MEMORY_KV_H_
#define NEWSGRAPH_GRAPH_STORAGE_MEMORY_KV_H_

#include <memory>

#include "graph/storage/kv.h"

namespace newsgraph {

std::unique_ptr<KvStore> NewMemoryKv();

}  // namespace newsgraph

#endif  // NEWSGRAPH_GRAPH_STORAGE_MEMORY_KV_H_
