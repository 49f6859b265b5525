// What the types of the library ask of their elements, so that they answer the standard's concepts
// as the elements do.
#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <functional>
#include <iosfwd>
#include <type_traits>
#include <utility>

namespace snug::detail {

template <class T, class U>
concept equal_to = requires(const T& t, const U& u) {
  { t == u } -> std::convertible_to<bool>;
};
template <class T>
concept equal_to_itself = equal_to<T, T>;

// The operators of the types that ask for something of their elements are templates outside of the
// classes, for which other operands are out before anything is asked. As friends of the class they
// would be asked about every comparison of what has one of the types somewhere in its own, and a
// type that contains itself would be asked while it is answering. What a class knew of its element
// when it was made is its `known`; that and what else such an operator needs is read by this.
struct answers {
  template <class Type>
  static constexpr bool known = Type::known;
  template <class Result, class Variant, class F>
  static Result compare(const Variant& a, const Variant& b, Result of_different, F f) {
    return a.index() != b.index() ? of_different : a.template compare_same<Result>(b, f);
  }
};

// Types that have an order: by `<=>`, or by `<` alone, as most types from before C++20. As the
// containers of the standard library do it, the latter count as weakly ordered.
template <class T>
concept ordered = std::three_way_comparable<T> || requires(const T& a, const T& b) {
  { a < b } -> std::convertible_to<bool>;
};
template <ordered T>
constexpr auto three_way(const T& a, const T& b) {
  if constexpr (std::three_way_comparable<T>) {
    return a <=> b;
  } else if (a < b) {
    return std::weak_ordering::less;
  } else {
    return b < a ? std::weak_ordering::greater : std::weak_ordering::equivalent;
  }
}
template <ordered T>
using order_of = decltype(three_way(std::declval<const T&>(), std::declval<const T&>()));

template <class T>
concept hashable = requires(const T& t) {
  { std::hash<T>()(t) } -> std::convertible_to<std::size_t>;
};

template <class T, class Char, class Traits>
concept printable = requires(std::basic_ostream<Char, Traits>& out, const T& t) { out << t; };

}  // namespace snug::detail
