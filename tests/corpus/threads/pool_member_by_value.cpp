// expect: warning
// A class keeps the pool by value and hands it parts of its own data.
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>
class Pool {
 public:
  explicit Pool(unsigned n) {
    for (unsigned i = 0; i < n; ++i) workers_.emplace_back([this] { loop(); });
  }
  ~Pool() {
    {
      std::lock_guard lock(mutex_);
      stop_ = true;
    }
    cv_.notify_all();
    for (auto& w : workers_) w.join();
  }
  void enqueue(std::function<void()> task) {
    {
      std::lock_guard lock(mutex_);
      tasks_.push(std::move(task));
    }
    cv_.notify_one();
  }

 private:
  void loop() {
    for (;;) {
      std::function<void()> task;
      {
        std::unique_lock lock(mutex_);
        cv_.wait(lock, [this] { return stop_ || !tasks_.empty(); });
        if (tasks_.empty()) return;
        task = std::move(tasks_.front());
        tasks_.pop();
      }
      task();
    }
  }
  std::mutex mutex_;
  std::condition_variable cv_;
  std::queue<std::function<void()>> tasks_;
  std::vector<std::thread> workers_;
  bool stop_ = false;
};
class Histogram {
 public:
  explicit Histogram(std::vector<int> values) : values_(std::move(values)), parts_(8), pool_(8) {}
  void build() {
    const std::size_t chunk = values_.size() / parts_.size();
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      pool_.enqueue([this, p, chunk] { fill(p, chunk); });
    }
  }

 private:
  struct /*after: alignas(64)*/ Part {
    long small = 0;
    long large = 0;
  };
  void fill(std::size_t p, std::size_t chunk) {
    for (std::size_t i = p * chunk; i < (p + 1) * chunk; ++i) {
      if (values_[i] < 100)
        ++parts_[p].small;
      else
        ++parts_[p].large;
    }
  }
  std::vector<int> values_;
  std::vector<Part> parts_;
  Pool pool_;
};
int main() {
  Histogram histogram(std::vector<int>(1 << 20, 5));
  histogram.build();
}
