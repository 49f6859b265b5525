// expect: warning of false-sharing
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>
class Executor {
  std::mutex m_; std::condition_variable cv_; std::deque<std::function<void(unsigned)>> q_; bool stop_ = false;
  std::vector<std::thread> ts_;
  struct Stat { unsigned long jobs = 0; };  // before
  struct alignas(64) Stat { unsigned long jobs = 0; };  // after
  std::vector<Stat> stats_;
  void loop(unsigned me) {
    for (;;) {
      std::function<void(unsigned)> f;
      { std::unique_lock l(m_); cv_.wait(l, [&] { return stop_ || !q_.empty(); }); if (q_.empty()) return; f = std::move(q_.front()); q_.pop_front(); }
      f(me);
      ++stats_[me].jobs;
    }
  }
public:
  explicit Executor(unsigned n) : stats_(n) { for (unsigned i = 0; i < n; ++i) ts_.emplace_back(&Executor::loop, this, i); }
  ~Executor() { { std::lock_guard l(m_); stop_ = true; } cv_.notify_all(); for (auto& t : ts_) t.join(); }
  void submit(std::function<void(unsigned)> f) { { std::lock_guard l(m_); q_.push_back(std::move(f)); } cv_.notify_one(); }
};
int main() { Executor e(4); for (int i = 0; i < 100; ++i) e.submit([](unsigned) {}); }
