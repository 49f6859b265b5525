// Throwing, the containers. The rules are those of throwing_table_test.cpp.
//
// no row: interner.hpp symbol: a number.
// no row: arena.hpp arena_allocator, arena_resource: pointers to an arena, which throws.
#include <catch2/catch.hpp>

#include <snug/arena.hpp>
#include <snug/interner.hpp>
#include <snug/intrusive_list.hpp>
#include <snug/lru_cache.hpp>
#include <snug/slot_map.hpp>
#include <snug/soa_vector.hpp>

#include <list>
#include <string>
#include <utility>
#include <vector>

#include "lib/throwing.hpp"

using namespace snug_test;
using namespace snug::testing;

// --- slot_map.hpp

namespace {
// n when there are three elements of the value n, else -1.
template <class Range>
int three_of(const Range& range) {
  int n = -1, count = 0;
  for (const auto& e : range) {
    if (count++ == 0) n = e.value();
    if (e.value() != n) return -1;
  }
  return count == 3 ? n : -1;
}
template <class Map>
Map three(int n) {
  Map made;
  made.reserve(3);
  for (int i = 0; i < 3; ++i) made.emplace(n);
  return made;
}
bool ascending(const auto& a, const auto& b) {
  return a < b;
}
template <class T>
bool is_one(const T& t) {
  return t == T(1);
}
}  // namespace

TEST_CASE("throwing: slot_map", "[heap]") {
  using type = snug::slot_map<sturdy>;
  check_table<type>(
      three<type>, three_of<type>,
      {SNUG_OPERATION(promise::strong, a.emplace(3)),
       SNUG_OPERATION(promise::strong, a.insert(sturdy(3))),
       SNUG_OPERATION(promise::strong, a.insert(std::as_const(*a.begin()))),
       SNUG_OPERATION(promise::strong, a = std::as_const(b)),
       SNUG_OPERATION(promise::strong, a = std::move(b)),
       SNUG_OPERATION(promise::strong, type(std::as_const(a))),
       SNUG_OPERATION(promise::strong, a.reserve(100)),
       SNUG_OPERATION(promise::strong, a.shrink_to_fit()),
       SNUG_OPERATION(promise::strong, a.merge(b)), SNUG_OPERATION(promise::strong, a.sort()),
       SNUG_OPERATION(promise::basic, a.erase_if(is_one<sturdy>)),
       SNUG_OPERATION(promise::strong, a.clear()), SNUG_OPERATION(promise::strong, a.swap(b)),
       SNUG_OPERATION(promise::strong, a.erase(a.begin())),
       SNUG_OPERATION(promise::strong, a.extract(a.handle_of(*a.begin())))});
}

TEMPLATE_TEST_CASE("throwing: gen_arena", "[heap]", fragile, sturdy) {
  using type = snug::gen_arena<TestType>;
  check_table<type>(
      three<type>, three_of<type>,
      {SNUG_OPERATION(promise::strong, a.emplace(3)),
       SNUG_OPERATION(promise::strong, a.insert(TestType(3))),
       SNUG_OPERATION(promise::strong, a.insert(std::as_const(*a.begin()))),
       SNUG_OPERATION(promise::strong, a = std::move(b)),
       SNUG_OPERATION(promise::strong, a.reserve(1000)),
       SNUG_OPERATION(promise::strong, a.shrink_to_fit()),
       SNUG_OPERATION(promise::strong, a.merge(b)),
       SNUG_OPERATION(promise::basic, a.erase_if(is_one<TestType>)),
       SNUG_OPERATION(promise::strong, a.clear()), SNUG_OPERATION(promise::strong, a.swap(b)),
       SNUG_OPERATION(promise::strong, a.erase(a.begin())),
       SNUG_OPERATION(promise::strong, a.extract(a.begin().handle()))});
}

namespace {
using beside = snug::slot_handle<int>;
template <class Map>
Map three_beside(int n) {
  Map made;
  for (std::uint32_t i = 0; i < 3; ++i) made.insert_or_assign(beside(i, 1), n);
  return made;
}
template <class Map>
int three_of_beside(const Map& map) {
  int n = -1, count = 0;
  for (auto e : map) {
    if (count++ == 0) n = e.value.value();
    if (e.value.value() != n) return -1;
  }
  return count == 3 && map.size() == 3 ? n : -1;
}
}  // namespace

