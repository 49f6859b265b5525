// Where the parts of a class lie that the front end does not tell, by the Itanium C++ ABI 2.4 as
// clang reads it.
//
//  1. The primary base: the first non-virtual dynamic base, else the first nearly empty virtual
//     base that no other base shares already, else the first that one does.
//  2. A dynamic class without one has a vptr of its own at offset 0.
//  3. dsize and nvsize follow from the told offsets of bases and fields: each non-empty one moves
//     the end of the data. A POD keeps its tail to itself.
//  4. Virtual bases follow in the order of the inheritance graph, each at the first aligned offset
//     behind the data where no empty subobject meets another of its type.
//  5. The size and the direct virtual bases are told, so what came out is checked against them.

#include <algorithm>
#include <set>

#include "scan/records/base_subobjects.hpp"
#include "scan/records/classes.hpp"

namespace snug {

namespace {

std::uint64_t align_up(std::uint64_t value, std::uint64_t align) {
  return align == 0 ? value : (value + align - 1) / align * align;
}

bool nearly_empty(const ClassInfo& type, const Abi& abi) {
  return type.dynamic() && type.nonvirtual_bits == std::uint64_t{abi.pointer_bytes} * 8;
}

void add_indirect_primaries(const ClassInfo& type, std::set<const ClassInfo*>& found) {
  if (type.primary_virtual) {
    found.insert(type.primary_base);
  }
  for (const BaseInfo& base : type.bases) {
    if (!base.type->virtual_bases.empty()) {
      add_indirect_primaries(*base.type, found);
    }
  }
}

/// Lays one class out from what is told.
class ItaniumBuilder {
 public:
  /// `cap` is what #pragma pack allows at most, in bits.
  ItaniumBuilder(ClassInfo& info, const Abi& abi, std::uint64_t cap)
      : info_(info),
        abi_(abi),
        cap_(cap),
        subobjects_(info),
        track_(!info.virtual_bases.empty()),
        counts_unnamed_((abi.target.starts_with("aarch64") || abi.target.starts_with("arm") ||
                         abi.target.starts_with("thumb")) &&
                        abi.target.find("-apple-") == std::string::npos) {}

  void run() {
    choose_primary();
    place_told_parts();
    place_fields();
    info_.nonvirtual_bits = align_up(size_, 8);
    info_.nonvirtual_align_bits = nonvirtual_align();
    place_virtual_bases(info_);
    finish();
  }

 private:
  void choose_primary() {
    if (!info_.dynamic()) {
      return;
    }
    for (const BaseInfo& base : info_.bases) {
      if (!base.type->virtual_bases.empty()) {
        add_indirect_primaries(*base.type, indirect_primaries_);
      }
    }
    for (const BaseInfo& base : info_.bases) {
      if (!base.is_virtual && base.type->dynamic()) {
        info_.primary_base = base.type;
        return;
      }
    }
    const ClassInfo* first = nullptr;
    const ClassInfo* chosen = select_virtual(info_, first);
    info_.primary_base = chosen != nullptr ? chosen : first;
    info_.primary_virtual = info_.primary_base != nullptr;
    info_.own_vptr = info_.primary_base == nullptr;
  }

  const ClassInfo* select_virtual(const ClassInfo& type, const ClassInfo*& first) const {
    for (const BaseInfo& base : type.bases) {
      if (base.is_virtual && nearly_empty(*base.type, abi_)) {
        if (!indirect_primaries_.contains(base.type)) {
          return base.type;
        }
        if (first == nullptr) {
          first = base.type;
        }
      }
      if (const ClassInfo* found = select_virtual(*base.type, first)) {
        return found;
      }
    }
    return nullptr;
  }

  /// The vptr or primary base and the non-virtual bases.
  void place_told_parts() {
    if (info_.primary_virtual) {
      Subobject* primary = subobjects_.virtual_base(info_.primary_base);
      primary->derived = nullptr;
      indirect_primaries_.insert(info_.primary_base);
      visited_.insert(info_.primary_base);
      place_virtual(*primary, 0);
    } else if (info_.own_vptr) {
      size_ = data_ = std::uint64_t{abi_.pointer_bytes} * 8;
    }
    for (std::size_t i = 0; i < info_.bases.size(); ++i) {
      const BaseInfo& base = info_.bases[i];
      if (!base.is_virtual) {
        occupy(*subobjects_.direct()[i], static_cast<std::uint64_t>(base.offset_bits));
        add_primary_virtuals(*subobjects_.direct()[i],
                             static_cast<std::uint64_t>(base.offset_bits));
      }
    }
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

  void place_fields() {
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

  void add_primary_virtuals(const Subobject& base, std::uint64_t offset) {
    if (base.type->virtual_bases.empty()) {
      return;
    }
    if (base.primary_virtual != nullptr && base.primary_virtual->derived == &base) {
      set_virtual(base.primary_virtual->type, offset);
      add_primary_virtuals(*base.primary_virtual, offset);
    }
    for (std::size_t i = 0; i < base.bases.size(); ++i) {
      const BaseInfo& info = base.type->bases[i];
      if (!info.is_virtual) {
        add_primary_virtuals(*base.bases[i], offset + static_cast<std::uint64_t>(info.offset_bits));
      }
    }
  }

  void place_virtual_bases(const ClassInfo& type) {
    const ClassInfo* primary = type.primary_virtual ? type.primary_base : nullptr;
    for (const BaseInfo& base : type.bases) {
      if (base.is_virtual && base.type != primary && !indirect_primaries_.contains(base.type)) {
        if (!visited_.insert(base.type).second) {
          continue;
        }
        const Subobject& subobject = *subobjects_.virtual_base(base.type);
        place_virtual(subobject, free_offset(subobject));
      }
      if (!base.type->virtual_bases.empty()) {
        place_virtual_bases(*base.type);
      }
    }
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

  void place_virtual(const Subobject& base, std::uint64_t offset) {
    occupy(base, offset);
    set_virtual(base.type, offset);
    add_primary_virtuals(base, offset);
  }

  void set_virtual(const ClassInfo* type, std::uint64_t offset) {
    for (VirtualBaseInfo& base : info_.virtual_bases) {
      if (base.type == type) {
        base.offset_bits = offset;
        placed_.insert(type);
      }
    }
  }

  void finish() {
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
    if (placed_.size() != info_.virtual_bases.size()) {
      info_.problem = "a virtual base could not be placed";
    }
  }

  ClassInfo& info_;
  const Abi& abi_;
  std::uint64_t cap_;
  Subobjects subobjects_;
  bool track_;  ///< Only virtual bases are placed here, so only they need the empty subobjects.
  bool counts_unnamed_;  ///< Unnamed bit-fields raise the alignment (AAPCS).
  Empties empties_;
  std::set<const ClassInfo*> indirect_primaries_;
  std::set<const ClassInfo*> visited_;
  std::set<const ClassInfo*> placed_;
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
    ItaniumBuilder(info, abi, no_cap).run();
    return;
  }
  // The value of a #pragma pack is not told, only its text may. The first one that explains the
  // size and the direct virtual bases is taken; where several do, they place everything alike or
  // the class is one that no pack limits.
  for (const std::uint64_t cap :
       {info.pack_bits.value_or(no_cap), no_cap, std::uint64_t{128}, std::uint64_t{64},
        std::uint64_t{32}, std::uint64_t{16}, std::uint64_t{8}}) {
    ClassInfo attempt = info;
    ItaniumBuilder(attempt, abi, cap).run();
    if (attempt.problem.empty() || cap == 8) {
      info = std::move(attempt);
      return;
    }
  }
}

}  // namespace snug
