// expect: silent
#include <atomic>
#include <thread>
std::atomic<long> requests;
char buffer[4096];
std::atomic<long> replies;
int main() {
  std::thread a([] { for (int i = 0; i < 100000; ++i) requests++; });
  std::thread b([] { for (int i = 0; i < 100000; ++i) replies++; });
  a.join();
  b.join();
}
