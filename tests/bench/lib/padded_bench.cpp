// Two threads, each with a counter of its own: on one line, and on two. And what padding costs one thread.
#include <snug/padded.hpp>

#include <atomic>
#include <numeric>
#include <vector>

#include "bench/lib/bench.hpp"

template <class Cell>
static void two_threads(benchmark::State& state) {
  static Cell counters[2];
  auto& mine = *counters[state.thread_index()];
  for (auto _ : state) mine.fetch_add(1, std::memory_order_relaxed);
}

namespace {
struct bare {
  std::atomic<long> value;
  std::atomic<long>& operator*() { return value; }
};
}  // namespace

static void unpadded_counters(benchmark::State& state) { two_threads<bare>(state); }
static void padded_counters(benchmark::State& state) { two_threads<snug::padded<std::atomic<long>>>(state); }
SNUG_CASE("padded/counters, two threads", padded_counters, "std::atomic", unpadded_counters, "faster >= 4",
          {.threads = 2});
// The loser: one thread that walks over many entries reads eight times as many lines.
static void scan_padded(benchmark::State& state) {
  std::vector<snug::padded<long>> v(1 << 16);
  for (auto _ : state) {
    long sum = 0;
    for (const auto& one : v) sum += *one;
    benchmark::DoNotOptimize(sum);
  }
}
static void scan_plain(benchmark::State& state) {
  std::vector<long> v(1 << 16);
  for (auto _ : state) benchmark::DoNotOptimize(std::accumulate(v.begin(), v.end(), 0L));
}
SNUG_CASE("padded/scan, one thread (loses)", scan_padded, "std::vector<long>", scan_plain, "");

SNUG_BENCH_MAIN();
