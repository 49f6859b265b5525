// lru_cache against the list and map that people write by hand: with the map of the standard
// library, and with the fastest maps there are.
#include <snug/lru_cache.hpp>

#include <absl/container/flat_hash_map.h>

#include <boost/unordered/unordered_flat_map.hpp>

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

template <template <class...> class Map, class K, class V>
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
    map_.emplace(key, list_.begin());
  }

 private:
  std::size_t max_;
  std::list<std::pair<K, V>> list_;
  Map<K, typename std::list<std::pair<K, V>>::iterator> map_;
};
// The same by somebody who measured: one look-up for an insertion, and the node of the entry that
// leaves is used again.
template <template <class...> class Map, class K, class V>
class hand_tuned {
 public:
  explicit hand_tuned(std::size_t max) : max_(max) { map_.reserve(max + 1); }
  V* get(const K& key) {
    auto it = map_.find(key);
    if (it == map_.end()) return nullptr;
    list_.splice(list_.begin(), list_, it->second);
    return &it->second->second;
  }
  void put(const K& key, const V& value) {
    auto [it, fresh] = map_.try_emplace(key);
    if (!fresh) {
      list_.splice(list_.begin(), list_, it->second);
      it->second->second = value;
    } else if (map_.size() > max_) {
      auto last = std::prev(list_.end());
      it->second = last;
      map_.erase(last->first);
      last->first = key;
      last->second = value;
      list_.splice(list_.begin(), list_, last);
    } else {
      list_.emplace_front(key, value);
      it->second = list_.begin();
    }
  }

 private:
  std::size_t max_;
  std::list<std::pair<K, V>> list_;
  Map<K, typename std::list<std::pair<K, V>>::iterator> map_;
};
using ours = snug::lru_cache<std::uint64_t, std::uint64_t>;
using with_std = hand_made<std::unordered_map, std::uint64_t, std::uint64_t>;
using with_boost = hand_tuned<boost::unordered_flat_map, std::uint64_t, std::uint64_t>;
using with_absl = hand_tuned<absl::flat_hash_map, std::uint64_t, std::uint64_t>;

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
template <class Cache>
void miss(benchmark::State& state) {
  Cache cache(capacity);
  for (std::uint64_t i = 0; i < capacity; ++i) cache.put(i * 0x9e3779b97f4a7c15u, i);
  std::uint64_t key = capacity;
  for (auto _ : state) benchmark::DoNotOptimize(cache.get(++key * 0x9e3779b97f4a7c15u));
}
// No entry is ever evicted or missed and all is in the first-level cache: the least to win.
template <class Cache>
void hit_one(benchmark::State& state) {
  Cache cache(capacity);
  cache.put(1, 1);
  for (auto _ : state) benchmark::DoNotOptimize(cache.get(std::uint64_t{1}));
}

// A case's name is its own, so it ends with the peer's.
template <class Peer>
int against(const std::string& peer, const std::string& target) {
  auto add = [&](const std::string& what, void (*ours_does)(benchmark::State&),
                 void (*peer_does)(benchmark::State&)) {
    snug::bench::add_case("lru_cache/" + what + ", " + peer, ours_does, "list + " + peer, peer_does,
                          target);
  };
  add("zipf, mostly hits", use<ours, 16000>, use<Peer, 16000>);
  add("zipf, many misses", use<ours, 400000>, use<Peer, 400000>);
  const bool loses = peer.starts_with("boost");
  snug::bench::add_case("lru_cache/misses alone, " + peer + (loses ? " (loses)" : ""), miss<ours>,
                        "list + " + peer, miss<Peer>, loses ? "" : target);
  add("insert and evict", insert_and_evict<ours>, insert_and_evict<Peer>);
  add("one key, always hit", hit_one<ours>, hit_one<Peer>);
  return 0;
}
[[maybe_unused]] const int cases =
    against<with_std>("unordered_map", "faster >= 1.5") +
    against<with_absl>("absl::flat_hash_map", "faster >= 1.1") +
    against<with_boost>("boost::unordered_flat_map", "faster >= 1.1");

}  // namespace

SNUG_BENCH_MAIN();
