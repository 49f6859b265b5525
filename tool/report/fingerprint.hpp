// The name of a finding that survives edits elsewhere: baselines and editors recognise it by this.
#pragma once

#include <string>

#include "model/finding.hpp"

namespace snug {

/// 16 hexadecimal digits made of the check and the finding's subject (qualified name and slot
/// names), never of lines, offsets, paths or USRs.
[[nodiscard]] std::string fingerprint_of(const Finding& finding);

}  // namespace snug