TEMPLATE_TEST_CASE("throwing: secondary_map", "[heap]", fragile, sturdy) {
  using type = snug::secondary_map<beside, TestType>;
  // A value that cannot move without throwing is assigned to.
  constexpr promise replaced =
      std::is_nothrow_move_constructible_v<TestType> ? promise::strong : promise::basic;
  check_table<type>(three_beside<type>, three_of_beside<type>,
                    {SNUG_OPERATION(replaced, a.insert_or_assign(beside(1, 1), 3)),
                     SNUG_OPERATION(replaced, a.insert_or_assign(beside(1, 5), 3)),
                     SNUG_OPERATION(promise::strong, a.insert_or_assign(beside(70, 1), 3)),
                     SNUG_OPERATION(promise::strong, a = std::as_const(b)),
                     SNUG_OPERATION(promise::strong, a = std::move(b)),
                     SNUG_OPERATION(promise::strong, type(std::as_const(a))),
                     SNUG_OPERATION(promise::strong, a.clear()),
                     SNUG_OPERATION(promise::strong, a.extract(beside(1, 1))),
                     SNUG_OPERATION(promise::strong, a.erase(beside(1, 1))),
                     SNUG_OPERATION(promise::strong, swap(a, b))});
}

// --- lru_cache.hpp

namespace {
template <class Cache>
Cache three_cached(int n) {
  Cache made(3);
  for (int i = 0; i < 3; ++i) made.put(i, n);
  return made;
}
template <class Cache>
int three_of_cached(const Cache& cache) {
  int n = -1, count = 0, key = 2;
  for (auto e : cache) {
    if (count++ == 0) n = e.value.value();
    if (e.value.value() != n || !(e.key == key--)) return -1;  // the order stays, too
  }
  return count == 3 && cache.size() == 3 ? n : -1;
}
template <class V>
V nine(int) {
  return V(9);
}
template <class K, class V>
bool drop_all(const K&, const V&) {
  faults::point();
  return true;
}
}  // namespace

TEMPLATE_TEST_CASE("throwing: lru_cache, values", "[heap]", fragile, sturdy) {
  using type = snug::lru_cache<int, TestType>;
  constexpr promise replaced =
      std::is_nothrow_move_constructible_v<TestType> ? promise::strong : promise::basic;
  check_table<type>(
      three_cached<type>, three_of_cached<type>,
      {SNUG_OPERATION(promise::strong, a.put(7, 3)), SNUG_OPERATION(replaced, a.put(1, 3)),
       SNUG_OPERATION(promise::strong, a.put(7, std::as_const(*a.peek(1)))),
       SNUG_OPERATION(promise::strong, a.try_emplace(7, 3)),
       SNUG_OPERATION(promise::strong, a.get_or_add(7, nine<TestType>)),
       SNUG_OPERATION(promise::strong, a.get_or_make(7, nine<TestType>)),
       SNUG_OPERATION(promise::strong, a = std::move(b)),
       SNUG_OPERATION(promise::strong, swap(a, b)),
       SNUG_OPERATION(promise::basic, a.erase_if(drop_all<int, TestType>)),
       SNUG_OPERATION(promise::strong, a.clear()), SNUG_OPERATION(promise::strong, a.erase(1)),
       SNUG_OPERATION(promise::strong, a.pop_oldest())});
  if constexpr (std::is_nothrow_move_constructible_v<TestType>) {
    check_table<type>(three_cached<type>, three_of_cached<type>,
                      {SNUG_OPERATION(promise::strong, a.set_max_entries(7)),
                       SNUG_OPERATION(promise::strong, a.set_max_entries(1))});
  }
}

TEMPLATE_TEST_CASE("throwing: lru_cache, keys, hash and equality", "[heap]", fragile, sturdy) {
  using type = snug::lru_cache<TestType, int>;
  const auto count = [](const type& c) {
    int n = -1, all = 0;
    for (auto e : c) {
      n = e.value;
      ++all;
    }
    return all == 3 ? n : -1;
  };
  check_table<type>(
      [](int n) {
        type made(3);
        for (int i = 0; i < 3; ++i) made.put(TestType(i), n);
        return made;
      },
      count,
      {SNUG_OPERATION(promise::strong, a.put(TestType(7), 3)),
       SNUG_OPERATION(promise::strong, a.put(TestType(1), 3)),
       SNUG_OPERATION(promise::strong, (void)a.get(TestType(1))),
       SNUG_OPERATION(promise::strong, a.contains(TestType(1))),
       SNUG_OPERATION(promise::strong, a.try_emplace(TestType(1), 3)),
       SNUG_OPERATION(promise::strong, a.erase(TestType(1)))});
}

// --- soa_vector.hpp

