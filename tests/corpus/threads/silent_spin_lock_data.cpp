// expect: silent
#include <atomic>
#include <thread>
#include <vector>
struct Guarded {
  std::atomic<bool> busy{false};
  long value = 0;
  void add(long v) {
    while (busy.exchange(true, std::memory_order_acquire)) {
    }
    value += v;
    busy.store(false, std::memory_order_release);
  }
};
static Guarded g;
int main() {
  std::vector<std::jthread> ts;
  for (int i = 0; i < 4; ++i) ts.emplace_back([] { for (int k = 0; k < 100000; ++k) g.add(k); });
}
