// expect: warning
#include <atomic>
#include <thread>
std::atomic<long> requests;
std::atomic<long> replies;
int main() {
  std::thread a([] { for (int i = 0; i < 100000; ++i) requests++; });
  std::thread b([] { for (int i = 0; i < 100000; ++i) replies++; });  // flip
  a.join();
  b.join();  // flip
}
