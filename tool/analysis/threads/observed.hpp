// What a profile counted, beside the findings of checks.
#pragma once

#include "model/access_profile.hpp"
#include "model/finding.hpp"
#include "model/model.hpp"

namespace snug {

/// Sets `observed` and adds an evidence of kind "profile" that names the fields touched most, also
/// to the words of the fixes. Nothing changes if nothing was counted for the record.
void observe(const Model& model, const AccessProfile& profile, Finding& finding);

/// What was counted for a record, if it tells which of its fields are touched often: null if
/// nothing was counted, or if the record has a base with bytes, whose fields are counted apart.
[[nodiscard]] const RecordAccesses* telling_counts(const Record& record,
                                                   const AccessProfile& profile);

}  // namespace snug
