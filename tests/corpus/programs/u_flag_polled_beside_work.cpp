// expect: warning of false-sharing flags: -pthread
#include <atomic>
#include <thread>
struct Control {
  std::atomic<bool> stop{false};
  alignas(64)  // after
  std::atomic<unsigned long> beats{0};
};
static Control control;
static void heart() {
  for (;;) control.beats.fetch_add(1, std::memory_order_relaxed);
}
static void work() {
  double x = 1;
  while (!control.stop.load(std::memory_order_relaxed)) x = x * 1.0001 + 1;
}
int main() {
  std::thread a(heart), b(work);
  b.join();
  a.join();
}
