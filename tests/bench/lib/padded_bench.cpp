// Two threads, each with a counter of its own: on one line, and on two. And what padding costs one
// thread.
#include <snug/padded.hpp>

#include <sched.h>

#include <atomic>
#include <chrono>
#include <ctime>
#include <numeric>
#include <thread>
#include <vector>

#include "bench/lib/bench.hpp"

namespace {

struct bare {
  std::atomic<long> value;
  std::atomic<long>& operator*() { return value; }
};
// A counter that any thread may add to ...
struct locked_add {
  static void count(std::atomic<long>& n) { n.fetch_add(1, std::memory_order_relaxed); }
};
// ... and one that only its thread changes, while others may read it.
struct own_add {
  static void count(std::atomic<long>& n) {
    n.store(n.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  }
};

// Keeps the calling thread on one of the processors that the program may use, the first or the
// second; -> false when there is none.
bool stay_on(int which) {
  static const cpu_set_t usable = [] {
    cpu_set_t all;
    CPU_ZERO(&all);
    sched_getaffinity(0, sizeof all, &all);
    return all;
  }();
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(cpu, &usable) && which-- == 0) {
      cpu_set_t one;
      CPU_ZERO(&one);
      CPU_SET(cpu, &one);
      return sched_setaffinity(0, sizeof one, &one) == 0;
    }
  }
  return false;
}

// A second thread that counts as long as this object lives.
template <class Cell, class Add>
class two_counters {
 public:
  two_counters() : other_([this] { serve(); }) { stay_on(0); }
  two_counters(const two_counters&) = delete;
  two_counters& operator=(const two_counters&) = delete;
  ~two_counters() {
    stop_ = true;
    other_.join();
  }
  void count(long times) {
    for (long i = 0; i < times; ++i) Add::count(*cells_[0]);
  }
  // How far the other thread has counted.
  long other() { return (*cells_[1]).load(std::memory_order_relaxed); }

 private:
  void serve() {
    if (!stay_on(1)) return;
    while (!stop_.load(std::memory_order_relaxed)) {
      for (int i = 0; i < 64; ++i) Add::count(*cells_[1]);
    }
  }

  alignas(128) Cell cells_[2]{};
  alignas(128) std::atomic<bool> stop_{false};
  std::thread other_;
};

double processor_seconds() {
  std::timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// Only slices of 4000 counts count in which the other thread was running from the begin to the end:
// where it did not get a processor there is nothing to share.
template <class Cell, class Add>
void two_threads(benchmark::State& state) {
  constexpr long slice = 4000;
  two_counters<Cell, Add> counters;
  const auto begin = std::chrono::steady_clock::now();
  for (auto _ : state) {
    for (bool measured = false; !measured;) {
      const long at_first = counters.other();
      counters.count(slice / 4);
      const long before = counters.other();
      const double from = processor_seconds();
      counters.count(slice);
      const double to = processor_seconds();
      const long after = counters.other();
      counters.count(slice / 4);
      measured = before > at_first && after > before && counters.other() > after;
      if (measured) {
        state.SetIterationTime(to - from);
      } else if (std::chrono::steady_clock::now() - begin > std::chrono::seconds(20)) {
        state.SkipWithError("the two threads hardly ever ran at the same time");
        return;
      }
    }
  }
}

}  // namespace

using apart = snug::padded<std::atomic<long>>;
SNUG_CASE("padded/4000 fetch_adds, two threads", (two_threads<apart, locked_add>), "std::atomic",
          (two_threads<bare, locked_add>), "faster >= 4", {.slices = 500});
SNUG_CASE("padded/4000 counts of its own, two threads", (two_threads<apart, own_add>),
          "std::atomic", (two_threads<bare, own_add>), "faster >= 4", {.slices = 500});

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
