// expect: silent
#include <atomic>
#include <thread>
struct State { std::atomic<bool> started{false}; std::atomic<bool> finished{false}; };
int main() {
  State state;
  std::thread a([&] { state.started = true; });
  std::thread b([&] { state.finished = true; });
  a.join();
  b.join();
}
