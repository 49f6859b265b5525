// What became of the slots of a record between two versions of it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/record.hpp"

namespace snug {

/// True if the texts name one type. C says `_Bool` for `bool` and `struct S` for `S`.
[[nodiscard]] bool same_type(std::string_view a, std::string_view b);

/// One slot that is not as it was. Padding is left out: it follows from the rest.
struct SlotChange {
  enum class Kind : std::uint8_t {
    Added,
    Removed,
    Renamed,  ///< Another name for the same type at the same place.
    Changed,  ///< Moved, resized or of another type.
  };
  Kind kind = Kind::Changed;
  Slot before;  ///< Nothing for Added.
  Slot after;   ///< Nothing for Removed.

  [[nodiscard]] bool moved() const { return before.extent.offset_bits != after.extent.offset_bits; }
  [[nodiscard]] bool resized() const { return before.extent.size_bits != after.extent.size_bits; }
  [[nodiscard]] bool retyped() const { return !same_type(before.type, after.type); }
};

/// The changes in the order of the new offsets; what was removed stands at its old offset. Slots
/// are recognised by kind and name, those without a name by their type, in order; members of
/// anonymous structs and unions count as slots of their own. O(n log n).
[[nodiscard]] std::vector<SlotChange> slot_changes(std::span<const Slot> before,
                                                   std::span<const Slot> after);

/// "'price' moved from byte 8 to byte 0", "'flags' is new: 4 bytes at byte 16".
[[nodiscard]] std::string describe(const SlotChange& change);

}  // namespace snug
