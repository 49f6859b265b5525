// Which checks run: the list of --checks applied to the checks that there are.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "analysis/check.hpp"

namespace snug {

/// The checks that `list` selects, in the order of `checks`. An empty list selects all. Throws
/// Error with "did you mean" for a rule that fits no check.
[[nodiscard]] std::vector<const Check*> select_checks(std::span<const Check* const> checks,
                                                      const std::string& list);

/// Throws Error with "did you mean" for a check or an option that does not exist.
void validate_options(std::span<const Check* const> checks, const OptionValues& options);

}  // namespace snug
