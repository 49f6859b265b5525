// expect: silent
#include <thread>
#include <vector>
struct Stats { long a = 0; long b = 0; };
thread_local Stats stats;
void up() { stats.a++; }
void down() { stats.b++; }
void work() { for (int i = 0; i < 100000; ++i) { up(); down(); } }
int main() {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) threads.emplace_back(work);
  for (auto& t : threads) t.join();
}
