// Asks a type what it says of itself for each kind of element, and compares that with what the
// element says: what the tables of concepts are made of.
#pragma once

#include <catch2/catch.hpp>

#include <compare>
#include <concepts>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "lib/table.hpp"
#include "support/throw_at.hpp"

// Named: most functions of the elements are only asked about.
namespace snug_test::answering {

// The kinds of elements.
struct nothing_but_copies {};
struct equal_only {
  bool operator==(const equal_only&) const = default;
};
struct no_default {
  explicit no_default(int) {}
  auto operator<=>(const no_default&) const = default;
};
struct immovable {
  immovable() = default;
  immovable(immovable&&) = delete;
};
struct from_anything {
  from_anything() = default;
  template <class T>
    requires(!std::is_same_v<std::remove_cvref_t<T>, from_anything>)
  from_anything(T&&) {}
};
struct weakly_ordered {
  friend bool operator==(weakly_ordered, weakly_ordered) { return true; }
  friend std::weak_ordering operator<=>(weakly_ordered, weakly_ordered) {
    return std::weak_ordering::equivalent;
  }
};
// From before C++20: ordered by `<` alone, with and without `==`.
struct below_and_equal {
  int value = 0;
  friend bool operator==(below_and_equal a, below_and_equal b) { return a.value == b.value; }
  friend bool operator<(below_and_equal a, below_and_equal b) { return a.value < b.value; }
};
struct below_only {
  int value = 0;
  friend bool operator<(below_only a, below_only b) { return a.value < b.value; }
};
using kinds =
    std::tuple<int, double, std::string, std::unique_ptr<int>, nothing_but_copies, equal_only,
               no_default, immovable, from_anything, weakly_ordered, below_and_equal, below_only,
               snug::testing::fragile, std::vector<int>, std::optional<std::string>>;

template <class T>
concept has_hash = std::is_default_constructible_v<std::hash<T>> && requires(const T& t) {
  { std::hash<T>()(t) } -> std::same_as<std::size_t>;
};

template <class A, class B>
concept compare = requires(const A& a, const B& b) { a == b; };
template <class C>
concept writable = requires(C c) { c.write(); };

// Which order T has, as a number; 0 if none.
template <class T>
constexpr int order_of() {
  if constexpr (!std::three_way_comparable<T>) {
    return 0;
  } else {
    using order = std::compare_three_way_result_t<T>;
    return std::is_same_v<order, std::strong_ordering> ? 3
           : std::is_same_v<order, std::weak_ordering> ? 2
                                                       : 1;
  }
}

template <class T>
struct answers {
  bool default_made = std::default_initializable<T>;
  bool copied = std::copy_constructible<T>;
  bool copy_assigned = std::is_copy_assignable_v<T>;
  bool moved = std::move_constructible<T>;
  bool move_assigned = std::is_move_assignable_v<T>;
  bool moved_nothrow = std::is_nothrow_move_constructible_v<T>;
  bool move_assigned_nothrow = std::is_nothrow_move_assignable_v<T>;
  bool swapped = std::swappable<T>;
  bool equal = std::equality_comparable<T>;
  int order = order_of<T>();
  bool below = requires(const T& a, const T& b) {
    { a < b } -> std::convertible_to<bool>;
  };
  bool hashed = has_hash<T>;
};

enum says { no, yes, as_element };

// What a type promises to say.
struct promise {
  says default_made = as_element;
  says copied = as_element;
  says moved = yes;  // without throwing
  says equal = as_element;
  says ordered = as_element;
  says hashed = as_element;
  says swapped = moved;
};

template <class Type, class Element>
void check_row(const promise& p) {
  INFO(name_of<Type>() << " of " << name_of<Element>());
  const answers<Type> got;
  const answers<Element> e;
  const auto said = [](says s, bool element) { return s == as_element ? element : s == yes; };
  CHECK(got.default_made == said(p.default_made, e.default_made));
  CHECK(got.copied == said(p.copied, e.copied));
  CHECK(got.moved == said(p.moved, e.moved));
  CHECK(got.moved_nothrow == said(p.moved, e.moved_nothrow));
  CHECK(got.equal == said(p.equal, e.equal));
  // As in the standard containers, what has `<` alone is weakly ordered.
  const int element_order = e.order == 0 && e.below && e.equal ? 2 : e.order;
  CHECK(got.order == (p.ordered == as_element ? element_order : p.ordered == yes ? 3 : 0));
  if (p.ordered == as_element) CHECK(got.below == e.below);
  CHECK(got.hashed == said(p.hashed, e.hashed));
  CHECK(got.swapped == said(p.swapped, e.swapped));
  // What can be made from it can be assigned from it.
  CHECK(got.copy_assigned == got.copied);
  CHECK(got.move_assigned == got.moved);
  // A class that has it as a member gets its answers from the compiler.
  struct wrapped {
    Type member;
  };
  const answers<wrapped> outside;
  CHECK(outside.copied == got.copied);
  CHECK(outside.copy_assigned == got.copy_assigned);
  CHECK(outside.moved == got.moved);
  CHECK(outside.move_assigned == got.move_assigned);
  CHECK(outside.move_assigned_nothrow == got.move_assigned_nothrow);
}

template <template <class> class Type>
void check_table(const promise& p) {
  [&]<class... Element>(std::type_identity<std::tuple<Element...>>) {
    (check_row<Type<Element>, Element>(p), ...);
  }(std::type_identity<kinds>());
}

}  // namespace snug_test::answering
