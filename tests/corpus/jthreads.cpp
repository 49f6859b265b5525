// expect: warning
#include <thread>
struct Two { long a = 0; long b = 0; };
int main() {
  Two two;
  std::jthread first([&] { for (int i = 0; i < 100000; ++i) two.a++; });
  std::jthread second([&] { for (int i = 0; i < 100000; ++i) two.b++; });
}