namespace {
template <class T>
struct row {
  T field;
  int number;
  T other;
};
template <class V, class T>
V three_rows(int n) {
  V made;
  for (int i = 0; i < 3; ++i) made.emplace_back(n, i, n);
  return made;
}
template <class V>
int three_of_rows(const V& v) {
  int n = -1, count = 0;
  for (auto r : v) {
    if (count++ == 0) n = r.template get<0>().value();
    if (r.template get<0>().value() != n || r.template get<2>().value() != n ||
        r.template get<1>() != count - 1)
      return -1;
  }
  return count == 3 ? n : -1;
}
template <class V>
bool drop_second(const V& r) {
  faults::point();
  return r.template get<1>() == 1;
}
template <class Vector, class T>
void check_rows() {
  using type = Vector;
  using element = row<T>;
  check_table<type>(
      three_rows<type, T>, three_of_rows<type>,
      {SNUG_OPERATION(promise::strong, a.emplace_back(3, 3, 3)),
       SNUG_OPERATION(promise::strong, a.push_back(element{3, 3, 3})),
       SNUG_OPERATION(promise::strong, a.push_back(a[0])),
       SNUG_OPERATION(promise::strong, a.reserve(100)),
       SNUG_OPERATION(promise::strong, a.shrink_to_fit()),
       SNUG_OPERATION(promise::strong, a.resize(9)),
       SNUG_OPERATION(promise::strong, a.resize(100, element{3, 3, 3})),
       SNUG_OPERATION(promise::strong, a.resize(1)),
       SNUG_OPERATION(promise::strong, a.resize_for_overwrite(9)),
       SNUG_OPERATION(promise::strong, a.assign(3, element{3, 3, 3})),
       SNUG_OPERATION(promise::strong, a.assign(b)),
       SNUG_OPERATION(promise::strong, a = std::as_const(b)),
       SNUG_OPERATION(promise::strong, a = std::move(b)),
       SNUG_OPERATION(promise::strong, type(std::as_const(a))),
       SNUG_OPERATION(promise::strong, a.swap(b)),
       SNUG_OPERATION(promise::basic, a.insert(a.begin(), element{3, 3, 3})),
       SNUG_OPERATION(promise::basic, a.insert(a.begin(), 3, element{3, 3, 3})),
       SNUG_OPERATION(promise::basic, a.insert_range(a.begin(), b)),
       SNUG_OPERATION(promise::strong, a.append_range(b)),
       SNUG_OPERATION(promise::basic, a.erase(a.begin())),
       SNUG_OPERATION(promise::basic, a.swap_erase(0)),
       SNUG_OPERATION(promise::strong, a.pop_back()),
       SNUG_OPERATION(promise::strong, a.clear()),
       SNUG_OPERATION(promise::basic, erase_if(a, drop_second<typename type::const_reference>)),
       SNUG_OPERATION(promise::basic, a[0] = a[1]),
       SNUG_OPERATION(promise::basic, swap(a[0], b[1])),
       SNUG_OPERATION(promise::basic, a.template sort_by<&element::field>()),
       SNUG_OPERATION(promise::strong, a == b),
       SNUG_OPERATION(promise::strong, a < b)});
}
}  // namespace

TEMPLATE_TEST_CASE("throwing: soa_vector and aosoa_vector", "[heap]", fragile, sturdy) {
  check_rows<snug::soa_vector<row<TestType>>, TestType>();
  check_rows<snug::aosoa_vector<row<TestType>, 4>, TestType>();
}

// --- intrusive_list.hpp

namespace {
struct linked : snug::list_hook<>, snug::slist_hook<> {
  int number = 0;
};
template <class List, class Run>
void check_list(Run run) {
  std::vector<linked> elements(20), others(5);
  for (int i = 0; i < 20; ++i) elements[static_cast<std::size_t>(i)].number = i * 7 % 20;
  for (int i = 0; i < 5; ++i) others[static_cast<std::size_t>(i)].number = i * 4;
  const long places = throw_at_every_point([&](attempt& attempt) {
    List list, other;
    for (linked& e : elements) list.push_back(e);
    for (linked& e : others) other.push_back(e);
    attempt([&] { run(list, other); });
    // Each is in one of the lists or in none, and the lists are whole.
    std::size_t walked = 0, free = 0;
    for (const List* l : {&list, &other}) {
      std::size_t here = 0;
      for (const linked& e : *l) here += e.number >= 0;
      CHECK(here == l->size());
      walked += here;
    }
    using hook = typename List::value_type;
    for (auto* all : {&elements, &others})
      for (const hook& e : *all) {
        if constexpr (requires(List& l) { l.back(), l.splice_after(l.begin(), l); }) {
          free += !e.snug::template slist_hook<>::is_linked();
        } else {
          free += !e.snug::template list_hook<>::is_linked();
        }
      }
    CHECK(walked + free == 25);
    list.clear();
    other.clear();
  });
  CHECK(places > 0);
}
bool less(const linked& a, const linked& b) {
  faults::point();
  return a.number < b.number;
}
bool same(const linked& a, const linked& b) {
  faults::point();
  return a.number % 2 == b.number % 2;
}
bool odd(const linked& a) {
  faults::point();
  return a.number % 2 != 0;
}
void dispose(linked&) {
  faults::point();
}
}  // namespace

