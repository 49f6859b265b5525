// Which candidates go into which unit's next re-parse.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "fix/candidates.hpp"
#include "fix/prove_fixes.hpp"

namespace snug {

/// A batch with the candidates that it tries.
struct PlannedBatch {
  ProofBatch batch;
  std::vector<std::size_t> candidates;  ///< Indices into the candidates. Sorted.
};

/// Batches of one round, at most one a unit, sorted by unit. Every candidate that is neither
/// rejected nor decided asks for the units that it lacks: first those that say most about it, then
/// those that serve most candidates at once.
[[nodiscard]] std::vector<PlannedBatch> plan_proofs(std::span<const Candidate> candidates,
                                                    std::span<const Finding> findings,
                                                    const Containment& holders,
                                                    const ProofOptions& options, Mixing mixing);

/// True if the candidate has been tried in as many units as the options ask for.
[[nodiscard]] bool is_decided(const Candidate& candidate, const ProofOptions& options);

}  // namespace snug
