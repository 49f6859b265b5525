// lru_cache against the list and unordered_map that people write by hand.
#include <snug/lru_cache.hpp>

#include <cmath>
#include <cstdint>
#include <list>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "bench.hpp"

namespace {

constexpr std::size_t capacity = 10000;

template <class K, class V>
class hand_made {
 public:
  explicit hand_made(std::size_t max) : max_(max) { map_.reserve(max); }
  V* get(const K& key) {
    auto it = map_.find(key);
    if (it == map_.end()) return nullptr;
    list_.splice(list_.begin(), list_, it->second);
    return &it->second->second;
  }
  void put(const K& key, const V& value) {
    if (V* found = get(key)) {
      *found = value;
      return;
    }
    if (map_.size() == max_) {
      map_.erase(list_.back().first);
      list_.pop_back();
    }
    list_.emplace_front(key, value);
    map_[key] = list_.begin();
  }

 private:
  std::size_t max_;
  std::list<std::pair<K, V>> list_;
  std::unordered_map<K, typename std::list<std::pair<K, V>>::iterator> map_;
};
using ours = snug::lru_cache<std::uint64_t, std::uint64_t>;
using theirs = hand_made<std::uint64_t, std::uint64_t>;

// Keys as a cache sees them: some often, most rarely (Zipf with exponent 1).
std::vector<std::uint64_t> keys(std::size_t different) {
  std::mt19937_64 random(1);
  std::vector<double> sums(different);
  double sum = 0;
  for (std::size_t i = 0; i < different; ++i) sums[i] = sum += 1.0 / static_cast<double>(i + 1);
  std::vector<std::uint64_t> out(1 << 16);
  for (auto& k : out) {
    double x = std::uniform_real_distribution<>(0, sum)(random);
    auto at = std::lower_bound(sums.begin(), sums.end(), x) - sums.begin();
    k = static_cast<std::uint64_t>(at) * 0x9e3779b97f4a7c15u;
  }
  return out;
}

template <class Cache, std::size_t Different>
void use(benchmark::State& state) {
  Cache cache(capacity);
  auto k = keys(Different);
  for (auto key : k) cache.put(key, key);
  std::size_t at = 0;
  for (auto _ : state) {
    std::uint64_t key = k[at = (at + 1) % k.size()];
    auto* found = cache.get(key);
    benchmark::DoNotOptimize(found);
    if (!found) cache.put(key, key);
  }
}
template <class Cache>
void insert_and_evict(benchmark::State& state) {
  Cache cache(capacity);
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < capacity; ++i) cache.put(++key, key);
  for (auto _ : state) cache.put(++key * 0x9e3779b97f4a7c15u, key);
}
// No entry is ever evicted or missed and all is in the first-level cache: the least to win.
template <class Cache>
void hit_one(benchmark::State& state) {
  Cache cache(capacity);
  cache.put(1, 1);
  for (auto _ : state) benchmark::DoNotOptimize(cache.get(std::uint64_t{1}));
}

SNUG_CASE("lru_cache/zipf, mostly hits", (use<ours, 16000>), "list + unordered_map",
          (use<theirs, 16000>), "faster >= 1.5");
SNUG_CASE("lru_cache/zipf, many misses", (use<ours, 400000>), "list + unordered_map",
          (use<theirs, 400000>), "faster >= 1.5");
SNUG_CASE("lru_cache/insert and evict", insert_and_evict<ours>, "list + unordered_map",
          insert_and_evict<theirs>, "faster >= 1.5");
SNUG_CASE("lru_cache/one key, always hit", hit_one<ours>, "list + unordered_map", hit_one<theirs>,
          "");

}  // namespace

SNUG_BENCH_MAIN();
