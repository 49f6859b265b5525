// cow against shared_ptr with a manual copy, and against plain copies of small values. A second
// thread is alive.
#include <snug/cow.hpp>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "bench/lib/bench.hpp"

using document = std::vector<long>;

template <class Owner>
static void snapshot(benchmark::State& state, Owner owner) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(owner);
    Owner copy = owner;
    benchmark::DoNotOptimize(copy);
  }
}
static void snapshot_cow(benchmark::State& s) {
  snapshot(s, snug::cow<document>(document(1000)));
}
static void snapshot_unsync(benchmark::State& s) {
  snapshot(s, snug::cow<document, snug::unsync>(document(1000)));
}
static void snapshot_shared(benchmark::State& s) {
  snapshot(s, std::make_shared<const document>(1000));
}
static void snapshot_plain(benchmark::State& s) {
  snapshot(s, document(1000));
}
SNUG_CASE("cow/snapshot", snapshot_cow, "shared_ptr", snapshot_shared, "");
SNUG_CASE("cow/snapshot, unsync", snapshot_unsync, "cow, sync", snapshot_cow, "ours <= 0.3");
SNUG_CASE("cow/snapshot of 8000 bytes", snapshot_cow, "plain copy", snapshot_plain, "");

static void write_cow(benchmark::State& state) {
  snug::cow<document> value(document(1000));
  for (auto _ : state) {
    value.write()[7] += 1;
    benchmark::DoNotOptimize(value);
  }
}
static void write_shared(benchmark::State& state) {
  auto value = std::make_shared<document>(1000);
  for (auto _ : state) {
    if (value.use_count() != 1) value = std::make_shared<document>(*value);
    (*value)[7] += 1;
    benchmark::DoNotOptimize(value);
  }
}
SNUG_CASE("cow/write in place", write_cow, "shared_ptr + use_count", write_shared, "");

static void empty_cow(benchmark::State& state) {
  for (auto _ : state) {
    snug::cow<document> value;
    benchmark::DoNotOptimize(value);
  }
}
static void empty_shared(benchmark::State& state) {
  for (auto _ : state) {
    auto value = std::make_shared<const document>();
    benchmark::DoNotOptimize(value);
  }
}
SNUG_CASE("cow/default construct", empty_cow, "make_shared", empty_shared, "");

// The loser: a value as small as a line.
static void small_cow(benchmark::State& s) {
  snapshot(s, snug::cow<std::array<long, 8>>(std::in_place));
}
static void small_plain(benchmark::State& s) {
  snapshot(s, std::array<long, 8>());
}
SNUG_CASE("cow/snapshot of 64 bytes (loses)", small_cow, "plain copy", small_plain, "");

SNUG_BENCH_MAIN();
