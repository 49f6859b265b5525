// expect: warning
#include <condition_variable>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>
class Pool {
 public:
  explicit Pool(unsigned count) { for (unsigned i = 0; i < count; ++i) threads_.emplace_back([this] { run(); }); }
  ~Pool() { { std::lock_guard<std::mutex> guard(mutex_); done_ = true; } ready_.notify_all(); for (auto& t : threads_) t.join(); }
  void submit(std::function<void()> task) { { std::lock_guard<std::mutex> guard(mutex_); tasks_.push(std::move(task)); } ready_.notify_one(); }
 private:
  void run() {
    for (;;) {
      std::function<void()> task;
      { std::unique_lock<std::mutex> lock(mutex_); ready_.wait(lock, [this] { return done_ || !tasks_.empty(); }); if (tasks_.empty()) return; task = std::move(tasks_.front()); tasks_.pop(); }
      task();
    }
  }
  std::mutex mutex_;
  std::condition_variable ready_;
  std::queue<std::function<void()>> tasks_;
  std::vector<std::thread> threads_;
  bool done_ = false;
};
struct Sums { long odd = 0; long even = 0; };
Sums sums;
int main() {
  Pool pool(4);
  pool.submit([] { for (int i = 1; i < 100000; i += 2) sums.odd += i; });
  pool.submit([] { for (int i = 0; i < 100000; i += 2) sums.even += i; });
}
