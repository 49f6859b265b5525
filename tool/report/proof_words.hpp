// What a proof says, in half a sentence.
#pragma once

#include <string>

#include "model/finding.hpp"

namespace snug {

/// "verified in 2 of the 14 units that use it"; for a fix without a verified proof "not proven by
/// the compiler".
[[nodiscard]] std::string proof_words(const SuggestedFix& fix);

}  // namespace snug
