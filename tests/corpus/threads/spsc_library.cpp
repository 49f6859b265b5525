// expect: note
#include <atomic>
#include <cstddef>
class Fifo {
 public:
  bool push(int v);
  bool pop(int& v);
 private:
  std::atomic<std::size_t> write_{0};
  /*after: alignas(64)*/ std::atomic<std::size_t> read_{0};
  int data_[256];
};
bool Fifo::push(int v) {
  const std::size_t w = write_.load(std::memory_order_relaxed);
  if (w - read_.load(std::memory_order_acquire) == 256) return false;
  data_[w & 255] = v;
  write_.store(w + 1, std::memory_order_release);
  return true;
}
bool Fifo::pop(int& v) {
  const std::size_t r = read_.load(std::memory_order_relaxed);
  if (r == write_.load(std::memory_order_acquire)) return false;
  v = data_[r & 255];
  read_.store(r + 1, std::memory_order_release);
  return true;
}
Fifo shared_fifo;
