// What `snug fix` tells about its work.
#pragma once

#include <iosfwd>
#include <string>

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

/// A fix of the safety that was asked for could not be applied.
[[nodiscard]] bool has_open_ends(const FixRun& run);

}  // namespace snug
