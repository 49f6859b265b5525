// expect: warning of false-sharing flags: -pthread
#include <atomic>
#include <thread>
#include <vector>
struct Slot {
  std::atomic<bool> taken{false};
  std::atomic<unsigned long> allocations{0};
};  // before
} __attribute__((aligned(128)));  // after
class Registry {
 public:
  Slot* claim() {
    for (Slot& slot : slots_) {
      bool free = false;
      if (slot.taken.compare_exchange_strong(free, true)) return &slot;
    }
    return nullptr;
  }

 private:
  Slot slots_[64];
};
static Registry registry;
static void count_allocation() {
  static thread_local Slot* mine = registry.claim();
  mine->allocations.fetch_add(1, std::memory_order_relaxed);
}
int main() {
  std::vector<std::jthread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([] { for (int n = 0; n < 1000000; ++n) count_allocation(); });
  }
}
