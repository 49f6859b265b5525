// The answers to concepts: every type says of itself what its element says, for every kind of
// element. A wrong yes is a compile error deep in somebody's algorithm, a wrong no a missing
// feature.
#include <catch2/catch.hpp>

#include <snug/box.hpp>
#include <snug/compact_variant.hpp>
#include <snug/cow.hpp>
#include <snug/lazy.hpp>
#include <snug/lru_cache.hpp>
#include <snug/observer.hpp>
#include <snug/padded.hpp>
#include <snug/rc.hpp>
#include <snug/slot_map.hpp>
#include <snug/soa_vector.hpp>
#include <snug/tracked_ptr.hpp>

#include <atomic>
#include <compare>
#include <concepts>
#include <functional>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

#include "lib/answers.hpp"

using namespace snug_test::answering;

// --- box.hpp, cow.hpp, compact_variant.hpp, padded.hpp

namespace snug_test::answering {
// A type that contains itself and compares what it contains: looking for a comparison of anything
// that has it in its type asks for its own. Nothing asks before the test does.
template <template <class> class Of>
struct quiet {
  int value = 0;
  std::vector<Of<quiet>> kids;
  friend bool operator==(const quiet&, const quiet&) = default;
};
template <class T>
using quiet_box = snug::box<T>;
template <class T>
using quiet_cow = snug::cow<T>;
template <class T>
using quiet_line = snug::padded<T>;
template <class T>
using quiet_lines = snug::padded_array<T, 2>;
template <class T>
using quiet_variant = snug::compact_variant<int, snug::boxed<T>>;
}  // namespace snug_test::answering

TEMPLATE_TEST_CASE("answers: a type that contains itself is assigned before it is compared", "",
                   quiet<quiet_box>, quiet<quiet_cow>, quiet<quiet_line>, quiet<quiet_lines>,
                   quiet<quiet_variant>) {
  TestType a{1, {}};
  TestType b = a;
  a = b;
  a.kids.emplace_back();
  b.kids = a.kids;
  CHECK(a == b);
  b.kids.clear();
  CHECK(!(a == b));
  STATIC_REQUIRE(std::equality_comparable<TestType>);
  STATIC_REQUIRE(std::equality_comparable<typename decltype(TestType::kids)::value_type>);
}

TEST_CASE("answers: what converts to a type is compared with it") {
  CHECK((snug::cow<std::string>("a") == "a" && "a" != snug::cow<std::string>("b")));
  CHECK((snug::padded<int>(1) == 1 && 2 > snug::padded<int>(1)));
  using variant = snug::compact_variant<int, std::string>;
  CHECK((variant(1) == 1 && "a" == variant("a") && variant("a") != 1));
  struct derived : snug::box<int> {
    using snug::box<int>::box;
  };
  CHECK(derived(1) == derived(1));
  CHECK(derived(1) < derived(2));
}

// --- box.hpp
// --------------------------------------------------------------------------------------

namespace snug_test::answering {
template <class T>
using box_of = snug::box<T>;

struct node {
  int value = 0;
  std::vector<snug::box<node>> children;
  std::optional<snug::box<node>> next;
  friend bool operator==(const node&, const node&) = default;
};
// A container that answers for its elements: asking goes round in a type that contains itself.
template <class T>
struct asking_list {
  std::vector<T> elements;
  friend bool operator==(const asking_list& a, const asking_list& b)
    requires requires {
      { *a.elements.begin() == *b.elements.begin() } -> std::convertible_to<bool>;
    }
  {
    return a.elements == b.elements;
  }
};
struct asking_node {
  asking_list<snug::box<asking_node>> children;
  friend bool operator==(const asking_node&, const asking_node&) = default;
};
struct sum;
using expression = std::variant<int, snug::box<sum>>;
struct sum {
  expression left, right;
  friend bool operator==(const sum&, const sum&) = default;
};
struct declared_only;
}  // namespace snug_test::answering

