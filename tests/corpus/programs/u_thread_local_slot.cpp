// expect: warning of false-sharing flags: -pthread
#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>
struct Cell {
  alignas(64)  // after
  std::atomic<std::uint64_t> value{0};
};
static Cell cells[64];
static std::atomic<unsigned> next_slot{0};
static unsigned my_slot() {
  thread_local unsigned slot = next_slot.fetch_add(1) % 64;
  return slot;
}
void count_event() { cells[my_slot()].value.fetch_add(1, std::memory_order_relaxed); }
int main() {
  std::vector<std::thread> ts;
  for (int i = 0; i < 16; ++i)
    ts.emplace_back([] {
      for (int k = 0; k < 10000000; ++k) count_event();
    });
  for (auto& t : ts) t.join();
}
