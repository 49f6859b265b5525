// expect: silent
#include <thread>
struct Totals { long a = 0; long b = 0; };
int main() {
  Totals totals;
  std::thread x([&] { for (int i = 0; i < 100000; ++i) totals.a++; });
  x.join();  // flip
  std::thread y([&] { for (int i = 0; i < 100000; ++i) totals.b++; });
  y.join();
}
