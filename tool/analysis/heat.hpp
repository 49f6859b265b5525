// Which fields of a record its loops touch often, and the order that brings those together.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "analysis/element_loops.hpp"
#include "model/access_profile.hpp"
#include "model/model.hpp"

namespace snug {

/// The fields of a record by how often loops touch them.
struct Heat {
  std::vector<const Slot*> hot;   ///< In slot order, bases included.
  std::vector<const Slot*> cold;  ///< In slot order; bases are never among them.
  std::uint64_t hot_bytes = 0;
  std::uint64_t cold_bytes = 0;
  bool counted = false;  ///< A profile told which are hot.
};

/// A field is hot if the loops that touch it weigh a quarter or more of those that touch the field
/// which is touched most. With `counted` (of the record, see telling_counts), the accesses of the
/// profile take the place of the loops. REQUIRES: type.record is not null.
[[nodiscard]] Heat heat_of(const ElementType& type, const RecordAccesses* counted = nullptr);

/// Cache lines that the loops load per element, each times the weight of the loop, in an object
/// that starts at a line.
[[nodiscard]] std::uint64_t lines_loaded(const ElementType& type, const Abi& abi);

/// The fields of a record with the hot ones first.
struct HotOrder {
  std::vector<std::uint32_t> order;  ///< Indices into own_fields and movable_slots.
  std::uint64_t size = 0;            ///< Bytes.
  std::uint64_t loaded = 0;          ///< As lines_loaded, in this order.
  std::uint64_t hot_lines = 0;       ///< Lines that have a byte of a hot field.
};

/// The order that loads fewest lines, or has the hot fields on fewest if a profile told them, if
/// the layout can be computed. Bit-fields stay where they are, so a record with bit-fields has
/// none.
[[nodiscard]] std::optional<HotOrder> hot_first(const ElementType& type, const Heat& heat,
                                                const Model& model);

/// The record types of objects that a loop, or what it calls, touches on each round through one and
/// the same pointer, reference or variable: a table that is looked up, the state of a connection.
/// Sorted by place. Loops of at most `tiny` constant rounds are left out. O(calls + accesses).
[[nodiscard]] std::vector<ElementType> find_hot_paths(const Model& model, std::uint64_t tiny);

}  // namespace snug
