// expect: silent of false-sharing flags: -pthread
#include <thread>
#include <vector>
struct Build { long compiled = 0; long linked = 0; };
static void compile(Build& b) { for (int i = 0; i < 100000; ++i) b.compiled += i & 1; }
static void link_all(Build& b) { for (int i = 0; i < 100000; ++i) b.linked += i & 1; }
int main() {
  Build b;
  std::thread first(compile, std::ref(b));
  first.join();
  std::thread second(link_all, std::ref(b));
  second.join();
}
