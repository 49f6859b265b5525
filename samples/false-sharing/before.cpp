// Two threads count in the same line: each write takes the line away from the other thread.
#include <atomic>
#include <cstdio>
#include <thread>

struct Totals {
  std::atomic<long> read{0};  // expect: false-sharing "'read' and 'written' of 'Totals'"
  std::atomic<long> written{0};
};

int main() {
  Totals totals;
  std::thread reader([&] {
    for (int i = 0; i < 100000; ++i) totals.read.fetch_add(1, std::memory_order_relaxed);
  });
  std::thread writer([&] {
    for (int i = 0; i < 100000; ++i) totals.written.fetch_add(2, std::memory_order_relaxed);
  });
  reader.join();
  writer.join();
  std::printf("%ld %ld\n", totals.read.load(), totals.written.load());
}
