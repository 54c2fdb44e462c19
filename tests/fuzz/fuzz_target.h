// What every fuzz target includes. A target is one file fuzz_NAME.cc that defines
// LLVMFuzzerTestOneInput: libFuzzer drives it in the fuzz preset; in every other build
// replay.cc runs it over corpus/NAME as a plain test.
#ifndef NEWSGRAPH_TESTS_FUZZ_FUZZ_TARGET_H_
#define NEWSGRAPH_TESTS_FUZZ_FUZZ_TARGET_H_

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

// Stands whatever NDEBUG says, and stops a fuzzer where it fails.
#define NEWSGRAPH_FUZZ_CHECK(condition)                                                   \
  do {                                                                                    \
    if (!(condition)) {                                                                   \
      std::fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                       \
    }                                                                                     \
  } while (false)

#endif  // NEWSGRAPH_TESTS_FUZZ_FUZZ_TARGET_H_
