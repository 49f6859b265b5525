// The rounds of `snug fix`: each reads the code as the one before left it in memory.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/file_set.hpp"
#include "fix/choose_fixes.hpp"
#include "fix/verify_set.hpp"
#include "scan/parse/keeper.hpp"
#include "session/project.hpp"

namespace snug {

/// A fix that is in the texts.
struct AppliedFix {
  Finding finding;    ///< Its first fix is the one that was applied.
  SizeChange record;  ///< With the sizes that the whole set gives it; no id where there is none.
  std::vector<SizeChange> others;  ///< Records that change with it alone. Sorted by name.
};

/// A finding whose fix is not in the texts.
struct LeftFinding {
  Finding finding;
  Left why = Left::Refused;
  std::vector<std::string> reasons;
};

struct FixRun {
  Model model;                       ///< Of the first round: what the code was.
  std::vector<AppliedFix> applied;   ///< In the order of the rounds and findings.
  std::vector<LeftFinding> left;     ///< In report order.
  std::vector<DroppedFix> rejected;  ///< By the compiler, each alone.
  std::vector<FileChange> changes;   ///< Sorted by path.
  std::uint64_t reparses = 0;
  unsigned rounds = 0;
};

/// Reads the units with these texts.
using ReadModel = std::function<Model(const Files& files)>;

/// Scans, checks, proves and applies in memory until there is nothing more to do. Nothing is
/// written. Throws Error where a file changes meanwhile. REQUIRES: a settled plan.
[[nodiscard]] FixRun run_fix_rounds(const Project& project, const ReadModel& read,
                                    const FixPlan& plan, Keeper* keeper, Events& events);

}  // namespace snug
