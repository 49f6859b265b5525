// What users of the standard types would miss: every member and every way of making that the peer
// of a type has, the type has, too, or the row says that it is missing. What is said to be missing
// must be missing, so that a row cannot grow old.
//
// Each use is asked of the peer and of the type as a requires-expression over one macro's list.
#include <catch2/catch.hpp>

#include <snug/box.hpp>
#include <snug/compact_variant.hpp>
#include <snug/cow.hpp>
#include <snug/intrusive_list.hpp>
#include <snug/lazy.hpp>
#include <snug/lru_cache.hpp>
#include <snug/padded.hpp>
#include <snug/rc.hpp>
#include <snug/slot_map.hpp>
#include <snug/soa_vector.hpp>

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <forward_list>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "lib/table.hpp"

namespace snug_test::peers {

using uses = std::map<std::string, bool>;
using names = std::set<std::string>;

// REQUIRES: a use of both is in the lists of both.
void compare(const uses& ours, const uses& peers, const names& missing) {
  CHECK(peers.size() >= 10);
  names lost;
  for (const auto& [use, has] : peers)
    if (has && !ours.at(use)) lost.insert(use);
  CHECK(lost == missing);
}

// The members of a container C of elements made like `v`.
#define SNUG_USES(X)                                                      \
  X(size, k.size())                                                       \
  X(empty, k.empty())                                                     \
  X(max_size, k.max_size())                                               \
  X(capacity, k.capacity())                                               \
  X(clear, c.clear())                                                     \
  X(swap, c.swap(c))                                                      \
  X(begin, c.begin() != c.end())                                          \
  X(const_begin, k.begin() != k.end())                                    \
  X(cbegin, k.cbegin() != k.cend())                                       \
  X(rbegin, c.rbegin() != c.rend())                                       \
  X(const_rbegin, k.rbegin() != k.rend())                                 \
  X(crbegin, k.crbegin() != k.crend())                                    \
  X(mixed_iterators, c.begin() == k.end())                                \
  X(step_back, --std::declval<decltype(c.end())&>())                      \
  X(distance, k.end() - k.begin())                                        \
  X(front, c.front())                                                     \
  X(const_front, k.front())                                               \
  X(back, c.back())                                                       \
  X(const_back, k.back())                                                 \
  X(index, c[0])                                                          \
  X(const_index, k[0])                                                    \
  X(at, c.at(0))                                                          \
  X(data, c.data())                                                       \
  X(const_data, k.data())                                                 \
  X(reserve, c.reserve(1))                                                \
  X(shrink_to_fit, c.shrink_to_fit())                                     \
  X(resize, c.resize(1))                                                  \
  X(resize_value, c.resize(1, v))                                         \
  X(assign_range, c.assign(from.begin(), from.end()))                     \
  X(fill, c.fill(v))                                                      \
  X(push_back, c.push_back(v))                                            \
  X(push_front, c.push_front(v))                                          \
  X(pop_back, c.pop_back())                                               \
  X(pop_front, c.pop_front())                                             \
  X(insert_here, c.insert(k.begin(), v))                                  \
  X(erase_here, c.erase(k.begin()))                                       \
  X(erase_some, c.erase(k.begin(), k.end()))                              \
  X(splice, c.splice(k.begin(), c))                                       \
  X(splice_one, c.splice(k.begin(), c, k.begin()))                        \
  X(merge, c.merge(c))                                                    \
  X(remove_if, c.remove_if(never))                                        \
  X(sort, c.sort())                                                       \
  X(unique, c.unique())                                                   \
  X(reverse, c.reverse())                                                 \
  X(insert_after, c.insert_after(k.begin(), v))                           \
  X(erase_after, c.erase_after(k.begin()))                                \
  X(splice_after, c.splice_after(k.begin(), c))                           \
  X(before_begin, c.before_begin() == k.before_begin())                   \
  X(equal, k == k)                                                        \
  X(ordered, k < k)                                                       \
  X(copied, C(k))                                                         \
  X(copy_assigned, c = k)                                                 \
  X(listed, C{v, v})                                                      \
  X(of_range, C(from.begin(), from.end()))                                \
  X(get, get<0>(c))                                                       \
  X(get_allocator, k.get_allocator())                                     \
  X(emplace, c.emplace(key, v))                                           \
  X(try_emplace, c.try_emplace(key, v))                                   \
  X(insert_or_assign, c.insert_or_assign(key, v))                         \
  X(contains, k.contains(key))                                            \
  X(erase_key, c.erase(key))                                              \
  X(extract, c.extract(key))                                              \
  X(find, c.find(key))                                                    \
  X(value_type, std::type_identity<typename C::value_type>())             \
  X(size_type, std::type_identity<typename C::size_type>())               \
  X(difference_type, std::type_identity<typename C::difference_type>())   \
  X(reference, std::type_identity<typename C::reference>())               \
  X(const_reference, std::type_identity<typename C::const_reference>())   \
  X(iterator, std::type_identity<typename C::iterator>())                 \
  X(const_iterator, std::type_identity<typename C::const_iterator>())     \
  X(reverse_iterator, std::type_identity<typename C::reverse_iterator>()) \
  X(const_reverse_iterator, std::type_identity<typename C::const_reverse_iterator>())

template <class C, class V, class Key = int>
uses uses_of() {
  uses all;
  using std::get;
  [[maybe_unused]] const auto never = [](const auto&...) { return false; };
#define SNUG_USE(name, ...)                                                                \
  all[#name] = requires(C& c, const C& k, V& v, std::vector<std::remove_const_t<V>>& from, \
                        const Key& key) { __VA_ARGS__; };
  SNUG_USES(SNUG_USE)
#undef SNUG_USE
  return all;
}

struct entry {
  int key = 0;
  std::string text;
  auto operator<=>(const entry&) const = default;
};
struct node : snug::list_hook<>, snug::slist_hook<> {
  int value = 0;
  friend bool operator==(const node& a, const node& b) { return a.value == b.value; }
  friend auto operator<=>(const node& a, const node& b) { return a.value <=> b.value; }
};
struct plain {
  int value = 0;
  auto operator<=>(const plain&) const = default;
};

// Types that are made with arguments of any kind.
struct made {
  int sum = 0;
  made() = default;
  made(int a, int b) noexcept : sum(a + b) {}
  made(std::initializer_list<int> list, int more = 0) : sum(more) {
    for (const int i : list) sum += i;
    if (sum < 0) throw std::invalid_argument("less than nothing");
  }
  bool operator==(const made&) const = default;
};

}  // namespace snug_test::peers

