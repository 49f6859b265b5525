// expect: warning of false-sharing flags: -pthread
#include <array>
#include <atomic>
#include <thread>
template <class T, std::size_t N>
class SpscRing {
 public:
  bool try_push(const T& v) {
    const auto tail = tail_.load(std::memory_order_relaxed);
    const auto next = (tail + 1) % N;
    if (next == head_.load(std::memory_order_acquire)) return false;
    data_[tail] = v;
    tail_.store(next, std::memory_order_release);
    return true;
  }
  bool try_pop(T& v) {
    const auto head = head_.load(std::memory_order_relaxed);
    if (head == tail_.load(std::memory_order_acquire)) return false;
    v = data_[head];
    head_.store((head + 1) % N, std::memory_order_release);
    return true;
  }

 private:
  std::array<T, N> data_{};
  alignas(64)  // after
  std::atomic<std::size_t> head_{0};
  alignas(64)  // after
  std::atomic<std::size_t> tail_{0};
};
int main() {
  static SpscRing<int, 512> ring;
  std::thread producer([] { for (int i = 0; i < 1'000'000;) if (ring.try_push(i)) ++i; });
  std::thread consumer([] {
    int v;
    for (int n = 0; n < 1'000'000;) if (ring.try_pop(v)) ++n;
  });
  producer.join();
  consumer.join();
}
