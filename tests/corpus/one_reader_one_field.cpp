// expect: silent
#include <atomic>
#include <thread>
struct Flag { std::atomic<long> value{0}; };
int main() {
  Flag flag;
  std::thread a([&] { for (int i = 0; i < 100000; ++i) flag.value++; });
  long sum = 0;
  for (int i = 0; i < 100000; ++i) sum += flag.value;
  a.join();
  return static_cast<int>(sum & 1);
}
