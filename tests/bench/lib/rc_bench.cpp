// rc against shared_ptr and boost::intrusive_ptr. A second thread is alive, else libstdc++ counts
// without atomics.
#include <snug/rc.hpp>

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>
#include <memory>

#include "bench/lib/bench.hpp"

namespace {
struct payload {
  long a = 1, b = 2;
};
struct counted : boost::intrusive_ref_counter<counted> {
  long a = 1, b = 2;
};
}  // namespace

template <class Owner>
static void copy(benchmark::State& state, Owner owner) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(owner);
    Owner second = owner;
    benchmark::DoNotOptimize(second);
  }
}
static void copy_rc(benchmark::State& s) {
  copy(s, snug::make_rc<payload>());
}
static void copy_rc_no_weak(benchmark::State& s) {
  copy(s, snug::make_rc<payload, snug::no_weak<snug::sync>>());
}
static void copy_rc_unsync(benchmark::State& s) {
  copy(s, snug::make_rc<payload, snug::unsync>());
}
static void copy_shared(benchmark::State& s) {
  copy(s, std::make_shared<payload>());
}
static void copy_boost(benchmark::State& s) {
  copy(s, boost::intrusive_ptr<counted>(new counted));
}
SNUG_CASE("rc/copy + drop", copy_rc, "std::shared_ptr", copy_shared, "ours <= 0.8");
SNUG_CASE("rc/copy + drop, no_weak", copy_rc_no_weak, "boost::intrusive_ptr", copy_boost,
          "insns <= 1.05");
SNUG_CASE("rc/copy + drop, with weak", copy_rc, "boost::intrusive_ptr", copy_boost, "");
SNUG_CASE("rc/copy + drop, unsync", copy_rc_unsync, "rc, sync", copy_rc, "ours <= 0.3");

template <class Make>
static void create(benchmark::State& state, Make make) {
  for (auto _ : state) {
    auto owner = make();
    benchmark::DoNotOptimize(owner);
  }
}
static void create_rc(benchmark::State& s) {
  create(s, [] { return snug::make_rc<payload>(); });
}
static void create_rc_no_weak(benchmark::State& s) {
  create(s, [] { return snug::make_rc<payload, snug::no_weak<snug::sync>>(); });
}
static void create_shared(benchmark::State& s) {
  create(s, [] { return std::make_shared<payload>(); });
}
static void create_boost(benchmark::State& s) {
  create(s, [] { return boost::intrusive_ptr<counted>(new counted); });
}
SNUG_CASE("rc/create + destroy", create_rc, "std::make_shared", create_shared, "ours <= 0.75");
SNUG_CASE("rc/create + destroy, no_weak", create_rc_no_weak, "boost::intrusive_ptr", create_boost,
          "");

static void lock_rc(benchmark::State& state) {
  const auto owner = snug::make_rc<payload>();
  const snug::weak_rc watch = owner;
  for (auto _ : state) benchmark::DoNotOptimize(watch.lock());
}
static void lock_shared(benchmark::State& state) {
  const auto owner = std::make_shared<payload>();
  const std::weak_ptr watch = owner;
  for (auto _ : state) benchmark::DoNotOptimize(watch.lock());
}
SNUG_CASE("rc/weak lock + drop", lock_rc, "std::weak_ptr", lock_shared, "");

__attribute__((noinline)) static long look(snug::borrow<payload> p) {
  return p->a;
}
__attribute__((noinline)) static long look_copy(std::shared_ptr<payload> p) {
  return p->a;
}
static void pass_borrow(benchmark::State& state) {
  const auto owner = snug::make_rc<payload>();
  for (auto _ : state) benchmark::DoNotOptimize(look(owner));
}
static void pass_shared(benchmark::State& state) {
  const auto owner = std::make_shared<payload>();
  for (auto _ : state) benchmark::DoNotOptimize(look_copy(owner));
}
SNUG_CASE("rc/pass a borrow", pass_borrow, "shared_ptr by value", pass_shared, "");

SNUG_BENCH_MAIN();
