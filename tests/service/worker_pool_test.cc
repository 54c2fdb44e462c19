#include "service/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace newsgraph {
namespace {

TEST(WorkerPoolTest, DoesAllThatWasTakenBeforeItEnds) {
  std::atomic<int> done = 0;
  {
    WorkerPool pool(3, 1000);
    for (int i = 0; i < 1000; ++i) EXPECT_TRUE(pool.Submit([&] { ++done; }));
  }
  EXPECT_EQ(done, 1000);
}

TEST(WorkerPoolTest, RefusesWhatCouldNeitherBeginNorWait) {
  std::promise<void> begun, go_on;
  WorkerPool pool(1, 1);
  ASSERT_TRUE(pool.Submit([&] {
    begun.set_value();
    go_on.get_future().wait();
  }));
  begun.get_future().wait();
  EXPECT_TRUE(pool.Submit([] {}));
  EXPECT_FALSE(pool.Submit([] {}));
  go_on.set_value();
}

}  // namespace
}  // namespace newsgraph
