// Aliasing, the containers: what is inserted, assigned or erased by is a part of the container
// itself; the container is replaced by one that is inside of it. The rules are those of
// aliasing_table_test.cpp.
#include <catch2/catch.hpp>

#include <snug/arena.hpp>
#include <snug/interner.hpp>
#include <snug/intrusive_list.hpp>
#include <snug/lru_cache.hpp>
#include <snug/slot_map.hpp>
#include <snug/soa_vector.hpp>

#include <memory>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

#include "lib/table.hpp"
#include "support/throw_at.hpp"

using namespace snug_test;
using snug::testing::faults;
using snug::testing::sturdy;

namespace {

// A name that knows whether it is alive, long enough for the heap.
struct name {
  sturdy alive;
  std::string text;
  name(int n) : alive(n), text("a name that is long enough for the heap: " + std::to_string(n)) {}
  int number() const { return text.size() > 41 ? alive.value() : -1; }
};

// The whole of a container takes the place of the container that it was in.
template <class Node, class Children>
void check_descendants(Children children) {
  const long before = faults::objects;
  {
    Node root(1);
    Node two(2);
    children(two, Node(3));
    children(root, std::move(two));
    auto* const inner = root.child();
    REQUIRE(inner != nullptr);
    root.nodes = std::move(inner->nodes);
    REQUIRE(root.child() != nullptr);
    CHECK(root.child()->called.number() == 3);
    CHECK(root.child()->child() == nullptr);
    auto& same = root.nodes;
    root.nodes = std::move(same);
    root.nodes.swap(same);
    CHECK(root.child()->called.number() == 3);
    if constexpr (std::is_copy_assignable_v<decltype(root.nodes)>) {
      children(*root.child(), Node(4));
      root.nodes = std::as_const(root.child()->nodes);
      CHECK(root.child()->called.number() == 4);
      root.nodes = std::as_const(same);
      CHECK(root.child()->called.number() == 4);
    }
  }
  CHECK(faults::objects == before);
}

}  // namespace

// --- slot_map.hpp

namespace {
struct slot_node {
  name called;
  snug::slot_map<slot_node> nodes = {};
  explicit slot_node(int n) : called(n) {}
  slot_node* child() { return nodes.empty() ? nullptr : std::addressof(*nodes.begin()); }
};
struct arena_node {
  name called;
  snug::gen_arena<arena_node> nodes = {};
  explicit arena_node(int n) : called(n) {}
  arena_node* child() { return nodes.empty() ? nullptr : std::addressof(*nodes.begin()); }
};
struct beside_node {
  using handle = snug::slot_handle<int>;
  name called;
  snug::secondary_map<handle, beside_node> nodes = {};
  explicit beside_node(int n) : called(n) {}
  beside_node* child() { return nodes.get(handle(2, 1)); }
};

template <class Map>
void check_slots() {
  Map map;
  const auto first = map.insert(name(0));
  for (int i = 1; i < 200; ++i) {  // at every size, so also where it grows
    const auto copied = map.insert(std::as_const(map[first]));
    CHECK(map[copied].number() == 0);
    const auto moved = map.insert(std::move(map[copied]));
    CHECK(map[moved].number() == 0);
    CHECK(map.emplace(map.get(first)->number()) != first);
  }
  struct knows_itself {
    name called;
    snug::slot_handle<knows_itself> self = {};
  };
  std::conditional_t<std::is_copy_constructible_v<Map>, snug::slot_map<knows_itself>,
                     snug::gen_arena<knows_itself>>
      all;
  for (int i = 0; i < 70; ++i) {
    const auto h = all.insert(knows_itself{i});
    all[h].self = h;
  }
  const auto& of = all.begin()->self;
  CHECK(all.erase(of));  // the handle is in the element that it erases
  CHECK(all.extract(all.begin()->self)->called.number() >= 0);
  CHECK(all.erase_if([&](const knows_itself& e) { return all.erase(e.self); }) == 0);
  CHECK(all.empty());
  map.merge(map);
  map.swap(map);
  auto& same = map;
  map = std::move(same);
  CHECK(map.size() == 1 + 3 * 199);
}
}  // namespace

