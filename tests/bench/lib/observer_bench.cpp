// observer against weak_ptr. A second thread is alive.
#include <snug/observer.hpp>

#include <memory>

#include "bench/lib/bench.hpp"

namespace {
struct watched : snug::observable {
  long value = 1;
};
struct plain {
  long value = 1;
};
}  // namespace

static void get_observer(benchmark::State& state) {
  watched object;
  snug::observer<watched> seen = &object;
  for (auto _ : state) {
    benchmark::DoNotOptimize(seen);
    if (watched* p = seen.get()) benchmark::DoNotOptimize(p->value);
  }
}
static void lock_weak(benchmark::State& state) {
  const auto object = std::make_shared<plain>();
  std::weak_ptr<plain> seen = object;
  for (auto _ : state) {
    benchmark::DoNotOptimize(seen);
    if (const auto p = seen.lock()) benchmark::DoNotOptimize(p->value);
  }
}
SNUG_CASE("observer/get", get_observer, "weak_ptr::lock", lock_weak, "ours <= 0.5");

static void copy_observer(benchmark::State& state) {
  watched object;
  snug::observer<watched> seen = &object;
  for (auto _ : state) {
    auto copy = seen;
    benchmark::DoNotOptimize(copy);
  }
}
static void copy_weak(benchmark::State& state) {
  const auto object = std::make_shared<plain>();
  std::weak_ptr<plain> seen = object;
  for (auto _ : state) {
    auto copy = seen;
    benchmark::DoNotOptimize(copy);
  }
}
SNUG_CASE("observer/copy", copy_observer, "std::weak_ptr", copy_weak, "");

// The loser against a bare pointer: an object that is born, observed once and dies.
static void life_observed(benchmark::State& state) {
  for (auto _ : state) {
    watched object;
    snug::observer<watched> seen = &object;
    benchmark::DoNotOptimize(seen);
  }
}
static void life_pointer(benchmark::State& state) {
  for (auto _ : state) {
    plain object;
    plain* seen = &object;
    benchmark::DoNotOptimize(seen);
  }
}
SNUG_CASE("observer/life of an observed object (loses)", life_observed, "bare pointer",
          life_pointer, "");

SNUG_BENCH_MAIN();
