// Units that could not be read, and may use what a fix changes.
#pragma once

#include <string>
#include <vector>

#include "model/finding.hpp"
#include "model/model.hpp"

namespace snug {

/// The main files of those units, sorted and each once. A file that was read as a unit of its own
/// is its own business; what else a fix edits, any unit may include.
[[nodiscard]] std::vector<std::string> unread_users(const SuggestedFix& fix, const Model& model);

/// Makes every fix with such units at least `review` and says how many there are.
void respect_unread_units(const Model& model, std::vector<Finding>& findings);

}  // namespace snug
