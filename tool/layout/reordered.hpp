// A record as it would lie in memory after a reorder.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "model/model.hpp"

namespace snug {

/// The record with its fields in the order of the names. Empty if the names are not those of its
/// fields or the layout rules cannot place them.
[[nodiscard]] std::optional<Record> reordered(const Record& record, const Model& model,
                                              std::span<const std::string> order);

}  // namespace snug
