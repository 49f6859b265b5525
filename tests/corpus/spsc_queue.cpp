// expect: warning
#include <atomic>
#include <thread>
class Queue {
 public:
  bool push(int v) {
    const auto tail = tail_.load(std::memory_order_relaxed);
    if (tail - head_.load(std::memory_order_acquire) == 256) return false;
    slots_[tail % 256] = v;
    tail_.store(tail + 1, std::memory_order_release);
    return true;
  }
  bool pop(int& v) {
    const auto head = head_.load(std::memory_order_relaxed);
    if (head == tail_.load(std::memory_order_acquire)) return false;
    v = slots_[head % 256];
    head_.store(head + 1, std::memory_order_release);
    return true;
  }
 private:
  std::atomic<unsigned> head_{0};
  std::atomic<unsigned> tail_{0};
  int slots_[256];
};
int main() {
  Queue queue;
  std::thread producer([&] { for (int i = 0; i < 100000; ++i) while (!queue.push(i)) {} });
  std::thread consumer([&] { int v; for (int i = 0; i < 100000; ++i) while (!queue.pop(v)) {} });
  producer.join();
  consumer.join();
}
