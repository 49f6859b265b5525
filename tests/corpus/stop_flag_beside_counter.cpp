// expect: warning
#include <atomic>
#include <thread>
struct Control { std::atomic<bool> stop{false}; std::atomic<long> ticks{0}; };
int main() {
  Control control;
  std::thread ticker([&] { for (int i = 0; i < 10000000; ++i) control.ticks.fetch_add(1); });
  std::thread poller([&] { while (!control.stop.load()) {} });
  ticker.join();
  control.stop = true;
  poller.join();
}
