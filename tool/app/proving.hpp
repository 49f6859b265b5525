// The suggested fixes put before the compiler.
#pragma once

#include <vector>

#include "app/project.hpp"
#include "fix/prove_fixes.hpp"

namespace snug {

/// Tries the fixes in the units of the project. Units of a model that was read from parts are
/// compiled with the flags that the parts name.
[[nodiscard]] ProofRun prove(std::vector<Finding> findings, const Model& model,
                             const Project& project, const Options& options);

}  // namespace snug
