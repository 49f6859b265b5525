// expect: warning
#include <atomic>
#include <thread>
namespace stats {
std::atomic<unsigned long> hits{0};
/*after: alignas(64)*/ std::atomic<unsigned long> misses{0};
}  // namespace stats
int main() {
  std::thread hit([] {
    for (int i = 0; i < 10000000; ++i) stats::hits++;
  });
  std::thread miss([] {
    for (int i = 0; i < 10000000; ++i) stats::misses++;
  });
  hit.join();
  miss.join();
}
