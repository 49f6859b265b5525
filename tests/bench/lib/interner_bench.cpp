// interner and sync_interner against boost::flyweight and unordered_set<string>.
#include <snug/interner.hpp>

#include <boost/flyweight.hpp>
#include <boost/flyweight/no_locking.hpp>
#include <boost/flyweight/no_tracking.hpp>
#include <mutex>
#include <random>
#include <string>
#include <unordered_set>
#include <vector>

#include "bench.hpp"

namespace {

const std::vector<std::string>& words() {
  static const std::vector<std::string> all = [] {
    std::mt19937 random(1);
    std::vector<std::string> out(100000);
    for (auto& w : out) {
      for (int i = 0; i < 10; ++i) w += static_cast<char>('a' + random() % 26);
    }
    return out;
  }();
  return all;
}
template <class F>
void over_words(benchmark::State& state, F f) {
  const auto& all = words();
  std::size_t at = 0;
  for (auto _ : state) {
    at += 7919;
    if (at >= all.size()) at -= all.size();
    f(all[at]);
  }
}
using word =
    boost::flyweight<std::string, boost::flyweights::no_tracking, boost::flyweights::no_locking>;
using locked_word = boost::flyweight<std::string, boost::flyweights::no_tracking>;

void hit_ours(benchmark::State& state) {
  snug::interner names;
  for (const auto& w : words()) names.intern(w);
  over_words(state,
             [&](const std::string& w) { benchmark::DoNotOptimize(names.intern(w).to_number()); });
}
void hit_shared(benchmark::State& state) {
  static snug::sync_interner names;
  for (const auto& w : words()) names.intern(w);
  over_words(state,
             [&](const std::string& w) { benchmark::DoNotOptimize(names.intern(w).to_number()); });
}
void hit_frozen(benchmark::State& state) {
  static snug::sync_interner names;
  if (!names.frozen()) {
    for (const auto& w : words()) names.intern(w);
    names.freeze();
  }
  over_words(state,
             [&](const std::string& w) { benchmark::DoNotOptimize(names.find(w).to_number()); });
}
template <class Word>
void hit_flyweight(benchmark::State& state) {
  for (const auto& w : words()) benchmark::DoNotOptimize(Word(w));
  over_words(state, [&](const std::string& w) { benchmark::DoNotOptimize(&Word(w).get()); });
}
void hit_set(benchmark::State& state) {
  std::unordered_set<std::string> set;
  for (const auto& w : words()) set.insert(w);
  over_words(state, [&](const std::string& w) { benchmark::DoNotOptimize(&*set.insert(w).first); });
}
void fill_ours(benchmark::State& state) {
  for (auto _ : state) {
    snug::interner names;
    for (const auto& w : words()) names.intern(w);
    benchmark::DoNotOptimize(names.size());
  }
}
void fill_set(benchmark::State& state) {
  for (auto _ : state) {
    std::unordered_set<std::string> set;
    for (const auto& w : words()) set.insert(w);
    benchmark::DoNotOptimize(set.size());
  }
}
// By two threads at once.
void resolve_ours(benchmark::State& state) {
  static snug::sync_interner names;
  for (const auto& w : words()) names.intern(w);
  std::uint32_t n = 0;
  for (auto _ : state) {
    n = (n + 7919) % 100000;
    benchmark::DoNotOptimize(names.resolve(snug::symbol::from_number(n + 1)).data());
  }
}
// A table of strings under a lock: what an interner that locks on resolve pays.
void resolve_locked(benchmark::State& state) {
  static const std::vector<std::string> table = words();
  static std::mutex guard;
  std::uint32_t n = 0;
  for (auto _ : state) {
    n = (n + 7919) % 100000;
    std::lock_guard lock(guard);
    benchmark::DoNotOptimize(table[n].data());
  }
}

SNUG_CASE("interner/intern a known word", hit_ours, "boost::flyweight", hit_flyweight<word>,
          "faster >= 1.5");
SNUG_CASE("interner/intern a known word, 100k", hit_ours, "unordered_set<string>", hit_set,
          "faster >= 1.3");
SNUG_CASE("interner/intern 100k new words", fill_ours, "unordered_set<string>", fill_set, "");
SNUG_CASE("sync_interner/intern a known word", hit_shared, "boost::flyweight, locked",
          hit_flyweight<locked_word>, "faster >= 1.5");
SNUG_CASE("sync_interner/find when frozen", hit_frozen, "boost::flyweight, locked",
          hit_flyweight<locked_word>, "faster >= 1.5");
SNUG_CASE("sync_interner/resolve, two threads", resolve_ours, "vector under a mutex",
          resolve_locked, "", {.threads = 2});

}  // namespace

SNUG_BENCH_MAIN();
