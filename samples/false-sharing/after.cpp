// Each counter has a line to itself: 128 bytes instead of 16, and no thread waits for the other.
#include <atomic>
#include <cstdio>
#include <thread>

#include <snug/padded.hpp>

struct Totals {
  snug::padded<std::atomic<long>> read;
  snug::padded<std::atomic<long>> written;
};
static_assert(sizeof(Totals) == 2 * snug::line);

int main() {
  Totals totals;
  std::thread reader([&] {
    for (int i = 0; i < 100000; ++i) totals.read->fetch_add(1, std::memory_order_relaxed);
  });
  std::thread writer([&] {
    for (int i = 0; i < 100000; ++i) totals.written->fetch_add(2, std::memory_order_relaxed);
  });
  reader.join();
  writer.join();
  std::printf("%ld %ld\n", totals.read->load(), totals.written->load());
}
