// Frozen types: their layout is promised to others.
#pragma once

#include <string>
#include <vector>

#include "model/finding.hpp"
#include "model/model.hpp"

namespace snug {

/// Takes back what was suggested for frozen records: a finding on one that has a fix is dropped,
/// because nobody may follow it. A fix that changes the size of a record of which a frozen one
/// consists is refused, and the finding becomes a note.
void respect_frozen(const Model& model, std::vector<Finding>& findings);

/// The ids of the records that the given ones consist of, themselves included: bases and fields by
/// value, arrays too. Sorted.
[[nodiscard]] std::vector<std::string> parts_of(const Model& model, std::vector<std::string> ids);

}  // namespace snug
