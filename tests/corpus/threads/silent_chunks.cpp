// expect: silent
#include <algorithm>
#include <thread>
#include <vector>
static void scale(std::vector<float>& v, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) v[i] *= 2;
}
int main() {
  std::vector<float> v(1 << 20);
  const std::size_t n = 8, chunk = v.size() / n;
  std::vector<std::thread> ts;
  for (std::size_t t = 0; t < n; ++t)
    ts.emplace_back(scale, std::ref(v), t * chunk, std::min(v.size(), (t + 1) * chunk));
  for (auto& t : ts) t.join();
}
