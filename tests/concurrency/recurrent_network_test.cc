#include "ingest/tagger/recurrent_network.h"

#include <gtest/gtest.h>

#include <barrier>
#include <thread>

#include "tests/ingest/made_up_network.h"

namespace newsgraph {
namespace {

// All begin at once on the same characters, so that they meet over projections that nobody has computed yet.
TEST(RecurrentNetworkConcurrencyTest, ThreadsGiveTheStatesOfOne) {
  constexpr size_t kThreads = 4;
  const NetworkWeights weights = MakeUpNetwork(1, {.rows = 500, .width = 32, .hidden = 32, .layers = 2});
  const std::vector<std::vector<uint32_t>> sentences = MakeUpSentences(1, {200, 180, 33, 1, 90}, weights.rows);
  for (int round = 0; round < 5; ++round) {
    const absl::StatusOr<RecurrentNetwork> one = RecurrentNetwork::Make(weights),
                                           shared = RecurrentNetwork::Make(weights);
    ASSERT_TRUE(one.ok() && shared.ok());
    std::vector<int8_t> expected;
    RecurrentNetwork::Scratch scratch;
    one->Run(SpansOf(sentences), scratch, expected);
    std::vector<std::vector<int8_t>> found(kThreads);
    std::barrier start(kThreads);
    std::vector<std::thread> threads;
    for (std::vector<int8_t>& states : found) {
      threads.emplace_back([&] {
        RecurrentNetwork::Scratch own;
        start.arrive_and_wait();
        shared->Run(SpansOf(sentences), own, states);
      });
    }
    for (std::thread& thread : threads) thread.join();
    for (const std::vector<int8_t>& states : found) EXPECT_EQ(states, expected);
  }
}

}  // namespace
}  // namespace newsgraph
