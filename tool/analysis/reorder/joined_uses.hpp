// Uses that no unit sees as a whole.
#pragma once

#include <vector>

#include "model/model.hpp"

namespace snug {

/// The uses that the halves of units (is_half()) make together. O((uses + records) log uses) and,
/// for records that begin with two fields of the same types, the square of those that lose or
/// regain their type.
[[nodiscard]] std::vector<Use> joined_uses(const Model& model);

}  // namespace snug
