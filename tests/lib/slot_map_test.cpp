#include <snug/slot_map.hpp>

#include <algorithm>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <unordered_set>

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "death.hpp"
#include "slot_map_ops.hpp"
#include "support/failing_new.hpp"
#include "support/throw_at.hpp"

namespace {

using namespace snug_test;
using namespace snug::testing;
using bytes = std::vector<std::uint8_t>;

using map_t = snug::slot_map<std::string>;
using arena_t = snug::gen_arena<std::string>;
// Three generations a slot: retirement happens all the time.
using tiny_map = snug::slot_map<std::string, int, 3>;
using tiny_arena = snug::gen_arena<std::string, int, 3>;

static_assert(sizeof(map_t::handle) == 8, "a handle is 8 bytes");
static_assert(std::is_trivially_copyable_v<map_t::handle>, "a handle is plain data");
static_assert(!std::is_same_v<map_t::handle, snug::slot_map<std::string, int>::handle>,
              "handles of different tags are different types");
static_assert(!std::is_constructible_v<tiny_map::handle, map_t::handle>,
              "a handle of one container is no handle of another one");
static_assert(std::is_nothrow_move_constructible_v<map_t> &&
              std::is_nothrow_move_assignable_v<map_t>);
static_assert(!std::is_copy_constructible_v<arena_t>,
              "addresses are stable, so an arena has no copy");
static_assert(std::forward_iterator<arena_t::iterator> &&
              std::forward_iterator<arena_t::const_iterator>);
static_assert(!std::is_convertible_v<arena_t::const_iterator, arena_t::iterator>);
static_assert(noexcept(std::declval<map_t&>().get(map_t::handle{})), "a look-up throws nothing");

TEST_CASE("random operations behave like a map from handles") {
  auto run = [](void (*operations)(op_stream)) {
    return rc::check([=](const bytes& in) { operations({in.data(), in.size()}); });
  };
  CHECK(run(slot_map_operations<map_t>));
  CHECK(run(slot_map_operations<arena_t>));
  CHECK(run(slot_map_operations<tiny_map>));
  CHECK(run(slot_map_operations<tiny_arena>));
}

TEMPLATE_TEST_CASE("a slot retires after its last generation, and no handle is given twice", "",
                   tiny_map, tiny_arena) {
  TestType map;
  std::set<typename TestType::handle> ever;
  for (int i = 0; i < 1000; ++i) {
    auto h = map.emplace("x");
    CHECK(ever.insert(h).second);
    CHECK(map.erase(h));
    CHECK_FALSE(map.erase(h));
  }
  CHECK(map.retired_slots() == 1000 / 4);  // generations 1, 3, 5 and 7
  for (auto h : ever) CHECK_FALSE(map.contains(h));
}

TEMPLATE_TEST_CASE("handles from before clear() stay invalid", "", map_t, arena_t, tiny_map,
                   tiny_arena) {
  TestType map;
  std::vector<typename TestType::handle> old;
  for (int round = 0; round < 5; ++round) {
    for (int i = 0; i < 100; ++i) old.push_back(map.emplace("x"));
    map.clear();
    CHECK(map.empty());
  }
  for (int i = 0; i < 300; ++i) map.emplace("y");
  for (auto h : old) CHECK(map.get(h) == nullptr);
}

TEMPLATE_TEST_CASE("handles that were never given out find nothing", "", map_t, arena_t) {
  using handle = typename TestType::handle;
  TestType map;
  map.reserve(100);
  CHECK(map.capacity() >= 100);
  auto h = map.emplace("x");
  for (std::uint32_t index : {0u, 1u, 2u, 63u, 64u, 1000u, 0xffffffffu}) {
    for (std::uint32_t generation : {0u, 1u, 2u, 3u, 0xffffffffu}) {
      handle made(index, generation);
      CHECK(map.contains(made) == (made == h));
    }
  }
  auto gone = map.emplace("y");
  map.erase(gone);
  for (std::uint32_t generation = 0; generation < 5; ++generation) {
    CHECK_FALSE(map.contains(handle(gone.index(), generation)));
  }
  CHECK_FALSE(handle{});
  CHECK(handle::from_bits(h.to_bits()) == h);
  CHECK(std::unordered_set<handle>{h, handle{}}.size() == 2);
  CHECK_THROWS_AS(map.at(handle{}), std::out_of_range);
  CHECK(map.at(h) == "x");
  CHECK(std::as_const(map)[h] == "x");
}

TEST_CASE("elements of a gen_arena never move") {
  arena_t arena;
  std::vector<std::pair<arena_t::handle, std::string*>> known;
  for (std::size_t i = 0; i < 300; ++i) {
    auto h = arena.emplace(text_of(i));
    known.emplace_back(h, arena.get(h));
  }
  for (std::size_t i = 0; i < 300; i += 3) arena.erase(known[i].first);
  arena_t moved = std::move(arena);
  for (std::size_t i = 0; i < 300; ++i) {
    CHECK(moved.get(known[i].first) == (i % 3 == 0 ? nullptr : known[i].second));
  }
  std::size_t met = 0;
  moved.for_each([&](std::string&) { ++met; });
  CHECK(met == 200);
}

TEST_CASE("a walk over a gen_arena may erase and insert") {
  std::mt19937 random(7);
  for (int round = 0; round < 50; ++round) {
    snug::gen_arena<int> arena;
    std::vector<snug::gen_arena<int>::handle> known;
    for (int i = 0; i < 230; ++i) known.push_back(arena.insert(i));
    // In some rounds there are blocks with holes, in others all are full at first.
    for (int i = 0; i < 230; ++i) {
      if (round % 2 == 1 && random() % 3 == 0) arena.erase(known[static_cast<std::size_t>(i)]);
    }
    std::set<int> at_first;
    for (int i : arena) at_first.insert(i);
    std::set<int> met;
    std::set<int> erased;
    int next = 1000;
    arena.for_each([&](int& element) {
      const int value = element;
      CHECK(erased.count(value) == 0);
      if (value < 1000) CHECK(met.insert(value).second);
      if (random() % 4 == 0) {
        // Itself, a neighbour, or any other.
        const auto near = static_cast<std::size_t>(value < 1000 ? value : 0) + random() % 3;
        const std::size_t at =
            random() % 2 == 0 ? std::min<std::size_t>(near, 229) : random() % 230;
        if (const int* found = arena.get(known[at])) {
          erased.insert(*found);
          arena.erase(known[at]);
        }
      }
      if (random() % 8 == 0 && next < 1100) arena.insert(next++);
    });
    for (int value : at_first) CHECK((met.count(value) == 1 || erased.count(value) == 1));
  }
}

TEST_CASE("elements of a slot_map lie side by side") {
  snug::slot_map<int> map;
  std::vector<snug::slot_map<int>::handle> handles;
  for (int i = 0; i < 100; ++i) handles.push_back(map.insert(i));
  for (std::size_t i = 0; i < 100; i += 2) map.erase(handles[i]);
  CHECK(map.values().size() == 50);
  for (std::size_t i = 0; i < 50; ++i) CHECK(map.get(map.handle_at(i)) == &map.values()[i]);
  auto odd = handles[1];
  CHECK(map.extract(odd) == 1);
  CHECK(map.extract(odd) == std::nullopt);
  auto copy = map;
  CHECK(*copy.get(handles[3]) == 3);
  map.erase(handles[3]);
  CHECK(*copy.get(handles[3]) == 3);
}

TEMPLATE_TEST_CASE("a container that was moved from is empty and usable", "", map_t, arena_t) {
  TestType map;
  for (int i = 0; i < 70; ++i) map.emplace("x");
  map.clear();
  auto h = map.emplace("y");
  TestType other = std::move(map);
  CHECK(map.empty());
  CHECK(map.begin() == map.end());
  CHECK_FALSE(map.contains(h));
  CHECK(*map.get(map.emplace("z")) == "z");
  CHECK(*other.get(h) == "y");
  swap(map, other);
  CHECK(*map.get(h) == "y");
}

template <class T>
struct over_aligned {
  alignas(128) T value;
};
TEST_CASE("over-aligned elements are aligned") {
  snug::slot_map<over_aligned<int>> map;
  snug::gen_arena<over_aligned<int>> arena;
  for (int i = 0; i < 70; ++i) {
    auto a = map.insert({i});
    auto b = arena.insert({i});
    CHECK(reinterpret_cast<std::uintptr_t>(map.get(a)) % 128 == 0);
    CHECK(reinterpret_cast<std::uintptr_t>(arena.get(b)) % 128 == 0);
  }
}

TEMPLATE_TEST_CASE("insertion has the strong guarantee at every throw", "", snug::slot_map<sturdy>,
                   snug::gen_arena<sturdy>, snug::gen_arena<fragile>) {
  using T = typename TestType::value_type;
  using handle = typename TestType::handle;
  {
    TestType map;
    std::vector<std::pair<handle, int>> known;
    known.reserve(400);
    long throws = 0;
    for (int i = 0; i < 130; ++i) {
      throws += throw_at_each(
          [&] {
            handle h = i % 2 ? map.emplace(i) : map.insert(T(i));
            known.emplace_back(h, i);
          },
          [&](bool) {
            REQUIRE(map.size() == known.size());
            for (auto& [h, v] : known) REQUIRE(map.get(h)->value() == v);
            if constexpr (requires { map.values(); }) {
              for (auto& [h, v] : known) REQUIRE(map.handle_of(*map.get(h)) == h);
            }
          });
      if (i % 5 == 0) {
        map.erase(known.front().first);
        known.erase(known.begin());
      }
    }
    CHECK(throws >= 130);  // the control: every element threw once
    long allocated = heap::news;
    throw_at_each([&] { map.reserve(500); }, [&](bool) { REQUIRE(map.size() == known.size()); });
    CHECK((!heap::counted || heap::news > allocated));
    allocated = heap::news;
    for (int i = 0; i < 200; ++i) map.emplace(i);
    CHECK((!heap::counted || heap::news == allocated));
  }
  CHECK(faults::objects == 0);
}

// Elements that use their container while they are made and destroyed.
struct family {
  snug::gen_arena<family>* arena;
  snug::gen_arena<family>::handle child;
  family(snug::gen_arena<family>& a, int depth) : arena(&a) {
    if (depth > 0) child = a.emplace(a, depth - 1);
  }
  family(const family&) = delete;
  ~family() { arena->erase(child); }
};
TEST_CASE("elements of a gen_arena may insert and erase others") {
  snug::gen_arena<family> arena;
  auto root = arena.emplace(arena, 150);
  CHECK(arena.size() == 151);
  auto other = arena.emplace(arena, 3);
  arena.erase(root);
  CHECK(arena.size() == 4);
  CHECK(arena.contains(other));
  arena.clear();
  CHECK(arena.empty());
}

struct chain {
  snug::slot_map<chain>* map = nullptr;
  snug::slot_map<chain>::handle next{};
  chain(snug::slot_map<chain>* m, snug::slot_map<chain>::handle n) : map(m), next(n) {}
  chain(chain&& other) noexcept : map(std::exchange(other.map, nullptr)), next(other.next) {}
  ~chain() {
    if (map) map->erase(next);
  }
};
TEST_CASE("the destructor of an erased slot_map element may erase others") {
  snug::slot_map<chain> map;
  snug::slot_map<chain>::handle last;
  for (int i = 0; i < 50; ++i) last = map.emplace(&map, last);
  map.erase(last);
  CHECK(map.empty());
  for (int i = 0; i < 50; ++i) last = map.emplace(&map, last);
  map.clear();
  CHECK(map.empty());
}

TEST_CASE("erasing while walking visits every element once") {
  snug::gen_arena<int> arena;
  for (int i = 0; i < 200; ++i) arena.insert(i);
  int expected = 0;
  for (auto it = arena.begin(); it != arena.end();) {
    CHECK(*it == expected++);
    it = arena.erase(it);
  }
  CHECK((expected == 200 && arena.empty()));
}

TEST_CASE("operator[] with a stale handle stops a checked program") {
#if SNUG_CHECKED
  CHECK(dies_with("handle of an erased element", [] {
    map_t map;
    auto h = map.emplace("x");
    map.erase(h);
    (void)map[h];
  }));
  CHECK(dies_with("handle of an erased element", [] {
    arena_t map;
    auto h = map.emplace("x");
    map.erase(h);
    (void)map[h];
  }));
#endif
}

TEST_CASE("negative control: a map that ignores generations fails the model") {
  struct forgetful : map_t {
    bool contains(handle h) const { return h.index() < size(); }
    std::string* get(handle h) { return contains(h) ? begin() + h.index() : nullptr; }
  };
  bytes in;
  for (int i = 0; i < 40; ++i) in.insert(in.end(), {0, 1, 3, 0});
  CHECK_THROWS_AS(slot_map_operations<forgetful>(op_stream(in.data(), in.size())),
                  std::logic_error);
  CHECK_NOTHROW(slot_map_operations<map_t>(op_stream(in.data(), in.size())));
}

}  // namespace