using namespace snug_test::peers;

// no row: rc.hpp borrow, unique_ref, atomic_rc, enable_rc_from_this: asked in the table of concepts
// no row: layout.hpp: the standard library has nothing like it
// no row: observer.hpp: the standard library has nothing like it
// no row: tracked_ptr.hpp: the standard library has nothing like it
// no row: interner.hpp: the standard library has nothing like it
// no row: arena.hpp: arena_allocator and arena_resource are used through std's own interfaces

// --- compact_variant.hpp

namespace snug_test::peers {

// Ways of making and changing that std::variant has: asked of both templates with the same
// alternatives, whether they are there and whether they may throw.
template <template <class...> class V>
uses uses_of_variant() {
  using numbers = V<int, double>;
  using texts = V<bool, std::string>;
  using lists = V<int, std::vector<int>, made>;
  using ints = std::initializer_list<int>;
  uses all;
  const auto one = []<class T, class... A>(uses& to, const std::string& name) {
    to[name] = std::is_constructible_v<T, A...>;
    to[name + ", nothrow"] = std::is_nothrow_constructible_v<T, A...>;
    if constexpr (sizeof...(A) == 1) {
      to["= " + name] = std::is_assignable_v<T&, A...>;
      to["= " + name + ", nothrow"] = std::is_nothrow_assignable_v<T&, A...>;
    }
  };
  one.template operator()<numbers, int>(all, "int");
  one.template operator()<numbers, float>(all, "float");
  one.template operator()<numbers, numbers>(all, "moved");
  one.template operator()<numbers, const numbers&>(all, "copied");
  one.template operator()<texts, bool>(all, "bool");
  one.template operator()<texts, std::string>(all, "string");
  one.template operator()<texts, const char*>(all, "text");
  one.template operator()<texts, texts>(all, "moved text");
  one.template operator()<lists, std::vector<int>>(all, "vector");
  one.template operator()<lists, std::in_place_index_t<1>, ints>(all, "number, list");
  one.template operator()<lists, std::in_place_index_t<2>, ints, int>(all, "number, list, more");
  one.template operator()<lists, std::in_place_index_t<2>, int, int>(all, "number, arguments");
  one.template operator()<lists, std::in_place_type_t<made>, ints>(all, "type, list");
  one.template operator()<lists, std::in_place_type_t<made>, ints, int>(all, "type, list, more");
  one.template operator()<lists, std::in_place_type_t<made>, int, int>(all, "type, arguments");
  one.template operator()<lists, std::in_place_type_t<int>>(all, "type");
  using std::get, std::get_if, std::holds_alternative, std::visit, std::swap;
#define SNUG_USE(name, ...) all[name] = requires(lists& v, const lists& k) { __VA_ARGS__; };
  SNUG_USE("emplace<I>(list)", v.template emplace<1>({1, 2}))
  SNUG_USE("emplace<I>(list, more)", v.template emplace<2>({1, 2}, 3))
  SNUG_USE("emplace<T>(list)", v.template emplace<std::vector<int>>({1, 2}))
  SNUG_USE("emplace<T>(list, more)", v.template emplace<made>({1, 2}, 3))
  SNUG_USE("emplace<T>(arguments)", v.template emplace<made>(1, 2))
  SNUG_USE("emplace<T>()", v.template emplace<made>())
  SNUG_USE("index", k.index())
  SNUG_USE("get<I>", get<1>(v))
  SNUG_USE("get<T>", get<made>(k))
  SNUG_USE("get<T> of a temporary", get<made>(std::move(v)))
  SNUG_USE("get_if", get_if<1>(&k))
  SNUG_USE("holds_alternative", holds_alternative<made>(k))
  SNUG_USE("visit", visit([](const auto&) {}, k))
  SNUG_USE("visit two", visit([](const auto&, const auto&) {}, k, v))
  SNUG_USE("swap", swap(v, v))
  SNUG_USE("member swap", v.swap(v))
  SNUG_USE("==", k == k)
  SNUG_USE("valueless_by_exception", k.valueless_by_exception())
#undef SNUG_USE
  all["hash"] = std::is_default_constructible_v<std::hash<texts>>;
  all["no hash"] = !std::is_default_constructible_v<std::hash<lists>>;
  all["<"] = requires(const texts& k) { k < k; };
  return all;
}

template <template <class...> class V>
std::vector<std::size_t> story_of_variant() {
  std::vector<std::size_t> seen;
  using lists = V<int, std::vector<int>, made>;
  lists v;
  const auto look = [&] {
    using std::get_if;
    seen.push_back(v.index());
    if (const auto* list = get_if<std::vector<int>>(&v)) seen.push_back(list->size());
    if (const auto* m = get_if<made>(&v)) seen.push_back(static_cast<std::size_t>(m->sum));
  };
  look();
  v.template emplace<1>({3, 7}), look();
  v.template emplace<std::vector<int>>(3u, 7), look();
  v.template emplace<made>({1, 2}, 3), look();
  v.template emplace<2>(1, 2), look();
  v = lists(std::in_place_type<std::vector<int>>, {3, 7}), look();
  v = lists(std::in_place_index<2>, {3, 7}, 1), look();
  // The list refers to what goes.
  v.template emplace<std::vector<int>>({4, 5, 6});
  v.template emplace<std::vector<int>>({(*get_if<std::vector<int>>(&v))[1]}), look();
  seen.push_back(static_cast<std::size_t>((*get_if<std::vector<int>>(&v))[0]));
  return seen;
}

}  // namespace snug_test::peers

