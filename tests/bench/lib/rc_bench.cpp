// rc against shared_ptr and boost::intrusive_ptr. A second thread is alive, else libstdc++ counts
// without atomics. With SNUG_BENCH_MIMALLOC only what allocates, with mimalloc beneath both sides
// (it is linked and takes the place of operator new), where the allocator hides less of the
// counting.
#include <snug/rc.hpp>

#include <atomic>
#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>
#include <cstdint>
#include <cstdlib>
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

#ifndef SNUG_BENCH_MIMALLOC
template <class Owner>
static void copy(benchmark::State& state, Owner owner) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(owner);
    Owner second = owner;
    benchmark::DoNotOptimize(second);
  }
}
// What boost::intrusive_ptr costs when its counter, too, ends the program before it wraps.
struct checked {
  std::atomic<std::uint32_t> owners{0};
  long a = 1, b = 2;
  friend void intrusive_ptr_add_ref(checked* p) noexcept {
    const std::uint32_t now = p->owners.fetch_add(1, std::memory_order_relaxed) + 1;
    if (static_cast<std::int32_t>(now) < 0) std::abort();
  }
  friend void intrusive_ptr_release(checked* p) noexcept {
    if (p->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) delete p;
  }
};

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
static void copy_checked(benchmark::State& s) {
  copy(s, boost::intrusive_ptr<checked>(new checked));
}
SNUG_CASE("rc/copy + drop", copy_rc, "std::shared_ptr", copy_shared, "ours <= 0.8");
SNUG_CASE("rc/copy + drop, no_weak", copy_rc_no_weak, "boost::intrusive_ptr", copy_boost,
          "insns <= 1.05");
SNUG_CASE("rc/copy + drop, no_weak (peer checks overflow)", copy_rc_no_weak, "boost::intrusive_ptr",
          copy_checked, "insns <= 1.05");
SNUG_CASE("rc/copy + drop, with weak", copy_rc, "boost::intrusive_ptr", copy_boost, "");
SNUG_CASE("rc/copy + drop, unsync", copy_rc_unsync, "rc, sync", copy_rc, "ours <= 0.3");
#endif

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
// The floor: the memory alone, of the size that an rc takes.
static void new_and_delete(benchmark::State& state) {
  for (auto _ : state) {
    void* memory = ::operator new(sizeof(payload) + 8);
    benchmark::DoNotOptimize(memory);
    ::operator delete(memory);
  }
}
#ifdef SNUG_BENCH_MIMALLOC
SNUG_CASE("rc/create + destroy on mimalloc (floor: new and delete)", new_and_delete,
          "std::make_shared", create_shared, "");
SNUG_CASE("rc/create + destroy on mimalloc", create_rc, "std::make_shared", create_shared,
          "ours <= 0.75");
SNUG_CASE("rc/create + destroy on mimalloc, no_weak", create_rc_no_weak, "boost::intrusive_ptr",
          create_boost, "");
#else
SNUG_CASE("rc/create + destroy (floor: new and delete)", new_and_delete, "std::make_shared",
          create_shared, "");
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
#endif

SNUG_BENCH_MAIN();
