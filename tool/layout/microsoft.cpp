// Where the parts of a class lie that the front end does not tell, by the rules of the MSVC ABI as
// clang reads them.
//
//  1. Non-virtual bases that lead with a vfptr come first, the others follow; the first of them is
//     the primary base.
//  2. A class with virtual bases has a vbptr, shared with the first non-virtual base that has one
//     or placed behind the last base; fields and what follows are pushed back by whole alignments.
//  3. A polymorphic class without primary base has a vfptr of its own at 0, which pushes all.
//  4. Virtual bases follow, each with a vtordisp in front where it is needed.
//  5. Size and the offsets of direct bases are told, so what came out is checked against them.

#include <algorithm>
#include <set>

#include "layout/class_info.hpp"
#include "layout/layout_state.hpp"

namespace snug {

namespace {

class MicrosoftBuilder {
 public:
  MicrosoftBuilder(ClassInfo& info, const Abi& abi)
      : info_(info), pointer_(std::uint64_t{abi.pointer_bytes} * 8), pointer_align_(pointer_) {
    required_ = abi.pointer_bytes == 8 ? 8 : 0;
    cap_ = cap();
    pointer_align_ = capped(pointer_);
  }

  void run() {
    place_bases();
    const std::uint64_t after_bases = size_;
    read_field_alignments();
    inject_pointers();
    size_ = std::max(after_bases, end_of_fields()) + shift_;
    if (info_.own_vptr || info_.own_vbptr) {
      align_ = std::max(align_, pointer_align_);
    }
    size_ = align_up(size_, capped(align_));
    info_.nonvirtual_bits = size_;
    if (info_.explicit_align) {
      required_ = std::max(required_, info_.asked_bits.value_or(info_.align_bits));
    }
    append_virtual_bases();
    finish();
  }

 private:
  /// The limit of #pragma pack or packed, in bits; 0: none. The pragma's value is not told, but
  /// where it limits anything, the alignment of the class shows it.
  [[nodiscard]] std::uint64_t cap() const {
    if (info_.packed_attribute) {
      return 8;
    }
    if (!info_.pragma_pack) {
      return 0;
    }
    if (info_.pack_bits) {
      return *info_.pack_bits <= pointer_ ? *info_.pack_bits : 0;  // larger ones are ignored
    }
    std::uint64_t natural = info_.polymorphic || !info_.virtual_bases.empty() ? pointer_ : 8;
    for (const BaseInfo& base : info_.bases) {
      natural = std::max(natural, base.type->align_bits);
    }
    for (const FieldInfo& field : info_.fields) {
      natural = std::max(natural, field.align_bits);
    }
    return info_.align_bits < natural ? info_.align_bits : 0;
  }

  [[nodiscard]] std::uint64_t capped(std::uint64_t align) const {
    return cap_ == 0 ? align : std::min(align, cap_);
  }

  /// The alignment a base is placed with; takes its facts over.
  std::uint64_t adjust(const ClassInfo& base) {
    const std::uint64_t align = capped(base.align_bits);
    ends_with_zero_ = base.ends_with_zero;
    align_ = std::max(align_, align);
    required_ = std::max(required_, base.required_align_bits);
    return std::max(align, base.required_align_bits);
  }

  void place_base(const ClassInfo& base) {
    if (previous_ != nullptr && previous_->ends_with_zero && base.leads_with_zero) {
      size_ += 8;
    }
    size_ = align_up(size_, adjust(base));
    placed_.push_back({&base, size_});
    size_ += base.nonvirtual_bits;
    previous_ = &base;
  }

  void place_bases() {
    bool polymorphic_base = false;
    for (const BaseInfo& base : info_.bases) {
      polymorphic_base = polymorphic_base || base.type->polymorphic;
      if (base.is_virtual) {
        has_vbptr_ = true;
        continue;
      }
      if (shared_vbptr_ == nullptr && base.type->vbptr_bits >= 0) {
        shared_vbptr_ = base.type;
        has_vbptr_ = true;
      }
      if (!base.type->extendable_vfptr) {
        continue;
      }
      if (info_.primary_base == nullptr) {
        info_.primary_base = base.type;
        leads_with_zero_ = base.type->leads_with_zero;
      }
      place_base(*base.type);
    }
    if (info_.polymorphic && info_.primary_base == nullptr) {
      info_.own_vptr = !polymorphic_base || info_.introduces_virtual;
    }
    bool leading = info_.primary_base == nullptr;
    for (const BaseInfo& base : info_.bases) {
      if (base.is_virtual) {
        continue;
      }
      if (!base.type->extendable_vfptr) {
        if (leading) {
          leading = false;
          leads_with_zero_ = base.type->leads_with_zero;
        }
        place_base(*base.type);
      }
      site_ = place_of(base.type) + base.type->nonvirtual_bits;
    }
  }

