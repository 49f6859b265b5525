// Fields that have to stay together on a cache line, because a mark says so.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "model/layout/rules.hpp"
#include "model/model.hpp"
#include "model/record.hpp"

namespace snug {

/// The fields of one group, in slot order.
struct FieldGroup {
  std::string name;
  std::vector<std::uint32_t> slots;  ///< Indices into record.slots.
};

/// The groups of the record, in order of their first field.
[[nodiscard]] std::vector<FieldGroup> groups_of(const Record& record, const RecordRules* rules);

/// Where the fields of a group lie in an object that starts at a line.
struct GroupPlace {
  std::uint64_t first_bit = 0;
  std::uint64_t end_bit = 0;

  /// Cache lines from the first field to the last. REQUIRES: line_bits is not 0.
  [[nodiscard]] std::uint64_t lines(std::uint64_t line_bits) const;
};
[[nodiscard]] GroupPlace place_of(const FieldGroup& group, const Record& record);

/// True if no group lies worse once each of its fields lies at another offset: on no more lines,
/// and, in a record that is not aligned to a line, no further apart. `offset_bits` has one offset
/// for each of `slots`, which point into record.slots; other slots stay.
[[nodiscard]] bool keeps_groups(const Record& record, const Model& model,
                                std::span<const Slot* const> slots,
                                std::span<const std::uint64_t> offset_bits);

}  // namespace snug
