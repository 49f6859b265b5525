// What a suggested fix says, for every format that is made of sentences.
#pragma once

#include <string>
#include <vector>

#include "base/line_diff.hpp"
#include "report/report.hpp"

namespace snug {

/// "fix (review): Reorder the fields of 'Order'; verified in all 3 units that use it", or "no fix
/// is offered: ..." for a refused one.
[[nodiscard]] std::string fix_headline(const SuggestedFix& fix);

/// Why the fix is not safer and what else changes its size with it; one sentence each, without the
/// full stop. Reasons that only repeat a piece of the finding's evidence are left out.
[[nodiscard]] std::vector<std::string> fix_notes(const SuggestedFix& fix, const Finding& finding);

/// What a fix changes in one file.
struct FileDiff {
  std::string file;  ///< Absolute path.
  std::vector<DiffHunk> hunks;
};

/// The fix as a difference of each file that it edits; files that cannot be read are left out.
/// `context` counts the unchanged lines around each change.
[[nodiscard]] std::vector<FileDiff> fix_diff(const SuggestedFix& fix, const Files* files,
                                             std::size_t context);

/// Bytes that the finding saves in all objects that are known from the code, at least one.
[[nodiscard]] std::int64_t total_saving(const Finding& finding);

/// The findings with the largest total saving first; equal ones stay in report order.
/// Findings that a baseline knows are left out.
[[nodiscard]] std::vector<const Finding*> by_saving(const Report& report);

/// "1 unit", "2 units".
[[nodiscard]] std::string plural(std::uint64_t count, std::string_view what);

}  // namespace snug
