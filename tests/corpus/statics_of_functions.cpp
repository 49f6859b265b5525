// expect: silent
#include <thread>
inline long& opened() { static long count = 0; return count; }
inline long& closed() { static long count = 0; return count; }
int main() {
  std::thread a([] { for (int i = 0; i < 100000; ++i) opened()++; });
  std::thread b([] { for (int i = 0; i < 100000; ++i) closed()++; });
  a.join();
  b.join();
}
