// Where the fields of the rows of soa_vector and aosoa_vector are in their memory.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <tuple>
#include <type_traits>
#include <utility>

#include <snug/detail/aggregate.hpp>
#include <snug/detail/soa_row.hpp>

namespace snug {
namespace detail {

inline constexpr std::size_t column_alignment = 64;

constexpr std::size_t aligned_up(std::size_t n, std::size_t align) noexcept {
  return (n + align - 1) / align * align;
}

// Where the fields of the rows are: one array for each field.
template <class S>
struct soa_layout {
  using F = fields<S>;
  static constexpr std::size_t group = 1;  // capacities are multiples of it
  template <std::size_t I>
  static constexpr std::size_t align =
      std::max(column_alignment, alignof(typename F::template type<I>));

  std::array<std::byte*, F::count> columns{};

  // Bytes and alignment of the allocation for `capacity` rows.
  static constexpr std::size_t bytes(std::size_t capacity) noexcept {
    std::size_t end = 0;
    for_each_field<S>([&](auto i) {
      end = aligned_up(end, align<i()>) + capacity * sizeof(typename F::template type<i()>);
    });
    return aligned_up(end, column_alignment);  // whole vectors of the last column, too
  }
  static constexpr std::size_t alignment() noexcept {
    std::size_t most = 1;
    for_each_field<S>([&](auto i) { most = std::max(most, align<i()>); });
    return most;
  }
  void place(std::byte* memory, std::size_t capacity) noexcept {
    std::size_t end = 0;
    for_each_field<S>([&](auto i) {
      end = aligned_up(end, align<i()>);
      columns[i()] = memory + end;
      end += capacity * sizeof(typename F::template type<i()>);
    });
  }
  std::byte* memory() const noexcept { return columns[0]; }
  template <std::size_t I>
  auto* at(std::size_t row) const noexcept {
    return reinterpret_cast<typename F::template type<I>*>(columns[I]) + row;
  }
};

// Where the fields of the rows are: blocks, in which each field has an array of N.
template <class S, std::size_t N>
struct aosoa_layout {
  static_assert(N >= 1 && (N & (N - 1)) == 0,
                "snug::aosoa_vector<S, N>: N, the rows of a block, must be a power of two");
  using F = fields<S>;
  static constexpr std::size_t group = N;

  std::byte* blocks = nullptr;

  static constexpr std::size_t alignment() noexcept {
    std::size_t most = column_alignment;
    for_each_field<S>(
        [&](auto i) { most = std::max(most, alignof(typename F::template type<i()>)); });
    return most;
  }
  // Bytes of the fields before field I in a block; for I = count those of the whole block.
  template <std::size_t I>
  static constexpr std::size_t offset() noexcept {
    std::size_t end = 0;
    for_each_field<S>([&](auto i) {
      using T = typename F::template type<i()>;
      if constexpr (i() < I) end = aligned_up(end, alignof(T)) + N * sizeof(T);
      if constexpr (i() == I) end = aligned_up(end, alignof(T));
    });
    return I == F::count ? aligned_up(end, alignment()) : end;
  }
  static constexpr std::size_t block_bytes = offset<F::count>();

  static constexpr std::size_t bytes(std::size_t capacity) noexcept {
    return capacity / N * block_bytes;
  }
  void place(std::byte* memory, std::size_t) noexcept { blocks = memory; }
  std::byte* memory() const noexcept { return blocks; }
  template <std::size_t I>
  auto* at(std::size_t row) const noexcept {
    using T = typename F::template type<I>;
    return reinterpret_cast<T*>(blocks + row / N * block_bytes + offset<I>()) + row % N;
  }
};

}  // namespace detail

}  // namespace snug
