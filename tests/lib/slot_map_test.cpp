#include <snug/slot_map.hpp>

#include <algorithm>
#include <memory>
#include <optional>
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

// An element whose destructor erases another one, and which may put a new one in.
template <template <class...> class Map>
struct returning {
  using map_type = Map<returning>;
  map_type* map = nullptr;
  std::uint64_t child = 0;
  bool inserts = false;
  static inline int dead = 0;

  returning(map_type* m, std::uint64_t c, bool i = false) : map(m), child(c), inserts(i) {}
  returning(returning&& other) noexcept
      : map(std::exchange(other.map, nullptr)), child(other.child), inserts(other.inserts) {}
  ~returning() {
    if (map == nullptr) return;
    ++dead;
    if (child != 0) map->erase(map_type::handle::from_bits(child));
    if (inserts) map->emplace(map, 0u);
  }
};
template <class T>
using dense_of = snug::slot_map<T>;
template <class T>
using stable_of = snug::gen_arena<T>;
using dense_returning = returning<dense_of>;
using stable_returning = returning<stable_of>;

TEMPLATE_TEST_CASE("destructors come back in every way elements go", "", dense_returning,
                   stable_returning) {
  using map = typename TestType::map_type;
  auto pair_in = [](map& m, bool inserts) {
    auto child = m.emplace(&m, 0u);
    auto parent = m.emplace(&m, child.to_bits(), inserts);
    for (int i = 0; i < 100; ++i) m.emplace(&m, 0u);
    TestType::dead = 0;
    return parent;
  };
  {
    map m;
    CHECK(m.erase(pair_in(m, true)));
    CHECK(TestType::dead == 2);
    CHECK(m.size() == 101);
  }
  {
    map m;
    auto parent = pair_in(m, false);
    m.erase(m.iterator_to(parent));
    CHECK(TestType::dead == 2);
    CHECK(m.size() == 100);
  }
  {
    map m;
    pair_in(m, false);
    CHECK(m.erase_if([](const TestType& e) { return e.child != 0; }) == 1);
    CHECK(TestType::dead == 2);
  }
  {
    map m;
    pair_in(m, true);
    m.clear();
    CHECK(m.size() <= 1);
    CHECK(TestType::dead >= 102);
  }
  {
    map m;
    (void)m.extract(pair_in(m, true));
    CHECK(TestType::dead == 2);
    CHECK(m.size() == 101);
  }
  {
    map m;
    pair_in(m, true);
  }
  CHECK(TestType::dead == 103);
}

TEST_CASE("an element's constructor may put others into its map") {
  struct household {
    using map = snug::slot_map<household>;
    household(map& m, int children) : n(children) {
      for (int i = 0; i < children; ++i) m.emplace(m, children - 1);
    }
    int n;
  };
  household::map m;
  auto h = m.emplace(m, 4);
  CHECK(m.size() == 1 + 4 + 4 * 3 + 4 * 3 * 2 + 4 * 3 * 2);
  CHECK(m[h].n == 4);
  for (auto& f : m) CHECK(&m[m.handle_of(f)] == &f);
}

TEMPLATE_TEST_CASE("a predicate and a walk may erase", "", map_t, arena_t) {
  TestType map;
  std::vector<typename TestType::handle> all;
  for (int i = 0; i < 200; ++i) all.push_back(map.emplace(std::to_string(i)));
  std::size_t next = 0;
  map.erase_if([&](const std::string& s) {
    if (next < 50) map.erase(all[199 - next++]);
    return s.size() == 2;
  });
  for (auto h : all) {
    if (const std::string* s = map.get(h)) CHECK(s->size() != 2);
  }
  CHECK(map.size() == 60);
  // One that erases the very element it was asked about.
  CHECK(map.erase_if([&](const std::string& s) {
    for (auto h : all) {
      if (map.get(h) == &s) return map.erase(h);
    }
    return false;
  }) == 0);
  CHECK(map.empty());
}

TEST_CASE("iterators of an arena stay with their elements: moved, swapped and merged") {
  snug::gen_arena<int> a;
  for (int i = 0; i < 100; ++i) a.insert(i);
  auto walk = [](auto it, const snug::gen_arena<int>& in) {
    int n = 0, sum = 0;
    for (; it != in.end() && n < 1000; ++it) {
      ++n;
      sum += *it;
    }
    return std::pair(n, sum);
  };
  auto it = a.begin();
  snug::gen_arena<int> b = std::move(a);
  CHECK(walk(it, b) == std::pair(100, 4950));
  snug::gen_arena<int> c;
  swap(b, c);
  CHECK(walk(it, c) == std::pair(100, 4950));
  a = std::move(c);
  CHECK(walk(it, a) == std::pair(100, 4950));
  snug::gen_arena<int> d;
  d.insert(1000);
  d.merge(a);
  CHECK(walk(it, d) == std::pair(100, 4950));
  CHECK(d.size() == 101);
}

