// expect: silent
// Work is handed out one item at a time: each element is stored once, after long work; no thread owns neighbours for long.
#include <atomic>
#include <cmath>
#include <cstddef>
#include <thread>
#include <vector>

int main() {
  const std::vector<double> in(100000, 2.0);
  std::vector<double> out(in.size());
  std::atomic<std::size_t> next{0};
  std::vector<std::thread> workers;
  for (int t = 0; t < 8; ++t) {
    workers.emplace_back([&] {
      for (;;) {
        const std::size_t i = next.fetch_add(1, std::memory_order_relaxed);
        if (i >= in.size()) break;
        double x = in[i];
        for (int k = 0; k < 1000; ++k) x = std::sqrt(x + k);
        out[i] = x;
      }
    });
  }
  for (auto& worker : workers) worker.join();
  return out[0] == 0;
}