TEST_CASE("peers: compact_variant has what std::variant has") {
  // There is always a value. Strings and vectors of the standard library are larger than two
  // pointers and boxed.
  compare(uses_of_variant<snug::compact_variant>(), uses_of_variant<std::variant>(),
          {"valueless_by_exception", "string, nothrow", "= string, nothrow", "vector, nothrow",
           "= vector, nothrow"});
  // What may throw does not say that it does not.
  struct may_throw {
    may_throw(short) {}
  };
  using risky = snug::compact_variant<may_throw>;
  STATIC_REQUIRE(std::is_constructible_v<risky, short> &&
                 !std::is_nothrow_constructible_v<risky, short>);
  STATIC_REQUIRE(!std::is_nothrow_assignable_v<risky&, short>);
  STATIC_REQUIRE(!std::is_nothrow_constructible_v<risky, std::in_place_index_t<0>, short>);
  STATIC_REQUIRE(!std::is_nothrow_constructible_v<risky, std::in_place_type_t<may_throw>, short>);
  snug::compact_variant<int, made> v(std::in_place_index<1>, {4});
  CHECK_THROWS_AS(v.emplace<made>({-1}), std::invalid_argument);
  CHECK(v.get<made>().sum == 4);
  CHECK(story_of_variant<snug::compact_variant>() == story_of_variant<std::variant>());
}

