// From a record of the model to the spec that the layout rules take.
//
// The model tells where the compiler put everything; the rules want what was declared. What cannot
// be told from declared facts is refused, and what was told is checked: the rules have to give the
// compiler's own answer for the declared order, or no spec is given at all.
#include <fmt/format.h>

#include <algorithm>

#include "layout/lay_out.hpp"
#include "layout/layout_state.hpp"

namespace snug {

namespace {

/// Why no spec can be given; thrown within this file only.
struct Refusal {
  std::string why;
};

class EmptyFinder {
 public:
  explicit EmptyFinder(const Model& model) : model_(model) {}

  /// Empty subobjects of a record at an offset. `complete`: with its virtual bases.
  void add_record(const std::string& id, const std::string& name, std::uint64_t offset,
                  bool complete, std::vector<EmptyAt>& out) const {
    const Record* record = model_.find(id);
    if (record == nullptr) throw Refusal{fmt::format("the layout of '{}' was not seen", name)};
    if (record->traits.empty) out.push_back({id, offset});
    for (const Slot& slot : record->slots) {
      if (slot.kind == SlotKind::Base || (complete && slot.kind == SlotKind::VirtualBase)) {
        add_record(slot.type_id, slot.name, offset + slot.extent.offset_bits, false, out);
      } else if (slot.kind == SlotKind::Field) {
        add_field(slot, offset + slot.extent.offset_bits, slot.extent.offset_bits, out);
      }
    }
  }

  /// Those of a field. `slot_offset` is where the slot says that it lies.
  void add_field(const Slot& slot, std::uint64_t offset, std::uint64_t slot_offset,
                 std::vector<EmptyAt>& out) const {
    for (const Slot& member : slot.members) {
      if (member.kind != SlotKind::Field) continue;
      add_field(member, offset + member.extent.offset_bits - slot_offset, member.extent.offset_bits,
                out);
    }
    if (slot.type_id.empty() || !slot.members.empty() || slot.is_reference) return;
    if (slot.array_elements == 0) {
      add_record(slot.type_id, slot.type, offset, true, out);
      return;
    }
    std::vector<EmptyAt> one;
    add_record(slot.type_id, slot.type, 0, true, one);
    if (one.empty()) return;
    if (slot.array_elements > most_elements) {
      throw Refusal{fmt::format("'{}' has too many empty subobjects", slot.name)};
    }
    const std::uint64_t step = slot.type_size_bits / slot.array_elements;
    for (std::uint64_t i = 0; i < slot.array_elements; ++i) {
      for (const EmptyAt& empty : one) {
        out.push_back({empty.type_id, offset + i * step + empty.offset_bits});
      }
    }
  }

 private:
  const Model& model_;
};

MemberSpec member_of(const Slot& slot) {
  if (!slot.align_certain) {
    throw Refusal{fmt::format("the alignment of '{}' is not certain", slot.name)};
  }
  if (slot.type_align_bits == 0 || slot.align_bits == 0) {
    throw Refusal{fmt::format("the alignment of '{}' is not known", slot.name)};
  }
  MemberSpec member;
  member.size_bits = slot.type_size_bits;
  member.type_align_bits = slot.type_align_bits;
  if (slot.explicit_align) member.explicit_align_bits = slot.align_bits;
  if (slot.kind == SlotKind::BitField) {
    member.bit_width = static_cast<std::uint32_t>(slot.extent.size_bits);
  }
  member.named = !slot.name.empty() || !slot.members.empty();
  member.packed = slot.packed;
  if (slot.packed && slot.align_bits > 8) member.explicit_align_bits = slot.align_bits;
  member.no_unique_address = slot.no_unique_address;
  member.data_bits = slot.data_size_bits;
  member.is_empty = slot.is_empty_type;
  member.flexible = slot.flexible_array && slot.type_size_bits == 0;
  return member;
}

class SpecBuilder {
 public:
  SpecBuilder(const Record& record, const Model& model)
      : record_(record), model_(model), finder_(model) {}

  RecordSpec build() {
    refuse_what_is_not_plain();
    spec_.is_union = record_.kind == RecordKind::Union;
    spec_.cxx = record_.size != 0;
    spec_.min_align_bits = 8 * record_.align;
    fields_ = own_fields(record_);
    for (const std::uint32_t index : fields_) {
      spec_.members.push_back(member_of(record_.slots[index]));
      refine(record_.slots[index], spec_.members.back());
    }
    add_prefix();
    if (model_.abi.microsoft) {
      shift_by_vptr();
    } else {
      add_virtual_bases();
      add_empties();
    }
    check();
    return std::move(spec_);
  }

