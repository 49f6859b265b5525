// expect: warning of false-sharing flags: -pthread
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>
class Server {
 public:
  void start() {
    for (int i = 0; i < 4; ++i) workers_.emplace_back([this] { work(); });
    acceptor_ = std::thread([this] { accept_loop(); });
  }
  void join() {
    acceptor_.join();
    for (auto& w : workers_) w.join();
  }

 private:
  void accept_loop() {
    for (int fd = 0; fd < 1'000'000; ++fd) {
      accepted_.fetch_add(1, std::memory_order_relaxed);
      std::lock_guard<std::mutex> lock(mutex_);
      queue_.push(fd);
      cv_.notify_one();
    }
  }
  void work() {
    for (;;) {
      int fd;
      {
        std::unique_lock<std::mutex> lock(mutex_);
        cv_.wait(lock, [this] { return !queue_.empty(); });
        fd = queue_.front();
        queue_.pop();
      }
      if (fd < 0) return;
      served_.fetch_add(1, std::memory_order_relaxed);
    }
  }
  std::mutex mutex_;
  std::condition_variable cv_;
  std::queue<int> queue_;
  std::vector<std::thread> workers_;
  std::thread acceptor_;
  alignas(64)  // after
  std::atomic<long> accepted_{0};
  alignas(64)  // after
  std::atomic<long> served_{0};
};
int main() {
  Server s;
  s.start();
  s.join();
}
