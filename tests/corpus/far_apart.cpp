// expect: silent
#include <thread>
struct Far { long a = 0; char buffer[4096]; long b = 0; };
Far far_apart;
int main() {
  std::thread x([] { for (int i = 0; i < 100000; ++i) far_apart.a++; });
  std::thread y([] { for (int i = 0; i < 100000; ++i) far_apart.b++; });
  x.join();
  y.join();
}
