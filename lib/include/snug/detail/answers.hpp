// What the types of the library ask of their elements, so that they answer the standard's concepts
// as the elements do.
#pragma once

#include <concepts>
#include <cstddef>
#include <functional>
#include <iosfwd>
#include <type_traits>

namespace snug::detail {

template <class T, class U>
concept equal_to = requires(const T& t, const U& u) {
  { t == u } -> std::convertible_to<bool>;
};
template <class T>
concept equal_to_itself = equal_to<T, T>;

template <class T>
concept hashable = requires(const T& t) {
  { std::hash<T>()(t) } -> std::convertible_to<std::size_t>;
};

template <class T, class Char, class Traits>
concept printable = requires(std::basic_ostream<Char, Traits>& out, const T& t) { out << t; };

}  // namespace snug::detail
