// expect: warning
#include <atomic>
#include <thread>
#include <vector>
class SpinBarrier {
 public:
  explicit SpinBarrier(int n) : total_(n) {}
  void wait() {
    const int phase = phase_.load(std::memory_order_acquire);
    if (waiting_.fetch_add(1) + 1 == total_) {
      waiting_.store(0);
      phase_.fetch_add(1, std::memory_order_release);
    } else {
      while (phase_.load(std::memory_order_acquire) == phase) {
      }
    }
  }
 private:
  const int total_;
  /*after: alignas(64)*/ std::atomic<int> waiting_{0};
  /*after: alignas(64)*/ std::atomic<int> phase_{0};
};
int main() {
  SpinBarrier barrier(4);
  std::vector<std::thread> ts;
  for (int i = 0; i < 4; ++i)
    ts.emplace_back([&barrier] {
      for (int k = 0; k < 100000; ++k) barrier.wait();
    });
  for (auto& t : ts) t.join();
}
