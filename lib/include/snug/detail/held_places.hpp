// Which of the 64 places of a block of gen_arena have an element.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace snug::detail {

// The number of the lowest bit that is set. REQUIRES: there is one, which saves the test for 0.
inline std::uint32_t lowest_bit(std::uint64_t bits) noexcept {
#if defined(__GNUC__) || defined(__clang__)
  return static_cast<std::uint32_t>(__builtin_ctzll(bits));
#else
  return static_cast<std::uint32_t>(std::countr_zero(bits));
#endif
}

// A byte each, which is written without a look at the others: bits would have to wait for the
// change before (7 cycles, more than the rest of an erasure). Read eight at a time.
class held_places {
 public:
  held_places() noexcept {
    std::memset(bytes_, 0, places);
    std::memset(bytes_ + places, 1, 8);
  }
  void set(std::uint32_t i) noexcept { bytes_[i] = 1; }
  void reset(std::uint32_t i) noexcept { bytes_[i] = 0; }
  bool operator[](std::uint32_t i) const noexcept { return bytes_[i] != 0; }
  // Whether the eight places from `i` on are all held.
  bool all_of_eight(std::uint32_t i) const noexcept { return word(i) == all; }
  // The first held place that is not before `i`, or 64. REQUIRES: i <= 64.
  std::uint32_t next(std::uint32_t i) const noexcept {
    std::uint64_t w = word(i);
    if (w == all) return i;  // without a wait for the word, where there are no holes
    for (; w == 0; w = word(i)) i += 8;
    return i + lowest_bit(w) / 8;
  }
  // All of them; bit number i is place number i.
  std::uint64_t bits() const noexcept {
    std::uint64_t bits = 0;
    for (std::uint32_t i = 0; i < places; i += 8) {
      // The product puts bit 0 of each byte beside the others, into the highest byte.
      bits |= (word(i) * 0x0102040810204080u >> 56) << i;
    }
    return bits;
  }

 private:
  static constexpr std::uint32_t places = 64;
  static constexpr std::uint64_t all = 0x0101010101010101u;

  // The eight places from `i` on, the first in the lowest byte.
  std::uint64_t word(std::uint32_t i) const noexcept {
    std::uint64_t word = 0;
    if constexpr (std::endian::native == std::endian::little) {
      std::memcpy(&word, bytes_ + i, sizeof word);
    } else {
      for (std::uint32_t k = 8; k-- > 0;) word = word << 8 | bytes_[i + k];
    }
    return word;
  }

  // What is past the end is held: there next() comes to a stop.
  std::uint8_t bytes_[places + 8];
};

}  // namespace snug::detail
