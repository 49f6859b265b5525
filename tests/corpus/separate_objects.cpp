// expect: silent
#include <thread>
struct Pair { long a = 0; long b = 0; };
Pair first;
char between[256];
Pair second;
int main() {
  std::thread x([] { for (int i = 0; i < 100000; ++i) first.a++; });
  std::thread y([] { for (int i = 0; i < 100000; ++i) second.b++; });
  x.join();
  y.join();
}
