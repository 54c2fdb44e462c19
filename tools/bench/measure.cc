#include "tools/bench/measure.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

namespace newsgraph {

double WorkWatch::Now() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

uint64_t ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  uint64_t size = 0, resident = 0;
  statm >> size >> resident;
  return resident * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

double Quantile(std::vector<double>& values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[static_cast<size_t>(std::floor(share * static_cast<double>(values.size() - 1)))];
}

void BenchReport::Add(BenchRow row) {
  if (row.ceiling.empty()) {
    fmt::print("{:<46} {:>12.4g} {}\n", row.name, row.value, row.unit);
  } else {
    fmt::print("{:<46} {:>12.4g} {:<12} {:.3f} of {}\n", row.name, row.value, row.unit, row.ratio, row.ceiling);
  }
  std::fflush(stdout);
  rows_.push_back(std::move(row));
}

std::string BenchReport::ToJson(uint64_t seed) const {
  nlohmann::ordered_json json = {{"seed", seed}, {"rows", nlohmann::ordered_json::array()}};
  for (const BenchRow& row : rows_) {
    json["rows"].push_back(
        {{"name", row.name}, {"value", row.value}, {"unit", row.unit}, {"ceiling", row.ceiling}, {"ratio", row.ratio}});
  }
  return json.dump(1);
}

}  // namespace newsgraph
