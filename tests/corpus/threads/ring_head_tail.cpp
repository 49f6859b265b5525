// expect: warning
#include <atomic>
#include <cstddef>
#include <thread>
template <class T, std::size_t N>
class Ring {
 public:
  bool put(T v) {
    const std::size_t h = head_.load(std::memory_order_relaxed);
    if (h - tail_.load(std::memory_order_acquire) == N) return false;
    data_[h % N] = v;
    head_.store(h + 1, std::memory_order_release);
    return true;
  }
  bool take(T& v) {
    const std::size_t t = tail_.load(std::memory_order_relaxed);
    if (t == head_.load(std::memory_order_acquire)) return false;
    v = data_[t % N];
    tail_.store(t + 1, std::memory_order_release);
    return true;
  }
 private:
  T data_[N];
  /*after: alignas(64)*/ std::atomic<std::size_t> head_{0};
  /*after: alignas(64)*/ std::atomic<std::size_t> tail_{0};
};
int main() {
  static Ring<int, 1024> ring;
  std::thread producer([] {
    for (int i = 0; i < 1000000;) {
      if (ring.put(i)) ++i;
    }
  });
  std::thread consumer([] {
    int v = 0;
    for (int i = 0; i < 1000000;) {
      if (ring.take(v)) ++i;
    }
  });
  producer.join();
  consumer.join();
}
