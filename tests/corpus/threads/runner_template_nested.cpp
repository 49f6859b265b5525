// expect: warning
// A template that calls a template: the closure lies two frames up.
#include <cstddef>
#include <thread>
#include <vector>
namespace par {
template <class F>
void spawn_all(std::size_t n, const F& f) {
  std::vector<std::jthread> ts;
  for (std::size_t i = 0; i < n; ++i) ts.emplace_back([&f, i] { f(i); });
}
template <class F>
void for_chunks(std::size_t total, std::size_t n, const F& f) {
  spawn_all(n, [&](std::size_t who) {
    const std::size_t step = total / n;
    for (std::size_t k = who * step; k < (who + 1) * step; ++k) f(who, k);
  });
}
}  // namespace par
std::size_t count_odd(const std::vector<int>& v) {
  struct /*after: alignas(64)*/ Odd {
    std::size_t n = 0;
  };
  std::vector<Odd> odd(8);
  par::for_chunks(v.size(), 8, [&](std::size_t who, std::size_t k) {
    if (v[k] & 1) ++odd[who].n;
  });
  return odd[0].n;
}
int main() { return count_odd(std::vector<int>(1 << 20, 3)) == 0; }
