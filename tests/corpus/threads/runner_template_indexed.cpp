// expect: warning
// The runner calls f(i) on thread i.
#include <thread>
#include <vector>
template <typename Fn>
static void run_on(int n, Fn fn) {
  std::vector<std::thread> ts;
  ts.reserve(n);
  for (int i = 0; i < n; ++i) ts.emplace_back([&fn, i] { fn(i); });
  for (auto& t : ts) t.join();
}
int main() {
  struct /*after: alignas(64)*/ Acc {
    double v = 0;
  };
  std::vector<Acc> acc(8);
  run_on(8, [&](int me) {
    for (int i = 0; i < 1000000; ++i) acc[me].v += i * 0.5;
  });
  return acc[0].v > 0;
}
