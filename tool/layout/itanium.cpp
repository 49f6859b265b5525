// Where the parts of a class lie that the front end does not tell, by the Itanium C++ ABI 2.4 as
// clang reads it.
//
//  1. Which parts there are, and in which order: place.cpp.
//  2. dsize and nvsize follow from the told offsets of bases and fields: each non-empty one moves
//     the end of the data. A POD keeps its tail to itself.
//  3. A virtual base goes to the first aligned offset behind the data where no empty subobject
//  meets
//     another of its type.
//  4. The size and the direct virtual bases are told, so what came out is checked against them.

#include <algorithm>

#include "layout/base_subobjects.hpp"
#include "layout/class_info.hpp"
#include "layout/layout_state.hpp"
#include "layout/place.hpp"

namespace snug {

namespace {

/// Lays one class out from what is told.
class ToldParts final : public Parts {
 public:
  /// `cap` is what #pragma pack allows at most, in bits.
  ToldParts(ClassInfo& info, const Abi& abi, std::uint64_t cap)
      : info_(info),
        abi_(abi),
        cap_(cap),
        track_(!info.virtual_bases.empty()),
        counts_unnamed_((abi.target.starts_with("aarch64") || abi.target.starts_with("arm") ||
                         abi.target.starts_with("thumb")) &&
                        abi.target.find("-apple-") == std::string::npos) {}

  void run() {
    const bool all = place(info_, abi_, *this);
    finish(all);
  }

 private:
  void place_vptr() override { size_ = data_ = std::uint64_t{abi_.pointer_bytes} * 8; }

  std::uint64_t place_direct(std::size_t index, const Subobject& base) override {
    const auto offset = static_cast<std::uint64_t>(info_.bases[index].offset_bits);
    occupy(base, offset);
    return offset;
  }

  std::uint64_t place_virtual(const Subobject& base) override {
    const std::uint64_t offset = free_offset(base);
    occupy(base, offset);
    return offset;
  }

  void occupy(const Subobject& base, std::uint64_t offset) {
    if (track_) {
      empties_.place(base, offset);
    }
    if (base.type->empty) {
      size_ = std::max(size_, offset + base.type->size_bits);
      return;
    }
    const std::uint64_t end = offset + base.type->nonvirtual_bits;
    // The primary base comes first whatever its place in the base clause: data only grows.
    data_ = std::max(data_, end);
    size_ = std::max(size_, data_);
  }

  void place_fields() override {
    for (const FieldInfo& field : info_.fields) {
      const std::uint64_t offset = field.offset_bits;
      if (field.width) {
        const std::uint64_t end = end_of_bits(field);
        data_ = info_.is_union ? std::max(data_, end) : end;
        size_ = std::max(size_, data_);
        continue;
      }
      unit_ = nullptr;
      if (track_) {
        empties_.place(field, offset);
      }
      if (field.overlapping_empty()) {
        size_ = std::max(size_, offset + field.size_bits);
        continue;
      }
      const std::uint64_t used =
          field.potentially_overlapping()
              ? std::max(field.record->nonvirtual_bits, field.record->data_bits)
              : field.size_bits;
      data_ = info_.is_union ? std::max(data_, used) : offset + used;
      padded_ = std::max(padded_, offset + field.size_bits);
      size_ = std::max(size_, data_);
    }
    info_.nonvirtual_bits = align_up(size_, 8);
    info_.nonvirtual_align_bits = nonvirtual_align();
  }

  /// Where the data ends behind a bit-field: with the last byte that it touches or, by the rules of
  /// ms_struct, with its storage unit, which following bit-fields of that size share.
  std::uint64_t end_of_bits(const FieldInfo& field) {
    const std::uint64_t begin = info_.is_union ? 0 : field.offset_bits;
    const std::uint64_t end = begin + *field.width;
    if (!info_.ms_struct || *field.width == 0) {
      unit_ = nullptr;
      return align_up(end, 8);
    }
    const bool joins = !info_.is_union && unit_ != nullptr && unit_->size_bits == field.size_bits &&
                       end <= unit_->offset_bits + unit_->size_bits;
    unit_ = joins ? unit_ : &field;
    return (info_.is_union ? 0 : unit_->offset_bits) + field.size_bits;
  }

