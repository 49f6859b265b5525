// The handle of slot_map and gen_arena.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace snug {

// Names one element that was put into a slot_map or gen_arena: a slot and the generation in which
// the slot held that element. 8 bytes, trivially copyable, ordered and hashable; the default one is
// null.
//
// `Tag` keeps handles of different kinds apart at compile time. A slot goes through the generations
// 1, 2, 3 ...: odd while it holds an element, even while it is free, so a free slot matches no
// handle. After its last odd generation, 2^GenerationBits - 1, the slot is retired, never reused: a
// handle whose element was erased stays invalid for ever.
template <class Tag, unsigned GenerationBits = 32>
class slot_handle {
  static_assert(GenerationBits >= 1 && GenerationBits <= 32,
                "snug::slot_handle: a generation has between 1 and 32 bits");

 public:
  using tag = Tag;
  static constexpr std::uint32_t last_generation =
      static_cast<std::uint32_t>((std::uint64_t{1} << GenerationBits) - 1);

  constexpr slot_handle() noexcept = default;
  constexpr slot_handle(std::uint32_t index, std::uint32_t generation) noexcept
      : index_(index), generation_(generation) {}

  // Whether it ever named an element; that the element still lives is for the container to say.
  [[nodiscard]] explicit constexpr operator bool() const noexcept { return generation_ != 0; }
  [[nodiscard]] constexpr std::uint32_t index() const noexcept { return index_; }
  [[nodiscard]] constexpr std::uint32_t generation() const noexcept { return generation_; }

  // The handle as a number and back, to be stored outside of the program's types.
  [[nodiscard]] constexpr std::uint64_t to_bits() const noexcept {
    return (std::uint64_t{generation_} << 32) | index_;
  }
  [[nodiscard]] static constexpr slot_handle from_bits(std::uint64_t bits) noexcept {
    return {static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32)};
  }

  friend constexpr auto operator<=>(const slot_handle&, const slot_handle&) noexcept = default;

 private:
  std::uint32_t index_ = 0;
  std::uint32_t generation_ = 0;
};

namespace detail {

// The generation after an element of `generation` was erased: even, or 0 when the slot is retired.
constexpr std::uint32_t generation_after_erase(std::uint32_t generation,
                                               std::uint32_t last) noexcept {
  return generation >= last ? 0 : generation + 1;
}

// The elements of all `handles`, or null pointers when one is invalid or two are equal.
template <class Map, class Handle, std::size_t N>
constexpr auto get_distinct(Map& map, const std::array<Handle, N>& handles) noexcept {
  std::array<decltype(map.get(handles[0])), N> found{};
  for (std::size_t i = 0; i < N; ++i) {
    found[i] = map.get(handles[i]);
    bool usable = found[i] != nullptr;
    for (std::size_t j = 0; j < i && usable; ++j) usable = found[j] != found[i];
    if (!usable) {
      found.fill(nullptr);
      break;
    }
  }
  return found;
}

}  // namespace detail
}  // namespace snug

template <class Tag, unsigned Bits>
struct std::hash<snug::slot_handle<Tag, Bits>> {
  std::size_t operator()(const snug::slot_handle<Tag, Bits>& handle) const noexcept {
    // A multiplication spreads the index over the high bits, which open-addressing tables use.
    return static_cast<std::size_t>((handle.to_bits() + 1) * 0x9e3779b97f4a7c15u);
  }
};
