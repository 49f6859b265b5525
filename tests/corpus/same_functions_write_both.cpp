// expect: silent
#include <thread>
#include <vector>
struct Point { long x = 0; long y = 0; };
void move(Point& p) { for (int i = 0; i < 100000; ++i) { p.x++; p.y++; } }
int main() {
  Point p;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) threads.emplace_back(move, std::ref(p));
  for (auto& t : threads) t.join();
}
