// expect: warning of false-sharing flags: -pthread
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>
template <class T, std::size_t N>
class Ring {
 public:
  bool push(const T& value) {
    auto at = head_.load(std::memory_order_relaxed);
    do {
      if (at - tail_.load(std::memory_order_acquire) >= N) return false;
    } while (!head_.compare_exchange_weak(at, at + 1));
    slots_[at % N] = value;
    return true;
  }
  bool pop(T& value) {
    auto at = tail_.load(std::memory_order_relaxed);
    do {
      if (at == head_.load(std::memory_order_acquire)) return false;
    } while (!tail_.compare_exchange_weak(at, at + 1));
    value = slots_[at % N];
    return true;
  }

 private:
  std::atomic<std::size_t> head_{0};  // before
  std::atomic<std::size_t> tail_{0};  // before
  alignas(64) std::atomic<std::size_t> head_{0};  // after
  alignas(64) std::atomic<std::size_t> tail_{0};  // after
  alignas(64) T slots_[N];
};
int main() {
  Ring<int, 1024> ring;
  std::vector<std::thread> threads;
  for (int p = 0; p < 2; ++p)
    threads.emplace_back([&ring] { for (int i = 0; i < 1000000; ++i) while (!ring.push(i)) {} });
  for (int c = 0; c < 2; ++c)
    threads.emplace_back([&ring] { int v; for (int i = 0; i < 1000000; ++i) while (!ring.pop(v)) {} });
  for (auto& t : threads) t.join();
}
