// Project: folly, commit a9d90ea14f (#378).
// Mend: padding before the constants, each index aligned to 128 bytes, padding after the last.
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <thread>
#include <utility>

template <class T>
struct ProducerConsumerQueue {
  explicit ProducerConsumerQueue(std::uint32_t size)
      : size_(size), records_(static_cast<T*>(std::malloc(sizeof(T) * size))) {}
  ~ProducerConsumerQueue() { std::free(records_); }

  template <class... Args>
  bool write(Args&&... args) {
    const unsigned current = write_index_.load(std::memory_order_relaxed);
    unsigned next = current + 1;
    if (next == size_) next = 0;
    if (next == read_index_.load(std::memory_order_acquire)) return false;
    new (&records_[current]) T(std::forward<Args>(args)...);
    write_index_.store(next, std::memory_order_release);
    return true;
  }

  bool read(T& record) {
    const unsigned current = read_index_.load(std::memory_order_relaxed);
    if (current == write_index_.load(std::memory_order_acquire)) return false;
    unsigned next = current + 1;
    if (next == size_) next = 0;
    record = std::move(records_[current]);
    read_index_.store(next, std::memory_order_release);
    return true;
  }

 private:
  char pad0_[128];
  const std::uint32_t size_;
  T* const records_;
  alignas(128) std::atomic<unsigned> read_index_{0};
  alignas(128) std::atomic<unsigned> write_index_{0};
  char pad1_[128 - sizeof(write_index_)];
};

struct ThroughputTest {
  ThroughputTest(std::uint32_t size, int rounds) : queue(size), iterations(rounds) {}

  void producer() {
    for (int i = 0; i < iterations; ++i)
      while (!queue.write(i)) {
      }
  }
  void consumer() {
    for (int i = 0; i < iterations; ++i) {
      int item = 0;
      while (!queue.read(item)) {
      }
    }
  }

  ProducerConsumerQueue<int> queue;
  const int iterations;
};

int main() {
  ThroughputTest test(1024, 1000000);
  std::thread producer([&] { test.producer(); });
  std::thread consumer([&] { test.consumer(); });
  producer.join();
  consumer.join();
}