TEMPLATE_TEST_CASE("throwing: intrusive_list and intrusive_slist", "", snug::intrusive_list<linked>,
                   snug::intrusive_slist<linked>) {
  using type = TestType;
  check_list<type>([](type& a, type&) { a.sort(less); });
  check_list<type>([](type& a, type& b) { a.merge(b, less); });
  check_list<type>([](type& a, type&) { a.remove_if(odd); });
  check_list<type>([](type& a, type&) { a.unique(same); });
  check_list<type>([](type& a, type&) { a.clear_and_dispose(dispose); });
  check_list<type>([](type& a, type&) { a.remove_and_dispose_if(odd, dispose); });
  if constexpr (requires(type& a) { a.unique_and_dispose(same, dispose); })
    check_list<type>([](type& a, type&) { a.unique_and_dispose(same, dispose); });
}

// --- arena.hpp

TEMPLATE_TEST_CASE("throwing: arena", "[heap]", fragile, sturdy) {
  using type = snug::arena;
  const std::list<TestType> values(3, TestType(1));
  const std::vector<TestType> side_by_side(3, TestType(1));
  // Memory is taken back: what is used stays, and so do the objects.
  const auto check = [&](auto run) {
    throw_at_every_point([&](attempt& attempt) {
      type a;
      auto* const first = a.create<TestType>(7);
      const auto used = a.used();
      const long objects = faults::objects;
      const bool done = attempt([&] { run(a); });
      if (!done) {
        CHECK(a.used() == used);
        CHECK(faults::objects == objects);
      }
      CHECK(first->value() == 7);
      CHECK(a.create<TestType>(5)->value() == 5);
      a.reset();
      CHECK(a.create<TestType>(5)->value() == 5);
    });
  };
  check([](type& a) { a.create<TestType>(3); });
  check([](type& a) { a.template create_array<TestType>(10); });
  check([&](type& a) { a.copy(values); });
  check([&](type& a) { a.copy(std::span<const TestType>(side_by_side)); });
  check([](type& a) { a.template create_array<TestType>(1000); });
  check([](type& a) {
    const type::scope scope(a);
    a.create<TestType>(3);
    a.create<TestType>(4);
  });
}

// --- interner.hpp

namespace {
struct throwing_hash {
  std::size_t operator()(std::string_view text) const {
    faults::point();
    return std::hash<std::string_view>()(text);
  }
};
template <class Words>
void check_words() {
  const std::string long_one(100, 'l'), longer(50000, 'm');
  for (int start : {0, 15, 40}) {
    const long places = throw_at_every_point([&](attempt& attempt) {
      Words words;
      for (int i = 0; i < start; ++i) words.intern("word " + std::to_string(i));
      for (std::string_view text : {std::string_view(long_one), std::string_view(longer)}) {
        const auto before = words.size();
        const bool done = attempt([&] { words.intern(text); });
        CHECK(words.size() == before + (done ? 1u : 0u));
        CHECK(static_cast<bool>(words.find(text)) == done);
        for (int i = 0; i < start; ++i)
          CHECK(words.resolve(words.find("word " + std::to_string(i))) ==
                "word " + std::to_string(i));
        if (!done) break;
      }
      CHECK(words.resolve(words.intern("new")) == "new");
    });
    CHECK(places > 0);
  }
}
}  // namespace

TEST_CASE("throwing: interner and sync_interner", "[heap]") {
  check_words<snug::basic_interner<snug::detail::plain_atomics, 1, throwing_hash>>();
  check_words<snug::basic_interner<snug::detail::shared_atomics, 16, throwing_hash>>();
}

TEST_CASE("throwing: what is inserted does not throw, and nothing is promised of it") {
  STATIC_REQUIRE(
      noexcept(std::declval<snug::intrusive_list<linked>&>().push_back(std::declval<linked&>())));
  STATIC_REQUIRE(!noexcept(std::declval<snug::slot_map<int>&>().insert(1)));
}