TEMPLATE_TEST_CASE("elements of bool are elements", "", (snug::slot_map<bool>),
                   (snug::gen_arena<bool>)) {
  TestType map;
  auto yes = map.insert(true), no = map.insert(false);
  bool* at = map.get(yes);
  CHECK((*at && !map[no]));
  *at = false;
  CHECK_FALSE(map[yes]);
  CHECK(map.handle_of(*at) == yes);
  map.erase(no);
  CHECK(map.size() == 1);
}

TEMPLATE_TEST_CASE("handles of elements, iterators of handles, extraction", "", map_t, arena_t) {
  TestType map;
  std::vector<typename TestType::handle> all;
  for (int i = 0; i < 150; ++i) all.push_back(map.emplace(std::to_string(i)));
  for (int i = 0; i < 150; i += 3) map.erase(all[std::size_t(i)]);
  const TestType& constant = map;
  for (std::size_t i = 0; i < 150; ++i) {
    auto it = map.iterator_to(all[i]);
    CHECK((it == map.end()) == (i % 3 == 0));
    CHECK((constant.iterator_to(all[i]) == constant.end()) == (i % 3 == 0));
    if (i % 3 != 0) CHECK((*it == std::to_string(i) && map.handle_of(*it) == all[i]));
  }
  std::size_t seen = 0;
  constant.for_each([&](const std::string& s) { seen += !s.empty(); });
  CHECK(seen == map.size());
  CHECK(map.extract(all[1]) == std::string("1"));
  CHECK(map.extract(all[1]) == std::nullopt);
  for (auto it = map.begin(); it != map.end();) it = map.erase(it);
  CHECK(map.empty());
}

TEST_CASE("sort puts the elements in order and keeps the handles") {
  snug::slot_map<std::unique_ptr<int>> map;
  std::vector<std::pair<decltype(map)::handle, int>> all;
  std::mt19937 random(1);
  for (int i = 0; i < 300; ++i) {
    int n = static_cast<int>(random() % 100);
    all.emplace_back(map.insert(std::make_unique<int>(n)), n);
  }
  for (std::size_t i = 0; i < 300; i += 4) map.erase(all[i].first);
  map.sort([](const auto& a, const auto& b) { return *a < *b; });
  CHECK(std::is_sorted(map.begin(), map.end(), [](auto& a, auto& b) { return *a < *b; }));
  for (std::size_t i = 0; i < 300; ++i) {
    auto* found = map.get(all[i].first);
    CHECK((found == nullptr) == (i % 4 == 0));
    if (found) CHECK((**found == all[i].second && map.handle_of(*found) == all[i].first));
  }
  for (std::size_t i = 1; i < 300; i += 2) map.erase(all[i].first);
  for (std::size_t i = 2; i < 300; i += 4) CHECK(**map.get(all[i].first) == all[i].second);

  throw_at_every_point([](attempt& attempt) {
    snug::slot_map<int> numbers;
    for (int i = 0; i < 20; ++i) numbers.insert(i * 7 % 20);
    std::vector<int> before(numbers.begin(), numbers.end());
    bool done = attempt([&] {
      numbers.sort([](int a, int b) {
        faults::point();
        return a < b;
      });
    });
    if (!done) CHECK(std::equal(before.begin(), before.end(), numbers.begin()));
  });
  CHECK(dies_with("a comparison of sort() changed the map", [] {
    map_t strings;
    for (int i = 0; i < 10; ++i) strings.emplace(std::to_string(i));
    strings.sort([&](const auto& a, const auto& b) {
      if (strings.size() == 10) strings.emplace("more");
      return std::string(a) < std::string(b);
    });
  }));
}

TEMPLATE_TEST_CASE("merge renames the elements and leaves no handle behind", "", map_t, arena_t,
                   tiny_map, tiny_arena) {
  using handle = typename TestType::handle;
  throw_at_every_point([](attempt& attempt) {
    TestType to, from;
    std::vector<handle> mine, theirs;
    for (int i = 0; i < 70; ++i) mine.push_back(to.emplace("mine " + std::to_string(i)));
    for (int i = 0; i < 150; ++i) theirs.push_back(from.emplace("theirs " + std::to_string(i)));
    for (std::size_t i = 0; i < 150; i += 2) from.erase(theirs[i]);
    std::vector<std::pair<handle, handle>> names(75);
    std::size_t named = 0;
    bool done = attempt(
        [&] { to.merge(from, [&](handle old, handle fresh) { names[named++] = {old, fresh}; }); });
    CHECK(to.size() == (done ? 145u : 70u));
    CHECK(from.size() == (done ? 0u : 75u));
    for (std::size_t i = 0; i < 70; ++i) CHECK(to[mine[i]] == "mine " + std::to_string(i));
    if (!done) {
      for (std::size_t i = 1; i < 150; i += 2) CHECK(from[theirs[i]][0] == 't');
      return;
    }
    CHECK(named == 75);
    for (auto [old, fresh] : names) {
      auto at = std::find(theirs.begin(), theirs.end(), old) - theirs.begin();
      CHECK(to[fresh] == "theirs " + std::to_string(at));
    }
    for (int i = 0; i < 300; ++i) from.emplace("new");
    for (auto h : theirs) CHECK(from.get(h) == nullptr);
    to.merge(to);
    CHECK(to.size() == 145);
  });
}

