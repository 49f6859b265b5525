// Which findings a change is responsible for.
#pragma once

#include <vector>

#include "gate/git_changes.hpp"
#include "model/finding.hpp"
#include "model/model.hpp"

namespace snug {

/// Keeps the findings that stand on changed lines or have a piece of evidence there, and those
/// about a record whose layout may have changed: a line of its definition did, or one of the
/// definition of a record that it consists of (base or field by value, however deep). What a change
/// of a macro or a typedef does to a layout is not seen.
void keep_touched(const Model& model, const ChangedLines& changes, std::vector<Finding>& findings);

}  // namespace snug
