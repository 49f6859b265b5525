// expect: silent
#include <future>
struct Sums { double even = 0; double odd = 0; };
int main() {
  Sums sums;
  auto a = std::async(std::launch::deferred, [&] { for (int i = 0; i < 100000; i += 2) sums.even += i; });
  auto b = std::async(std::launch::deferred, [&] { for (int i = 1; i < 100000; i += 2) sums.odd += i; });
  a.get();
  b.get();
}
