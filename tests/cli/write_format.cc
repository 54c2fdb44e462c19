// write_format DIR NUMBER: makes a store say that it was written by another format, for sessions
// that show how it is refused.

#include <cstdio>

#include "graph/storage/rocks_kv.h"

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const auto kv = newsgraph::OpenRocksKv({.directory = argv[1]});
  if (!kv.ok()) {
    std::fprintf(stderr, "%s\n", kv.status().ToString().c_str());
    return 1;
  }
  return (*kv)->Write({.home = "test", .writes = {{newsgraph::Table::kMeta, "format", argv[2]}}}).ok() ? 0 : 1;
}
