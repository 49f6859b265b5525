// A new order of fields as a fix: the record, and all code that has to follow it.
#pragma once

#include <cstdint>
#include <span>

#include "analysis/reorder/hazards.hpp"
#include "base/files.hpp"
#include "model/finding.hpp"
#include "model/model.hpp"

namespace snug {

/// What is known of a planned order besides the fix itself.
struct PlannedReorder {
  Hazards hazards;     ///< What stands against it; empty if no edit can be made.
  bool stale = false;  ///< Refused only because a file changed since it was scanned.
};

/// Gives the fix its edits, its safety and its reasons, and tells what stands against it.
///
/// `records` are all instantiations of one definition, the first the one that `order` (see
/// reorder_edits) is about; the promise of the fix names the fields in the new order. Where no edit
/// can be made, the fix is refused and promises no order.
PlannedReorder plan_reorder(SuggestedFix& fix, std::span<const Record* const> records,
                            const Record& record, std::span<const std::uint32_t> order,
                            const HazardIndex& index, const Model& model, const Files& files);

}  // namespace snug
