// expect: silent of false-sharing flags: -pthread
#include <thread>
#include <vector>
constexpr int W = 1024, H = 768;
static std::vector<float> grid(W * H), next(W * H);
void relax(int from, int to) {
  for (int y = from; y < to; ++y)
    for (int x = 1; x + 1 < W; ++x)
      next[y * W + x] = 0.5f * (grid[y * W + x - 1] + grid[y * W + x + 1]);
}
int main() {
  std::vector<std::thread> team;
  const int rows = H / 8;
  for (int i = 0; i < 8; ++i) team.emplace_back(relax, i * rows, (i + 1) * rows);
  for (auto& t : team) t.join();
}