TEST_CASE("aliasing: slot_map, gen_arena and secondary_map") {
  const auto put = [](auto& to, auto node) { to.nodes.insert(std::move(node)); };
  check_descendants<slot_node>(put);
  check_descendants<arena_node>(put);
  check_descendants<beside_node>([](beside_node& to, beside_node node) {
    to.nodes.insert_or_assign(beside_node::handle(2, 1), std::move(node));
  });
  check_slots<snug::slot_map<name>>();
  check_slots<snug::gen_arena<name>>();
  using handle = snug::slot_handle<int>;
  snug::secondary_map<handle, name> map;
  map.insert_or_assign(handle(0, 1), 7);
  for (std::uint32_t i = 1; i < 100; ++i) {
    CHECK(map.insert_or_assign(handle(i * 3, 1), *map.get(handle(0, 1)))->number() == 7);
  }
  CHECK(map.insert_or_assign(handle(0, 1), *map.get(handle(0, 1)))->number() == 7);
  CHECK(map.insert_or_assign(handle(0, 3), std::move(*map.get(handle(0, 1))))->number() == 7);
  CHECK(map.erase_stale(snug::slot_map<int>()) == 100);
}

// --- lru_cache.hpp

namespace {
struct cache_node {
  name called;
  snug::lru_cache<int, cache_node> nodes{3};
  explicit cache_node(int n) : called(n) {}
  cache_node* child() { return nodes.get(1); }
};
}  // namespace

TEST_CASE("aliasing: lru_cache") {
  check_descendants<cache_node>(
      [](cache_node& to, cache_node node) { to.nodes.put(1, std::move(node)); });
  const std::string long_one = "a key that is long enough for the heap";
  using cache_type = snug::lru_cache<std::string, std::string>;
  cache_type cache(3);
  for (int i = 0; i < 3; ++i) cache.put(long_one + std::to_string(i), long_one);
  // The oldest entry, which has to go, is the key or the value.
  for (int i = 0; i < 10; ++i) {
    const std::string key = (*cache.oldest()).key;
    CHECK(*cache.put(long_one + std::to_string(i + 3), (*cache.oldest()).value) == long_one);
    CHECK(!cache.contains(key));
  }
  CHECK(*cache.put((*cache.oldest()).value, (*cache.oldest()).key) == long_one + "10");
  CHECK(*cache.put((*cache.oldest()).key, "b") == "b");
  CHECK(*cache.put((*cache.begin()).key, (*cache.begin()).value) == "b");
  CHECK(*cache.put((*cache.begin()).key, std::move((*cache.begin()).value)) == "b");
  CHECK(cache.try_emplace((*cache.begin()).key, "c").second == false);
  CHECK(*cache.get_or_add((*cache.begin()).key, [](auto&) { return "c"; }) == "b");
  // The key is in an entry that `make` puts out.
  for (const bool adds : {true, false}) {
    cache_type small(1);
    const std::string made = "made";
    std::string& key = *small.put("a", long_one);
    const auto make = [&](const std::string&) {
      small.put("b", made);
      return made;
    };
    CHECK((adds ? *small.get_or_add(key, make) : small.get_or_make(key, make)) == made);
    CHECK(*small.peek(long_one) == made);
  }
  CHECK(cache.erase((*cache.begin()).key));
  CHECK(cache.erase((*cache.oldest()).key));
  CHECK(cache.size() == 1);
  auto& same = cache;
  cache = std::move(same);
  swap(cache, same);
  CHECK(cache.size() == 1);
  CHECK(cache.max_entries() == 3);
  CHECK(cache.erase_if([&](const std::string& key, const std::string& value) {
    return cache.peek(key) == std::addressof(value);
  }) == 1);
}

// --- soa_vector.hpp

