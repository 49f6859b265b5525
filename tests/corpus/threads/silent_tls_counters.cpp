// expect: silent
#include <thread>
#include <vector>
static thread_local long seen, kept;
static void scan() { for (int i = 0; i < 1000000; ++i) { ++seen; if (i & 1) ++kept; } }
int main() {
  std::vector<std::thread> ts;
  for (int i = 0; i < 4; ++i) ts.emplace_back(scan);
  for (auto& t : ts) t.join();
}
