// expect: warning
#include <memory>
#include <thread>
struct Pair { long a = 0; long b = 0; };
int main() {
  auto pair = std::make_shared<Pair>();
  std::thread x([pair] { for (int i = 0; i < 100000; ++i) pair->a++; });
  std::thread y([pair] { for (int i = 0; i < 100000; ++i) pair->b++; });
  x.join();
  y.join();
}