namespace {
struct row {
  name called;
  int number;
  std::string text;
};
row make_row(int n) {
  return {name(n), n, "a text that is long enough for the heap"};
}

template <class Vector>
void check_rows() {
  const long before = faults::objects;
  {
    Vector v;
    v.push_back(make_row(0));
    for (int i = 1; i < 100; ++i) {  // at every size
      v.push_back(v[0]);
      v.emplace_back(v[0].template get<0>(), v.back().template get<1>(), v[0].template get<2>());
      CHECK(v.back().template get<&row::called>().number() == 0);
      CHECK(v.back().template get<&row::text>().size() == 39);
    }
    v.shrink_to_fit();
    v.insert(v.begin(), v.back());
    v.shrink_to_fit();
    v.insert(v.begin() + 1, 3, v[0]);
    v.shrink_to_fit();
    v.resize(v.size() + 3, v[0]);
    CHECK(v.back().template get<2>().size() == 39);
    v[0] = make_row(5);
    v.shrink_to_fit();
    const auto size = v.size();
    v.append_range(v);
    CHECK(v.size() == 2 * size);
    CHECK(v[size].template get<&row::called>().number() == 5);
    v.insert_range(v.begin() + 1, v);
    CHECK(v.size() == 4 * size);
    CHECK(v[1].template get<1>() == 5);
    v[1] = v[0];
    v[0] = std::as_const(v)[0];
    swap(v[0], v[0]);
    v[1] = v[1];
    CHECK(v[1].template get<&row::called>().number() == 5);
    v.assign(std::ranges::subrange(v.begin(), v.begin() + 3));
    CHECK(v.size() == 3);
    v.shrink_to_fit();
    v.insert(v.begin() + 1, v.begin(), v.begin() + 2);
    CHECK((v.size() == 5 && v[1].template get<&row::called>().number() == 5));
    v.shrink_to_fit();
    v.append_range(v | std::views::filter([](const auto& r) {
                     return snug::field<&row::called>(r).number() == 5;
                   }));
    CHECK(v.size() == 9);
    v.assign(7, v[0]);
    CHECK(v[6].template get<&row::called>().number() == 5);
    v = std::as_const(v);
    auto& same = v;
    v = std::move(same);
    v.swap(same);
    v.swap_erase(6);
    v.erase(v.begin(), v.begin());
    v.erase(v.begin(), v.end());
    CHECK(v.empty());
  }
  CHECK(faults::objects == before);
}
}  // namespace

TEST_CASE("aliasing: soa_vector and aosoa_vector") {
  check_rows<snug::soa_vector<row>>();
  check_rows<snug::aosoa_vector<row, 4>>();
  struct numbered {
    std::uint32_t order;
    int value;
  };
  snug::soa_vector<numbered> v;
  for (std::uint32_t i = 0; i < 10; ++i) v.push_back({9 - i, static_cast<int>(i)});
  v.permute(v.col<&numbered::order>());  // by a column that the order is in
  for (std::uint32_t i = 0; i < 10; ++i) CHECK(v[i].get<&numbered::order>() == i);
}

// Rows that are made of the vector's own columns, with and without room for them, of a number that
// is known before and of one that is not.
TEST_CASE("aliasing: soa_vector and its columns") {
  struct pair {
    int x, y;
  };
  const auto twice = [](int x) { return pair{x, 2 * x}; };
  const auto odd = [](int x) { return x % 2 != 0; };
  for (std::size_t room : {0, 1000}) {
    snug::soa_vector<pair> v;
    for (int i = 0; i < 8; ++i) v.push_back({i, i});
    if (room != 0) v.reserve(room);
    v.append_range(v.col<&pair::x>() | std::views::transform(twice));
    CHECK(v.size() == 16);
    CHECK((v[8].get<&pair::x>() == 0 && v[15].get<&pair::y>() == 14));
    if (room == 0) v.shrink_to_fit();
    v.append_range(v.col<&pair::x>() | std::views::filter(odd) | std::views::transform(twice));
    CHECK((v.size() == 24 && v[16].get<&pair::y>() == 2 && v[23].get<&pair::y>() == 14));
    if (room == 0) v.shrink_to_fit();
    v.insert_range(v.begin() + 1, v.col<&pair::y>() | std::views::transform(twice));
    CHECK((v.size() == 48 && v[0].get<&pair::x>() == 0 && v[24].get<&pair::x>() == 14));
    v.assign(v.col<&pair::x>() | std::views::take(3) | std::views::transform(twice));
    CHECK(v.size() == 3);
  }
}

// --- intrusive_list.hpp

namespace {
struct linked : snug::list_hook<>, snug::slist_hook<> {
  explicit linked(int n) : number(n) {}
  int number;
  bool operator==(const linked& o) const { return number == o.number; }
  auto operator<=>(const linked& o) const { return number <=> o.number; }
};
template <class List>
std::vector<int> numbers(const List& list) {
  std::vector<int> all;
  for (const auto& e : list) all.push_back(e.number);
  return all;
}
}  // namespace

