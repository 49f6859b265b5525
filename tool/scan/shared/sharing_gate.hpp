// Whether a unit that was parsed behind compiled headers is the unit that is parsed without them.
// Only files in scan/ may include this.
#pragma once

#include <clang-c/Index.h>

#include <string>

#include "scan/shared/compiled_headers.hpp"

namespace snug {

/// The rule against it, in a few words; empty if there is none. REQUIRES: the unit was parsed with
/// CXTranslationUnit_DetailedPreprocessingRecord, by an index without declarations of compiled
/// headers.
[[nodiscard]] std::string sharing_refusal(CXTranslationUnit unit, const HeaderFacts& headers);

}  // namespace snug