  /// Without virtual bases it is the alignment of the class. With them it is that, too, unless one
  /// of them may have raised it; then the parts have to tell.
  [[nodiscard]] std::uint64_t nonvirtual_align() const {
    std::uint64_t from_virtual = 8;
    for (const VirtualBaseInfo& base : info_.virtual_bases) {
      from_virtual = std::max(from_virtual, base.type->nonvirtual_align_bits);
    }
    if (info_.virtual_bases.empty() || from_virtual < info_.align_bits) {
      return info_.align_bits;
    }
    std::uint64_t align = info_.asked_bits.value_or(8);
    const auto raise = [&](std::uint64_t by) { align = std::max(align, std::min(by, cap_)); };
    if (info_.own_vptr) {
      raise(info_.packed_attribute ? 8 : std::uint64_t{abi_.pointer_bytes} * 8);
    }
    if (info_.primary_virtual) {
      raise(info_.primary_base->nonvirtual_align_bits);
    }
    for (const BaseInfo& base : info_.bases) {
      if (!base.is_virtual && base.type->empty && base.offset_bits == 0) {
        align = std::max(align, base.type->nonvirtual_align_bits);  // #pragma pack spares it
      } else if (!base.is_virtual) {
        raise(base.type->nonvirtual_align_bits);
      }
    }
    bool after_bits = false;
    for (const FieldInfo& field : info_.fields) {
      const bool wall = field.width && *field.width == 0;
      if (wall && (counts_unnamed_ || (info_.ms_struct && after_bits))) {
        align = std::max(align, field.align_bits);  // #pragma pack spares it
      } else if (!field.width || field.named || counts_unnamed_ || info_.ms_struct) {
        const bool unit = field.width && info_.ms_struct;  // packed spares it
        raise(unit ? std::max(field.align_bits, field.asked_bits.value_or(8))
                   : declared_align_bits(info_, field, abi_));
      }
      after_bits = field.width && !wall;
    }
    return std::min(align, info_.align_bits);
  }

  [[nodiscard]] std::uint64_t free_offset(const Subobject& base) const {
    if (base.type->empty && empties_.fits(base, 0)) {
      return 0;
    }
    const std::uint64_t align = std::min(base.type->nonvirtual_align_bits, cap_);
    std::uint64_t offset = align_up(data_, align);
    while (!empties_.fits(base, offset)) {
      offset += align;
    }
    return offset;
  }

  void finish(bool all_placed) {
    const std::uint64_t end = std::max({size_, padded_, std::uint64_t{info_.empty ? 8U : 0U}});
    info_.data_bits = data_;
    if (align_up(end, info_.align_bits) != info_.size_bits) {
      if (!info_.virtual_bases.empty()) {
        info_.problem = "its virtual bases do not add up to the size clang reports";
      }
      // Rules that the told offsets cannot show (ms_struct): the data ends with the class.
      info_.nonvirtual_bits = info_.data_bits = info_.size_bits;
    }
    if (info_.pod) {
      info_.nonvirtual_bits = info_.data_bits = info_.size_bits;
    }
    for (const BaseInfo& base : info_.bases) {
      for (const VirtualBaseInfo& placed : info_.virtual_bases) {
        if (base.is_virtual && placed.type == base.type &&
            placed.offset_bits != static_cast<std::uint64_t>(base.offset_bits)) {
          info_.problem = "a virtual base is not at its computed offset";
        }
      }
    }
    if (!all_placed) {
      info_.problem = "a virtual base could not be placed";
    }
  }

  ClassInfo& info_;
  const Abi& abi_;
  std::uint64_t cap_;
  bool track_;  ///< Only virtual bases are placed here, so only they need the empty subobjects.
  bool counts_unnamed_;  ///< Unnamed bit-fields raise the alignment (AAPCS).
  Empties empties_;
  const FieldInfo* unit_ = nullptr;  ///< Opened the storage unit (ms_struct).
  std::uint64_t size_ = 0;
  std::uint64_t data_ = 0;
  std::uint64_t padded_ = 0;  ///< End of the fields, padding inside them included.
};

}  // namespace

void complete_itanium(ClassInfo& info, const Abi& abi) {
  if (!info.problem.empty() || !info.cxx) {
    return;
  }
  constexpr std::uint64_t no_cap = ~std::uint64_t{0};
  if (!info.pragma_pack || info.virtual_bases.empty()) {
    ToldParts(info, abi, no_cap).run();
    return;
  }
  // The value of a #pragma pack is not told, only its text may. The first one that explains the
  // size and the direct virtual bases is taken; where several do, they place everything alike or
  // the class is one that no pack limits.
  for (const std::uint64_t cap :
       {info.pack_bits.value_or(no_cap), no_cap, std::uint64_t{128}, std::uint64_t{64},
        std::uint64_t{32}, std::uint64_t{16}, std::uint64_t{8}}) {
    ClassInfo attempt = info;
    ToldParts(attempt, abi, cap).run();
    if (attempt.problem.empty() || cap == 8) {
      info = std::move(attempt);
      return;
    }
  }
}

}  // namespace snug
