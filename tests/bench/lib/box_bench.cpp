// box against unique_ptr: the price of deep copies and of none.
#include <snug/box.hpp>

#include <array>
#include <memory>
#include <vector>

#include "bench/lib/bench.hpp"

using payload = std::array<long, 32>;

static void assign_box(benchmark::State& state) {
  snug::box<payload> a, b;
  for (auto _ : state) {
    benchmark::DoNotOptimize(&*b);
    a = b;
    benchmark::DoNotOptimize(&*a);
  }
}
static void assign_unique(benchmark::State& state) {
  auto a = std::make_unique<payload>(), b = std::make_unique<payload>();
  for (auto _ : state) {
    benchmark::DoNotOptimize(b.get());
    a = std::make_unique<payload>(*b);
    benchmark::DoNotOptimize(a.get());
  }
}
SNUG_CASE("box/copy-assign 256 bytes", assign_box, "unique_ptr + new copy", assign_unique, "");

static void read_box(benchmark::State& state) {
  std::vector<snug::box<long>> v;
  for (long i = 0; i < 1000; ++i) v.emplace_back(i);
  for (auto _ : state) {
    long sum = 0;
    for (const auto& one : v) sum += *one;
    benchmark::DoNotOptimize(sum);
  }
}
static void read_unique(benchmark::State& state) {
  std::vector<std::unique_ptr<long>> v;
  for (long i = 0; i < 1000; ++i) v.push_back(std::make_unique<long>(i));
  for (auto _ : state) {
    long sum = 0;
    for (const auto& one : v) sum += *one;
    benchmark::DoNotOptimize(sum);
  }
}
SNUG_CASE("box/read", read_box, "std::unique_ptr", read_unique, "insns <= 1.05");

static void grow_box(benchmark::State& state) {
  for (auto _ : state) {
    std::vector<snug::box<long>> v;
    for (long i = 0; i < 1000; ++i) v.emplace_back(i);
    benchmark::DoNotOptimize(v.data());
  }
}
static void grow_unique(benchmark::State& state) {
  for (auto _ : state) {
    std::vector<std::unique_ptr<long>> v;
    for (long i = 0; i < 1000; ++i) v.push_back(std::make_unique<long>(i));
    benchmark::DoNotOptimize(v.data());
  }
}
SNUG_CASE("box/fill and destroy a vector of 1000", grow_box, "std::unique_ptr", grow_unique, "");

// The loser: values small enough to stand in the vector.
static void copy_box(benchmark::State& state) {
  const std::vector<snug::box<long>> v(1000, snug::box<long>(1));
  for (auto _ : state) {
    auto copy = v;
    benchmark::DoNotOptimize(copy.data());
  }
}
static void copy_plain(benchmark::State& state) {
  const std::vector<long> v(1000, 1);
  for (auto _ : state) {
    auto copy = v;
    benchmark::DoNotOptimize(copy.data());
  }
}
SNUG_CASE("box/copy small values (loses)", copy_box, "the values themselves", copy_plain, "");

SNUG_BENCH_MAIN();
