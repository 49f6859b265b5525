// expect: warning
#include <atomic>
#include <thread>
#include <vector>
struct TicketLock {
  /*after: alignas(64)*/ std::atomic<unsigned> next{0};
  /*after: alignas(64)*/ std::atomic<unsigned> serving{0};
  void lock() {
    const unsigned mine = next.fetch_add(1, std::memory_order_relaxed);
    while (serving.load(std::memory_order_acquire) != mine) {
    }
  }
  void unlock() { serving.store(serving.load(std::memory_order_relaxed) + 1, std::memory_order_release); }
};
static TicketLock lock_;
static long protected_by_lock;
static void work() {
  for (int i = 0; i < 1000000; ++i) {
    lock_.lock();
    ++protected_by_lock;
    lock_.unlock();
  }
}
int main() {
  std::vector<std::jthread> ts;
  for (int i = 0; i < 4; ++i) ts.emplace_back(work);
}
