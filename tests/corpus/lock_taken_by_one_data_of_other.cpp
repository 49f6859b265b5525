// expect: warning
#include <mutex>
#include <thread>
struct Mixed { std::mutex mutex; long guarded = 0; long free_running = 0; };
int main() {
  Mixed mixed;
  std::thread x([&] { for (int i = 0; i < 100000; ++i) { std::lock_guard<std::mutex> g(mixed.mutex); mixed.guarded++; } });
  std::thread y([&] { for (int i = 0; i < 100000; ++i) mixed.free_running++; });
  x.join();
  y.join();
}
