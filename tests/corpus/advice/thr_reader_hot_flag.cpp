// expect: warning of false-sharing
#include <atomic>
#include <thread>
struct Control {
  std::atomic<bool> running{true};
  char gap[63];  // after
  std::atomic<long> ticks{0};
};
static Control ctl;
static void ticker() { for (int i = 0; i < 100000000; ++i) ctl.ticks.fetch_add(1, std::memory_order_relaxed); }
static void spinner() { while (ctl.running.load(std::memory_order_acquire)) {} }
int main() { std::thread a(ticker), b(spinner); a.join(); ctl.running = false; b.join(); }