  [[nodiscard]] std::uint64_t place_of(const ClassInfo* base) const {
    const auto at = std::find_if(placed_.begin(), placed_.end(),
                                 [&](const auto& placed) { return placed.first == base; });
    return at == placed_.end() ? 0 : at->second;
  }

  /// How a field goes on from the one before it.
  struct Step {
    bool joins = false;       ///< Shares the storage unit of the bit-field before.
    bool after_bits = false;  ///< Follows a bit-field that is not of zero width.
    std::uint64_t unit = 0;   ///< Where its storage unit begins.
  };

  [[nodiscard]] std::vector<Step> steps() const {
    std::vector<Step> result;
    const FieldInfo* previous = nullptr;  // bit-field that is not of zero width
    for (const FieldInfo& field : info_.fields) {
      Step step;
      step.after_bits = previous != nullptr;
      step.unit = field.offset_bits;
      if (previous != nullptr && field.width.value_or(0) != 0) {
        const std::uint64_t unit = result.back().unit;
        step.joins = !info_.is_union && previous->size_bits == field.size_bits &&
                     field.offset_bits == previous->offset_bits + *previous->width &&
                     field.offset_bits + *field.width <= unit + field.size_bits;
        step.unit = step.joins ? unit : step.unit;
      }
      previous = field.width.value_or(0) != 0 ? &field : nullptr;
      result.push_back(step);
    }
    return result;
  }

  void read_field_alignments() {
    const std::vector<Step> steps_taken = steps();
    for (std::size_t i = 0; i < info_.fields.size(); ++i) {
      const FieldInfo& field = info_.fields[i];
      const Step& step = steps_taken[i];
      std::uint64_t required =
          std::max(field.explicit_align ? field.asked_bits.value_or(info_.align_bits) : 0,
                   field.type_required_bits);
      std::uint64_t align = field.natural_align_bits;
      if (field.width) {
        align = std::max(align, required);
      } else {
        if (field.record != nullptr && !field.is_reference) {
          ends_with_zero_ = field.record->ends_with_zero;
          required = std::max(required, field.record->required_align_bits);
        }
        required_ = std::max(required_, required);
      }
      align = field.packed ? 8 : capped(align);
      align = std::max(align, required);
      // Joined bit-fields ask for nothing, nor do those of unions and walls behind other fields.
      const bool counts = !field.width || (!info_.is_union && !step.joins &&
                                           (*field.width != 0 || step.after_bits));
      align_ = counts ? std::max(align_, align) : align_;
    }
  }

  void inject_pointers() {
    const std::uint64_t unit = std::max(required_, align_);
    std::uint64_t behind_vbptr = 0;
    if (has_vbptr_ && shared_vbptr_ == nullptr) {
      info_.own_vbptr = true;
      const std::uint64_t at = align_up(site_, pointer_align_);
      behind_vbptr = align_up(at + pointer_ - site_, unit);
      info_.vbptr_bits = static_cast<std::int64_t>(at);
      for (auto& [base, offset] : placed_) {
        offset += offset >= site_ ? behind_vbptr : 0;
      }
    } else if (has_vbptr_) {
      info_.vbptr_bits =
          static_cast<std::int64_t>(place_of(shared_vbptr_)) + shared_vbptr_->vbptr_bits;
    }
    const std::uint64_t behind_vfptr = info_.own_vptr ? align_up(pointer_, unit) : 0;
    for (auto& [base, offset] : placed_) {
      offset += behind_vfptr;
    }
    if (has_vbptr_) {
      info_.vbptr_bits += static_cast<std::int64_t>(behind_vfptr);
    }
    shift_ = behind_vbptr + behind_vfptr;
  }

  /// Where the fields end, without the pointers in front of them.
  [[nodiscard]] std::uint64_t end_of_fields() const {
    const std::vector<Step> steps_taken = steps();
    std::uint64_t end = 0;
    for (std::size_t i = 0; i < info_.fields.size(); ++i) {
      const FieldInfo& field = info_.fields[i];
      const std::uint64_t begin = steps_taken[i].unit - std::min(shift_, steps_taken[i].unit);
      if (!field.width || *field.width != 0) {
        end = std::max(end, begin + field.size_bits);
      } else if (steps_taken[i].after_bits) {
        end = std::max(end, info_.is_union ? field.size_bits : begin);
      }
    }
    return end;
  }

