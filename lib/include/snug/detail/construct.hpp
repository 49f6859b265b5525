// Making objects in memory of one's own, in the ways in which all types of the library make them.
#pragma once

#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace snug::detail {

// A T(args...) at `place`, or T{args...} of an aggregate that takes no parentheses. By the standard
// library where that goes, so that what the arguments lose in a conversion is warned of as little
// as in std::make_unique: not in every header, but where they are passed.
template <class T, class... Args>
constexpr T* construct(void* place, Args&&... args) {
  using object = std::remove_const_t<T>;
  if constexpr (std::is_constructible_v<object, Args&&...>) {
    return std::construct_at(static_cast<object*>(place), std::forward<Args>(args)...);
  } else {
    return ::new (place) object{std::forward<Args>(args)...};
  }
}

// Whether making a T of these arguments only copies bytes, so that nothing can throw or come back.
template <class T, class... Args>
inline constexpr bool only_copies_bytes =
    std::is_trivially_copyable_v<T> &&
    (std::is_trivially_constructible_v<T, Args...> ||
     (std::is_aggregate_v<T> && std::is_trivially_default_constructible_v<T> &&
      (std::is_scalar_v<std::remove_cvref_t<Args>> && ...)));

// A T(args...) as a value: of one argument as static_cast makes it, which says that a number may
// lose digits. REQUIRES: std::is_constructible_v<T, Args...>, without which the cast could do more.
template <class T, class... Args>
constexpr T made_of(Args&&... args) {
  if constexpr (sizeof...(Args) == 1) {
    return (static_cast<T>(std::forward<Args>(args)), ...);
  } else {
    return T(std::forward<Args>(args)...);
  }
}

}  // namespace snug::detail
