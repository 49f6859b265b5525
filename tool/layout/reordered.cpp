#include "layout/reordered.hpp"

#include <algorithm>

#include "layout/lay_out.hpp"

namespace snug {
namespace {

/// Positions in `fields` by the names in `order`. Unnamed fields are taken in their own order.
std::vector<std::uint32_t> positions(const Record& record, std::span<const std::uint32_t> fields,
                                     std::span<const std::string> order) {
  std::vector<bool> taken(fields.size(), false);
  std::vector<std::uint32_t> result;
  const auto take = [&](const auto& fits) {
    for (std::uint32_t i = 0; i < fields.size(); ++i) {
      if (!taken[i] && fits(record.slots[fields[i]])) {
        taken[i] = true;
        result.push_back(i);
        return true;
      }
    }
    return false;
  };
  for (const std::string& name : order) {
    if (!take([&](const Slot& slot) { return slot.name == name; })) {
      take([](const Slot& slot) { return slot.name.empty(); });
    }
  }
  return result;
}

void shift(Slot& slot, std::uint64_t to_bits) {
  for (Slot& member : slot.members) {
    shift(member, to_bits + (member.extent.offset_bits - slot.extent.offset_bits));
  }
  slot.extent.offset_bits = to_bits;
}

/// Virtual bases lie behind the fields: the placement tells where, in the order of the spec.
bool move_virtual_bases(const RecordSpec& spec, const Placement& placement, Record& record) {
  for (std::size_t i = 0; i < spec.virtual_bases.size(); ++i) {
    const auto slot = std::find_if(record.slots.begin(), record.slots.end(), [&](const Slot& s) {
      return s.kind == SlotKind::VirtualBase && s.type_id == spec.virtual_bases[i].type_id;
    });
    if (slot == record.slots.end()) {
      return false;
    }
    slot->extent.offset_bits = placement.virtual_base_bits[i];
  }
  return true;
}

}  // namespace

std::optional<Record> reordered(const Record& record, const Model& model,
                                std::span<const std::string> order) {
  const std::optional<RecordSpec> spec = spec_of(record, model);
  const std::vector<std::uint32_t> fields = own_fields(record);
  const std::vector<std::uint32_t> places = positions(record, fields, order);
  if (!spec || places.size() != fields.size() || spec->members.size() != fields.size()) {
    return std::nullopt;
  }
  const Placement placement = lay_out(*spec, model.abi, places);
  Record moved = record;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    shift(moved.slots[fields[i]], placement.offset_bits[i]);
  }
  if (!move_virtual_bases(*spec, placement, moved)) {
    return std::nullopt;
  }
  moved.size = placement.size_bits / 8;
  std::erase_if(moved.slots, [](const Slot& slot) {
    return slot.kind == SlotKind::Hole || slot.kind == SlotKind::TailPadding;
  });
  label_padding(moved);
  return coverage_error(moved).empty() ? std::optional(std::move(moved)) : std::nullopt;
}

}  // namespace snug
