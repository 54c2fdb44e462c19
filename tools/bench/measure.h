// What the benchmark measures with: a clock, this process's memory, and a table of rows
// that prints as text and as JSON.
#ifndef NEWSGRAPH_TOOLS_BENCH_MEASURE_H_
#define NEWSGRAPH_TOOLS_BENCH_MEASURE_H_

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace newsgraph {

class Stopwatch {
 public:
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count(); }

 private:
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

// Time that this thread has worked, whatever else the machine did.
class WorkWatch {
 public:
  double seconds() const { return Now() - started_; }

 private:
  static double Now();
  double started_ = Now();
};

// Resident memory of this process now, in bytes.
uint64_t ResidentBytes();

// Sorts and takes the one at `share` (0 … 1) of the way.
double Quantile(std::vector<double>& values, double share);

struct BenchRow {
  std::string name;  // "ingest, whole, 1 thread"
  double value = 0;
  std::string unit;     // "MB/s"
  std::string ceiling;  // what it is compared with, in words; empty for none
  double ratio = 0;     // value to the ceiling; 0 for none
};

class BenchReport {
 public:
  void Add(BenchRow row);  // prints the row at once
  // One JSON object: sizes, seed and rows.
  std::string ToJson(uint64_t seed) const;

 private:
  std::vector<BenchRow> rows_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_TOOLS_BENCH_MEASURE_H_
