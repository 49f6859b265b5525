// expect: silent
#include <thread>
struct Totals { long a = 0; long b = 0; };
Totals totals;
void test_a() {
  std::thread one([] { for (int i = 0; i < 100000; ++i) totals.a++; });
  std::thread two([] { for (int i = 0; i < 100000; ++i) (void)totals.a; });
  one.join();
  two.join();
}
void test_b() {
  std::thread one([] { for (int i = 0; i < 100000; ++i) totals.b++; });
  one.join();
}
