// The facts about ownership of one unit, as merging would leave them.
#pragma once

#include "model/ownership.hpp"

namespace snug {

/// Facts of one unit: sorted, each place once.
[[nodiscard]] Ownership sorted_once(Ownership facts);

}  // namespace snug
