// expect: warning
// count - 1 - tid: still another one for each thread.
#include <array>
#include <thread>
#include <vector>
constexpr int kThreads = 8;
struct /*after: alignas(128)*/ Bin {
  unsigned long hits = 0;
};
static std::array<Bin, kThreads> bins;
int main() {
  std::vector<std::jthread> ts;
  for (int t = 0; t < kThreads; ++t) {
    ts.emplace_back([t] {
      for (int i = 0; i < 10000000; ++i) ++bins[kThreads - 1 - t].hits;
    });
  }
}