// --- padded.hpp

TEST_CASE("peers: padded_array has what std::array has") {
  using array = snug::padded_array<int, 3>;
  // The elements do not lie side by side.
  compare(uses_of<array, int>(), uses_of<std::array<int, 3>, int>(), {"data", "const_data"});
  array a{3, 1, 2};
  auto& [first, second, third] = a;
  second = 9;
  CHECK((first == 3 && a[1] == 9 && &third == &a.back() && &first == &a.front()));
  CHECK(a.at(1) == 9);
  CHECK_THROWS_AS(a.at(3), std::out_of_range);
  CHECK(std::vector<int>(a.crbegin(), a.crend()) == std::vector<int>{2, 9, 3});
  array b;
  b.fill(4);
  swap(a, b);
  CHECK((a == array{4, 4, 4} && b == array{3, 9, 2}));
  // A part of an element.
  struct tree {
    std::vector<tree> kids;
  };
  snug::padded_array<tree, 2> trees;
  trees[0].kids.resize(2);
  trees[0].kids[1].kids.resize(5);
  trees.fill(trees[0].kids[1]);
  CHECK((trees[0].kids.size() == 5 && trees[1].kids.size() == 5));
  STATIC_REQUIRE(snug::padded_array<int, 3>{1, 2, 3}.back() == 3);
  // A padded is used through its T.
  STATIC_REQUIRE(std::is_same_v<decltype(*std::declval<snug::padded<plain>&>()), plain&>);
}

// --- slot_map.hpp

