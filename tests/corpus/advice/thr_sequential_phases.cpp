// expect: silent of false-sharing
#include <thread>
struct Phase { long loaded = 0, built = 0; };
int main() {
  Phase p;
  std::thread a([&] { for (int i = 0; i < 1000; ++i) p.loaded++; });
  a.join();
  std::thread b([&] { for (int i = 0; i < 1000; ++i) p.built++; });
  b.join();
}
