// The alternatives of a compact_variant: which are boxed, and which one a value is converted to.
#pragma once

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

#include <snug/detail/answers.hpp>

namespace snug {

// Marks an alternative of a compact_variant that is boxed whatever its size; T may be incomplete
// where the variant is named. Not an object: the alternative's type is T.
template <class T>
struct boxed {
  boxed() = delete;
};

namespace detail {

template <class T>
struct unboxed {
  using type = T;
  static constexpr bool marked = false;
};
template <class T>
struct unboxed<boxed<T>> {
  using type = T;
  static constexpr bool marked = true;
};

template <class A, std::size_t Limit>
constexpr bool fits_inline() {
  if constexpr (unboxed<A>::marked) {
    return false;
  } else {
    return sizeof(A) <= Limit && alignof(A) <= alignof(void*) &&
           std::is_nothrow_move_constructible_v<A>;
  }
}

// What holds for an alternative. A marked one may have been incomplete where its variant was first
// needed (Known is false then), and is taken at its word.
template <template <class> class Trait, class A, bool Known>
constexpr bool trait_of() {
  if constexpr (unboxed<A>::marked && !Known) {
    return true;
  } else {
    return Trait<typename unboxed<A>::type>::value;
  }
}
template <class T>
using compares_equal = std::bool_constant<equal_to_itself<T>>;

// Whether an alternative T can be made of these arguments, by parentheses or an aggregate by
// braces.
template <class T, class... Args>
concept makes = std::is_constructible_v<T, Args...> ||
                (std::is_aggregate_v<T> && requires { T{std::declval<Args>()...}; });

// Whether T x = u is right, and not by narrowing.
template <class U, class T>
constexpr bool converts_to() {
  if constexpr (!std::is_convertible_v<U, T>)
    return false;
  else if constexpr (std::is_scalar_v<T>)
    return requires(U&& u) { new T[1]{std::forward<U>(u)}; };
  else
    return true;
}

// The alternative for a U: T itself if it is one, otherwise the one overload of f(T) that takes it
// without narrowing, as for std::variant.
template <std::size_t I, class T, class U>
struct alternative_overload {
  void choose();
};
template <std::size_t I, class T, class U>
  requires(converts_to<U, T>())
struct alternative_overload<I, T, U> {
  std::integral_constant<std::size_t, I> choose(T);
};
template <class U, class Indices, class... Ts>
struct alternative_overloads;
template <class U, std::size_t... I, class... Ts>
struct alternative_overloads<U, std::index_sequence<I...>, Ts...>
    : alternative_overload<I, Ts, U>... {
  using alternative_overload<I, Ts, U>::choose...;
};
template <class U, class... Ts>
constexpr std::size_t chosen_alternative() {
  constexpr std::size_t same = (std::size_t{std::is_same_v<std::remove_cvref_t<U>, Ts>} + ... + 0);
  std::size_t found = sizeof...(Ts);
  if constexpr (same == 1) {
    std::size_t at = 0;
    ((found = std::is_same_v<std::remove_cvref_t<U>, Ts> ? at : found, ++at), ...);
  } else if constexpr (same == 0) {
    using all = alternative_overloads<U, std::index_sequence_for<Ts...>, Ts...>;
    if constexpr (requires(all o, U&& u) { o.choose(std::forward<U>(u)); }) {
      found = decltype(std::declval<all>().choose(std::declval<U>()))::value;
    }
  }
  return found;
}

template <class T>
inline constexpr bool is_compact_variant = false;

// A member's value with the constness and value category of its owner.
template <class Owner, class T>
constexpr auto&& like(T& value) noexcept {
  using plain = std::remove_reference_t<Owner>;
  if constexpr (std::is_rvalue_reference_v<Owner&&>) {
    return std::move(value);
  } else if constexpr (std::is_const_v<plain>) {
    return std::as_const(value);
  } else {
    return value;
  }
}

template <std::size_t I, class... Ts>
using nth = std::tuple_element_t<I, std::tuple<Ts...>>;

}  // namespace detail

}  // namespace snug
