// expect: warning
// The thread takes its ticket once, in front of its loop.
#include <atomic>
#include <functional>
#include <thread>
#include <vector>
struct /*after: alignas(64)*/ Sum {
  long v = 0;
};
struct Shared {
  std::atomic<unsigned> arrivals{0};
  std::vector<Sum> sums;
};
static void run(Shared& s) {
  const unsigned me = s.arrivals.fetch_add(1);
  for (int i = 0; i < 100000000; ++i) s.sums[me].v += i;
}
int main() {
  Shared s;
  s.sums.resize(8);
  std::vector<std::thread> ts;
  for (int i = 0; i < 8; ++i) ts.emplace_back(run, std::ref(s));
  for (auto& t : ts) t.join();
}
