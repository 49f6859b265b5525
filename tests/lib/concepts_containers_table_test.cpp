// The answers to concepts, the containers. The rules are those of concepts_table_test.cpp.
#include <catch2/catch.hpp>

#include <snug/arena.hpp>
#include <snug/interner.hpp>
#include <snug/intrusive_list.hpp>
#include <snug/layout.hpp>
#include <snug/lru_cache.hpp>
#include <snug/padded.hpp>
#include <snug/slot_map.hpp>
#include <snug/soa_vector.hpp>

#include <iterator>
#include <memory>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

#include "lib/answers.hpp"

using namespace snug_test::answering;

namespace snug_test::answering {
template <class T>
using slot_map_of = snug::slot_map<T>;
template <class T>
using gen_arena_of = snug::gen_arena<T>;
template <class T>
using beside_of = snug::secondary_map<snug::slot_handle<int>, T>;
template <class T>
using handle_of = snug::slot_handle<T>;
template <class T>
using values_of = snug::lru_cache<int, T>;
template <class T>
using keys_of = snug::lru_cache<T, int>;
template <class T>
struct row_of {
  int first;
  T field;
};
template <class T>
using soa_of = snug::soa_vector<row_of<T>>;
template <class T>
using aosoa_of = snug::aosoa_vector<row_of<T>, 4>;
template <class T>
struct linked_of : snug::list_hook<>, snug::slist_hook<> {
  T value;
};
template <class T>
using list_of = snug::intrusive_list<linked_of<T>>;
template <class T>
using slist_of = snug::intrusive_slist<linked_of<T>>;
template <class T>
using allocator_of = snug::arena_allocator<T>;

// An iterator of a constant container, and what both iterators are.
template <class C>
concept walked =
    std::ranges::forward_range<C> && std::ranges::forward_range<const C> &&
    std::convertible_to<std::ranges::iterator_t<C>, std::ranges::iterator_t<const C>> &&
    !std::convertible_to<std::ranges::iterator_t<const C>, std::ranges::iterator_t<C>> &&
    std::sentinel_for<std::ranges::iterator_t<const C>, std::ranges::iterator_t<C>> &&
    std::default_initializable<std::ranges::iterator_t<C>>;
template <class C>
concept has_arrow = requires(std::ranges::iterator_t<C> i, std::ranges::iterator_t<const C> c) {
  i.operator->();
  c.operator->();
};
template <class C>
concept inserts_into = requires(C c, const typename C::value_type& v) { c.insert(v); };

struct slot_inside {
  snug::slot_map<slot_inside> children;
  snug::gen_arena<int> others;
};
struct slot_tree {
  snug::slot_map<slot_tree> children;
};
struct beside_tree {
  snug::secondary_map<snug::slot_handle<int>, beside_tree> children;
};
struct cache_tree {
  snug::lru_cache<int, cache_tree> children{1};
};
struct declared_only;
}  // namespace snug_test::answering

// --- slot_map.hpp

TEST_CASE("answers: slot_map, gen_arena and secondary_map") {
  check_table<slot_map_of>({.default_made = yes, .equal = no, .ordered = no, .hashed = no});
  check_table<gen_arena_of>(
      {.default_made = yes, .copied = no, .equal = no, .ordered = no, .hashed = no});
  check_table<beside_of>({.default_made = yes, .equal = no, .ordered = no, .hashed = no});
  check_table<handle_of>({yes, yes, yes, yes, yes, yes});
  STATIC_REQUIRE(std::regular<snug::slot_handle<int>>);
  STATIC_REQUIRE(!std::equality_comparable_with<snug::slot_handle<int>, snug::slot_handle<long>>);
  STATIC_REQUIRE(!std::convertible_to<snug::slot_handle<int>, bool>);
  STATIC_REQUIRE(walked<snug::slot_map<int>> && std::ranges::contiguous_range<snug::slot_map<int>>);
  STATIC_REQUIRE(std::ranges::sized_range<const snug::slot_map<bool>>);
  STATIC_REQUIRE(walked<snug::gen_arena<int>> &&
                 !std::ranges::bidirectional_range<snug::gen_arena<int>>);
  STATIC_REQUIRE(walked<beside_of<int>> && walked<beside_of<std::unique_ptr<int>>>);
  STATIC_REQUIRE(has_arrow<snug::gen_arena<int>> && has_arrow<beside_of<int>>);
  // Of types that contain themselves.
  STATIC_REQUIRE(std::copyable<slot_tree> && std::copyable<beside_tree>);
  STATIC_REQUIRE(!std::copyable<slot_inside> && std::movable<slot_inside>);
  STATIC_REQUIRE(std::is_nothrow_move_constructible_v<snug::slot_map<declared_only>>);
  STATIC_REQUIRE(std::is_nothrow_move_constructible_v<snug::gen_arena<declared_only>>);
}

// --- lru_cache.hpp

