// Moved from, the containers: empty and as good as new. The rules are those of
// moved_from_table_test.cpp.
//
// no row: interner.hpp sync_interner: cannot be moved.
// no row: arena.hpp arena_allocator, arena_resource: pointers to an arena.
#include <catch2/catch.hpp>

#include <snug/arena.hpp>
#include <snug/interner.hpp>
#include <snug/intrusive_list.hpp>
#include <snug/lru_cache.hpp>
#include <snug/slot_map.hpp>
#include <snug/soa_vector.hpp>

#include <string>
#include <utility>

#include "lib/moved_from.hpp"

using namespace snug_test;
using snug::testing::sturdy;

// --- slot_map.hpp

namespace {
template <class Map>
void check_slots() {
  check_moved_from<Map>(
      [](int n) {
        Map made;
        made.insert(n);
        made.erase(made.insert(n));
        return made;
      },
      [](const Map& m) {
        return m.empty() && m.size() == 0 && m.begin() == m.end() && m.retired_slots() == 0;
      },
      [](const Map& m) { return m.begin()->value(); });
  Map map;
  const auto first = map.insert(1);
  Map moved = std::move(map);
  CHECK(moved[first].value() == 1);  // handles go along
  CHECK(!map.contains(first));
  const auto again = map.insert(2);
  CHECK(map[again].value() == 2);
  map.clear();
  map.reserve(10);
  map.shrink_to_fit();
  map.merge(moved);
  CHECK(map.size() == 1);
  CHECK(moved.empty());
}
}  // namespace

TEST_CASE("moved from: slot_map, gen_arena and secondary_map") {
  check_slots<snug::slot_map<sturdy>>();
  check_slots<snug::gen_arena<sturdy>>();
  using handle = snug::slot_handle<int>;
  using type = snug::secondary_map<handle, sturdy>;
  check_moved_from<type>(
      [](int n) {
        type made;
        made.insert_or_assign(handle(3, 1), n);
        return made;
      },
      [](const type& m) {
        return m.empty() && m.begin() == m.end() && m.get(handle(3, 1)) == nullptr;
      },
      [](const type& m) { return m.get(handle(3, 1))->value(); });
}

// --- lru_cache.hpp

TEST_CASE("moved from: lru_cache") {
  // A cache of 0 entries, which keeps nothing until it is given room.
  using type = snug::lru_cache<int, sturdy>;
  check_moved_from<type>(
      [](int n) {
        type made(3);
        made.put(1, n);
        return made;
      },
      [](type& c) {
        return c.empty() && c.max_entries() == 0 && c.get(1) == nullptr && c.begin() == c.end() &&
               c.put(1, sturdy(1)) == nullptr && !c.erase(1) && !c.pop_oldest() &&
               c.memory_bytes() == 0 && c.weight() == 0;
      },
      [](type& c) { return c.get(1)->value(); });
  type gone(2);
  const type taken = std::move(gone);
  gone.set_max_entries(1);
  CHECK(gone.put(5, sturdy(5))->value() == 5);
  gone.clear();
}

// --- soa_vector.hpp

namespace {
struct row {
  sturdy a;
  int b;
};
}  // namespace

TEMPLATE_TEST_CASE("moved from: soa_vector and aosoa_vector", "", snug::soa_vector<row>,
                   (snug::aosoa_vector<row, 4>)) {
  check_moved_from<TestType>(
      [](int n) {
        TestType made;
        made.emplace_back(n, n);
        return made;
      },
      [](const TestType& v) { return v.empty() && v.capacity() == 0 && v.begin() == v.end(); },
      [](const TestType& v) { return v[0].template get<0>().value(); });
  TestType gone(3, row{1, 1});
  const TestType taken = std::move(gone);
  gone.push_back({2, 2});
  gone.resize(3, {4, 4});
  gone.shrink_to_fit();
  gone.clear();
  CHECK(erase_if(gone, [](const auto&) { return true; }) == 0);
}

// --- intrusive_list.hpp

