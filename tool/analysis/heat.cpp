#include "analysis/heat.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "analysis/groups.hpp"
#include "analysis/reorder/reorder_edit.hpp"
#include "model/layout/lay_out.hpp"

namespace snug {

namespace {

std::uint64_t begin_of(const Slot& slot) {
  return slot.extent.offset_bits / 8;
}

std::uint64_t end_of(const Slot& slot) {
  return (slot.extent.end_bits() + 7) / 8;
}

bool has_bytes(const Slot& slot) {
  return slot.kind != SlotKind::Hole && slot.kind != SlotKind::TailPadding &&
         slot.extent.size_bits > 0;
}

bool is_member(const Slot& slot) {
  return slot.kind == SlotKind::Field || slot.kind == SlotKind::BitField;
}

/// Of the loops that touch the slot.
std::uint64_t weight_of(const Slot& slot, const ElementType& type) {
  std::uint64_t weight = 0;
  for (const ElementLoop& loop : type.loops) {
    if (loop.used.touches(begin_of(slot), end_of(slot))) weight += loop.weight();
  }
  return weight;
}

/// The bytes of a loop where the fields lie elsewhere.
ByteSet moved(const ByteSet& used, const Record& record, const std::vector<std::uint32_t>& fields,
              const Placement& placement) {
  ByteSet result;
  for (const ByteSet::Range& range : used.ranges()) {
    for (std::size_t i = 0; i < record.slots.size(); ++i) {
      const Slot& slot = record.slots[i];
      if (!has_bytes(slot)) continue;
      const std::uint64_t first = std::max(range.first, begin_of(slot));
      const std::uint64_t end = std::min(range.second, end_of(slot));
      if (first >= end) continue;
      const auto field = std::find(fields.begin(), fields.end(), i);
      std::uint64_t at = begin_of(slot);
      if (field != fields.end()) {
        at = placement.offset_bits[static_cast<std::size_t>(field - fields.begin())] / 8;
      }
      result.add(at + first - begin_of(slot), at + end - begin_of(slot));
    }
  }
  return result;
}

}  // namespace

Heat heat_of(const ElementType& type, const RecordAccesses* counted) {
  std::map<const Slot*, std::uint64_t> heat;
  std::uint64_t most = 0;
  for (std::size_t i = 0; i < type.record->slots.size(); ++i) {
    const Slot& slot = type.record->slots[i];
    if (!has_bytes(slot)) continue;
    heat[&slot] = counted != nullptr ? counted->slots.at(i).total() : weight_of(slot, type);
    most = std::max(most, heat[&slot]);
  }
  Heat result;
  result.counted = counted != nullptr;
  for (const Slot& slot : type.record->slots) {
    if (!has_bytes(slot)) continue;
    // A quarter, rounded up: counts may be as large as the type.
    const bool hot = most > 0 && heat[&slot] >= most / 4 + (most % 4 == 0 ? 0 : 1);
    if (hot) {
      result.hot.push_back(&slot);
      result.hot_bytes += end_of(slot) - begin_of(slot);
    } else if (is_member(slot)) {
      result.cold.push_back(&slot);
      result.cold_bytes += end_of(slot) - begin_of(slot);
    }
  }
  return result;
}

std::uint64_t lines_loaded(const ElementType& type, const Abi& abi) {
  std::uint64_t sum = 0;
  for (const ElementLoop& loop : type.loops) {
    sum += loop.weight() * loop.used.lines(abi.cache_line_bytes);
  }
  return sum;
}

std::optional<HotOrder> hot_first(const ElementType& type, const Heat& heat, const Model& model) {
  const Record& record = *type.record;
  const std::vector<std::uint32_t> fields = own_fields(record);
  const std::optional<RecordSpec> spec = spec_of(record, model);
  const bool bits = std::any_of(fields.begin(), fields.end(), [&](std::uint32_t i) {
    return record.slots[i].kind == SlotKind::BitField || record.slots[i].flexible_array;
  });
  if (!spec || bits || record.traits.packed || record.traits.pragma_pack) return std::nullopt;
  const auto is_hot = [&](std::uint32_t field) {
    return std::find(heat.hot.begin(), heat.hot.end(), &record.slots[fields[field]]) !=
           heat.hot.end();
  };
  std::vector<std::uint32_t> declared(fields.size());
  std::iota(declared.begin(), declared.end(), 0U);
  std::stable_partition(declared.begin(), declared.end(), is_hot);
  // The same with both parts sorted by alignment, where the first one makes holes.
  std::vector<std::uint32_t> dense = declared;
  std::stable_sort(dense.begin(), dense.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (is_hot(a) != is_hot(b)) return is_hot(a);
    return record.slots[fields[a]].align_bits > record.slots[fields[b]].align_bits;
  });
  std::optional<HotOrder> best;
  for (const std::vector<std::uint32_t>& order : {declared, dense}) {
    const Placement placement = lay_out(*spec, model.abi, order);
    HotOrder one{order, placement.size_bits / 8, 0, 0};
    if (one.size > record.size || placement.data_bits > 8 * record.data_size ||
        placement.nonvirtual_bits > 8 * record.nonvirtual_size) {
      continue;
    }
    if (!keeps_groups(record, model, movable_slots(record), placement.offset_bits)) continue;
    ByteSet hot;
    for (const Slot* slot : heat.hot) hot.add(begin_of(*slot), end_of(*slot));
    one.hot_lines = moved(hot, record, fields, placement).lines(model.abi.cache_line_bytes);
    for (const ElementLoop& loop : type.loops) {
      one.loaded += loop.weight() *
                    moved(loop.used, record, fields, placement).lines(model.abi.cache_line_bytes);
    }
    const bool better =
        !best || (heat.counted ? one.hot_lines < best->hot_lines : one.loaded < best->loaded);
    if (better) best = one;
  }
  return best;
}

}  // namespace snug
