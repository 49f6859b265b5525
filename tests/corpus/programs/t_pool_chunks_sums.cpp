// expect: warning of false-sharing flags: -pthread
#include <condition_variable>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>
class TaskQueue {
 public:
  void start(int n) {
    for (int i = 0; i < n; ++i) threads_.push_back(std::thread(&TaskQueue::loop, this));
  }
  template <class F>
  void submit(F&& f) {
    std::lock_guard<std::mutex> guard(lock_);
    tasks_.emplace(std::forward<F>(f));
    cv_.notify_one();
  }
  void join() {
    {
      std::lock_guard<std::mutex> guard(lock_);
      quit_ = true;
    }
    cv_.notify_all();
    for (auto& t : threads_) t.join();
  }

 private:
  void loop() {
    for (;;) {
      std::function<void()> task;
      {
        std::unique_lock<std::mutex> guard(lock_);
        cv_.wait(guard, [&] { return quit_ || !tasks_.empty(); });
        if (tasks_.empty()) return;
        task = std::move(tasks_.front());
        tasks_.pop();
      }
      task();
    }
  }
  std::vector<std::thread> threads_;
  std::queue<std::function<void()>> tasks_;
  std::mutex lock_;
  std::condition_variable cv_;
  bool quit_ = false;
};
long sum(const std::vector<int>& data, int parts) {
  std::vector<long> sums(parts);
  TaskQueue queue;
  queue.start(parts);
  const std::size_t step = data.size() / parts;
  for (int p = 0; p < parts; ++p) {
    queue.submit([&, p] {
      long mine = 0;  // after
      for (std::size_t i = p * step; i < (p + 1) * step; ++i) {
        sums[p] += data[i];  // before
        mine += data[i];  // after
      }
      sums[p] = mine;  // after
    });
  }
  queue.join();
  long all = 0;
  for (long s : sums) all += s;
  return all;
}
int main() { return static_cast<int>(sum(std::vector<int>(1000), 4)); }
