#include <snug/compact_variant.hpp>

#include <compare>
#include <concepts>
#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <type_traits>
#include <unordered_set>

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "compact_variant_ops.hpp"
#include "death.hpp"
#include "support/failing_new.hpp"
#include "support/throw_at.hpp"

namespace {

using namespace snug_test;
using namespace snug::testing;
template <std::size_t N>
struct bytes_of {
  std::byte bytes[N];
  bool operator==(const bytes_of&) const = default;
};

using node = snug::compact_variant<int, float, bytes_of<200>>;
static_assert(sizeof(node) == 16, "a pointer and the number of the alternative");
static_assert(!node::is_boxed<0> && !node::is_boxed<1> && node::is_boxed<2>);
static_assert(sizeof(snug::compact_variant<char, bool>) == 2,
              "small ones are as small as std::variant");
static_assert(sizeof(snug::compact_variant<int, float>) == 8);
static_assert(sizeof(snug::compact_variant<bytes_of<12>, char>) == 13,
              "nothing is rounded up for nothing");
static_assert(snug::compact_variant<int, bytes_of<16>>::is_boxed<1> == false,
              "two pointers are inline");
static_assert(snug::compact_variant<int, bytes_of<17>>::is_boxed<1>, "more are boxed");
static_assert(!snug::basic_compact_variant<64, int, bytes_of<64>>::is_boxed<1>,
              "the limit is an argument");
static_assert(snug::compact_variant<int, snug::boxed<char>>::is_boxed<1>, "so is the mark");
static_assert(snug::compact_variant<int, fragile>::is_boxed<1>,
              "what may throw when it moves is boxed");
static_assert(!snug::compact_variant<int, sturdy>::is_boxed<1>);
struct alignas(16) aligned {
  char c;
};
static_assert(snug::compact_variant<int, aligned>::is_boxed<1>, "over-aligned ones are boxed");
static_assert(std::is_trivially_copyable_v<snug::compact_variant<int, float>>,
              "plain data stays plain");
static_assert(std::is_trivially_destructible_v<snug::compact_variant<int, float>>);
static_assert(!std::is_trivially_copyable_v<node>);
static_assert(std::is_nothrow_move_constructible_v<node> &&
              std::is_nothrow_move_assignable_v<node>);
static_assert(!std::is_nothrow_move_constructible_v<only_boxes>,
              "nothing could stand in for the box");
static_assert(std::is_nothrow_swappable_v<only_boxes>);
static_assert(!std::is_copy_constructible_v<snug::compact_variant<int, std::unique_ptr<int>>>);
static_assert(!std::is_constructible_v<snug::compact_variant<float, bytes_of<99>>, double>,
              "no narrowing");
static_assert(!std::is_constructible_v<node, std::string>);

TEST_CASE("random operations behave like std::variant") {
  auto run = [](void (*operations)(op_stream)) {
    return rc::check(
        [=](const std::vector<std::uint8_t>& in) { operations({in.data(), in.size()}); });
  };
  CHECK(run(small_and_large_operations));
  CHECK(run(only_boxes_operations));
}

TEST_CASE("a value chooses the alternative that std::variant would choose") {
  using v = snug::compact_variant<bool, int, double, std::string>;
  CHECK(v(true).index() == 0);
  CHECK(v(1).index() == 1);
  CHECK(v(1.0f).index() == 2);
  CHECK(v("text").index() == 3);
  CHECK(v(std::string("text")).get<std::string>() == "text");
  CHECK(v().index() == 0);
  CHECK(v(std::in_place_type<std::string>, 3u, 'x').get<3>() == "xxx");
}

TEST_CASE("get, get_if and holds") {
  small_and_large v = std::string("long enough to live on the heap");
  CHECK(v.holds<std::string>());
  CHECK(v.get_if<double>() == nullptr);
  CHECK(v.get_if<5>()->size() == 31);
  CHECK_THROWS_AS(v.get<double>(), std::bad_variant_access);
  CHECK_THROWS_AS(std::as_const(v).get<0>(), std::bad_variant_access);
  std::string out = std::move(v).get<std::string>();
  CHECK(out.size() == 31);
}

TEST_CASE("visit reaches each of many alternatives") {
  auto check = []<std::size_t... I>(std::index_sequence<I...>) {
    using v = snug::compact_variant<std::integral_constant<std::size_t, I>...>;
    auto number = [](auto c) { return c.value; };
    CHECK(((v(std::in_place_index<I>).visit(number) == I) && ...));
    CHECK(((v(std::in_place_index<I>).index() == I) && ...));
  };
  check(std::make_index_sequence<3>());
  check(std::make_index_sequence<16>());
  check(std::make_index_sequence<17>());
  check(std::make_index_sequence<50>());
}

TEST_CASE("visit passes constness, references and rvalues") {
  node n = 1;
  n.visit([](auto& value) {
    if constexpr (std::is_same_v<decltype(value), int&>) value = 5;
  });
  CHECK(n == node(5));
  static_assert(std::is_same_v<decltype(std::as_const(n).visit([](auto& x) {
                                 return std::is_const_v<std::remove_reference_t<decltype(x)>>;
                               })),
                               bool>);
  CHECK(std::as_const(n).visit(
      [](auto& x) { return std::is_const_v<std::remove_reference_t<decltype(x)>>; }));
  CHECK(node(2).visit([](auto&& x) { return std::is_rvalue_reference_v<decltype(x)>; }));
  auto both = snug::visit([](const auto& a, const auto& b) { return sizeof(a) * 1000 + sizeof(b); },
                          node(1), node(bytes_of<200>{}));
  CHECK(both == 4200);
}

TEST_CASE("a variant that was moved from holds a value") {
  node n = bytes_of<200>{};
  long before = heap::news;
  node other = std::move(n);
  CHECK((!heap::counted || heap::news == before));
  CHECK(n == node(0));
  CHECK(other.holds<bytes_of<200>>());
  only_boxes b = std::string("long enough to live on the heap");
  only_boxes c = std::move(b);
  CHECK(b.holds<std::string>());
  CHECK(c.get<std::string>().size() == 31);
}

TEST_CASE("a new value may be made of the old one") {
  small_and_large v = std::string("long enough to live on the heap");
  v.emplace<std::string>(v.get<std::string>().substr(5));
  v = v.get<std::string>();
  auto& same = v;
  v = same;
  v = std::move(same);
  CHECK(v.get<std::string>() == "enough to live on the heap");
  v.emplace<large>(large{{}, v.get<std::string>()});
  CHECK(v.get<large>().text == "enough to live on the heap");
}

TEST_CASE("variants order and hash by alternative, then by value") {
  using v = snug::compact_variant<int, std::string>;
  CHECK(v(5) < v("a"));
  CHECK(v("a") < v("b"));
  CHECK(v(2) > v(1));
  std::unordered_set<v> set{v(1), v(2), v("x"), v(1)};
  CHECK(set.size() == 3);
}

TEST_CASE("every change has the strong guarantee, and the variant is never without a value") {
  using v = snug::compact_variant<int, sturdy, fragile, snug::boxed<sturdy>>;
  {
    v value = 7;
    long throws = 0;
    auto strong = [&](auto change) {
      auto before = value.index();
      long alive = faults::objects;
      throws += throw_at_each(change, [&](bool threw) {
        if (threw) {
          REQUIRE(value.index() == before);
          REQUIRE(faults::objects == alive);
          REQUIRE(value.visit([](const auto& x) {
            if constexpr (requires { x.value(); })
              return x.value();
            else
              return x;
          }) == 7);
        }
      });
    };
    for (int round = 0; round < 2; ++round) {
      strong([&] { value.emplace<1>(7); });
      strong([&] { value.emplace<2>(7); });
      strong([&] { value = fragile(7); });
      strong([&] { value.emplace<3>(7); });
      v other(std::in_place_index<2>, 7);
      strong([&] { value = other; });
      strong([&] { v copy(value); });
      strong([&] { v taken(std::move(other)); });
    }
    CHECK(throws > 20);  // the control: there were throws
  }
  CHECK(faults::objects == 0);
}

TEST_CASE("the free functions are those of std::variant") {
  small_and_large v = std::string("long enough to live on the heap");
  CHECK(snug::holds_alternative<std::string>(v));
  CHECK(snug::get<std::string>(v).size() == 31);
  CHECK(snug::get<5>(std::as_const(v)).size() == 31);
  CHECK(snug::get_if<double>(&v) == nullptr);
  CHECK(snug::get_if<5>(&v) == v.get_if<5>());
  CHECK(snug::get_if<5>(static_cast<small_and_large*>(nullptr)) == nullptr);
  CHECK_THROWS_AS(snug::get<double>(v), std::bad_variant_access);
  static_assert(std::is_same_v<decltype(snug::get<5>(std::move(v))), std::string&&>);
  static_assert(std::is_same_v<decltype(std::as_const(v).get<5>()), const std::string&>);
  std::string out = snug::get<5>(std::move(v));
  CHECK(out.size() == 31);
  static_assert(snug::variant_size_v<small_and_large> == small_and_large::alternatives);
  static_assert(
      std::is_same_v<snug::variant_alternative_t<5, const small_and_large>, const std::string>);
}

TEST_CASE("visit converts its results, and reaches every combination") {
  using v = snug::compact_variant<char, int, std::string>;
  const v values[] = {'c', 2, std::string("text")};
  for (const v& value : values) {
    const long size = value.visit<long>([](const auto& x) { return sizeof(x); });
    CHECK(size == static_cast<long>(value.visit([](const auto& x) { return sizeof(x); })));
    value.visit<void>([](const auto& x) { return x; });
    CHECK(snug::visit<double>([](const auto& x) { return sizeof(x); }, value) ==
          static_cast<double>(size));
  }
  int combinations = 0;
  for (v a : values)
    for (const v& b : values)
      for (v c : values)
        snug::visit(
            [&](auto& x, const auto& y, auto&& z) {
              static_assert(!std::is_const_v<std::remove_reference_t<decltype(x)>>);
              static_assert(std::is_rvalue_reference_v<decltype(z)>);
              combinations += sizeof(x) + sizeof(y) + sizeof(z) > 0 ? 1 : 0;
            },
            a, b, std::move(c));
  CHECK(combinations == 27);
  v from = std::string("long enough to live on the heap"), to = 'c';
  snug::visit<void>(
      [](auto& t, auto&& f) {
        if constexpr (std::is_constructible_v<std::remove_reference_t<decltype(t)>, int>)
          (void)std::remove_cvref_t<decltype(f)>(std::forward<decltype(f)>(f));
      },
      to, std::move(from));
  CHECK(from.get<std::string>().empty());
}

TEST_CASE("an expression is replaced by its own part") {
  struct sum;
  using expression = snug::compact_variant<int, snug::boxed<sum>>;
  struct sum {
    expression left, right;
  };
  expression e = sum{1, sum{2, 3}};
  e = std::move(e.get<sum>().right);
  CHECK(e.get<sum>().left.get<int>() == 2);
  e = std::as_const(e.get<sum>().right);
  CHECK(e.get<int>() == 3);
}

TEST_CASE("answers of a variant are those of its alternatives") {
  struct plain {};
  using snug::compact_variant;
  static_assert(std::is_same_v<std::compare_three_way_result_t<compact_variant<int, long>>,
                               std::strong_ordering>);
  static_assert(std::is_same_v<std::compare_three_way_result_t<compact_variant<int, double>>,
                               std::partial_ordering>);
  static_assert(!std::equality_comparable<compact_variant<int, plain>>);
  static_assert(!std::is_default_constructible_v<std::hash<compact_variant<int, plain>>>);
  static_assert(!std::is_default_constructible_v<compact_variant<std::reference_wrapper<int>>>);
  static_assert(
      !std::is_copy_constructible_v<compact_variant<int, snug::boxed<std::unique_ptr<int>>>>);
  std::ostringstream out;
  out << compact_variant<int, std::string>(5) << compact_variant<int, std::string>("text");
  CHECK(out.str() == "5text");
}

TEST_CASE("an alternative that comes back while it is moved or destroyed is told") {
  struct looks {
    using variant = snug::basic_compact_variant<2 * sizeof(void*), int, looks>;
    variant* home = nullptr;
    explicit looks(variant* h) : home(h) {}
    looks(looks&& o) noexcept : home(o.home) { look(); }
    looks& operator=(looks&&) = delete;
    ~looks() { look(); }
    void look() const {
      if (home != nullptr) *home = 9;
    }
  };
  using variant = looks::variant;
  static_assert(!variant::is_boxed<1>);
  CHECK(dies_with("compact_variant: used by an alternative", [] {
    variant a, b;
    a.emplace<1>(nullptr);
    a.get<1>().home = &a;
    a.swap(b);
  }));
  CHECK(dies_with("compact_variant: used by an alternative", [] {
    variant a;
    a.emplace<1>(nullptr);
    a.get<1>().home = &a;
    a = 1;
    a.emplace<1>(nullptr);
    a.get<1>().home = &a;
  }));
}

TEST_CASE("negative control: a comparison that ignores the box fails the model") {
  small_and_large a = large{};
  large other;
  other.text = "different";
  small_and_large b = other;
  CHECK_FALSE(a == b);
  CHECK(a.index() == b.index());
}

}  // namespace
