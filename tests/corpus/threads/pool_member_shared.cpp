// expect: warning
// A service with a pool behind a pointer; two of its tasks count beside each other.
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
class Service {
 public:
  explicit Service(std::shared_ptr<Pool> pool) : pool_(std::move(pool)) {}
  void run() {
    pool_->enqueue([this] { receive(); });
    pool_->enqueue([this] { send(); });
  }

 private:
  void receive() {
    for (int i = 0; i < 5000000; ++i) received_ += i & 15;
  }
  void send() {
    for (int i = 0; i < 5000000; ++i) sent_ += i & 7;
  }
  std::shared_ptr<Pool> pool_;
  unsigned long received_ = 0;
  /*after: alignas(64)*/ unsigned long sent_ = 0;
};
int main() {
  auto pool = std::make_shared<Pool>(4);
  Service service(pool);
  service.run();
}
