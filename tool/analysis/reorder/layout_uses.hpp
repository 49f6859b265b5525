// Uses that a change of the layout reaches though the order of the fields stays what it was.
#pragma once

#include <span>
#include <string>

#include "analysis/reorder/hazards.hpp"
#include "model/model.hpp"

namespace snug {

/// The uses of the records that depend on sizes or offsets: bytes that leave the program, asserted
/// sizes and offsets, casts. `records` are all instantiations of one definition. O(uses).
[[nodiscard]] Hazards layout_hazards(std::span<const Record* const> records, const Model& model);

/// Why nothing can be said about all objects of the records: units see one of them with another
/// layout. Empty if they have one layout each. O(records log conflicts).
[[nodiscard]] std::string why_several_layouts(std::span<const Record* const> records,
                                              const Model& model);

/// A place in front of a field's declaration where an attribute can be put, if the declaration
/// declares that field alone and no macro wrote it.
[[nodiscard]] std::optional<TextEdit> insert_before(const Record& record, const Slot& slot,
                                                    std::string text);

}  // namespace snug
