// Runs a fuzz target over its corpus, and over each file of it cut short and with a few
// bytes changed: the same changes on every machine.
//
//   fuzz_NAME FOLDER...

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "tests/fuzz/fuzz_target.h"

namespace {

constexpr int kChangesOfAFile = 32;

void Run(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(input.data()), input.size());
}

// A byte changed, a piece cut out, a piece said twice, or the end cut off.
std::string Changed(std::string input, std::mt19937& random) {
  if (input.empty()) return input;
  const size_t place = random() % input.size();
  const size_t length = 1 + random() % std::min<size_t>(input.size() - place, 16);
  switch (random() % 4) {
    case 0:
      input[place] = static_cast<char>(random());
      break;
    case 1:
      input.erase(place, length);
      break;
    case 2:
      input.insert(random() % input.size(), input.substr(place, length));
      break;
    default:
      input.resize(place);
      break;
  }
  return input;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < argc; ++i) {
    for (const auto& entry : std::filesystem::directory_iterator(argv[i])) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  if (files.empty()) {
    std::fprintf(stderr, "no files to replay\n");
    return 1;
  }
  int runs = 0;
  for (const std::filesystem::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    const std::string input((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    std::printf("%s\n", file.c_str());
    std::fflush(stdout);
    Run(input);
    std::mt19937 random(1);
    std::string changed = input;
    for (int change = 0; change < kChangesOfAFile; ++change) {
      // Changes add up, and start again so that they stay near to what is meaningful.
      changed = Changed(change % 4 == 0 ? input : changed, random);
      Run(changed);
    }
    runs += 1 + kChangesOfAFile;
  }
  std::printf("%d inputs\n", runs);
  return 0;
}
