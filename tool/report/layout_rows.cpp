#include "report/layout_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace snug {
namespace {

constexpr std::uint64_t bits_of_byte = 8;
constexpr std::string_view letters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
/// Deeper nesting of bases than this is shown folded.
constexpr unsigned deepest = 12;

bool is_padding(SlotKind kind) {
  return kind == SlotKind::Hole || kind == SlotKind::TailPadding;
}

bool is_base(SlotKind kind) {
  return kind == SlotKind::Base || kind == SlotKind::VirtualBase;
}

bool is_hidden_pointer(SlotKind kind) {
  return kind == SlotKind::VPtr || kind == SlotKind::VBPtr || kind == SlotKind::VtorDisp;
}

std::string free_text(const Extent& extent) {
  if (extent.size_bits % bits_of_byte != 0) {
    return fmt::format("{} bit{} of padding", extent.size_bits, extent.size_bits == 1 ? "" : "s");
  }
  const std::uint64_t bytes = extent.size_bits / bits_of_byte;
  return fmt::format("{} byte{} of padding", bytes, bytes == 1 ? "" : "s");
}

std::string part_name(const Slot& slot) {
  switch (slot.kind) {
    case SlotKind::VPtr:
      return "(pointer to the virtual table)";
    case SlotKind::VBPtr:
      return "(pointer to the virtual base table)";
    case SlotKind::VtorDisp:
      return "(displacement of a virtual base)";
    case SlotKind::Base:
      return "(base)";
    case SlotKind::VirtualBase:
      return "(virtual base)";
    default:
      break;
  }
  if (!slot.name.empty()) {
    return slot.name;
  }
  return slot.kind == SlotKind::BitField ? "(unnamed)" : "(anonymous)";
}

class RowMaker {
 public:
  explicit RowMaker(const Model& model) : model_(model) {}

  void add(const Slot& slot, std::uint64_t shift_bits, unsigned depth) {
    const Extent extent{slot.extent.offset_bits + shift_bits, slot.extent.size_bits};
    if (is_padding(slot.kind)) {
      rows_.push_back(
          {LayoutRow::Kind::Free, slot.kind, '.', depth, extent, 0, "", free_text(extent)});
      return;
    }
    const Record* base = is_base(slot.kind) ? model_.find(slot.type_id) : nullptr;
    const bool unfold = depth < deepest && extent.size_bits != 0 &&
                        (!slot.members.empty() || (base != nullptr && !base->slots.empty()));
    LayoutRow row{LayoutRow::Kind::Part, slot.kind, ' ', depth, extent, 0, slot.type,
                  part_name(slot)};
    if (!unfold) {
      row.number = parts_;
      row.letter = is_hidden_pointer(slot.kind) ? '*' : next_letter();
      rows_.push_back(std::move(row));
      return;
    }
    row.kind = LayoutRow::Kind::Group;
    rows_.push_back(std::move(row));
    for (const Slot& member : slot.members) {
      add(member, shift_bits, depth + 1);
    }
    if (slot.members.empty()) {
      add_parts_of_base(*base, extent, depth + 1);
    }
  }

  std::vector<LayoutRow> take() { return std::move(rows_); }

 private:
  /// A base subobject holds the base's own slots without its virtual bases, and its tail may be
  /// reused: what lies past its extent is somebody else's.
  void add_parts_of_base(const Record& base, const Extent& extent, unsigned depth) {
    for (Slot slot : base.slots) {
      if (slot.kind == SlotKind::VirtualBase || slot.extent.offset_bits >= extent.size_bits) {
        continue;
      }
      slot.extent.size_bits =
          std::min(slot.extent.size_bits, extent.size_bits - slot.extent.offset_bits);
      add(slot, extent.offset_bits, depth);
    }
  }

  char next_letter() { return letters[parts_++ % letters.size()]; }

  const Model& model_;
  std::vector<LayoutRow> rows_;
  std::size_t parts_ = 0;
};

}  // namespace

std::vector<LayoutRow> layout_rows(const Record& record, const Model& model) {
  RowMaker maker(model);
  for (const Slot& slot : record.slots) {
    maker.add(slot, 0, 0);
  }
  return maker.take();
}

std::string offset_text(std::uint64_t bits) {
  return bits % bits_of_byte == 0 ? fmt::format("{}", bits / bits_of_byte)
                                  : fmt::format("{}:{}", bits / bits_of_byte, bits % bits_of_byte);
}

std::string size_text(const Extent& extent, bool in_bits) {
  if (in_bits || extent.size_bits % bits_of_byte != 0) {
    return fmt::format("{} bit{}", extent.size_bits, extent.size_bits == 1 ? "" : "s");
  }
  return fmt::format("{}", extent.size_bits / bits_of_byte);
}

}  // namespace snug
