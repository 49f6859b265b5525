// Whether the units of a run could be analysed.
#pragma once

#include "model/model.hpp"

namespace snug {

/// False if no unit could be analysed, or one could not and the run is not to go on without it.
/// Skipped units count as neither.
[[nodiscard]] bool units_analysed(const Model& model, bool keep_going);

}  // namespace snug
