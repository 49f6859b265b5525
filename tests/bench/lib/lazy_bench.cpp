// Asking for a value that is there: lazy against a flag, sync_lazy against call_once and a static
// in a function.
#include <snug/lazy.hpp>

#include <mutex>

#include "bench/lib/bench.hpp"

namespace {
long make() {
  long value = 42;
  benchmark::DoNotOptimize(value);
  return value;
}
struct guarded {
  std::once_flag once;
  long value = 0;
  long& get() {
    std::call_once(once, [this] { value = make(); });
    return value;
  }
};
struct flagged {
  bool there = false;
  long value = 0;
  long& get() {
    if (!there) {
      value = make();
      there = true;
    }
    return value;
  }
};
}  // namespace

template <class Get>
static void ask(benchmark::State& state, Get get) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(get());
    benchmark::ClobberMemory();
  }
}
static void ask_sync(benchmark::State& state) {
  static snug::sync_lazy<long> value;
  auto* p = &value;
  benchmark::DoNotOptimize(p);
  ask(state, [p]() -> long& { return p->get(make); });
}
static void ask_call_once(benchmark::State& state) {
  static guarded value;
  auto* p = &value;
  benchmark::DoNotOptimize(p);
  ask(state, [p]() -> long& { return p->get(); });
}
static void ask_static(benchmark::State& state) {
  ask(state, []() -> long& {
    static long value = make();
    return value;
  });
}
static void ask_lazy(benchmark::State& state) {
  snug::lazy<long> value;
  auto* p = &value;
  benchmark::DoNotOptimize(p);
  ask(state, [p]() -> long& { return p->get(make); });
}
static void ask_flag(benchmark::State& state) {
  flagged value;
  auto* p = &value;
  benchmark::DoNotOptimize(p);
  ask(state, [p]() -> long& { return p->get(); });
}
SNUG_CASE("lazy/sync hit", ask_sync, "std::call_once", ask_call_once, "faster >= 3");
SNUG_CASE("lazy/sync hit, two threads", ask_sync, "std::call_once", ask_call_once, "faster >= 3",
          {.threads = 2});
SNUG_CASE("lazy/sync hit vs static", ask_sync, "static in a function", ask_static, "ours <= 1.1");
SNUG_CASE("lazy/hit", ask_lazy, "bool + member", ask_flag, "insns <= 1.05");

// The loser: a value that is made each time.
static void make_lazy(benchmark::State& state) {
  for (auto _ : state) {
    snug::sync_lazy<long> value;
    benchmark::DoNotOptimize(value.get(make));
  }
}
static void make_plain(benchmark::State& state) {
  for (auto _ : state) {
    long value = make();
    benchmark::DoNotOptimize(value);
  }
}
SNUG_CASE("lazy/first use (loses)", make_lazy, "plain member", make_plain, "");

SNUG_BENCH_MAIN();
