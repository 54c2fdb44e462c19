// The benchmarks, one function each. Each adds its rows to the report.
#ifndef NEWSGRAPH_TOOLS_BENCH_BENCHMARKS_H_
#define NEWSGRAPH_TOOLS_BENCH_BENCHMARKS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "tools/bench/measure.h"

namespace newsgraph {

// Reading, analysing and storing the documents of a JSON lines file on one thread, and
// memory at the first tenth and at the end. Ceiling of storing: the same batches
// written to a fresh RocksDB with nothing else around them.
absl::Status BenchIngest(const std::string& articles, const std::string& data_directory,
                         const std::string& work_directory, BenchReport& report);

// Analysis alone on one core, of Chinese reports, Chinese interviews and English texts: each as
// often as makes a megabyte. Ceiling: folding the same texts. `samples` holds some of each.
absl::Status BenchAnalysis(const std::string& samples, const std::string& data_directory, BenchReport& report);

// The tagger's recurrent network, with random weights of its size, on one thread. Ceiling: multiply-adds in
// registers, of 16 bits and of int8.
absl::Status BenchNetwork(uint64_t seed, BenchReport& report);

// Three hops and shortest paths on a random graph. Ceiling: breadth-first search on
// plain arrays, in the same process, giving the same answers.
absl::Status BenchTraversal(uint32_t edges, uint64_t seed, BenchReport& report);

}  // namespace newsgraph

#endif  // NEWSGRAPH_TOOLS_BENCH_BENCHMARKS_H_
