// expect: silent
#include <thread>
#include <vector>
constexpr int kBlock = 4096;
static void fill(std::vector<int>& out, int me) {
  for (int i = 0; i < kBlock; ++i) out[me * kBlock + i] = i;
}
int main() {
  std::vector<int> out(8 * kBlock);
  std::vector<std::thread> ts;
  for (int t = 0; t < 8; ++t) ts.emplace_back(fill, std::ref(out), t);
  for (auto& t : ts) t.join();
}
