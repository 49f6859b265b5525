// expect: silent
#include <condition_variable>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
class Queue {
 public:
  Queue() : thread_([this] { run(); }) {}
  ~Queue() { { std::lock_guard<std::mutex> guard(mutex_); done_ = true; } ready_.notify_all(); thread_.join(); }
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
  bool done_ = false;
  std::thread thread_;
};
struct Sums { long odd = 0; long even = 0; };
Sums sums;
int main() {
  Queue queue;
  queue.submit([] { for (int i = 1; i < 100000; i += 2) sums.odd += i; });
  queue.submit([] { for (int i = 0; i < 100000; i += 2) sums.even += i; });
}
