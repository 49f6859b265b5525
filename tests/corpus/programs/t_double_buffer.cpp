// expect: silent of false-sharing flags: -pthread
#include <mutex>
#include <thread>
#include <utility>
struct Buffers {
  std::mutex lock;
  int front = 0;
  int back = 0;
  long swaps = 0;
};
int main() {
  Buffers b;
  std::thread render([&] { for (int i = 0; i < 1000; ++i) { std::lock_guard g(b.lock); std::swap(b.front, b.back); b.swaps++; } });
  std::thread update([&] { for (int i = 0; i < 1000; ++i) { std::lock_guard g(b.lock); b.back = i; } });
  render.join();
  update.join();
}
