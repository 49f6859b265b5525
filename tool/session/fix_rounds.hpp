// The rounds of `snug fix`: each reads the code as the one before left it in memory.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/file_set.hpp"
#include "fix/choose_fixes.hpp"
#include "fix/verify_set.hpp"
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

/// Which findings are looked at.
struct FixScope {
  std::vector<const Check*> checks;
  std::vector<std::string> sources;  ///< Empty with `headers`: all. Main files of units.
  std::vector<std::string> headers;
  /// Not empty: only these files may be changed, since other units were not read.
  std::vector<std::string> only_files;
};

/// Scans, checks, proves and applies in memory until there is nothing more to do. Nothing is
/// written. Throws Error where a file changes meanwhile.
[[nodiscard]] FixRun run_fix_rounds(Project& project, const FixScope& scope, const Options& options,
                                    Console& console);

}  // namespace snug