TEMPLATE_TEST_CASE("shrink_to_fit gives memory back, and handles stay stale", "", map_t, arena_t,
                   (snug::gen_arena<std::string, int, 8>)) {
  TestType map;
  std::vector<typename TestType::handle> all;
  for (int round = 0; round < 6; ++round) {
    std::size_t first = all.size();
    for (int i = 0; i < 300; ++i) all.push_back(map.emplace(std::to_string(i)));
    for (std::size_t i = first; i < all.size(); ++i) {
      if (i != first + 100) map.erase(all[i]);
    }
    auto before = map.capacity();
    map.shrink_to_fit();
    CHECK(map.capacity() < before);
    for (std::size_t i = 0; i < all.size(); ++i) CHECK(map.contains(all[i]) == (i % 300 == 100));
    std::size_t seen = 0;
    for (auto& s : map) seen += s == "100";
    CHECK(seen == map.size());
  }
}

struct tied {
  snug::secondary_map<map_t::handle, std::unique_ptr<tied>>* map = nullptr;
  map_t::handle other{};
  ~tied() {
    if (map == nullptr) return;
    map->erase(other);
    map->insert_or_assign({5000, 1}, nullptr);  // grows beneath a careless erase
  }
};

TEST_CASE("values beside the elements: own ones are stored again, destructors come back") {
  map_t owner;
  std::vector<map_t::handle> all;
  for (int i = 0; i < 1000; ++i) all.push_back(owner.emplace("x"));
  snug::secondary_map<map_t::handle, std::string> beside;
  beside.insert_or_assign(all[0], "a text that is long enough to be on the heap");
  for (auto h : all) beside.insert_or_assign(h, *beside.get(all[0]));
  for (auto h : all) CHECK(*beside.get(h) == "a text that is long enough to be on the heap");
  beside.insert_or_assign(all[7], std::move(*beside.get(all[7])));
  CHECK(beside.get(all[7])->size() == 44);
  CHECK(beside.extract(all[7])->size() == 44);
  CHECK_FALSE(beside.extract(all[7]));
  auto moved = std::move(beside);
  CHECK((beside.empty() && moved.size() == 999));
  beside.insert_or_assign(all[1], "again");
  swap(beside, moved);
  CHECK((moved.size() == 1 && beside.size() == 999));

  std::size_t walked = 0;
  for (auto [handle, value] : std::as_const(beside)) {
    walked += handle != all[7] && &value == std::as_const(beside).get(handle);
  }
  CHECK(walked == 999);
  for (auto it = beside.begin(); it != beside.end();) {
    if ((*it).handle.index() % 2 == 0) {
      it = beside.erase(it);
    } else {
      (*it).value = "odd";
      ++it;
    }
  }
  CHECK(beside.size() == 499);
  walked = 0;
  std::as_const(beside).for_each(
      [&](map_t::handle, const std::string& v) { walked += v == "odd"; });
  CHECK(walked == 499);
  beside.for_each([&](map_t::handle h, std::string&) { beside.erase(h); });
  CHECK(beside.empty());

  using ties = snug::secondary_map<map_t::handle, std::unique_ptr<tied>>;
  auto tie = [&](ties& map) {
    map.insert_or_assign(all[1], std::make_unique<tied>());
    map.insert_or_assign(all[0], std::unique_ptr<tied>(new tied{&map, all[1]}));
  };
  ties erased, replaced, cleared;
  tie(erased);
  CHECK(erased.erase(all[0]));
  CHECK(erased.size() == 1);
  tie(replaced);
  CHECK(*replaced.insert_or_assign(all[0], nullptr) == nullptr);
  CHECK((replaced.size() == 2 && !replaced.contains(all[1])));
  tie(cleared);
  cleared.clear();
  CHECK(cleared.empty());  // with what the destructor put in
  {
    ties dying;
    tie(dying);
  }
}

// An element whose destructor inserts another one, as long as some are left.
template <template <class, class, unsigned> class Container>
struct heir {
  using container = Container<heir, heir, 32>;
  container* home;
  int* left;
  heir(container* c, int* n) : home(c), left(n) {}
  heir(heir&& other) noexcept : home(std::exchange(other.home, nullptr)), left(other.left) {}
  heir& operator=(heir&& other) noexcept {
    std::swap(home, other.home);
    std::swap(left, other.left);
    return *this;
  }
  ~heir() {
    if (home != nullptr && *left > 0) {
      --*left;
      home->emplace(home, left);
    }
  }
};
template <template <class, class, unsigned> class Container>
void check_clear() {
  typename heir<Container>::container all;
  int left = 0;
  for (int i = 0; i < 5; ++i) all.emplace(&all, &left);
  left = 3;
  all.clear();
  CHECK((all.empty() && left == 0));
}
TEST_CASE("clear() goes on until nothing is left") {
  check_clear<snug::slot_map>();
  check_clear<snug::gen_arena>();
}

}  // namespace
