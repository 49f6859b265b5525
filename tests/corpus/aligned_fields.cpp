// expect: silent
#include <atomic>
#include <thread>
struct Totals { alignas(64) std::atomic<long> read{0}; alignas(64) std::atomic<long> written{0}; };
int main() {
  Totals totals;
  std::thread a([&] { for (int i = 0; i < 100000; ++i) totals.read++; });
  std::thread b([&] { for (int i = 0; i < 100000; ++i) totals.written++; });
  a.join();
  b.join();
}