TEST_CASE("peers: slot_map has what a vector that is sorted by nothing can have") {
  using vector = std::vector<entry>;
  using map = snug::slot_map<entry>;
  // An element has a handle, and no place that is its own: nothing is inserted or found by places.
  compare(uses_of<map, entry, map::handle>(), uses_of<vector, entry, vector::const_iterator>(),
          {"resize", "resize_value", "assign_range", "push_back", "pop_back", "insert_here",
           "erase_some", "index", "const_index", "at", "equal", "ordered", "listed", "of_range",
           "get_allocator"});
  map m;
  m.insert({1, "a"});
  m.insert({2, "b"});
  CHECK((m.front().key == 1 && m.back().key == 2 && m.data() == m.begin()));
  CHECK((std::as_const(m).front().key == 1 && std::as_const(m).back().key == 2));
  CHECK(m.rbegin()->key == 2);
  CHECK(std::next(m.crbegin())->key == 1);
  CHECK(m.cend() - m.cbegin() == 2);
  // More than there can be is refused at once.
  CHECK_THROWS_AS(m.reserve(map::max_size() + 1), std::length_error);
  CHECK_THROWS_AS(m.reserve(std::numeric_limits<std::size_t>::max()), std::length_error);
  CHECK(m.size() == 2);
}

TEST_CASE("peers: gen_arena has what a list has that is sorted by nothing") {
  using arena = snug::gen_arena<entry>;
  const uses ours = uses_of<arena, entry, arena::handle>();
  // Iterators go forwards: end() knows nothing of the arena, so that they survive its move.
  for (const char* use :
       {"size",     "empty",          "max_size",  "capacity",        "clear",      "swap",
        "begin",    "const_begin",    "cbegin",    "mixed_iterators", "erase_here", "merge",
        "reserve",  "shrink_to_fit",  "extract",   "contains",        "erase_key",  "value_type",
        "iterator", "const_iterator", "reference", "const_reference"}) {
    INFO(use);
    CHECK(ours.at(use));
  }
  CHECK(!ours.at("rbegin"));
  CHECK(!ours.at("copied"));
  arena a;
  a.insert({1, "a"});
  CHECK(a.cbegin()->key == 1);
  CHECK(++a.cbegin() == a.cend());
  // Refused before any memory is taken.
  CHECK_THROWS_AS(a.reserve(arena::max_size() + 1), std::length_error);
  CHECK_THROWS_AS(a.reserve(std::numeric_limits<std::size_t>::max()), std::length_error);
  CHECK(a.capacity() == 64);
}

TEST_CASE("peers: secondary_map has what an unordered_map has") {
  using handle = snug::slot_map<int>::handle;
  using map = snug::secondary_map<handle, entry>;
  // get() gives the address, or null, of what find() would point to.
  compare(uses_of<map, entry, handle>(),
          uses_of<std::unordered_map<handle, entry>, entry, handle>(),
          {"emplace", "equal", "erase_some", "find", "get_allocator", "listed", "max_size", "merge",
           "of_range", "try_emplace"});
  snug::slot_map<int> owner;
  map m;
  m.reserve(3);
  const handle h = owner.insert(1);
  m.insert_or_assign(h, entry{1, "a"});
  CHECK(m.cbegin()->handle == h);
  CHECK(++m.cbegin() == m.cend());
  map::reference r = *m.begin();
  r.value.key = 5;
  CHECK(m.get(h)->key == 5);
}

// --- lru_cache.hpp

TEST_CASE("peers: lru_cache has what an unordered_map has") {
  using cache = snug::lru_cache<int, entry>;
  // get() and peek() give the address, or null, of what find() would point to; put() replaces.
  compare(uses_of<cache, entry>(), uses_of<std::unordered_map<int, entry>, entry>(),
          {"at", "copied", "copy_assigned", "emplace", "equal", "erase_some", "extract", "find",
           "get_allocator", "index", "insert_or_assign", "listed", "max_size", "merge", "of_range",
           "reserve"});
  cache c(2);
  c.put(1, entry{1, "a"});
  CHECK(c.cbegin()->key == 1);
  CHECK(++c.cbegin() == c.cend());
  cache::reference r = *c.begin();
  r.value.key = 5;
  CHECK(c.peek(1)->key == 5);
}

// --- soa_vector.hpp

