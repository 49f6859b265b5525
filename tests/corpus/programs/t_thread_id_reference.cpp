// expect: warning of false-sharing flags: -pthread
#include <array>
#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>
namespace metrics {
struct Metrics {  // before
struct alignas(64) Metrics {  // after
  std::uint64_t calls = 0;
  std::uint64_t nanos = 0;
};
inline std::array<Metrics, 128> all;
inline std::atomic<unsigned> next{0};
inline unsigned my_id() {
  thread_local const unsigned id = next.fetch_add(1, std::memory_order_relaxed);
  return id;
}
inline Metrics& mine() { return all[my_id() % all.size()]; }
}  // namespace metrics
void serve(int requests) {
  for (int i = 0; i < requests; ++i) {
    auto& m = metrics::mine();
    ++m.calls;
    m.nanos += static_cast<std::uint64_t>(i);
  }
}
int main() {
  std::vector<std::jthread> threads;
  for (unsigned i = 0; i < std::thread::hardware_concurrency(); ++i) threads.emplace_back(serve, 1 << 20);
}
