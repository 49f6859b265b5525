// expect: silent
#include <thread>
#include <vector>
struct Stats { long a = 0; long b = 0; };
void up(Stats& s) { s.a++; }
void down(Stats& s) { s.b++; }
void work() { Stats own; for (int i = 0; i < 100000; ++i) { up(own); down(own); } }
int main() {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) threads.emplace_back(work);
  for (auto& t : threads) t.join();
}