TEST_CASE("peers: soa_vector and aosoa_vector have what a vector has") {
  const uses peer = uses_of<std::vector<entry>, entry>();
  // The rows are no objects that lie side by side; there is one allocation, with operator new.
  const names missing{"data", "const_data", "get_allocator"};
  const uses ours = uses_of<snug::soa_vector<entry>, entry>();
  compare(ours, peer, missing);
  CHECK(ours == uses_of<snug::aosoa_vector<entry, 4>, entry>());
  snug::soa_vector<entry> v{{1, "a"}, {2, "b"}};
  snug::aosoa_vector<entry, 4> w{{1, "a"}, {2, "b"}};
  const std::vector<entry> rows{{1, "a"}, {2, "b"}};
  CHECK(v == snug::soa_vector<entry>(rows.begin(), rows.end()));
  w.assign(v.begin(), v.end());
  CHECK(w == snug::aosoa_vector<entry, 4>(rows.begin(), rows.end()));
  std::string text;
  for (auto it = v.rbegin(); it != v.rend(); ++it) text += (*it).get<1>();
  for (auto it = std::as_const(w).rbegin(); it != w.crend(); ++it) text += (*it).get<1>();
  CHECK(text == "baba");
}

// --- intrusive_list.hpp

TEST_CASE(
    "peers: intrusive_list and intrusive_slist have what std::list and std::forward_list have") {
  using list = snug::intrusive_list<node>;
  using slist = snug::intrusive_slist<node>;
  // Lists of elements that they do not own are not copied, compared or made longer.
  const names missing{"copied",   "copy_assigned", "equal",   "get_allocator", "listed",
                      "max_size", "of_range",      "ordered", "resize",        "resize_value"};
  compare(uses_of<list, node>(), uses_of<std::list<plain>, plain>(), missing);
  compare(uses_of<slist, node>(), uses_of<std::forward_list<plain>, plain>(), missing);
  node a, b;
  list both_ways;
  b.value = 1;
  both_ways.push_back(a);
  both_ways.push_back(b);
  CHECK(both_ways.crbegin()->value == 1);
  CHECK(std::next(both_ways.crbegin(), 2) == both_ways.crend());
  slist one_way;
  one_way.push_front(a);
  CHECK(&*one_way.cbegin() == &a);
  CHECK(std::next(one_way.cbegin()) == one_way.cend());
}

// --- box.hpp

TEST_CASE("peers: box has what std::optional has, and is ordered as its values are") {
  using box = snug::box<made>;
  box b(std::in_place, {1, 2}, 3);
  CHECK(b->sum == 6);
  CHECK(b.emplace({1, 2}, 4).sum == 7);
  CHECK(b.emplace({1, 2}).sum == 3);
  CHECK_THROWS_AS(b.emplace({-1}), std::invalid_argument);
  CHECK(b->sum == 3);
  CHECK(b.emplace(4, 5).sum == 9);
  using list = snug::box<std::vector<int>>;
  list l(std::in_place, {4, 5, 6});
  l.emplace({(*l)[1]});  // the list refers to what goes
  CHECK(*l == std::vector<int>{5});
  CHECK(snug::box<int>(1) < snug::box<long>(2));
  CHECK((snug::box<double>(2.5) > snug::box<int>(2)));
  snug::box<long> gone(3);
  const snug::box<long> taken(std::move(gone));
  CHECK(gone < snug::box<int>(1));
  CHECK(taken > gone);
}

// --- cow.hpp

TEST_CASE("peers: cow is made like a std::optional") {
  const snug::cow<made> c(std::in_place, {1, 2}, 3);
  CHECK(c->sum == 6);
  CHECK(snug::cow<std::vector<int>>(std::in_place, {3, 7})->size() == 2);
  STATIC_REQUIRE(
      !std::is_constructible_v<snug::cow<int>, std::in_place_t, std::initializer_list<int>>);
}

// --- lazy.hpp

