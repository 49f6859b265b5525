// The running state of the Itanium layout rules, shared by lay_out and lay_out_class.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "layout/bit_field_rules.hpp"
#include "layout/lay_out.hpp"

namespace snug {

/// The least multiple of `align` (a power of two or 0) that is not below `offset`.
[[nodiscard]] constexpr std::uint64_t align_up(std::uint64_t offset, std::uint64_t align) {
  return align <= 1 ? offset : (offset + align - 1) / align * align;
}

/// Arrays of records with empty subobjects are followed up to so many elements.
inline constexpr std::uint64_t most_elements = 1024;

/// A record while its parts are placed one after another. All offsets and sizes in bits.
class LayoutState {
 public:
  /// Starts behind the prefix of the spec. The spec has to outlive the state.
  LayoutState(const RecordSpec& spec, const BitFieldRules& rules);

  /// Places a vptr at offset 0. REQUIRES: nothing was placed.
  void place_vptr(std::uint64_t pointer_bits);
  /// Places the non-virtual part of a base; its offset.
  std::uint64_t place_base(const VirtualBaseSpec& base);
  /// Places a field or bit-field; its offset.
  std::uint64_t place(const MemberSpec& member);
  /// Call once between the last field and the first virtual base.
  void end_of_fields();
  /// Sizes and alignments; the offsets are left empty.
  [[nodiscard]] Placement finish() const;

 private:
  std::uint64_t place_field(const MemberSpec& member);
  std::uint64_t place_bits(const MemberSpec& member);
  std::uint64_t place_wide_bits(const MemberSpec& member);
  void reserve_bits(std::uint64_t offset, std::uint64_t width);
  [[nodiscard]] bool can_place(const std::vector<EmptyAt>& empties, std::uint64_t offset) const;
  void remember(const std::vector<EmptyAt>& empties, std::uint64_t offset);
  void raise_align(std::uint64_t align) { align_ = align > align_ ? align : align_; }

  const RecordSpec& spec_;
  BitFieldRules rules_;
  std::uint64_t size_;          ///< What sizeof would be so far.
  std::uint64_t data_;          ///< Where the next field may start.
  std::uint64_t align_;         ///< So far.
  std::uint64_t unfilled_ = 0;  ///< Bits before data_ that a bit-field may still take.
  std::uint64_t padded_ = 0;    ///< End of the members whose tails may be reused.
  std::uint64_t nonvirtual_bits_ = 0;
  std::uint64_t nonvirtual_align_ = 8;
  std::vector<EmptyAt> empties_;
};

}  // namespace snug
