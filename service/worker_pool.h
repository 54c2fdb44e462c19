// Threads that do what gRPC's own must not wait for.
#ifndef NEWSGRAPH_SERVICE_WORKER_POOL_H_
#define NEWSGRAPH_SERVICE_WORKER_POOL_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace newsgraph {

// Thread-safe. Work is begun in the order in which it was submitted.
class WorkerPool {
 public:
  // `max_waiting`: work that may wait for a thread.
  WorkerPool(size_t threads, size_t max_waiting);
  // Does what was submitted, then ends the threads.
  ~WorkerPool();

  // False: all threads are busy and no more may wait; the work is not kept.
  bool Submit(std::function<void()> work);

 private:
  void Run();

  const size_t capacity_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  size_t running_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_SERVICE_WORKER_POOL_H_