namespace {
template <bool Checked>
struct linked : snug::list_hook<snug::default_tag, Checked>,
                snug::slist_hook<snug::default_tag, Checked> {
  explicit linked(int n) : value(n) {}
  sturdy value;
};
template <class List, class Element>
void check_list() {
  Element elements[] = {Element(1), Element(2), Element(3), Element(4)};
  const auto filled = [&](int n) {
    List made;
    made.push_back(elements[n - 1]);
    return made;
  };
  const auto left = [](const List& l) {
    return l.empty() && l.size() == 0 && l.begin() == l.end();
  };
  List a = filled(1);
  List b = std::move(a);
  CHECK(left(a));
  CHECK(b.front().value.value() == 1);
  List c = filled(2);
  b = std::move(c);  // the own one is unlinked
  CHECK(left(c));
  CHECK(b.front().value.value() == 2);
  List d = std::move(a);
  CHECK(left(a));
  CHECK(left(d));
  swap(a, b);
  CHECK(left(b));
  CHECK(a.front().value.value() == 2);
  b.push_back(elements[0]);  // free again
  b.sort([](const Element& x, const Element& y) { return x.value < y.value; });
  b.reverse();
  a = std::move(b);
  CHECK(a.front().value.value() == 1);
  a.clear();
  c.push_front(elements[1]);
  c.clear();
}
}  // namespace

TEST_CASE("moved from: intrusive_list and intrusive_slist") {
  check_list<snug::intrusive_list<linked<false>, snug::default_tag, false>, linked<false>>();
  check_list<snug::intrusive_list<linked<true>, snug::default_tag, true>, linked<true>>();
  check_list<snug::intrusive_slist<linked<false>, snug::default_tag, false>, linked<false>>();
  check_list<snug::intrusive_slist<linked<true>, snug::default_tag, true>, linked<true>>();
  // An element: its place goes along, and it can be linked again.
  linked<false> one(1);
  snug::intrusive_list<linked<false>, snug::default_tag, false> list, other;
  list.push_back(one);
  linked<false> moved = std::move(one);
  CHECK(!one.snug::list_hook<snug::default_tag, false>::is_linked());
  CHECK(std::addressof(list.front()) == std::addressof(moved));
  other.push_back(one);
  CHECK(other.size() == 1);
}

// --- arena.hpp

TEST_CASE("moved from: arena") {
  const long before = faults::objects;
  {
    snug::arena::options small;
    small.first_block = 1024;
    snug::arena a(small);
    auto* const one = a.create<sturdy>(1);
    snug::arena b = std::move(a);
    const auto left = [](snug::arena& m) { return m.reserved() == 0 && m.used() == 0; };
    CHECK(left(a));
    CHECK(one->value() == 1);
    CHECK(b.owns(one));
    CHECK(!a.owns(one));
    a.reset();
    CHECK(a.create<sturdy>(2)->value() == 2);
    {
      const snug::arena::scope scope(a);
      a.create<sturdy>(3);
    }
    a = std::move(b);
    CHECK(left(b));
    CHECK(one->value() == 1);
    swap(a, b);
    CHECK(b.owns(one));
  }
  CHECK(faults::objects == before);
}

// --- interner.hpp

TEST_CASE("moved from: interner") {
  snug::interner a;
  const auto one = a.intern("one");
  a.freeze();
  snug::interner b = std::move(a);
  CHECK(b.resolve(one) == "one");
  CHECK(b.frozen());
  CHECK(a.empty());
  CHECK(!a.frozen());
  CHECK(!a.find("one"));
  CHECK(a.intern("two") == one);  // numbered anew
  CHECK(a.resolve(one) == "two");
  a = std::move(b);
  CHECK(a.resolve(one) == "one");
  CHECK(b.empty());
  b.swap(a);
  CHECK(b.size() == 1);
  // What makes a symbol, a handle or a hook is a plain value: nothing is left of it that is less.
  snug::symbol s = one;
  const snug::symbol t = std::move(s);
  CHECK(s == t);
}
