// What the compiler says to an edited source, as plain data.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/finding.hpp"
#include "model/source.hpp"

namespace snug {

/// What the compiler says that it did not say before the edits.
struct ProofDiagnostic {
  std::string message;
  SourceRange where;  ///< In the file as it was before the edits: a place inside an edit maps to
                      ///< the edit.
  bool error = false;
  std::vector<std::string> record_ids;  ///< Records that the place or its notes refer to. Sorted.
  std::vector<SourceRange> notes{};     ///< Where its notes stand, counted as `where` is.
};

/// The outcome of parsing one unit with edits applied.
struct ProofAnswer {
  std::string problem;   ///< Not empty: the unit could not be parsed at all (crash, limit); nothing
                         ///< else is set.
  std::string unusable;  ///< Not empty: the unit has errors without the edits, too, so that it says
                         ///< nothing about them; the first error. Nothing else is set.
  std::vector<ProofDiagnostic> new_diagnostics;
  std::vector<SizeChange>
      sizes;  ///< Every record that was asked for and every other one whose size changed.
  std::uint64_t original_diagnostics = 0;
  std::uint32_t parses = 1;  ///< 2 if the unit had to be parsed without the edits, too.
};

}  // namespace snug
