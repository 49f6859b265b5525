// expect: note of false-sharing
#include <atomic>
#include <cstddef>
template <class T, std::size_t N> class SpscQueue {
  T buf_[N];
  std::atomic<std::size_t> read_{0};  // before
  std::atomic<std::size_t> write_{0};  // before
  alignas(128) std::atomic<std::size_t> read_{0};  // after
  alignas(128) std::atomic<std::size_t> write_{0};  // after
public:
  bool push(const T& v) { auto w = write_.load(std::memory_order_relaxed); auto n = (w + 1) % N; if (n == read_.load(std::memory_order_acquire)) return false; buf_[w] = v; write_.store(n, std::memory_order_release); return true; }
  bool pop(T& v) { auto r = read_.load(std::memory_order_relaxed); if (r == write_.load(std::memory_order_acquire)) return false; v = buf_[r]; read_.store((r + 1) % N, std::memory_order_release); return true; }
};
template class SpscQueue<int, 1024>;
