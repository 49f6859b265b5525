#include "analysis/groups.hpp"

#include <algorithm>
#include <limits>

namespace snug {
namespace {

/// The bits from the first to the last of these extents.
GroupPlace covering(std::span<const Extent> extents) {
  GroupPlace place{std::numeric_limits<std::uint64_t>::max(), 0};
  for (const Extent& extent : extents) {
    place.first_bit = std::min(place.first_bit, extent.offset_bits);
    place.end_bit = std::max(place.end_bit, extent.end_bits());
  }
  return place;
}

}  // namespace

std::vector<FieldGroup> groups_of(const Record& record, const RecordRules* rules) {
  std::vector<FieldGroup> groups;
  if (rules == nullptr || rules->groups.size() != record.slots.size()) return groups;
  for (std::uint32_t i = 0; i < record.slots.size(); ++i) {
    const std::string& name = rules->groups[i];
    if (name.empty()) continue;
    auto group = std::find_if(groups.begin(), groups.end(),
                              [&](const FieldGroup& known) { return known.name == name; });
    if (group == groups.end()) group = groups.insert(groups.end(), FieldGroup{name, {}});
    group->slots.push_back(i);
  }
  return groups;
}

std::uint64_t GroupPlace::lines(std::uint64_t line_bits) const {
  if (end_bit <= first_bit) return 1;
  return (end_bit - 1) / line_bits - first_bit / line_bits + 1;
}

GroupPlace place_of(const FieldGroup& group, const Record& record) {
  std::vector<Extent> extents;
  for (const std::uint32_t slot : group.slots) extents.push_back(record.slots[slot].extent);
  return covering(extents);
}

bool keeps_groups(const Record& record, const Model& model, std::span<const Slot* const> slots,
                  std::span<const std::uint64_t> offset_bits) {
  const std::uint64_t line = 8ULL * model.abi.cache_line_bytes;
  const std::vector<FieldGroup> groups = groups_of(record, model.rules.of(record.id));
  return line == 0 || std::all_of(groups.begin(), groups.end(), [&](const FieldGroup& group) {
           std::vector<Extent> moved;
           for (const std::uint32_t index : group.slots) {
             const Slot* const slot = &record.slots[index];
             const auto at = std::find(slots.begin(), slots.end(), slot);
             const std::uint64_t offset =
                 at == slots.end() ? slot->extent.offset_bits
                                   : offset_bits[static_cast<std::size_t>(at - slots.begin())];
             moved.push_back({offset, slot->extent.size_bits});
           }
           const GroupPlace before = place_of(group, record);
           const GroupPlace after = covering(moved);
           const bool aligned = 8 * record.align >= line;
           return after.lines(line) <= before.lines(line) &&
                  (aligned || after.end_bit - after.first_bit <= before.end_bit - before.first_bit);
         });
}

}  // namespace snug