TEST_CASE("answers: box") {
  check_table<box_of>({});
  using snug::box;
  STATIC_REQUIRE(!std::constructible_from<box<std::vector<int>>, const char*>);
  STATIC_REQUIRE(std::constructible_from<box<std::vector<int>>, std::vector<int>>);
  STATIC_REQUIRE(!std::is_assignable_v<box<std::vector<int>>&, const char*>);
  STATIC_REQUIRE(std::is_assignable_v<box<std::string>&, const char*>);
  STATIC_REQUIRE(!std::constructible_from<box<no_default>, std::in_place_t>);
  STATIC_REQUIRE(std::constructible_from<box<no_default>, std::in_place_t, int>);
  STATIC_REQUIRE(!std::constructible_from<box<int>, std::in_place_t, std::string>);
  STATIC_REQUIRE(!std::constructible_from<box<int>, box<std::string>>);
  STATIC_REQUIRE(!std::convertible_to<int, box<int>>);
  STATIC_REQUIRE(std::equality_comparable_with<box<int>, box<int>>);
  STATIC_REQUIRE(!compare<box<int>, std::string>);
  STATIC_REQUIRE(compare<box<std::string>, const char*> && compare<box<std::string>, std::string>);
  STATIC_REQUIRE(!compare<box<nothing_but_copies>, nothing_but_copies>);
  // Of types that contain themselves.
  STATIC_REQUIRE(std::copyable<node> && std::equality_comparable<node>);
  STATIC_REQUIRE(std::equality_comparable<asking_node>);
  STATIC_REQUIRE(std::copyable<expression> && std::equality_comparable<sum>);
  STATIC_REQUIRE(std::is_nothrow_move_constructible_v<box<declared_only>>);
  STATIC_REQUIRE(!std::is_constructible_v<box<int>, declared_only*>);
}

// --- rc.hpp
// ---------------------------------------------------------------------------------------

namespace snug_test::answering {
template <class T>
using rc_of = snug::rc<T>;
template <class T>
using weak_of = snug::weak_rc<T>;
template <class T>
using unsync_of = snug::rc<T, snug::no_weak<snug::unsync>>;
template <class T>
using borrow_of = snug::borrow<T>;
template <class T>
using unique_of = snug::unique_ref<T>;
template <class T>
using atomic_of = std::atomic<snug::rc<T>>;

struct first_base {
  virtual ~first_base() = default;
};
struct second_base {
  virtual ~second_base() = default;
};
struct both : first_base, second_base {};
struct without_destructor {};
struct no_way : without_destructor {};
struct virtually : virtual first_base {};
struct abstract_middle : first_base, second_base {
  virtual void pure() = 0;
};
struct alignas(64) aligned_more : first_base {};

template <class From, class To>
concept becomes = std::convertible_to<From, To> && std::constructible_from<To, From> &&
                  std::is_assignable_v<To&, From>;
// All ways at once, so that none of them is forgotten.
template <class From, class To>
constexpr int ways() {
  using from = snug::rc<From>;
  using to = snug::rc<To>;
  using weak_from = snug::weak_rc<From>;
  using weak_to = snug::weak_rc<To>;
  using borrow_to = snug::borrow<To>;
  return becomes<from, to> + becomes<const from&, to> + becomes<weak_from, weak_to> +
         becomes<from, weak_to> + becomes<const from&, borrow_to> +
         becomes<snug::borrow<From>, borrow_to>;
}
template <class From, class To>
concept taken_raw = requires(From* from) { snug::rc<To>::from_raw(from); };
}  // namespace snug_test::answering

TEST_CASE("answers: rc") {
  const promise owner{yes, yes, yes, yes, yes, yes};
  check_table<rc_of>(owner);
  check_table<unsync_of>(owner);
  check_table<weak_of>({yes, yes, yes, yes, no, no});
  check_table<borrow_of>({no, yes, yes, yes, no, no});
  check_table<unique_of>({no, no, yes, no, no, no});
  check_table<atomic_of>({yes, no, no, no, no, no, no});
  STATIC_REQUIRE(std::derived_from<std::atomic<snug::rc<int>>, snug::atomic_rc<int>>);
  // Owners belong to the object: its class is copied and compared as if they were not there.
  struct owned : snug::enable_rc_from_this<owned> {
    owned() = default;  // no aggregate, whose base would be made by who has no access
    int value = 0;
  };
  STATIC_REQUIRE(std::copyable<owned> && std::default_initializable<owned>);
}

