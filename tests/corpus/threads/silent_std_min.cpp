// expect: silent
#include <algorithm>
#include <thread>
#include <vector>
static double clampit(double x, double limit) { return std::min(x, limit) + std::max(limit, 0.5); }
int main() {
  std::vector<std::thread> ts;
  for (int i = 0; i < 4; ++i)
    ts.emplace_back([i] { volatile double s = 0; for (int k = 0; k < 1000; ++k) s = s + clampit(k, i); });
  for (auto& t : ts) t.join();
}
