// expect: silent
#include <thread>
struct alignas(64) Totals { long read = 0; char pad_[56]; long written = 0; };
int main() {
  Totals totals;
  std::thread a([&] { for (int i = 0; i < 100000; ++i) totals.read++; });
  std::thread b([&] { for (int i = 0; i < 100000; ++i) totals.written++; });
  a.join();
  b.join();
}