TEST_CASE("answers: which rc becomes which") {
  CHECK(ways<both, both>() == 6);
  CHECK(ways<both, const both>() == 6);
  CHECK(ways<const both, both>() == 0);
  CHECK(ways<both, first_base>() == 6);
  CHECK(ways<both, const first_base>() == 6);
  CHECK(ways<const both, first_base>() == 0);
  CHECK(ways<first_base, both>() == 0);
  CHECK(ways<both, second_base>() == 0);           // the counts would be read in the wrong place
  CHECK(ways<no_way, without_destructor>() == 0);  // would leak
  CHECK(ways<virtually, first_base>() == 0);
  CHECK(ways<abstract_middle, first_base>() == 6);
  CHECK(ways<abstract_middle, second_base>() == 0);
  CHECK(ways<aligned_more, first_base>() == 0);  // the memory would not be found
  CHECK(ways<int, long>() == 0);
  STATIC_REQUIRE(taken_raw<both, both> && taken_raw<both, const both>);
  STATIC_REQUIRE(!taken_raw<const both, both> && !taken_raw<both, first_base> &&
                 !taken_raw<both, second_base>);
  STATIC_REQUIRE(!becomes<snug::rc<int>, snug::rc<int, snug::unsync>>);
  STATIC_REQUIRE(!std::constructible_from<snug::rc<int>, int*>);
  STATIC_REQUIRE(std::equality_comparable_with<snug::rc<both>, snug::rc<first_base>>);
  STATIC_REQUIRE(!compare<snug::rc<int>, snug::rc<long>>);
}

// --- cow.hpp
// --------------------------------------------------------------------------------------

namespace snug_test::answering {
template <class T>
using cow_of = snug::cow<T>;
}  // namespace snug_test::answering

TEST_CASE("answers: cow") {
  check_table<cow_of>({.copied = yes});
  using snug::cow;
  STATIC_REQUIRE(!std::constructible_from<cow<std::vector<int>>, const char*>);
  STATIC_REQUIRE(!std::constructible_from<cow<no_default>, std::in_place_t>);
  STATIC_REQUIRE(std::convertible_to<const char*, cow<std::string>>);
  STATIC_REQUIRE(!std::convertible_to<int, cow<no_default>>);
  STATIC_REQUIRE(!writable<cow<std::unique_ptr<int>>>);
  STATIC_REQUIRE(writable<cow<std::string>>);
}

// --- lazy.hpp
// -------------------------------------------------------------------------------------

namespace snug_test::answering {
template <class T>
using lazy_of = snug::lazy<T>;
template <class T>
using sync_lazy_of = snug::sync_lazy<T>;
}  // namespace snug_test::answering

TEST_CASE("answers: lazy") {
  check_table<lazy_of>(
      {.default_made = yes, .moved = as_element, .equal = no, .ordered = no, .hashed = no});
  check_table<sync_lazy_of>({yes, no, no, no, no, no, no});
  using snug::lazy;
  STATIC_REQUIRE(std::is_nothrow_move_assignable_v<lazy<std::string>>);
  STATIC_REQUIRE(!std::is_nothrow_move_assignable_v<lazy<snug::testing::fragile>>);
  struct moves_but_assigns {
    moves_but_assigns() = default;
    moves_but_assigns(moves_but_assigns&&) noexcept {}
    moves_but_assigns& operator=(moves_but_assigns&&) noexcept(false) { return *this; }
  };
  STATIC_REQUIRE(!std::is_nothrow_move_assignable_v<lazy<moves_but_assigns>>);
  const auto function = [] { return 1; };
  STATIC_REQUIRE(std::constructible_from<lazy<int, decltype(function)>, decltype(function)>);
  STATIC_REQUIRE(!std::convertible_to<int, lazy<int>>);
}

// --- observer.hpp
// ---------------------------------------------------------------------------------

namespace snug_test::answering {
template <class T>
struct watched_kind : snug::observable {
  T value;
};
template <class T>
using observer_of = snug::observer<watched_kind<T>>;
}  // namespace snug_test::answering

TEST_CASE("answers: observer") {
  check_table<observer_of>({yes, yes, yes, yes, no, no});
  STATIC_REQUIRE(std::convertible_to<watched_kind<int>*, snug::observer<watched_kind<int>>>);
  STATIC_REQUIRE(!std::constructible_from<snug::observer<watched_kind<int>>, watched_kind<long>*>);
  STATIC_REQUIRE(std::copyable<watched_kind<int>> && !std::copyable<watched_kind<immovable>>);
  struct follows : snug::observable_value<follows> {};
  STATIC_REQUIRE(std::copyable<follows> && std::is_nothrow_move_assignable_v<follows> &&
                 std::is_nothrow_move_constructible_v<follows>);
  STATIC_REQUIRE(!std::default_initializable<snug::observable_value<follows>>);
  struct with_member {
    snug::observable_member<with_member> observers{this};
  };
  STATIC_REQUIRE(std::copyable<with_member> && std::is_nothrow_move_assignable_v<with_member>);
  STATIC_REQUIRE(!std::default_initializable<snug::observable_member<int>> &&
                 !std::convertible_to<int*, snug::observable_member<int>>);
}

// --- compact_variant.hpp
// --------------------------------------------------------------------------

