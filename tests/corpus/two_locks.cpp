// expect: warning
#include <mutex>
#include <thread>
struct SpinLock { void lock(); void unlock(); int state = 0; };
struct Two { SpinLock first; long a = 0; SpinLock second; long b = 0; };
void SpinLock::lock() { while (__sync_lock_test_and_set(&state, 1)) {} }
void SpinLock::unlock() { __sync_lock_release(&state); }
int main() {
  Two two;
  std::thread x([&] { for (int i = 0; i < 100000; ++i) { std::lock_guard<SpinLock> g(two.first); two.a++; } });
  std::thread y([&] { for (int i = 0; i < 100000; ++i) { std::lock_guard<SpinLock> g(two.second); two.b++; } });
  x.join();
  y.join();
}
