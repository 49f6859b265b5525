// From a number at run time to one at compile time, by a switch that optimisers see through.
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include <snug/detail/config.hpp>

namespace snug::detail {

[[noreturn]] inline void unreachable() noexcept {
#if defined(__GNUC__) || defined(__clang__)
  __builtin_unreachable();
#elif defined(_MSC_VER)
  __assume(false);
#endif
}

// Calls f(std::integral_constant<std::size_t, I>{}) with I == index.
// REQUIRES: From <= index < Count.
// Sixteen cases a switch; the rest in the default.
template <std::size_t Count, std::size_t From = 0, class F>
SNUG_ALWAYS_INLINE constexpr decltype(auto) switch_index(std::size_t index, F&& f) {
#define SNUG_CASE(n)                                             \
  case From + n:                                                 \
    if constexpr (From + n < Count) {                            \
      return f(std::integral_constant<std::size_t, From + n>{}); \
    } else {                                                     \
      unreachable();                                             \
    }
  switch (index) {
    SNUG_CASE(0)
    SNUG_CASE(1)
    SNUG_CASE(2)
    SNUG_CASE(3)
    SNUG_CASE(4)
    SNUG_CASE(5)
    SNUG_CASE(6)
    SNUG_CASE(7)
    SNUG_CASE(8)
    SNUG_CASE(9)
    SNUG_CASE(10)
    SNUG_CASE(11)
    SNUG_CASE(12)
    SNUG_CASE(13)
    SNUG_CASE(14)
    SNUG_CASE(15)
    default:
      if constexpr (From + 16 < Count) {
        return switch_index<Count, From + 16>(index, std::forward<F>(f));
      } else {
        unreachable();
      }
  }
#undef SNUG_CASE
}

}  // namespace snug::detail