namespace snug_test::answering {
template <class T>
using only_of = snug::compact_variant<snug::boxed<T>>;
template <class T>
using inline_of = snug::basic_compact_variant<sizeof(T), T>;
template <class T>
using first_of = snug::compact_variant<snug::boxed<T>, char>;

struct term;
using formula = snug::compact_variant<int, snug::boxed<term>>;
struct term {
  formula left, right;
  friend bool operator==(const term&, const term&) = default;
};
}  // namespace snug_test::answering

TEST_CASE("answers: compact_variant") {
  // A box of its own cannot be given up without making another one: its move may throw.
  check_table<first_of>({});
  check_row<inline_of<int>, int>({});
  check_row<inline_of<double>, double>({});
  check_row<inline_of<std::string>, std::string>({});
  check_row<inline_of<nothing_but_copies>, nothing_but_copies>({});
  check_row<inline_of<no_default>, no_default>({});
  using snug::compact_variant;
  STATIC_REQUIRE(std::copyable<only_of<std::string>>);
  STATIC_REQUIRE(!std::copyable<only_of<std::unique_ptr<int>>>);
  STATIC_REQUIRE(!std::copyable<compact_variant<int, std::unique_ptr<int>>>);
  STATIC_REQUIRE(order_of<compact_variant<int, std::string>>() == 3);
  STATIC_REQUIRE(order_of<compact_variant<int, double>>() == 1);
  STATIC_REQUIRE(order_of<compact_variant<int, weakly_ordered>>() == 2);
  STATIC_REQUIRE(order_of<compact_variant<int, equal_only>>() == 0);
  STATIC_REQUIRE(std::equality_comparable<compact_variant<int, equal_only>>);
  STATIC_REQUIRE(!std::equality_comparable<compact_variant<int, nothing_but_copies>>);
  STATIC_REQUIRE(!has_hash<compact_variant<int, equal_only>>);
  STATIC_REQUIRE(has_hash<compact_variant<int, std::string>>);
  STATIC_REQUIRE(!std::default_initializable<compact_variant<no_default, int>>);
  STATIC_REQUIRE(std::default_initializable<compact_variant<int, no_default>>);
  using v = compact_variant<int, no_default>;
  STATIC_REQUIRE(std::constructible_from<v, std::in_place_index_t<1>, int>);
  STATIC_REQUIRE(!std::constructible_from<v, std::in_place_index_t<1>>);
  STATIC_REQUIRE(!std::constructible_from<v, std::in_place_index_t<2>>);
  STATIC_REQUIRE(!std::constructible_from<v, std::in_place_type_t<long>>);
  STATIC_REQUIRE(!std::is_assignable_v<v&, std::string>);
  STATIC_REQUIRE(!std::is_assignable_v<v&, std::in_place_index_t<0>>);
  STATIC_REQUIRE(std::copyable<formula> && std::equality_comparable<formula>);
}

// --- tracked_ptr.hpp
// ------------------------------------------------------------------------------

namespace snug_test::answering {
template <class T>
using tracked_of = snug::basic_tracked<T, true>;
template <class T>
using tracked_ptr_of = snug::basic_tracked_ptr<T, true>;
}  // namespace snug_test::answering

TEST_CASE("answers: tracked") {
  check_table<tracked_of>({.moved = as_element, .equal = no, .ordered = no, .hashed = no});
  check_table<tracked_ptr_of>({yes, yes, yes, yes, no, yes});
}

// --- padded.hpp
// -----------------------------------------------------------------------------------

namespace snug_test::answering {
template <class T>
using padded_of = snug::padded<T>;
template <class T>
using padded_array_of = snug::padded_array<T, 2>;
}  // namespace snug_test::answering

TEST_CASE("answers: padded") {
  check_table<padded_of>({.moved = as_element});
  check_table<padded_array_of>({.moved = as_element, .hashed = no});
  STATIC_REQUIRE(!std::constructible_from<snug::padded<int>, std::string>);
  STATIC_REQUIRE(!std::constructible_from<snug::padded_array<no_default, 2>, no_default>);
  STATIC_REQUIRE(
      std::constructible_from<snug::padded_array<no_default, 2>, no_default, no_default>);
}

TEST_CASE("negative control: the table sees a type that says yes to everything") {
  struct boastful {
    boastful() = default;
    boastful(const boastful&) {}
  };
  STATIC_REQUIRE(answers<boastful>().copied && !answers<std::unique_ptr<int>>().copied);
  STATIC_REQUIRE(order_of<double>() == 1 && order_of<weakly_ordered>() == 2);
  STATIC_REQUIRE(!has_hash<nothing_but_copies> && has_hash<std::string>);
}
