// The whole set of edits before the compiler, before a byte is written.
//
// 1. Every unit that reads an edited file is parsed once with all edits in memory.
// 2. A new diagnostic, or a record that is larger than promised, is held against the fixes that it
//    may be about (where it stands, which records it names); of those the last one falls. Where
//    none can be named, the last of all falls.
// 3. The units that read a file of the fixes that fell, or that were not content, are parsed again,
//    until all are.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "fix/choose_fixes.hpp"
#include "fix/prove_fixes.hpp"

namespace snug {

struct VerifiedSet {
  std::vector<std::size_t> chosen;          ///< Indices into the findings, ascending.
  std::vector<LeftFix> dropped;             ///< In the order in which they fell.
  std::map<std::string, SizeChange> sizes;  ///< By record id: every record that changed.
  std::uint64_t reparses = 0;
};

/// `chosen` are indices into the findings, whose first fixes are to be applied together.
[[nodiscard]] VerifiedSet verify_set(std::vector<std::size_t> chosen,
                                     const std::vector<Finding>& findings, const Model& model,
                                     const FixRules& rules, const RunBatches& run);

}  // namespace snug