TEST_CASE("answers: lru_cache") {
  const promise cache{.default_made = no, .copied = no, .equal = no, .ordered = no, .hashed = no};
  check_table<values_of>(cache);
  check_table<keys_of>(cache);
  STATIC_REQUIRE(!std::convertible_to<int, snug::lru_cache<int, int>>);
  STATIC_REQUIRE(std::constructible_from<snug::lru_cache<int, int>, std::size_t>);
  STATIC_REQUIRE(walked<snug::lru_cache<int, int>> &&
                 walked<snug::lru_cache<std::string, std::unique_ptr<int>>>);
  STATIC_REQUIRE(has_arrow<snug::lru_cache<int, int>>);
  STATIC_REQUIRE(std::movable<cache_tree> && !std::copyable<cache_tree>);
  const auto fixed = [copy = std::unique_ptr<int>()](int, int, snug::removal) {};
  using watched = snug::lru_cache<int, int, snug::lru_hash<int>, std::equal_to<>, snug::unit_weight,
                                  decltype(fixed)>;
  STATIC_REQUIRE(!std::is_move_assignable_v<watched>);
  // Functions that throw when they are moved or swapped, each in its place.
  struct throwing_function {
    throwing_function() = default;
    throwing_function(const throwing_function&) {}
    throwing_function& operator=(const throwing_function&) { return *this; }
    std::size_t operator()(int key) const { return static_cast<std::size_t>(key); }
    bool operator()(int a, int b) const { return a == b; }
    std::uint64_t operator()(const int&, const int&) const { return 1; }
    void operator()(int&&, int&&, snug::removal) const {}
  };
  const auto throws = []<class Cache>(std::type_identity<Cache>) {
    return !std::is_nothrow_move_constructible_v<Cache> && std::is_move_assignable_v<Cache> &&
           !std::is_nothrow_move_assignable_v<Cache> && !std::is_nothrow_swappable_v<Cache>;
  };
  using std::type_identity, snug::lru_cache, snug::lru_hash, snug::unit_weight;
  using f = throwing_function;
  using equal = std::equal_to<>;
  CHECK(!throws(type_identity<lru_cache<int, int>>()));
  CHECK(throws(type_identity<lru_cache<int, int, f>>()));
  CHECK(throws(type_identity<lru_cache<int, int, lru_hash<int>, f>>()));
  CHECK(throws(type_identity<lru_cache<int, int, lru_hash<int>, equal, f>>()));
  CHECK(throws(type_identity<lru_cache<int, int, lru_hash<int>, equal, unit_weight, f>>()));
}

// --- soa_vector.hpp

TEST_CASE("answers: soa_vector and aosoa_vector") {
  const auto check = []<class... Element>(std::type_identity<std::tuple<Element...>>) {
    const promise rows{.default_made = yes, .hashed = no};
    const auto one = [&]<class T>(std::type_identity<T>) {
      if constexpr (!std::is_same_v<T, immovable>) {  // refused
        using S = row_of<T>;
        using reference = typename soa_of<T>::reference;
        STATIC_REQUIRE(std::is_assignable_v<reference, const S&> == std::is_copy_assignable_v<T>);
        STATIC_REQUIRE(std::is_assignable_v<reference, S> == std::is_move_assignable_v<T>);
        STATIC_REQUIRE(std::is_swappable_v<const reference> == std::is_swappable_v<T>);
        STATIC_REQUIRE(std::is_swappable_v<reference> == std::is_swappable_v<T>);
        check_row<soa_of<T>, T>(rows);
        check_row<aosoa_of<T>, T>(rows);
        STATIC_REQUIRE(std::constructible_from<soa_of<T>, std::size_t> ==
                       std::default_initializable<S>);
        STATIC_REQUIRE(std::constructible_from<soa_of<T>, std::size_t, const S&> ==
                       std::copy_constructible<T>);
        STATIC_REQUIRE(std::constructible_from<soa_of<T>, std::initializer_list<S>> ==
                       std::copy_constructible<T>);
      }
    };
    (one(std::type_identity<Element>()), ...);
  };
  check(std::type_identity<kinds>());
  using vector = snug::soa_vector<row_of<int>>;
  STATIC_REQUIRE(has_arrow<vector> && has_arrow<soa_of<std::unique_ptr<int>>>);
  STATIC_REQUIRE(walked<vector> && std::ranges::random_access_range<vector>);
  STATIC_REQUIRE(std::sortable<vector::iterator, std::less<>, snug::field_t<&row_of<int>::field>>);
  STATIC_REQUIRE(std::ranges::random_access_range<soa_of<std::unique_ptr<int>>>);
  STATIC_REQUIRE(std::permutable<soa_of<std::unique_ptr<int>>::iterator>);
  STATIC_REQUIRE(!std::permutable<vector::const_iterator>);
  STATIC_REQUIRE(!std::convertible_to<std::size_t, vector>);
  STATIC_REQUIRE(std::constructible_from<vector, std::vector<row_of<int>>>);
  STATIC_REQUIRE(!std::constructible_from<vector, std::vector<std::string>>);
  STATIC_REQUIRE(
      !std::convertible_to<soa_of<std::unique_ptr<int>>::reference, row_of<std::unique_ptr<int>>>);
  STATIC_REQUIRE(std::convertible_to<vector::reference, row_of<int>>);
  STATIC_REQUIRE(std::is_assignable_v<vector::reference, row_of<int>>);
  STATIC_REQUIRE(!std::is_assignable_v<vector::const_reference, row_of<int>>);
}