  /// Which virtual bases need a vtordisp.
  [[nodiscard]] std::set<const ClassInfo*> vtordisps() const {
    std::set<const ClassInfo*> found;
    for (const BaseInfo& base : info_.bases) {
      for (const VirtualBaseInfo& inherited : base.type->virtual_bases) {
        if (inherited.vtordisp) {
          found.insert(inherited.type);
        }
      }
    }
    if (!info_.user_constructor && !info_.user_destructor) {
      return found;
    }
    for (const VirtualBaseInfo& base : info_.virtual_bases) {
      if (base.overridden) {
        found.insert(base.type);
      }
    }
    return found;
  }

  void append_virtual_bases() {
    if (!has_vbptr_) {
      return;
    }
    for (const VirtualBaseInfo& base : info_.virtual_bases) {
      required_ = std::max(required_, base.type->required_align_bits);
    }
    const std::uint64_t displacement_align = std::max(capped(32), required_);
    const std::set<const ClassInfo*> with_displacement = vtordisps();
    const ClassInfo* previous = nullptr;
    for (VirtualBaseInfo& base : info_.virtual_bases) {
      base.vtordisp = with_displacement.contains(base.type);
      if ((previous != nullptr && previous->ends_with_zero && base.type->leads_with_zero) ||
          base.vtordisp) {
        size_ = align_up(size_, displacement_align) + 32;
        align_ = std::max(align_, displacement_align);
      }
      base.offset_bits = align_up(size_, adjust(*base.type));
      size_ = base.offset_bits + base.type->nonvirtual_bits;
      previous = base.type;
    }
  }

  void finish() {
    info_.data_bits = size_;
    if (required_ != 0) {
      align_ = std::max(align_, required_);
      size_ = align_up(size_, std::max(capped(align_), required_));
    }
    if (size_ == 0) {
      ends_with_zero_ = leads_with_zero_ = true;
      size_ = required_ >= 8 ? align_ : 8;
      size_ = std::max<std::uint64_t>(size_, 8);
    }
    info_.ends_with_zero = ends_with_zero_;
    info_.leads_with_zero = leads_with_zero_;
    info_.extendable_vfptr = info_.own_vptr || info_.primary_base != nullptr;
    info_.required_align_bits = required_;
    check();
  }

  void check() {
    if (size_ != info_.size_bits) {
      info_.problem = "its parts do not add up to the size clang reports";
    }
    for (const BaseInfo& base : info_.bases) {
      std::uint64_t offset = place_of(base.type);
      for (const VirtualBaseInfo& placed : info_.virtual_bases) {
        offset = base.is_virtual && placed.type == base.type ? placed.offset_bits : offset;
      }
      if (offset != static_cast<std::uint64_t>(base.offset_bits)) {
        info_.problem = "a base is not at its computed offset";
      }
    }
  }

  ClassInfo& info_;
  std::uint64_t pointer_;
  std::uint64_t pointer_align_;
  std::uint64_t cap_ = 0;
  std::uint64_t size_ = 0;
  std::uint64_t align_ = 8;
  std::uint64_t required_ = 0;
  std::uint64_t site_ = 0;   ///< Where a vbptr is injected.
  std::uint64_t shift_ = 0;  ///< How far the injected pointers push the fields.
  bool has_vbptr_ = false;
  bool ends_with_zero_ = false;
  bool leads_with_zero_ = false;
  const ClassInfo* shared_vbptr_ = nullptr;
  const ClassInfo* previous_ = nullptr;
  std::vector<std::pair<const ClassInfo*, std::uint64_t>> placed_;  ///< Non-virtual bases.
};

/// C has no empty record in one byte; the front end's size stands, and nothing else is asked.
void complete_c(ClassInfo& info) {
  info.required_align_bits = info.explicit_align ? info.asked_bits.value_or(info.align_bits) : 0;
}

}  // namespace

void complete_microsoft(ClassInfo& info, const Abi& abi) {
  if (!info.problem.empty()) {
    return;
  }
  if (!info.cxx) {
    complete_c(info);
    return;
  }
  MicrosoftBuilder(info, abi).run();
}

}  // namespace snug
