// The layout of an aggregate, known to the compiler: field count, sizes, padding, and a check that
// keeps them.
//
// Put SNUG_ASSERT_LAYOUT behind a struct that was arranged with care: whoever later adds a field in
// the wrong place is told by the compiler, with both numbers, and not by a profiler.
//
// Example:
//
//     #include <snug/layout.hpp>
//
//     #include <cassert>
//     #include <cstdint>
//
//     struct Order {
//       double price;
//       std::uint32_t quantity;
//       std::uint16_t venue;
//       bool open;
//     };
//     SNUG_ASSERT_LAYOUT(Order, 16, 1);  // 16 bytes, 1 of them padding
//
//     int main() {
//       using layout = snug::layout_of<Order>;
//       static_assert(layout::fields == 4);
//       static_assert(layout::offsets[2] == 12 && layout::sizes[2] == 2);
//       static_assert(layout::best_size == 16);  // no order of these fields is smaller
//       assert(layout::padding == 1);
//     }
//
// It works for what structured bindings work for: aggregates without bases, with up to 64 fields,
// no references, no bit-fields (they have no address; the compiler refuses them) and no anonymous
// unions. After Boost.PFR; static sizes only, nothing is generated at run time.
#pragma once

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

#include <snug/detail/aggregate.hpp>

namespace snug {
namespace detail {

template <class... Fields>
struct field_table {
  static constexpr std::size_t count = sizeof...(Fields);
  static constexpr std::array<std::size_t, count> sizes{sizeof(Fields)...};
  static constexpr std::array<std::size_t, count> alignments{alignof(Fields)...};
  static constexpr std::size_t sum = (sizeof(Fields) + ... + 0);
};
template <class... Fields>
field_table<Fields...> field_table_of(type_list<Fields...>);

constexpr std::size_t round_up(std::size_t value, std::size_t multiple) {
  return (value + multiple - 1) / multiple * multiple;
}

}  // namespace detail

// What the compiler knows about the layout of the aggregate T, in bytes. All members are constants.
template <class T>
class layout_of {
  using table = decltype(detail::field_table_of(detail::field_types<T>()));

  static constexpr auto offsets_by_rule() {
    std::array<std::size_t, table::count> begins{};
    std::size_t end = 0;
    for (std::size_t i = 0; i < table::count; ++i) {
      begins[i] = detail::round_up(end, table::alignments[i]);
      end = begins[i] + table::sizes[i];
    }
    return begins;
  }

  static_assert(
      table::sum <= sizeof(T),
      "layout_of<T>: fields overlap ([[no_unique_address]]), their padding has no meaning");

 public:
  // How many fields; an array is one.
  static constexpr std::size_t fields = table::count;
  // sizeof(T) and alignof(T).
  static constexpr std::size_t size = sizeof(T);
  static constexpr std::size_t alignment = alignof(T);
  // sizeof of each field, in the order of declaration, and the alignment of its type.
  static constexpr std::array<std::size_t, fields> sizes = table::sizes;
  static constexpr std::array<std::size_t, fields> alignments = table::alignments;
  // Where each field begins by the rule of the common ABIs: the next multiple of the alignment of
  // its type. It is where the field is unless the field has an alignas of its own or T is packed.
  static constexpr std::array<std::size_t, fields> offsets = offsets_by_rule();
  // Bytes of T that belong to no field: holes and tail together. Padding inside of a field is that
  // field's.
  static constexpr std::size_t padding = sizeof(T) - table::sum;
  // Bytes behind the last field, by the same rule as offsets.
  static constexpr std::size_t tail =
      fields == 0 ? sizeof(T) : sizeof(T) - (offsets[fields - 1] + sizes[fields - 1]);
  // The size in the best order of the fields: by falling alignment nothing is lost but the tail.
  static constexpr std::size_t best_size =
      fields == 0 ? sizeof(T) : detail::round_up(table::sum, alignof(T));
};

// How a number appears in the message of a failed SNUG_ASSERT_LAYOUT.
template <std::size_t Bytes>
struct found_size {};
template <std::size_t Bytes>
struct wanted_size {};
template <std::size_t Bytes>
struct found_padding {};
template <std::size_t Bytes>
struct wanted_padding {};

namespace detail {

template <class T, class Found, class Wanted>
struct check_size;
template <class T, std::size_t Found, std::size_t Wanted>
struct check_size<T, found_size<Found>, wanted_size<Wanted>> {
  static_assert(
      Found == Wanted,
      "the size of this type is not the one asserted by SNUG_ASSERT_LAYOUT (see found_size "
      "and wanted_size)");
  static constexpr bool holds = Found == Wanted;
};

template <class T, class Found, class Wanted>
struct check_padding;
template <class T, std::size_t Found, std::size_t Wanted>
struct check_padding<T, found_padding<Found>, wanted_padding<Wanted>> {
  static_assert(Found == Wanted,
                "the padding of this type is not the one asserted by SNUG_ASSERT_LAYOUT (see "
                "found_padding and wanted_padding)");
  static constexpr bool holds = Found == Wanted;
};

}  // namespace detail

// Fails to compile unless sizeof(Type) is Size and Padding bytes of it belong to no field. The
// message names the type, what was found and what was wanted. Use it at namespace scope, after the
// type is complete. A type whose name contains commas needs an alias.
#define SNUG_ASSERT_LAYOUT(Type, Size, Padding)                                                    \
  static_assert(::snug::detail::check_size<Type, ::snug::found_size<sizeof(Type)>,                 \
                                           ::snug::wanted_size<Size>>::holds);                     \
  static_assert(                                                                                   \
      ::snug::detail::check_padding<Type, ::snug::found_padding<::snug::layout_of<Type>::padding>, \
                                    ::snug::wanted_padding<Padding>>::holds)

}  // namespace snug
