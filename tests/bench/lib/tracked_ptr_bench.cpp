// What counting costs, on and off, in one thread and in two.
#include <snug/tracked_ptr.hpp>

#include <atomic>
#include <vector>

#include "bench/lib/bench.hpp"

namespace {
struct record {
  long a = 0, b = 0, c = 0, d = 0;
};
// The obvious way: shared atomic counters.
std::atomic<long> reads_of_a;
}  // namespace

static void read_on(benchmark::State& state) {
  record r;
  record* p = &r;
  for (auto _ : state) {
    benchmark::DoNotOptimize(p);
    benchmark::DoNotOptimize(snug::basic_tracked_ptr<record, true>(p).read<&record::a>());
  }
}
static void read_shared_counter(benchmark::State& state) {
  record r;
  record* p = &r;
  for (auto _ : state) {
    benchmark::DoNotOptimize(p);
    reads_of_a.fetch_add(1, std::memory_order_relaxed);
    benchmark::DoNotOptimize(p->a);
  }
}
static void read_off(benchmark::State& state) {
  record r;
  record* p = &r;
  for (auto _ : state) {
    benchmark::DoNotOptimize(p);
    benchmark::DoNotOptimize(snug::basic_tracked_ptr<record, false>(p).read<&record::a>());
  }
}
static void read_plain(benchmark::State& state) {
  record r;
  record* p = &r;
  for (auto _ : state) {
    benchmark::DoNotOptimize(p);
    benchmark::DoNotOptimize(p->a);
  }
}
// Four fields in turn, as real code does: a counter is not waited for by the next access.
template <bool On>
static void read_four(benchmark::State& state) {
  record r;
  record* p = &r;
  for (auto _ : state) {
    benchmark::DoNotOptimize(p);
    const snug::basic_tracked_ptr<record, On> t = p;
    benchmark::DoNotOptimize(t.template read<&record::a>());
    benchmark::DoNotOptimize(t.template read<&record::b>());
    benchmark::DoNotOptimize(t.template read<&record::c>());
    benchmark::DoNotOptimize(t.template read<&record::d>());
  }
}
// One field of many records.
template <bool On>
static void read_walk(benchmark::State& state) {
  std::vector<record> all(1000);
  std::size_t at = 0;
  for (auto _ : state) {
    record* p = &all[at];
    at = at + 1 == all.size() ? 0 : at + 1;
    benchmark::DoNotOptimize(p);
    benchmark::DoNotOptimize(snug::basic_tracked_ptr<record, On>(p).template read<&record::a>());
  }
}
SNUG_CASE("tracked_ptr/four fields, on (loses)", read_four<true>, "off", read_four<false>, "");
SNUG_CASE("tracked_ptr/off", read_off, "plain pointer", read_plain, "insns <= 1.01");
SNUG_CASE("tracked_ptr/on", read_on, "shared atomic counter", read_shared_counter, "ns <= 1.5");
SNUG_CASE("tracked_ptr/on, two threads", read_on, "shared atomic counter", read_shared_counter,
          "ns <= 1.5", {.threads = 2});
SNUG_CASE("tracked_ptr/on, a field of 1000 records", read_walk<true>, "off", read_walk<false>,
          "ns <= 1.5");
SNUG_CASE("tracked_ptr/on (loses)", read_on, "plain pointer", read_plain, "");

SNUG_BENCH_MAIN();
