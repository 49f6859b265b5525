// Padding and distance that somebody wanted: nobody is told to remove it.
#pragma once

#include <optional>
#include <string>

#include "model/model.hpp"
#include "model/record.hpp"

namespace snug {

/// True for a field that is there to take room: an integer or an array of small integers by the
/// name of pad, padding, reserved, unused, spare, filler or dummy, with any underscores and digits
/// around it.
[[nodiscard]] bool is_padding_field(const Slot& slot);

/// True for a field that was put on a cache line of its own on purpose: alignas of a line or more
/// on it or inside its type. A SIMD type, which is aligned by nature, is not.
[[nodiscard]] bool is_separated_field(const Slot& slot, const Model& model);

/// Why the room between its fields is none of ours: it is packed, or has fields that take room.
[[nodiscard]] std::optional<std::string> padding_by_hand(const Record& record);

/// The first sign in the record that its padding is wanted, as half a sentence; empty if there is
/// none.
[[nodiscard]] std::optional<std::string> deliberate_padding(const Record& record,
                                                            const Model& model);

/// Padding is wanted in it, or each object is to have lines of its own.
[[nodiscard]] bool is_arranged(const Record& record, const Model& model);

}  // namespace snug