TEMPLATE_TEST_CASE("peers: lazy and sync_lazy are set like a std::optional is emplaced", "",
                   snug::lazy<std::vector<int>>, snug::sync_lazy<std::vector<int>>) {
  TestType value;
  CHECK(value.set({3, 7}));
  CHECK(value.get_if()->size() == 2);
  CHECK(!value.set({1}));
  value.reset();
  CHECK(value.set(3u, 7));
  CHECK(value.get_if()->size() == 3);
}

// --- rc.hpp

TEST_CASE("peers: rc and weak_rc have what std::shared_ptr and std::weak_ptr have") {
  const auto ask = []<class P, class W>(std::type_identity<P>, std::type_identity<W>) {
    uses all;
#define SNUG_USE(name, ...) all[name] = requires(P& p, const P& k, W& w) { __VA_ARGS__; };
    SNUG_USE("get", k.get())
    SNUG_USE("*", *k)
    SNUG_USE("->", k->value)
    SNUG_USE("bool", k ? 1 : 0)
    SNUG_USE("reset", p.reset())
    SNUG_USE("swap", p.swap(p))
    SNUG_USE("use_count", k.use_count())
    SNUG_USE("owner_before", k.owner_before(k))
    SNUG_USE("owner_before weak", k.owner_before(w))
    SNUG_USE("== null", k == nullptr)
    SNUG_USE("null", P(nullptr))
    SNUG_USE("= null", p = nullptr)
    SNUG_USE("==", k == k)
    SNUG_USE("<", k < k)
    SNUG_USE("hash", std::hash<P>()(k))
    SNUG_USE("weak", W(k))
    SNUG_USE("= weak", w = k)
    SNUG_USE("lock", w.lock())
    SNUG_USE("expired", w.expired())
    SNUG_USE("weak use_count", w.use_count())
    SNUG_USE("weak reset", w.reset())
    SNUG_USE("weak owner_before", w.owner_before(w))
    SNUG_USE("weak swap", w.swap(w))
#undef SNUG_USE
    return all;
  };
  compare(
      ask(std::type_identity<snug::rc<plain>>(), std::type_identity<snug::weak_rc<plain>>()),
      ask(std::type_identity<std::shared_ptr<plain>>(), std::type_identity<std::weak_ptr<plain>>()),
      {});
}

// --- box.hpp, cow.hpp, padded.hpp, compact_variant.hpp, soa_vector.hpp

namespace snug_test::peers {
// From before C++20: ordered by `<` alone.
struct old {
  int value = 0;
  friend bool operator<(const old& a, const old& b) { return a.value < b.value; }
};
struct old_row {
  int same = 0;
  old field;
};
template <class A>
void check_order(const A& little, const A& much) {
  CHECK(little < much);
  CHECK_FALSE(much < little);
  CHECK(much > little);
  CHECK(little <= much);
  CHECK(little <= little);
  CHECK(much >= little);
  CHECK((little <=> much) == std::weak_ordering::less);
  CHECK((much <=> little) == std::weak_ordering::greater);
  CHECK((much <=> much) == std::weak_ordering::equivalent);
}
}  // namespace snug_test::peers

TEST_CASE("peers: values with < alone are ordered by it") {
  check_order(snug::box<old>(old{1}), snug::box<old>(old{2}));
  check_order(snug::cow<old>(old{1}), snug::cow<old>(old{2}));
  check_order(snug::padded<old>(old{1}), snug::padded<old>(old{2}));
  check_order(snug::padded_array<old, 2>{old{1}, old{1}},
              snug::padded_array<old, 2>{old{1}, old{2}});
  using variant = snug::compact_variant<int, old>;
  check_order(variant(old{1}), variant(old{2}));
  check_order(variant(3), variant(old{2}));
  check_order(snug::soa_vector<old_row>{{1, {1}}}, snug::soa_vector<old_row>{{1, {2}}});
  check_order(snug::aosoa_vector<old_row, 2>{{1, {1}}}, snug::aosoa_vector<old_row, 2>{{1, {2}}});
}