 private:
  void refuse_what_is_not_plain() const {
    if (record_.traits.invalid) throw Refusal{"its declaration has errors"};
    if (record_.traits.packed) throw Refusal{"it is packed"};
    if (record_.traits.pragma_pack) throw Refusal{"it is under #pragma pack"};
    if (model_.abi.microsoft && record_.traits.has_virtual_bases) {
      throw Refusal{"it has virtual bases, which the MSVC ABI lays out by rules of its own"};
    }
  }

  void refine(const Slot& slot, MemberSpec& member) const {
    if (!slot.no_unique_address || slot.type_id.empty()) return;
    const Record* type = model_.find(slot.type_id);
    if (type == nullptr) return;
    member.data_bits = 8 * std::max(type->data_size, type->nonvirtual_size);
    member.is_empty = type->traits.empty;
  }

  [[nodiscard]] const Record& base_record(const Slot& slot) const {
    const Record* base = model_.find(slot.type_id);
    if (base == nullptr)
      throw Refusal{fmt::format("the layout of base '{}' was not seen", slot.name)};
    return *base;
  }

  void add_prefix() {
    PrefixSpec& prefix = spec_.prefix;
    bool at_zero = false;
    for (const Slot& slot : record_.slots) {
      std::uint64_t end = 0;
      if (slot.kind == SlotKind::VPtr || slot.kind == SlotKind::VBPtr) {
        end = slot.extent.end_bits();
      } else if (slot.kind == SlotKind::Base) {
        end = add_base(slot);
      } else {
        continue;
      }
      at_zero = at_zero || (end != 0 && slot.extent.offset_bits == 0);
      prefix.data_bits = std::max(prefix.data_bits, end);
    }
    for (const Slot& slot : record_.slots) {
      if (slot.kind != SlotKind::VirtualBase || at_zero || slot.extent.offset_bits != 0) continue;
      // Nothing else can be at the start of a dynamic class: the primary base is virtual.
      if (base_record(slot).traits.empty) continue;
      prefix.data_bits = std::max(prefix.data_bits, 8 * base_record(slot).nonvirtual_size);
    }
    prefix.size_bits = std::max(prefix.size_bits, prefix.data_bits);
  }

  /// Takes a base into the prefix; the end of its data, 0 if it is empty.
  std::uint64_t add_base(const Slot& slot) {
    const Record& base = base_record(slot);
    const std::uint64_t offset = slot.extent.offset_bits;
    if (model_.abi.microsoft) return offset + 8 * base.nonvirtual_size;
    finder_.add_record(slot.type_id, slot.name, offset, false, spec_.prefix.empties);
    spec_.prefix.align_bits = std::max(spec_.prefix.align_bits, 8 * base.nonvirtual_align);
    if (!base.traits.empty) return offset + 8 * base.nonvirtual_size;
    spec_.prefix.size_bits = std::max(spec_.prefix.size_bits, offset + 8 * base.size);
    return 0;
  }

  /// A vptr of the class's own is put before everything with the alignment of the whole.
  void shift_by_vptr() {
    const bool own = std::any_of(record_.slots.begin(), record_.slots.end(), [](const Slot& slot) {
      return slot.kind == SlotKind::VPtr && slot.extent.offset_bits == 0;
    });
    if (!own) return;
    std::uint64_t align = 8ULL * model_.abi.pointer_bytes;
    for (const MemberSpec& member : spec_.members) {
      align = std::max({align, member.type_align_bits, member.explicit_align_bits});
    }
    PrefixSpec& prefix = spec_.prefix;
    prefix.data_bits = std::max(prefix.data_bits, align_up(8ULL * model_.abi.pointer_bytes, align));
    prefix.size_bits = std::max(prefix.size_bits, prefix.data_bits);
  }