TEST_CASE("aliasing: intrusive_list") {
  linked a(1), b(2), c(2), d(3);
  snug::intrusive_list<linked> list;
  for (linked* e : {&a, &b, &c, &d}) list.push_back(*e);
  const std::vector<int> all{1, 2, 2, 3};
  list.splice(list.begin(), list);
  list.splice(list.begin(), list, list.begin());
  list.splice(list.end(), list, list.begin(), list.end());
  list.merge(list);
  list.swap(list);
  auto& same = list;
  list = std::move(same);
  CHECK(numbers(list) == all);
  // Compared with an element of its own, which may be the one that goes.
  CHECK(list.remove_if([&](const linked& e) { return e == c; }) == 2);
  CHECK(numbers(list) == std::vector<int>{1, 3});
  list.erase(list.front());
  list.erase(list.begin());
  CHECK(list.empty());
#if SNUG_CHECKED
  for (linked* e : {&a, &b}) list.push_back(*e);
  CHECK(ending_of([&] {
          list.assign(list.begin(), list.end());
          return true;
        }) == ending::sentence);
  CHECK(ending_of([&] {
          list.insert(list.begin(), list.begin(), list.end());
          return true;
        }) == ending::sentence);
  list.clear();
#endif
}

TEST_CASE("aliasing: intrusive_slist") {
  linked a(1), b(2), c(3);
  snug::intrusive_slist<linked> list;
  for (linked* e : {&a, &b, &c}) list.push_back(*e);
  list.splice_after(list.before_begin(), list);
  list.splice_after(list.begin(), list, list.begin());
  list.splice_after(list.begin(), list, list.before_begin());
  list.merge(list);
  list.swap(list);
  auto& same = list;
  list = std::move(same);
  CHECK(numbers(list) == std::vector<int>{1, 2, 3});
  CHECK(list.erase(list.back()));
  CHECK(list.erase(list.front()));
  CHECK(list.remove_if([&](const linked& e) { return e == list.front(); }) == 1);
}

// --- arena.hpp

TEST_CASE("aliasing: arena") {
  const long before = faults::objects;
  {
    snug::arena memory;
    auto* const one = memory.create<name>(1);
    auto* const all = memory.create<std::vector<name>>(3u, *one);
    CHECK(memory.create<std::vector<name>>(*all)->back().number() == 1);
    for (int i = 0; i < 300; ++i) CHECK(memory.create<name>(*one)->number() == 1);  // new blocks
    CHECK(memory.copy(*all)[2].number() == 1);
    const auto text = memory.copy("a text");
    CHECK(memory.copy(text) == text);
    CHECK(memory.copy_terminated(text.substr(2)) == std::string("text"));
    CHECK(memory.copy(memory.copy(std::vector<int>{1, 2}))[1] == 2);
    // A container in the arena, made of its own elements.
    std::vector<name, snug::arena_allocator<name>> v(1, *one, snug::arena_allocator<name>(memory));
    snug::arena_resource resource(memory);
    std::pmr::vector<name> pooled(1, *one, &resource);
    for (int i = 0; i < 50; ++i) {
      v.push_back(v.front());
      pooled.push_back(pooled.front());
    }
    CHECK(v.back().number() + pooled.back().number() == 2);
    auto& same = memory;
    memory = std::move(same);
    memory.swap(same);
    CHECK(one->number() == 1);
    // Replaced by an arena that is an object of its own, and has one in turn.
    auto* const inner = memory.create<snug::arena>();
    auto* const innermost = inner->create<snug::arena>();
    auto* const kept = innermost->create<name>(3);
    memory = std::move(*inner);
    memory = std::move(*innermost);
    CHECK(kept->number() == 3);
    CHECK(memory.owns(kept));
    memory.deallocate(memory.allocate(8), 8);
    CHECK(kept->number() == 3);
  }
  CHECK(faults::objects == before);
}

// --- interner.hpp

TEMPLATE_TEST_CASE("aliasing: interner and sync_interner", "", snug::interner,
                   snug::sync_interner) {
  TestType words;
  const snug::symbol whole = words.intern(std::string(100, 'a') + std::string(300, 'b'));
  for (std::size_t i = 1; i < 400; ++i) {  // parts of its own string, while it grows
    const auto part = words.intern(words.resolve(whole).substr(i));
    CHECK(words.resolve(part).size() == 400 - i);
    CHECK(words.intern(words.resolve(part)) == part);
    CHECK(words.find(words.resolve(part)) == part);
  }
  CHECK(words.size() == 400);
  if constexpr (std::is_move_assignable_v<TestType>) {
    auto& same = words;
    words = std::move(same);
    words.swap(same);
    CHECK(words.resolve(whole).size() == 400);
    CHECK(words.size() == 400);
  }
  words.for_each([&](snug::symbol, std::string_view text) { words.intern(text.substr(0, 3)); });
  CHECK(words.find("bb"));
}
