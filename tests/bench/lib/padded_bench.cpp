// Two threads, each with a counter of its own: on one line, and on two. And what padding costs one
// thread.
#include <snug/padded.hpp>

#include <atomic>
#include <numeric>
#include <thread>
#include <vector>

#include "bench/lib/bench.hpp"

namespace {

struct bare {
  std::atomic<long> value;
  std::atomic<long>& operator*() { return value; }
};

// A second thread that counts at the same time, in slices: each begins when both run, so that the
// figure is that of two running threads also where other programs take processors away in between.
template <class Cell>
class two_counters {
 public:
  static constexpr long slice = 10000;

  two_counters() : other_([this] { serve(); }) {}
  two_counters(const two_counters&) = delete;
  two_counters& operator=(const two_counters&) = delete;
  ~two_counters() {
    asked_ = -1;
    other_.join();
  }

  // Returns when the other thread runs and waits for go().
  void meet() {
    asked_.store(++round_, std::memory_order_release);
    while (ready_.load(std::memory_order_acquire) != round_) std::this_thread::yield();
  }
  void go() {
    *go_ = round_;
    count(0);
  }

 private:
  void count(int which) {
    for (long i = 0; i < slice; ++i) (*cells_[which]).fetch_add(1, std::memory_order_relaxed);
  }
  void serve() {
    for (long round = 0;;) {
      const long asked = asked_.load(std::memory_order_acquire);
      if (asked < 0) return;
      if (asked == round) {
        std::this_thread::yield();
        continue;
      }
      round = asked;
      ready_.store(round, std::memory_order_release);
      while (*go_ != round) {
      }
      count(1);
    }
  }

  alignas(64) Cell cells_[2]{};
  alignas(64) std::atomic<long> asked_{0};
  alignas(64) std::atomic<long> ready_{0};
  alignas(64) struct {
    std::atomic<long> value{0};
    std::atomic<long>& operator*() { return value; }
  } go_;
  long round_ = 0;
  std::thread other_;
};

template <class Cell>
void two_threads(benchmark::State& state) {
  two_counters<Cell> counters;
  for (auto _ : state) {
    state.PauseTiming();
    counters.meet();
    state.ResumeTiming();
    counters.go();
  }
}

}  // namespace

static void unpadded_counters(benchmark::State& state) {
  two_threads<bare>(state);
}
static void padded_counters(benchmark::State& state) {
  two_threads<snug::padded<std::atomic<long>>>(state);
}
SNUG_CASE("padded/10000 counts, two threads", padded_counters, "std::atomic", unpadded_counters,
          "faster >= 4");

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
