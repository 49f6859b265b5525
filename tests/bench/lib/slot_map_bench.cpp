// slot_map and gen_arena against hash maps of numbers (that of the standard library, and the
// fastest there are), plf::colony, and a vector with a free list.
#include <snug/slot_map.hpp>

#include <absl/container/flat_hash_map.h>
#include <plf_colony.h>

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "bench.hpp"

namespace {

struct item {  // 32 bytes
  std::uint64_t a, b, c, d;
};
constexpr std::size_t many = 200000;

// Handles under one face: what was inserted is found and erased by what insert returned.
template <template <class...> class Map>
struct numbered {
  using handle = std::uint64_t;
  Map<std::uint64_t, item> map;
  std::uint64_t next = 0;
  handle insert(const item& i) {
    map.emplace(next, i);
    return next++;
  }
  item* get(handle h) {
    auto it = map.find(h);
    return it == map.end() ? nullptr : &it->second;
  }
  void erase(handle h) { map.erase(h); }
  template <class F>
  void each(F f) {
    for (auto& e : map) f(e.second);
  }
};
using by_number = numbered<std::unordered_map>;
using with_boost = numbered<boost::unordered_flat_map>;
using with_absl = numbered<absl::flat_hash_map>;
struct dense : snug::slot_map<item> {
  template <class F>
  void each(F f) {
    for (auto& i : *this) f(i);
  }
};
struct stable : snug::gen_arena<item> {
  template <class F>
  void each(F f) {
    for_each(f);
  }
};
struct colony {
  using handle = plf::colony<item>::iterator;
  plf::colony<item> items;
  handle insert(const item& i) { return items.insert(i); }
  void erase(handle h) { items.erase(h); }
  template <class F>
  void each(F f) {
    for (auto& i : items) f(i);
  }
};

// The floor of a walk over 200000 elements: no container's is faster than that of a bare array.
struct bare {
  using handle = std::size_t;
  std::vector<item> items;
  handle insert(const item& i) {
    items.push_back(i);
    return items.size() - 1;
  }
  void erase(handle) {}
  template <class F>
  void each(F f) {
    for (auto& i : items) f(i);
  }
};

// What people write by hand: a vector whose free places are a list, with a generation each, so that
// a stale index is noticed.
struct free_list {
  struct place {
    item value;
    std::uint32_t generation;  // odd: taken
    std::uint32_t next_free;
  };
  struct handle {
    std::uint32_t index, generation;
  };
  std::vector<place> places;
  std::uint32_t first_free = ~0u;
  handle insert(const item& i) {
    if (first_free == ~0u) {
      places.push_back({i, 1, 0});
      return {static_cast<std::uint32_t>(places.size() - 1), 1};
    }
    std::uint32_t at = first_free;
    place& p = places[at];
    first_free = p.next_free;
    p.value = i;
    return {at, ++p.generation};
  }
  void erase(handle h) {
    place& p = places[h.index];
    if (p.generation != h.generation) return;
    ++p.generation;
    p.next_free = first_free;
    first_free = h.index;
  }
  template <class F>
  void each(F f) {
    for (place& p : places) {
      if (p.generation & 1) f(p.value);
    }
  }
};

template <class Map>
std::vector<typename Map::handle> fill(Map& map, std::size_t n) {
  std::vector<typename Map::handle> handles;
  handles.reserve(n);
  for (std::size_t i = 0; i < n; ++i) handles.push_back(map.insert({i, i, i, i}));
  return handles;
}
template <class Map>
void insert_all(benchmark::State& state) {
  for (auto _ : state) {
    Map map;
    benchmark::DoNotOptimize(fill(map, many).size());
  }
}
template <class Map>
void get_random(benchmark::State& state) {
  Map map;
  auto handles = fill(map, many);
  std::mt19937 random(1);
  std::shuffle(handles.begin(), handles.end(), random);
  std::size_t at = 0;
  for (auto _ : state) {
    at = at + 1 == many ? 0 : at + 1;
    benchmark::DoNotOptimize(map.get(handles[at])->a);
  }
}
template <class Map, int HolePercent>
void walk(benchmark::State& state) {
  Map map;
  auto handles = fill(map, many);
  std::mt19937 random(1);
  for (auto h : handles) {
    if (static_cast<int>(random() % 100) < HolePercent) map.erase(h);
  }
  for (auto _ : state) {
    std::uint64_t sum = 0;
    map.each([&](item& i) { sum += i.a; });
    benchmark::DoNotOptimize(sum);
  }
}
// The same when every element has been replaced in random order: nodes lie where the heap had room.
template <class Map>
void walk_after_churn(benchmark::State& state) {
  Map map;
  auto handles = fill(map, many);
  std::mt19937 random(1);
  for (std::size_t i = 0; i < 2 * many; ++i) {
    auto& h = handles[random() % many];
    map.erase(h);
    h = map.insert({1, 2, 3, 4});
  }
  for (auto _ : state) {
    std::uint64_t sum = 0;
    map.each([&](item& i) { sum += i.a; });
    benchmark::DoNotOptimize(sum);
  }
}
// Erases one at random and inserts another: a world in which things come and go.
template <class Map>
void churn(benchmark::State& state) {
  Map map;
  auto handles = fill(map, many);
  std::mt19937 random(1);
  for (auto _ : state) {
    auto& h = handles[random() % many];
    map.erase(h);
    h = map.insert({1, 2, 3, 4});
  }
}
// Only the container is measured: what is erased was drawn before, and the handles have their
// memory.
template <class Map>
void insert_erase_insert(benchmark::State& state) {
  constexpr std::size_t first = 20000;
  std::mt19937 random(1);
  std::vector<std::uint32_t> dead(first);
  std::iota(dead.begin(), dead.end(), 0u);
  std::shuffle(dead.begin(), dead.end(), random);
  dead.resize(first / 2);
  std::sort(dead.begin(), dead.end());
  std::vector<typename Map::handle> handles(first);
  for (auto _ : state) {
    Map map;
    for (std::size_t i = 0; i < first; ++i) handles[i] = map.insert({i, i, i, i});
    for (auto i : dead) map.erase(handles[i]);
    for (std::size_t i = 0; i < first / 2; ++i) handles[i] = map.insert({i, i, i, i});
    benchmark::DoNotOptimize(handles.data());
    benchmark::ClobberMemory();
  }
}

SNUG_CASE("slot_map/get", get_random<dense>, "std::unordered_map", get_random<by_number>,
          "faster >= 5");
SNUG_CASE("slot_map/insert", insert_all<dense>, "std::unordered_map", insert_all<by_number>,
          "faster >= 3");
SNUG_CASE("slot_map/walk", (walk<dense, 0>), "std::unordered_map", (walk<by_number, 0>),
          "faster >= 10");
SNUG_CASE("slot_map/walk (floor: a bare std::vector)", (walk<bare, 0>), "std::unordered_map",
          (walk<by_number, 0>), "");
SNUG_CASE("slot_map/walk (against the bare vector)", (walk<dense, 0>), "std::vector",
          (walk<bare, 0>), "insns <= 1.05");
SNUG_CASE("gen_arena/walk (against the bare vector)", (walk<stable, 0>), "std::vector",
          (walk<bare, 0>), "");
SNUG_CASE("slot_map/erase and insert", churn<dense>, "std::unordered_map", churn<by_number>, "");
SNUG_CASE("slot_map/walk after churn", walk_after_churn<dense>, "std::unordered_map",
          walk_after_churn<by_number>, "faster >= 10");
SNUG_CASE("gen_arena/walk after churn", walk_after_churn<stable>, "std::unordered_map",
          walk_after_churn<by_number>, "faster >= 10");
SNUG_CASE("gen_arena/get", get_random<stable>, "std::unordered_map", get_random<by_number>,
          "faster >= 5");
SNUG_CASE("gen_arena/insert", insert_all<stable>, "std::unordered_map", insert_all<by_number>,
          "faster >= 3");
SNUG_CASE("gen_arena/walk", (walk<stable, 0>), "std::unordered_map", (walk<by_number, 0>),
          "faster >= 10");
SNUG_CASE("gen_arena/insert, erase half, insert", insert_erase_insert<stable>, "plf::colony",
          insert_erase_insert<colony>, "faster >= 1.3");
SNUG_CASE("gen_arena/erase and insert", churn<stable>, "plf::colony", churn<colony>,
          "faster >= 1.3");
SNUG_CASE("gen_arena/walk (against a free list)", (walk<stable, 0>), "vector with a free list",
          (walk<free_list, 0>), "faster >= 1");
SNUG_CASE("gen_arena/walk, half erased (against a free list)", (walk<stable, 50>),
          "vector with a free list", (walk<free_list, 50>), "faster >= 1");
SNUG_CASE("gen_arena/insert, erase half, insert (against a free list)", insert_erase_insert<stable>,
          "vector with a free list", insert_erase_insert<free_list>, "faster >= 1");
SNUG_CASE("gen_arena/walk, half erased", (walk<stable, 50>), "plf::colony", (walk<colony, 50>), "");
SNUG_CASE("slot_map/walk, half erased", (walk<dense, 50>), "plf::colony", (walk<colony, 50>), "");

// A case's name is its own, so it ends with the peer's.
template <class Peer>
int against(const std::string& peer) {
  auto add = [&](const std::string& what, void (*ours_does)(benchmark::State&),
                 void (*peer_does)(benchmark::State&)) {
    snug::bench::add_case(what + ", " + peer, ours_does, peer, peer_does, "faster >= 1.1");
  };
  add("slot_map/get", get_random<dense>, get_random<Peer>);
  add("slot_map/insert", insert_all<dense>, insert_all<Peer>);
  add("slot_map/walk", walk<dense, 0>, walk<Peer, 0>);
  add("slot_map/walk after churn", walk_after_churn<dense>, walk_after_churn<Peer>);
  add("slot_map/erase and insert", churn<dense>, churn<Peer>);
  add("gen_arena/get", get_random<stable>, get_random<Peer>);
  add("gen_arena/insert", insert_all<stable>, insert_all<Peer>);
  add("gen_arena/walk", walk<stable, 0>, walk<Peer, 0>);
  add("gen_arena/erase and insert", churn<stable>, churn<Peer>);
  return 0;
}
[[maybe_unused]] const int cases =
    against<with_absl>("absl::flat_hash_map") + against<with_boost>("boost::unordered_flat_map");

}  // namespace

SNUG_BENCH_MAIN();
