#!/usr/bin/env bash
# Fails when a layer includes what it must not: graph ← ingest ← service ← tools, and
# each outside library behind the few files that may see it (graph/README.md).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
status=0

# forbid INCLUDE WHERE_ALLOWED FOLDER...: extended regular expressions.
forbid() {
  local hits
  hits=$(grep -rnE "#include [<\"]($1)" --include='*.h' --include='*.cc' "${@:3}" | grep -vE "^($2)" || true)
  if [[ -n $hits ]]; then
    echo "layer broken ($1):"
    echo "$hits"
    status=1
  fi
}

all=(graph ingest service tools tests)
forbid 'rocksdb/' 'graph/storage/rocks[a-z_]*\.(h|cc):|tests/graph/|tools/bench/' "${all[@]}"
forbid 'flatbuffers/|.*_generated\.h' 'graph/storage/records\.cc:' "${all[@]}"
forbid 'boost/|graph/csr_graph_boost\.h' 'graph/(csr_graph|csr_graph_boost|algorithms)\.(h|cc):|tools/bench/' "${all[@]}"
forbid 'grpcpp/|grpc/|google/protobuf/|newsgraph/v1/' 'service/|tools/|tests/(service|end_to_end|package)/' "${all[@]}"
forbid 'gumbo\.h' 'ingest/readers/html_tree\.cc:' "${all[@]}"
forbid 'libxml/' 'ingest/readers/feed_reader\.cc:' "${all[@]}"
forbid 'cmark\.h' 'ingest/readers/markdown_reader\.cc:' "${all[@]}"
forbid 'zlib\.h' 'ingest/(readers/byte_source|tagger/weight_file)\.cc:|tests/(ingest|fuzz)/' "${all[@]}"
forbid '(ingest|service|tools)/' 'none' graph
forbid '(service|tools)/' 'none' ingest
forbid 'tools/' 'none' service
forbid 'graph/storage/' 'graph/|tests/(graph|property|concurrency|fuzz|cli)/|tools/bench/' "${all[@]}"
forbid 'ingest/(text|readers)/' 'ingest/|tests/(ingest|golden|fuzz)/' "${all[@]}"
forbid 'ingest/tagger/' 'ingest/|tests/(ingest|concurrency|fuzz)/|tools/bench/' "${all[@]}"
exit $status
