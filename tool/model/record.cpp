#include "model/record.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>

#include "model/slot_diff.hpp"

namespace snug {

namespace {

bool is_padding(const Slot& slot) {
  return slot.kind == SlotKind::Hole || slot.kind == SlotKind::TailPadding;
}

bool is_base(const Slot& slot) {
  return slot.kind == SlotKind::Base || slot.kind == SlotKind::VirtualBase;
}

/// For messages: what the slot is called.
std::string described(const Slot& slot) {
  const std::string name = slot.name.empty() ? std::string() : fmt::format(" '{}'", slot.name);
  return fmt::format("{}{} at bit {}", to_string(slot.kind), name, slot.extent.offset_bits);
}

/// True if `later`, which begins inside `earlier`, may do so.
bool may_overlap(const Slot& earlier, const Slot& later) {
  if (earlier.extent.size_bits == 0 || later.extent.size_bits == 0) {
    return true;
  }
  // The tail of a base or of a [[no_unique_address]] member, and a virtual base that shares the
  // vptr of the base it lies in.
  return is_base(earlier) || earlier.no_unique_address ||
         (is_base(later) && earlier.extent.offset_bits == later.extent.offset_bits);
}

}  // namespace

std::string_view to_string(SlotKind kind) {
  switch (kind) {
    case SlotKind::Field:
      return "field";
    case SlotKind::BitField:
      return "bit-field";
    case SlotKind::Base:
      return "base";
    case SlotKind::VirtualBase:
      return "virtual-base";
    case SlotKind::VPtr:
      return "vptr";
    case SlotKind::VBPtr:
      return "vbptr";
    case SlotKind::VtorDisp:
      return "vtordisp";
    case SlotKind::Hole:
      return "hole";
    case SlotKind::TailPadding:
      return "tail-padding";
  }
  return "";
}

std::string_view to_string(RecordKind kind) {
  switch (kind) {
    case RecordKind::Struct:
      return "struct";
    case RecordKind::Class:
      return "class";
    case RecordKind::Union:
      return "union";
  }
  return "";
}

std::string_view to_string(Access access) {
  switch (access) {
    case Access::Public:
      return "public";
    case Access::Protected:
      return "protected";
    case Access::Private:
      return "private";
  }
  return "";
}

std::vector<std::string_view> trait_names(const Traits& traits) {
  std::vector<std::string_view> names;
  const auto add = [&](bool set, std::string_view name) {
    if (set) {
      names.push_back(name);
    }
  };
  add(traits.polymorphic, "polymorphic");
  add(traits.has_virtual_bases, "has-virtual-bases");
  add(traits.packed, "packed");
  add(traits.pragma_pack, "pragma-pack");
  add(traits.explicit_align, "explicit-align");
  add(traits.aggregate, "aggregate");
  add(traits.standard_layout, "standard-layout");
  add(traits.trivially_copyable, "trivially-copyable");
  add(traits.pod, "pod");
  add(traits.empty, "empty");
  add(traits.final, "final");
  add(traits.local, "local");
  add(traits.lambda, "lambda");
  add(traits.unnamed, "unnamed");
  add(traits.internal_linkage, "internal-linkage");
  add(traits.c_linkage, "c-linkage");
  add(traits.flexible_array, "flexible-array");
  add(traits.instantiation, "instantiation");
  add(traits.from_macro, "from-macro");
  add(traits.conditional_fields, "conditional-fields");
  add(traits.bit_field_wall, "bit-field-wall");
  add(traits.abi_differs, "abi-differs");
  add(traits.invalid, "invalid");
  return names;
}

PaddingSum padding_of(const Record& record) {
  PaddingSum sum;
  for (const Slot& slot : record.slots) {
    if (!is_padding(slot)) {
      continue;
    }
    const std::uint64_t first = (slot.extent.offset_bits + 7) / 8;
    const std::uint64_t last = slot.extent.end_bits() / 8;
    const std::uint64_t bytes = last > first ? last - first : 0;
    (slot.kind == SlotKind::Hole ? sum.holes : sum.tail) += bytes;
    sum.bit_holes += slot.extent.size_bits - bytes * 8;
  }
  return sum;
}

std::string coverage_error(const Record& record) {
  const std::uint64_t size = record.size * 8;
  std::uint64_t covered = 0;
  const Slot* reaching = nullptr;  // the slot that ends last so far
  std::uint64_t padded = 0;        // end of the padding so far
  for (const Slot& slot : record.slots) {
    const std::uint64_t begin = slot.extent.offset_bits;
    if (slot.extent.end_bits() > size || slot.extent.end_bits() < begin) {
      return fmt::format("{} ends at bit {} of {}", described(slot), slot.extent.end_bits(), size);
    }
    if (&slot != record.slots.data() && begin < std::prev(&slot)->extent.offset_bits) {
      return fmt::format("{} is out of order", described(slot));
    }
    if (begin > covered) {
      return fmt::format("bits {} to {} have no label", covered, begin);
    }
    const bool padding = is_padding(slot);
    if (padding && slot.extent.size_bits == 0) {
      return fmt::format("{} is empty padding", described(slot));
    }
    if (slot.extent.size_bits != 0 && (padding ? begin < covered : begin < padded)) {
      return fmt::format("{} overlaps {}", described(slot), padding ? "another slot" : "padding");
    }
    if (record.kind != RecordKind::Union && reaching != nullptr && begin < covered &&
        !may_overlap(*reaching, slot)) {
      return fmt::format("{} overlaps {}", described(slot), described(*reaching));
    }
    padded = padding ? slot.extent.end_bits() : padded;
    if (slot.extent.end_bits() > covered) {
      covered = slot.extent.end_bits();
      reaching = &slot;
    }
  }
  return covered == size ? std::string()
                         : fmt::format("bits {} to {} have no label", covered, size);
}

void label_padding(Record& record) {
  std::stable_sort(record.slots.begin(), record.slots.end(), [](const Slot& a, const Slot& b) {
    return a.extent.offset_bits < b.extent.offset_bits;
  });
  std::vector<Slot> labelled;
  labelled.reserve(record.slots.size() + 2);
  std::uint64_t covered = 0;
  const auto pad_to = [&](std::uint64_t end, SlotKind kind) {
    if (end > covered) {
      Slot padding;
      padding.kind = kind;
      padding.extent = {covered, end - covered};
      padding.align_bits = 1;
      labelled.push_back(std::move(padding));
    }
  };
  for (Slot& slot : record.slots) {
    pad_to(slot.extent.offset_bits, SlotKind::Hole);
    covered = std::max(covered, slot.extent.end_bits());
    labelled.push_back(std::move(slot));
  }
  pad_to(record.size * 8, SlotKind::TailPadding);
  record.slots = std::move(labelled);
}

namespace {

bool same_slot(const Slot& a, const Slot& b) {
  return a.kind == b.kind && a.extent == b.extent && a.name == b.name &&
         same_type(a.type, b.type) &&
         std::equal(a.members.begin(), a.members.end(), b.members.begin(), b.members.end(),
                    same_slot);
}

}  // namespace

bool same_layout(const Record& a, const Record& b) {
  return a.kind == b.kind && a.size == b.size && a.align == b.align &&
         std::equal(a.slots.begin(), a.slots.end(), b.slots.begin(), b.slots.end(), same_slot);
}

}  // namespace snug
