// expect: warning of false-sharing flags: -pthread
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>
struct WorkerStats {  // before
struct alignas(64) WorkerStats {  // after
  unsigned long done = 0;
  unsigned long idle = 0;
};
class Pool {
 public:
  explicit Pool(unsigned n) : stats_(n) {
    workers_.reserve(n);
    for (unsigned i = 0; i < n; ++i) {
      workers_.emplace_back([this, i](std::stop_token stop) { work(stop, i); });
    }
  }
  void post(std::function<void()> job) {
    {
      std::lock_guard lock(mutex_);
      jobs_.push_back(std::move(job));
    }
    wake_.notify_one();
  }

 private:
  void work(std::stop_token stop, unsigned me) {
    while (!stop.stop_requested()) {
      std::function<void()> job;
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, stop, [this] { return !jobs_.empty(); });
        if (jobs_.empty()) {
          stats_[me].idle++;
          continue;
        }
        job = std::move(jobs_.front());
        jobs_.pop_front();
      }
      job();
      stats_[me].done++;
    }
  }
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<std::function<void()>> jobs_;
  std::vector<WorkerStats> stats_;
  std::vector<std::jthread> workers_;
};
int main() {
  Pool pool(8);
  for (int i = 0; i < 1000; ++i) pool.post([] {});
}
