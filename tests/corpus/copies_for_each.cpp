// expect: silent
#include <thread>
struct Pair { long a = 0; long b = 0; };
int main() {
  Pair pair;
  std::thread x([pair]() mutable { for (int i = 0; i < 100000; ++i) pair.a++; });
  std::thread y([pair]() mutable { for (int i = 0; i < 100000; ++i) pair.b++; });
  x.join();
  y.join();
}
