// expect: silent
#include <thread>
#include <vector>
struct Config { int width = 3; int height = 4; };
int main() {
  Config c;
  std::vector<std::thread> ts;
  for (int i = 0; i < 4; ++i)
    ts.emplace_back([&c] { volatile long s = 0; for (int k = 0; k < 1000000; ++k) s = s + c.width * c.height; });
  for (auto& t : ts) t.join();
}
