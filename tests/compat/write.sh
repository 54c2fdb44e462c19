#!/usr/bin/env bash
# write.sh BIN_DIRECTORY: the store that this build makes of articles.jsonl, as format_N beside this file, N
# being the number of its format. Once for each format, before it is released, and never again: what later
# builds must be able to open is what was written then.
set -euo pipefail
bin=$(cd "$1" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")"
format=$(sed -n 's/^inline constexpr uint32_t kStoreFormat = \([0-9]*\);.*/\1/p' ../../graph/graph_store.h)
store=format_$format
[[ ! -e $store ]] || { echo "write.sh: $store is there already; it is never written again" >&2; exit 1; }
"$bin/newsgraph" ingest --db "$store" --threads 1 articles.jsonl
"$bin/newsgraph" judge --db "$store" "Emma Falk" different "Carl Dahl" --reason "two people" --author compat
"$bin/newsgraph" verify --db "$store"
# What RocksDB can do without: its log, its lock, and options, which every opening gives anew.
rm -f "$store"/LOG* "$store"/LOCK "$store"/OPTIONS-*
du -sb "$store"