  void add_virtual_bases() {
    for (const Slot& slot : record_.slots) {
      if (slot.kind != SlotKind::VirtualBase) continue;
      const Record& base = base_record(slot);
      const std::uint64_t offset = slot.extent.offset_bits;
      VirtualBaseSpec spec;
      finder_.add_record(slot.type_id, slot.name, 0, false, spec.empties);
      if (!base.traits.empty && offset < spec_.prefix.data_bits) {
        for (const EmptyAt& empty : spec.empties) {
          spec_.prefix.empties.push_back({empty.type_id, offset + empty.offset_bits});
        }
        continue;
      }
      spec.type_id = slot.type_id;
      spec.nonvirtual_bits = 8 * base.nonvirtual_size;
      spec.nonvirtual_align_bits = 8 * base.nonvirtual_align;
      spec.is_empty = base.traits.empty;
      spec.size_bits = 8 * base.size;
      spec_.virtual_bases.push_back(std::move(spec));
      virtual_offsets_.push_back(offset);
    }
  }

  /// Members can meet an empty subobject of their type only where one may overlap: in a base or in
  /// a [[no_unique_address]] member. Without such a one nobody's empties are asked for.
  void add_empties() {
    bool any = !spec_.prefix.empties.empty();
    for (const VirtualBaseSpec& base : spec_.virtual_bases) any = any || !base.empties.empty();
    std::vector<EmptyAt> overlapping;
    for (const std::uint32_t index : fields_) {
      const Slot& slot = record_.slots[index];
      if (slot.no_unique_address) finder_.add_field(slot, 0, slot.extent.offset_bits, overlapping);
    }
    if (spec_.is_union || (!any && overlapping.empty())) return;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      const Slot& slot = record_.slots[fields_[i]];
      if (slot.kind == SlotKind::BitField) continue;
      finder_.add_field(slot, 0, slot.extent.offset_bits, spec_.members[i].empties);
    }
  }

  void check() {
    Placement placement = lay_out(spec_, model_.abi);
    if (placement.data_bits != 8 * record_.data_size && record_.data_size == record_.size) {
      spec_.keeps_tail = true;
      placement = lay_out(spec_, model_.abi);
    }
    bool same =
        placement.size_bits == 8 * record_.size && placement.align_bits == 8 * record_.align;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      same = same && placement.offset_bits[i] == record_.slots[fields_[i]].extent.offset_bits;
    }
    same =
        same && std::equal(virtual_offsets_.begin(), virtual_offsets_.end(),
                           placement.virtual_base_bits.begin(), placement.virtual_base_bits.end());
    if (!same) throw Refusal{"its layout does not follow from what was declared alone"};
  }

  const Record& record_;
  const Model& model_;
  EmptyFinder finder_;
  RecordSpec spec_;
  std::vector<std::uint32_t> fields_;
  std::vector<std::uint64_t> virtual_offsets_;
};

}  // namespace

std::vector<std::uint32_t> own_fields(const Record& record) {
  std::vector<std::uint32_t> fields;
  for (std::uint32_t i = 0; i < record.slots.size(); ++i) {
    const SlotKind kind = record.slots[i].kind;
    if (kind == SlotKind::Field || kind == SlotKind::BitField) fields.push_back(i);
  }
  std::sort(fields.begin(), fields.end(), [&](std::uint32_t a, std::uint32_t b) {
    const std::uint64_t begin_a = record.slots[a].where.begin;
    const std::uint64_t begin_b = record.slots[b].where.begin;
    return begin_a != begin_b ? begin_a < begin_b : a < b;
  });
  return fields;
}

void release_alignment(RecordSpec& spec, const Record& record) {
  if (record.traits.explicit_align) return;
  spec.min_align_bits = 8;
  for (const Slot& slot : record.slots) {
    const bool member = slot.kind == SlotKind::Field || slot.kind == SlotKind::BitField;
    if (!member) spec.min_align_bits = std::max(spec.min_align_bits, slot.align_bits);
  }
}

bool fill_empties(RecordSpec& spec, const Record& record, const Model& model, std::string* why) {
  const std::vector<std::uint32_t> fields = own_fields(record);
  const EmptyFinder finder(model);
  try {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const Slot& slot = record.slots[fields[i]];
      if (slot.kind == SlotKind::BitField) continue;
      spec.members[i].empties.clear();
      finder.add_field(slot, 0, slot.extent.offset_bits, spec.members[i].empties);
    }
    return true;
  } catch (const Refusal& refusal) {
    if (why != nullptr) *why = refusal.why;
    return false;
  }
}

std::optional<RecordSpec> spec_of(const Record& record, const Model& model, std::string* why) {
  try {
    return SpecBuilder(record, model).build();
  } catch (const Refusal& refusal) {
    if (why != nullptr) *why = refusal.why;
    return std::nullopt;
  }
}

}  // namespace snug
