// expect: warning of false-sharing flags: -pthread
#include <condition_variable>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>
class ThreadPool {
 public:
  explicit ThreadPool(std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
      threads_.emplace_back([this] {
        while (true) {
          std::function<void()> task;
          {
            std::unique_lock<std::mutex> lock(mutex_);
            cv_.wait(lock, [this] { return stop_ || !tasks_.empty(); });
            if (stop_ && tasks_.empty()) return;
            task = std::move(tasks_.front());
            tasks_.pop();
          }
          task();
        }
      });
    }
  }
  template <class F>
  void submit(F&& f) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      tasks_.emplace(std::forward<F>(f));
    }
    cv_.notify_one();
  }
  ~ThreadPool() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      stop_ = true;
    }
    cv_.notify_all();
    for (auto& t : threads_) t.join();
  }

 private:
  std::vector<std::thread> threads_;
  std::queue<std::function<void()>> tasks_;
  std::mutex mutex_;
  std::condition_variable cv_;
  bool stop_ = false;
};
struct Bucket { long count = 0; };  // before
struct Bucket { long count = 0; char pad[120]; };  // after
int main() {
  std::vector<int> input(1 << 22, 3);
  std::vector<Bucket> buckets(16);
  {
    ThreadPool pool(8);
    const std::size_t part = input.size() / buckets.size();
    for (std::size_t b = 0; b < buckets.size(); ++b) {
      pool.submit([&input, &buckets, b, part] {
        for (std::size_t i = b * part; i < (b + 1) * part; ++i)
          if (input[i] & 1) ++buckets[b].count;
      });
    }
  }
}
