// expect: warning
// Workers with a deque each, which know each other.
#include <atomic>
#include <memory>
#include <thread>
#include <vector>
struct Ring {
  std::atomic<int> head{0};
  /*after: alignas(64)*/ std::atomic<int> tail{0};
  /*after: alignas(64)*/ int values[256];
  bool put(int value) {
    int t = tail.load(std::memory_order_relaxed);
    if (t - head.load(std::memory_order_acquire) >= 256) return false;
    values[t & 255] = value;
    tail.store(t + 1, std::memory_order_release);
    return true;
  }
  bool rob(int& value) {
    int h = head.load(std::memory_order_acquire);
    while (h < tail.load(std::memory_order_acquire)) {
      value = values[h & 255];
      if (head.compare_exchange_weak(h, h + 1)) return true;
    }
    return false;
  }
};
class Worker {
 public:
  explicit Worker(std::vector<std::unique_ptr<Worker>>& all) : all_(all) {}
  void start() { thread_ = std::thread(&Worker::run, this); }
  void join() { thread_.join(); }

 private:
  void run() {
    int value = 0;
    for (int round = 0; round < 1000000; ++round) {
      ring_.put(round);
      for (auto& other : all_) {
        if (other.get() != this && other->ring_.rob(value)) sum_ += value;
      }
    }
  }
  Ring ring_;
  std::vector<std::unique_ptr<Worker>>& all_;
  std::thread thread_;
  long sum_ = 0;
};
int main() {
  std::vector<std::unique_ptr<Worker>> workers;
  for (int i = 0; i < 4; ++i) workers.push_back(std::make_unique<Worker>(workers));
  for (auto& w : workers) w->start();
  for (auto& w : workers) w->join();
}