// --- intrusive_list.hpp

TEST_CASE("answers: intrusive_list and intrusive_slist") {
  const promise list{yes, no, yes, no, no, no, yes};
  check_table<list_of>(list);
  check_table<slist_of>(list);
  using both = snug::intrusive_list<linked_of<int>>;
  STATIC_REQUIRE(walked<both> && std::ranges::bidirectional_range<both>);
  using one_way = snug::intrusive_slist<linked_of<int>>;
  STATIC_REQUIRE(walked<one_way> && !std::ranges::bidirectional_range<one_way>);
  // A hook is no value: its element is copied and compared as if it had none.
  STATIC_REQUIRE(std::copyable<linked_of<int>> && !std::equality_comparable<snug::list_hook<>>);
  STATIC_REQUIRE(std::is_nothrow_move_assignable_v<snug::list_hook<>>);
}

// --- arena.hpp

TEST_CASE("answers: arena") {
  const answers<snug::arena> got;
  CHECK(got.default_made);
  CHECK(!got.copied);
  CHECK(!got.copy_assigned);
  CHECK(got.moved_nothrow);
  CHECK(got.move_assigned_nothrow);
  CHECK(got.swapped);
  CHECK(!got.equal);
  STATIC_REQUIRE(!std::move_constructible<snug::arena::scope>);
  STATIC_REQUIRE(!std::convertible_to<snug::arena::options, snug::arena>);
  STATIC_REQUIRE(std::copyable<snug::arena_allocator<int>> &&
                 std::equality_comparable<snug::arena_allocator<int>>);
  STATIC_REQUIRE(std::constructible_from<snug::arena_allocator<int>, snug::arena_allocator<long>>);
  STATIC_REQUIRE(!std::default_initializable<snug::arena_allocator<int>>);
  STATIC_REQUIRE(std::derived_from<snug::arena_resource, std::pmr::memory_resource> &&
                 !std::convertible_to<snug::arena&, snug::arena_resource>);
}

// --- interner.hpp

TEST_CASE("answers: interner, sync_interner and symbol") {
  const answers<snug::interner> one;
  CHECK(one.default_made);
  CHECK(!one.copied);
  CHECK(!one.copy_assigned);
  CHECK(one.moved_nothrow);
  CHECK(one.move_assigned_nothrow);
  CHECK(one.swapped);
  // With a hash that can be copied, and not assigned.
  struct seeded {
    const std::size_t seed = 3;
    std::size_t operator()(std::string_view text) const { return text.size() * seed; }
  };
  using seeded_interner = snug::basic_interner<snug::detail::plain_atomics, 1, seeded>;
  STATIC_REQUIRE(std::is_nothrow_move_constructible_v<seeded_interner>);
  STATIC_REQUIRE(!std::is_move_assignable_v<seeded_interner>);
  STATIC_REQUIRE(!std::is_swappable_v<seeded_interner>);
  seeded_interner from;
  const snug::symbol kept = from.intern("kept");
  seeded_interner moved(std::move(from));
  CHECK(moved.resolve(kept) == "kept");
  const answers<snug::sync_interner> shared;
  CHECK(shared.default_made);
  CHECK(!shared.copied);
  CHECK(!shared.moved);
  CHECK(!shared.move_assigned);
  CHECK(!shared.swapped);
  STATIC_REQUIRE(std::regular<snug::symbol> && order_of<snug::symbol>() == 3 &&
                 has_hash<snug::symbol>);
  STATIC_REQUIRE(!std::convertible_to<int, snug::symbol> &&
                 !std::constructible_from<snug::symbol, int>);
  STATIC_REQUIRE(!std::convertible_to<snug::symbol, bool>);
}

// --- layout.hpp

TEST_CASE("answers: layout_of is for aggregates of what structured bindings take") {
  STATIC_REQUIRE(snug::layout_of<row_of<int>>::fields == 2);
  STATIC_REQUIRE(snug::layout_of<row_of<std::string>>::sizes[1] == sizeof(std::string));
  STATIC_REQUIRE(snug::layout_of<row_of<std::unique_ptr<int>>>::fields == 2);
  STATIC_REQUIRE(snug::layout_of<row_of<from_anything>>::fields == 2);
  STATIC_REQUIRE(snug::layout_of<row_of<no_default>>::fields == 2);
  STATIC_REQUIRE(snug::layout_of<row_of<immovable>>::fields == 2);
}

// --- padded.hpp

TEST_CASE("answers: the iterators of padded_array") {
  STATIC_REQUIRE(walked<snug::padded_array<int, 2>>);
  STATIC_REQUIRE(std::ranges::random_access_range<snug::padded_array<std::string, 3>>);
}
