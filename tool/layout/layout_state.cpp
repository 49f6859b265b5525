#include "layout/layout_state.hpp"

#include <algorithm>

namespace snug {

LayoutState::LayoutState(const RecordSpec& spec, const BitFieldRules& rules)
    : spec_(spec),
      rules_(rules),
      size_(std::max(spec.prefix.size_bits, spec.prefix.data_bits)),
      data_(spec.prefix.data_bits),
      align_(std::max(spec.prefix.align_bits, spec.min_align_bits)),
      empties_(spec.prefix.empties) {}

bool LayoutState::can_place(const std::vector<EmptyAt>& empties, std::uint64_t offset) const {
  return std::none_of(empties.begin(), empties.end(), [&](const EmptyAt& mine) {
    return std::any_of(empties_.begin(), empties_.end(), [&](const EmptyAt& there) {
      return there.offset_bits == offset + mine.offset_bits && there.type_id == mine.type_id;
    });
  });
}

void LayoutState::remember(const std::vector<EmptyAt>& empties, std::uint64_t offset) {
  for (const EmptyAt& mine : empties) {
    empties_.push_back({mine.type_id, offset + mine.offset_bits});
  }
}

void LayoutState::place_vptr(std::uint64_t pointer_bits) {
  const std::uint64_t cap = spec_.max_field_align_bits;
  const std::uint64_t align = spec_.packed ? 8 : pointer_bits;
  raise_align(cap == 0 ? align : std::min(align, cap));
  size_ += pointer_bits;
  data_ = size_;
}

std::uint64_t LayoutState::place_base(const VirtualBaseSpec& base) {
  const std::uint64_t cap = spec_.max_field_align_bits;
  if (base.is_empty && can_place(base.empties, 0)) {
    remember(base.empties, 0);
    size_ = std::max(size_, base.size_bits);
    raise_align(base.nonvirtual_align_bits);
    return 0;
  }
  const std::uint64_t align =
      cap == 0 ? base.nonvirtual_align_bits : std::min(base.nonvirtual_align_bits, cap);
  std::uint64_t offset = align_up(data_, align);
  while (!can_place(base.empties, offset)) offset += align;
  remember(base.empties, offset);
  unfilled_ = 0;
  if (base.is_empty) {
    size_ = std::max(size_, offset + base.size_bits);
  } else {
    data_ = offset + base.nonvirtual_bits;
    size_ = std::max(size_, data_);
  }
  raise_align(align);
  return offset;
}

std::uint64_t LayoutState::place(const MemberSpec& member) {
  return member.bit_width ? place_bits(member) : place_field(member);
}

std::uint64_t LayoutState::place_field(const MemberSpec& member) {
  const bool overlaps = member.no_unique_address && member.is_empty;
  // To g++ an empty member does not end a run of bit-fields, and may share its last byte.
  const bool keeps_run = spec_.gcc_rules && overlaps;
  const std::uint64_t data = keeps_run ? (data_ - unfilled_) / 8 * 8 : data_;
  if (!keeps_run) unfilled_ = 0;
  std::uint64_t align = std::max(member.type_align_bits, member.explicit_align_bits);
  if (member.packed) align = std::max<std::uint64_t>(8, member.explicit_align_bits);
  if (spec_.max_field_align_bits != 0) align = std::min(align, spec_.max_field_align_bits);

  std::uint64_t offset = spec_.is_union || overlaps ? 0 : align_up(data_, align);
  if (!spec_.is_union) {
    // An empty member is tried at 0 and then from the end of the data onwards.
    while (!can_place(member.empties, offset)) {
      offset = offset == 0 && data != 0 ? align_up(data, align) : offset + align;
    }
    remember(member.empties, offset);
  }
  const std::uint64_t size = member.flexible ? 0 : member.size_bits;
  if (overlaps) {
    size_ = std::max(size_, offset + size);
  } else {
    const std::uint64_t end = offset + (member.no_unique_address ? member.data_bits : size);
    data_ = spec_.is_union ? std::max(data_, end) : end;
    padded_ = std::max(padded_, spec_.gcc_rules ? end : offset + size);
    size_ = std::max(size_, data_);
  }
  raise_align(align);
  return offset;
}

void LayoutState::reserve_bits(std::uint64_t offset, std::uint64_t width) {
  if (spec_.is_union) {
    data_ = std::max(data_, align_up(width, 8));
  } else {
    data_ = align_up(offset + width, 8);
    unfilled_ = data_ - (offset + width);
  }
  size_ = std::max(size_, data_);
}

/// A bit-field wider than its type starts where the largest integer type that it fills may.
std::uint64_t LayoutState::place_wide_bits(const MemberSpec& member) {
  unfilled_ = 0;
  std::uint64_t align = 8;
  while (align * 2 <= *member.bit_width && align * 2 <= rules_.widest_container) align *= 2;
  if (align == 64) align = rules_.align_of_64;
  const std::uint64_t offset = spec_.is_union ? 0 : align_up(data_, align);
  reserve_bits(offset, *member.bit_width);
  raise_align(align);
  return offset;
}

std::uint64_t LayoutState::place_bits(const MemberSpec& member) {
  const std::uint64_t width = *member.bit_width;
  if (width > member.size_bits) return place_wide_bits(member);
  std::uint64_t offset = spec_.is_union ? 0 : data_ - unfilled_;
  std::uint64_t align = member.type_align_bits;
  if (!rules_.type_alignment) {
    const bool honoured = width == 0 && rules_.zero_width_alignment;
    align = honoured ? std::max(align, rules_.zero_width_boundary) : 1;
  }
  const std::uint64_t unpacked = std::max(align, member.explicit_align_bits);
  if (member.packed && width != 0) align = 1;
  align = std::max(align, member.explicit_align_bits);
  const std::uint64_t cap = spec_.max_field_align_bits;
  if (cap != 0 && width != 0) align = std::min(member.packed ? unpacked : align, cap);

  // #pragma pack of any value lets bit-fields cross the boundary of their type.
  const bool crosses = cap == 0 && offset % align + width > member.size_bits;
  const std::uint64_t wanted = member.explicit_align_bits;
  if (width == 0 || crosses) {
    offset = align_up(offset, align);
  } else if (wanted != 0 && (cap == 0 || wanted <= cap)) {
    offset = align_up(offset, wanted);
  }
  reserve_bits(offset, width);
  const bool counts = member.named || rules_.zero_width_alignment;
  raise_align(counts ? std::max<std::uint64_t>(8, align) : 8);
  return offset;
}

void LayoutState::end_of_fields() {
  nonvirtual_bits_ = size_;
  nonvirtual_align_ = align_;
}

Placement LayoutState::finish() const {
  Placement placement;
  std::uint64_t size = size_;
  const bool empty = std::none_of(
      spec_.members.begin(), spec_.members.end(),
      [](const MemberSpec& member) { return !member.bit_width || *member.bit_width != 0; });
  if (spec_.cxx && size == 0 && empty) size = 8;
  placement.align_bits = align_;
  placement.size_bits = align_up(std::max(size, padded_), align_);
  placement.data_bits = spec_.keeps_tail ? placement.size_bits : data_;
  placement.nonvirtual_bits = spec_.keeps_tail ? placement.size_bits : nonvirtual_bits_;
  placement.nonvirtual_align_bits = nonvirtual_align_;
  return placement;
}

}  // namespace snug
