// How the benchmarks of the library are written, so that `table` can compare them.
//
//     static void copy_ours(benchmark::State& state) { for (auto _ : state) ... }
//     static void copy_shared_ptr(benchmark::State& state) { ... }
//     SNUG_CASE("rc/copy", copy_ours, "std::shared_ptr", copy_shared_ptr, "ours <= 0.8");
//     SNUG_BENCH_MAIN();
//
// A case has a name, our function, the peer's name and function, and a target:
//     "faster >= 3"   peer time / our time, in CPU time
//     "ours <= 0.8"   our time / peer time
//     "ns <= 1.5"     our time, in nanoseconds
//     "insns <= 1.05" our instructions / peer instructions, counted by callgrind
//     ""              no target: shown as it is (losing workloads among them)
// The pair is registered one after the other, so that every round of `table` interleaves them.
//
// With SNUG_BENCH_ITERATIONS=N each function runs once with N iterations: `table` takes the
// difference of two such runs as the instructions of an iteration.
#pragma once

#include <benchmark/benchmark.h>

#include <atomic>
#include <cstdlib>
#include <string>
#include <thread>

namespace snug::bench {

// A second thread that lives as long as this object and does nothing: libstdc++ counts references
// without atomics as long as there never was one.
class second_thread {
 public:
  second_thread() : thread_([this] { go_.wait(false); }) {}
  second_thread(const second_thread&) = delete;
  second_thread& operator=(const second_thread&) = delete;
  ~second_thread() {
    go_ = true;
    go_.notify_all();
    thread_.join();
  }

 private:
  std::atomic<bool> go_{false};
  std::thread thread_;
};

struct options {
  int threads = 1;
  // If not 0: how many iterations there are, of which the function itself says how long they took,
  // with SetIterationTime.
  int slices = 0;
};

inline int add_case(const std::string& name, void (*ours)(benchmark::State&),
                    const std::string& peer, void (*theirs)(benchmark::State&),
                    const std::string& target, options how = {}) {
  const auto add = [&](const std::string& who, void (*function)(benchmark::State&)) {
    auto* const added =
        benchmark::RegisterBenchmark((name + "|" + who + "|" + target).c_str(),
                                     [function](benchmark::State& state) { function(state); });
    if (how.threads > 1) added->Threads(how.threads);
    if (how.slices > 0) added->UseManualTime()->Iterations(how.slices);
    if (const char* const n = std::getenv("SNUG_BENCH_ITERATIONS")) added->Iterations(std::atol(n));
  };
  add(peer, theirs);
  add("snug", ours);
  return 0;
}

}  // namespace snug::bench

#define SNUG_CASE_CAT2(a, b) a##b
#define SNUG_CASE_CAT(a, b) SNUG_CASE_CAT2(a, b)
#define SNUG_CASE(...)                                                    \
  [[maybe_unused]] static const int SNUG_CASE_CAT(snug_case_, __LINE__) = \
      ::snug::bench::add_case(__VA_ARGS__)

#define SNUG_BENCH_MAIN()                                  \
  int main(int argc, char** argv) {                        \
    snug::bench::second_thread alive_in_every_measurement; \
    benchmark::Initialize(&argc, argv);                    \
    benchmark::RunSpecifiedBenchmarks();                   \
  }                                                        \
  static_assert(true)
