// expect: warning
#include <algorithm>
#include <atomic>
#include <execution>
#include <numeric>
#include <thread>
#include <vector>
struct /*after: alignas(64)*/ Part {
  long n = 0;
};
static thread_local int slot = -1;
static std::atomic<int> slots{0};
static Part parts[64];
int main() {
  std::vector<int> v(1 << 20);
  std::iota(v.begin(), v.end(), 0);
  std::for_each(std::execution::par, v.begin(), v.end(), [](int x) {
    if (slot < 0) slot = slots++;
    parts[slot].n += x;
  });
}
