// expect: warning
// A pool's workers: each waits for work, each counts in its own cell. The cells share a line.
#include <condition_variable>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

class Pool {
 public:
  explicit Pool(unsigned n) : done_(n) {
    for (unsigned i = 0; i < n; ++i) threads_.emplace_back([this, i] { run(i); });
  }
  void give(std::function<void()> job) {
    {
      std::lock_guard<std::mutex> held(m_);
      jobs_.push(std::move(job));
    }
    wake_.notify_one();
  }
  ~Pool() {
    {
      std::lock_guard<std::mutex> held(m_);
      stop_ = true;
    }
    wake_.notify_all();
    for (std::thread& t : threads_) t.join();
  }

 private:
  void run(unsigned me) {
    for (;;) {
      std::function<void()> job;
      {
        std::unique_lock<std::mutex> held(m_);
        wake_.wait(held, [this] { return stop_ || !jobs_.empty(); });
        if (stop_) return;
        job = std::move(jobs_.front());
        jobs_.pop();
      }
      job();
      ++done_[me];
    }
  }
  std::mutex m_;
  std::condition_variable wake_;
  std::queue<std::function<void()>> jobs_;
  std::vector<long> done_;
  std::vector<std::thread> threads_;
  bool stop_ = false;
};

int main() {
  Pool p(4);
  for (int i = 0; i < 1000000; ++i) p.give([] {});
}
