// expect: warning
#include <atomic>
#include <thread>
struct Totals { std::atomic<long> read{0}; std::atomic<long> written{0}; };
int main() {
  Totals totals;
  std::thread a([&] { for (int i = 0; i < 100000; ++i) totals.read++; });
  std::thread b([&] { for (int i = 0; i < 100000; ++i) totals.written++; });  // flip
  a.join();
  b.join();  // flip
}
