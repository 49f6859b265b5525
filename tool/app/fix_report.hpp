// What `snug fix` tells about its work.
#pragma once

#include <iosfwd>
#include <string>

#include "app/console.hpp"
#include "app/exit_status.hpp"
#include "app/options.hpp"
#include "session/fix_rounds.hpp"

namespace snug {

/// How the work ended.
struct FixEnd {
  bool written = false;  ///< The sources were changed; else it is told what would be.
  bool verbose = false;
  std::string root;    ///< For paths in the text.
  std::string folder;  ///< Current folder.
};

/// One line for each fix, applied or not, with reasons, and a last one that sums up.
void write_fix_report(const FixRun& run, const FixEnd& end, std::ostream& out);

/// Writes the edits as --export-replacements and --dry-run ask for. `root`: for the names of files.
void write_edits(const FixRun& run, const std::string& root, const Options& options,
                 Console& console);

/// Findings if a fix of the safety that was asked for could not be applied, or a dry run has
/// something to change.
[[nodiscard]] ExitStatus fix_status(const FixRun& run, const Options& options);

}  // namespace snug
