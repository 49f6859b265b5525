// expect: silent
#include <thread>
#include <vector>
struct Counts { long a = 0; long b = 0; };
static Counts counts;
static void one() { for (int i = 0; i < 100000; ++i) ++counts.a; }
static void two() { for (int i = 0; i < 100000; ++i) ++counts.b; }
int main() {
  std::vector<std::thread> ts;
  ts.emplace_back(one);
  ts.back().join();
  ts.clear();
  ts.emplace_back(two);
  ts.back().join();
}
