// The functions beside compact_variant, for code written for std::variant: get, get_if,
// holds_alternative, visit of any number of variants.
#pragma once

#include <cstddef>
#include <functional>
#include <type_traits>
#include <utility>

#include <snug/detail/alternatives.hpp>
#include <snug/detail/config.hpp>

namespace snug {

// A compact_variant of any constness, or a reference to one.
template <class V>
concept any_compact_variant = detail::is_compact_variant<std::remove_cvref_t<V>>;

// The number of alternatives, and their types, as std::variant_size and std::variant_alternative.
template <any_compact_variant V>
inline constexpr std::size_t variant_size_v = std::remove_cvref_t<V>::alternatives;
template <std::size_t I, any_compact_variant V>
using variant_alternative_t =
    std::conditional_t<std::is_const_v<V>, const typename V::template alternative<I>,
                       typename V::template alternative<I>>;

// The members of the same names as free functions, for code written for std::variant.
template <std::size_t I, any_compact_variant V>
[[nodiscard]] constexpr auto&& get(V&& v) {
  return std::forward<V>(v).template get<I>();
}
template <class T, any_compact_variant V>
[[nodiscard]] constexpr auto&& get(V&& v) {
  return std::forward<V>(v).template get<T>();
}
template <std::size_t I, any_compact_variant V>
[[nodiscard]] constexpr auto* get_if(V* v) noexcept {
  return v == nullptr ? nullptr : v->template get_if<I>();
}
template <class T, any_compact_variant V>
[[nodiscard]] constexpr auto* get_if(V* v) noexcept {
  return v == nullptr ? nullptr : v->template get_if<T>();
}
template <class T, any_compact_variant V>
[[nodiscard]] constexpr bool holds_alternative(const V& v) noexcept {
  return v.template holds<T>();
}

// Calls f with the values of all variants, each as constant and as movable as its variant. All
// combinations of alternatives must give the same type.
template <class F, any_compact_variant First, any_compact_variant... Rest>
SNUG_ALWAYS_INLINE decltype(auto) visit(F&& f, First&& first, Rest&&... rest) {
  if constexpr (sizeof...(rest) == 0) {
    return std::forward<First>(first).visit(std::forward<F>(f));
  } else {
    return std::forward<First>(first).visit([&](auto&& value) -> decltype(auto) {
      return snug::visit(
          [&](auto&&... others) -> decltype(auto) {
            return std::invoke(std::forward<F>(f), std::forward<decltype(value)>(value),
                               std::forward<decltype(others)>(others)...);
          },
          std::forward<Rest>(rest)...);
    });
  }
}
// The same with the result converted to R (dropped, if R is void).
template <class R, class F, any_compact_variant First, any_compact_variant... Rest>
SNUG_ALWAYS_INLINE R visit(F&& f, First&& first, Rest&&... rest) {
  if constexpr (sizeof...(rest) == 0) {
    return std::forward<First>(first).template visit<R>(std::forward<F>(f));
  } else {
    return std::forward<First>(first).template visit<R>([&](auto&& value) -> R {
      return snug::visit<R>(
          [&](auto&&... others) -> decltype(auto) {
            return std::invoke(std::forward<F>(f), std::forward<decltype(value)>(value),
                               std::forward<decltype(others)>(others)...);
          },
          std::forward<Rest>(rest)...);
    });
  }
}

}  // namespace snug
