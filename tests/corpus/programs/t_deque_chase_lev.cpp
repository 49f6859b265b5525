// expect: warning of false-sharing flags: -pthread
#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>
class WorkDeque {
 public:
  bool push(int job) {
    std::int64_t b = bottom_.load(std::memory_order_relaxed);
    std::int64_t t = top_.load(std::memory_order_acquire);
    if (b - t >= 1024) return false;
    jobs_[b & 1023].store(job, std::memory_order_relaxed);
    bottom_.store(b + 1, std::memory_order_release);
    return true;
  }
  int pop() {
    std::int64_t b = bottom_.load(std::memory_order_relaxed) - 1;
    bottom_.store(b, std::memory_order_seq_cst);
    std::int64_t t = top_.load(std::memory_order_seq_cst);
    if (t <= b) {
      int job = jobs_[b & 1023].load(std::memory_order_relaxed);
      if (t == b) {
        if (!top_.compare_exchange_strong(t, t + 1)) job = -1;
        bottom_.store(b + 1, std::memory_order_relaxed);
      }
      return job;
    }
    bottom_.store(b + 1, std::memory_order_relaxed);
    return -1;
  }
  int steal() {
    std::int64_t t = top_.load(std::memory_order_acquire);
    std::int64_t b = bottom_.load(std::memory_order_acquire);
    if (t >= b) return -1;
    int job = jobs_[t & 1023].load(std::memory_order_relaxed);
    return top_.compare_exchange_strong(t, t + 1) ? job : -1;
  }

 private:
  std::atomic<std::int64_t> top_{0};
  alignas(64)  // after
  std::atomic<std::int64_t> bottom_{0};
  alignas(64)  // after
  std::atomic<int> jobs_[1024];
};
int main() {
  WorkDeque deque;
  std::atomic<bool> stop{false};
  std::vector<std::thread> thieves;
  for (int i = 0; i < 3; ++i)
    thieves.emplace_back([&] { while (!stop) deque.steal(); });
  for (int round = 0; round < 100000; ++round) {
    deque.push(round);
    if (round % 3 == 0) deque.pop();
  }
  stop = true;
  for (auto& t : thieves) t.join();
}
