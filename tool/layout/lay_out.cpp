#include "layout/lay_out.hpp"

#include <algorithm>
#include <numeric>

#include "layout/bit_field_rules.hpp"
#include "layout/layout_state.hpp"

namespace snug {

namespace {

/// The MSVC rules. Bit-fields take a whole unit of their type, which only bit-fields of the same
/// size share; tails are never reused and [[no_unique_address]] is ignored.
class MicrosoftState {
 public:
  explicit MicrosoftState(const RecordSpec& spec)
      : spec_(spec),
        size_(spec.prefix.size_bits),
        align_(spec.prefix.align_bits),
        required_(spec.min_align_bits) {}

  std::uint64_t place(const MemberSpec& member) {
    if (member.bit_width) return place_bits(member, *member.bit_width);
    after_bits_ = false;
    const std::uint64_t align = align_of(member);
    align_ = std::max(align_, align);
    const std::uint64_t offset = spec_.is_union ? 0 : align_up(size_, align);
    size_ = std::max(size_, offset + (member.flexible ? 0 : member.size_bits));
    return offset;
  }

  Placement finish() {
    Placement placement;
    const std::uint64_t cap = spec_.max_field_align_bits;
    const std::uint64_t rounding = cap == 0 ? align_ : std::min(align_, cap);
    placement.nonvirtual_bits = align_up(size_, rounding);
    placement.align_bits = std::max(align_, required_);
    placement.nonvirtual_align_bits = placement.align_bits;
    placement.size_bits = align_up(placement.nonvirtual_bits, std::max(rounding, required_));
    if (placement.size_bits == 0) {
      const std::uint64_t least = spec_.cxx ? 8 : 32;
      placement.size_bits = required_ >= least ? placement.align_bits : least;
    }
    placement.data_bits = size_;
    return placement;
  }

 private:
  std::uint64_t place_bits(const MemberSpec& member, std::uint64_t width) {
    const std::uint64_t align = align_of(member);
    if (width == 0) return place_wall(member, align);
    if (!spec_.is_union && after_bits_ && unit_ == member.size_bits && width <= left_) {
      const std::uint64_t offset = size_ - left_;
      left_ -= width;
      return offset;
    }
    after_bits_ = true;
    unit_ = member.size_bits;
    if (spec_.is_union) {
      size_ = std::max(size_, member.size_bits);
      return 0;
    }
    const std::uint64_t offset = align_up(size_, align);
    size_ = offset + member.size_bits;
    align_ = std::max(align_, align);
    left_ = member.size_bits - width;
    return offset;
  }

  /// A zero-width bit-field counts only after a bit-field of some width.
  std::uint64_t place_wall(const MemberSpec& member, std::uint64_t align) {
    if (!after_bits_) return spec_.is_union ? 0 : size_;
    after_bits_ = false;
    if (spec_.is_union) {
      size_ = std::max(size_, member.size_bits);
      return 0;
    }
    size_ = align_up(size_, align);
    align_ = std::max(align_, align);
    return size_;
  }

  /// alignas is a requirement that even #pragma pack does not lower, except on bit-fields.
  std::uint64_t align_of(const MemberSpec& member) {
    std::uint64_t align = member.type_align_bits;
    if (member.bit_width) {
      align = std::max(align, member.explicit_align_bits);
    } else {
      required_ = std::max(required_, member.explicit_align_bits);
    }
    if (spec_.max_field_align_bits != 0) align = std::min(align, spec_.max_field_align_bits);
    if (member.packed) align = 8;
    return std::max(align, member.explicit_align_bits);
  }

  const RecordSpec& spec_;
  std::uint64_t size_;
  std::uint64_t align_;
  std::uint64_t required_;
  std::uint64_t unit_ = 0;  ///< Bits of the open storage unit.
  std::uint64_t left_ = 0;  ///< Bits of it that are free.
  bool after_bits_ = false;
};

Placement lay_out_itanium(const RecordSpec& spec, const Abi& abi,
                          std::span<const std::uint32_t> order) {
  LayoutState state(spec, bit_field_rules(abi));
  std::vector<std::uint64_t> offsets(spec.members.size());
  for (const std::uint32_t index : order) offsets[index] = state.place(spec.members[index]);
  state.end_of_fields();
  std::vector<std::uint64_t> virtual_bases;
  virtual_bases.reserve(spec.virtual_bases.size());
  for (const VirtualBaseSpec& base : spec.virtual_bases) {
    virtual_bases.push_back(state.place_base(base));
  }
  Placement placement = state.finish();
  placement.offset_bits = std::move(offsets);
  placement.virtual_base_bits = std::move(virtual_bases);
  return placement;
}

}  // namespace

Placement lay_out(const RecordSpec& spec, const Abi& abi, std::span<const std::uint32_t> order) {
  if (!abi.microsoft) return lay_out_itanium(spec, abi, order);
  MicrosoftState state(spec);
  std::vector<std::uint64_t> offsets(spec.members.size());
  for (const std::uint32_t index : order) offsets[index] = state.place(spec.members[index]);
  Placement placement = state.finish();
  placement.offset_bits = std::move(offsets);
  return placement;
}

Placement lay_out(const RecordSpec& spec, const Abi& abi) {
  std::vector<std::uint32_t> order(spec.members.size());
  std::iota(order.begin(), order.end(), 0U);
  return lay_out(spec, abi, order);
}

}  // namespace snug
