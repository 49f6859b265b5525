// The suggested fixes put before the compiler.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "fix/prove_fixes.hpp"
#include "scan/parse/keeper.hpp"
#include "scan/proof/proof_plan.hpp"
#include "session/events.hpp"
#include "session/plans.hpp"
#include "session/project.hpp"

namespace snug {

/// What was proven, and what kept the compiler from its answer.
struct Proven {
  ProofRun run;
  /// That changed since they were scanned: their edits are refused. Sorted.
  std::vector<std::string> changed_files;
};

/// Says which files changed since they were scanned, which units do not compile
/// here, and which findings were left out because the compiler contradicts what was computed.
void tell_proof_problems(const Proven& proven, const Project& project, Events& events);

/// Parses units again, with edits, in workers, but for batches whose answer is known. REQUIRES: all
/// outlive it. `keeper`, `known`: may be null.
[[nodiscard]] RunBatches batch_runner(const Model& model, const ScanOptions& options,
                                      Keeper* keeper, const ProofAnswers* known = nullptr);

/// The jobs that prove() would run if every fix held, less those whose answers the plan has.
[[nodiscard]] std::vector<ProofJob> planned_jobs(const std::vector<Finding>& findings,
                                                 const Model& model, const ScanOptions& options,
                                                 const ProofPlan& plan);

/// Tries the fixes in as many units as the plan asks for, with the commands of the scan; paths in
/// the reasons are relative to the root. With 0 units every fix is refused, as none was tried.
[[nodiscard]] Proven prove(std::vector<Finding> findings, const Model& model,
                           const ScanOptions& options, const ProofPlan& plan, Keeper* keeper);

}  // namespace snug
