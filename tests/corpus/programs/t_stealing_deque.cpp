// expect: warning of false-sharing flags: -pthread
#include <atomic>
#include <memory>
#include <thread>
#include <vector>
struct Deque {
  std::atomic<long> top{0};
  std::atomic<long> bottom{0};  // before
  alignas(64) std::atomic<long> bottom{0};  // after
  alignas(64) int items[1024];
  void push(int item) {
    long b = bottom.load(std::memory_order_relaxed);
    items[b % 1024] = item;
    bottom.store(b + 1, std::memory_order_release);
  }
  bool steal(int& item) {
    long t = top.load(std::memory_order_acquire);
    if (t >= bottom.load(std::memory_order_acquire)) return false;
    item = items[t % 1024];
    return top.compare_exchange_strong(t, t + 1);
  }
};
static std::vector<std::unique_ptr<Deque>> queues;
static std::atomic<bool> quit{false};
static void work(unsigned me) {
  Deque& own = *queues[me];
  while (!quit.load(std::memory_order_relaxed)) {
    for (int i = 0; i < 100; ++i) own.push(i);
    int item;
    for (unsigned other = 0; other < queues.size(); ++other) {
      if (other != me) queues[other]->steal(item);
    }
  }
}
int main() {
  for (int i = 0; i < 4; ++i) queues.push_back(std::make_unique<Deque>());
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < 4; ++i) threads.emplace_back(work, i);
  for (auto& t : threads) t.join();
}
