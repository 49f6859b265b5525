// The suggested fixes put before the compiler.
#pragma once

#include <string>
#include <vector>

#include <vector>

#include "app/project.hpp"
#include "fix/prove_fixes.hpp"

namespace snug {

/// What was proven, and the files that changed since they were scanned: their edits are refused.
struct Proven {
  ProofRun run;
  std::vector<std::string> changed_files;  ///< Sorted.
};

/// Says on the error stream which files changed since they were scanned.
void tell_changed(const Proven& proven, Console& console);

/// Parses units again, with edits, in workers. REQUIRES: model and project outlive it.
[[nodiscard]] RunBatches batch_runner(const Model& model, const Project& project);

/// Tries the fixes in the units of the project. Units of a model that was read from parts are
/// compiled with the flags that the parts name.
[[nodiscard]] Proven prove(std::vector<Finding> findings, const Model& model,
                           const Project& project, const Options& options);

}  // namespace snug
