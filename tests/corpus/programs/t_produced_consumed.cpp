// expect: warning of false-sharing flags: -pthread
#include <atomic>
#include <thread>
struct Progress {
  std::atomic<long> produced{0};
  std::atomic<long> consumed{0};  // before
  alignas(64) std::atomic<long> consumed{0};  // after
};
int main() {
  Progress progress;
  std::thread consumer([&progress] {
    while (progress.consumed.load(std::memory_order_relaxed) < 10000000) {
      if (progress.consumed.load(std::memory_order_relaxed) < progress.produced.load(std::memory_order_acquire))
        progress.consumed.fetch_add(1, std::memory_order_release);
    }
  });
  for (long i = 0; i < 10000000; ++i) progress.produced.fetch_add(1, std::memory_order_release);
  consumer.join();
}
