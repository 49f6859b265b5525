// expect: warning
// base + tid * K, where the base comes from elsewhere.
#include <thread>
#include <vector>
static void worker(double* grid, int base, int tid) {
  for (int step = 0; step < 10000000; ++step) {
    grid[base + tid * 2/*after: 32*/] += step * 0.5;
    grid[base + tid * 2/*after: 32*/ + 1] += step * 0.25;
  }
}
int main(int argc, char**) {
  std::vector<double> grid(4096);
  const int base = argc * 3;
  std::vector<std::thread> ts;
  for (int t = 0; t < 6; ++t) ts.emplace_back([&grid, base, t] { worker(grid.data(), base, t); });
  for (auto& t : ts) t.join();
  return grid[0] > 1;
}
