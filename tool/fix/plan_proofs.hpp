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

/// Who is placed first where not all fit into one round.
enum class Ranking : std::uint8_t {
  AsListed,
  FewestNested,  ///< Whose record lies in and holds fewest records of others.
  MostNested,    ///< The reverse: they would keep most others from their batch.
};

/// Batches of one round, at most one a unit, sorted by unit. Every candidate that is neither
/// rejected nor decided, nor part of a batch that is asked again, asks for the units that it lacks:
/// first those that say most about it, then those that serve most candidates at once.
[[nodiscard]] std::vector<PlannedBatch> plan_proofs(std::span<const Candidate> candidates,
                                                    std::span<const Finding> findings,
                                                    const Containment& holders,
                                                    const ProofOptions& options, Mixing mixing,
                                                    Ranking ranking = Ranking::AsListed);

/// As plan_proofs, for a round after which `rounds_left` more are allowed: of several ways to
/// choose, the one in which most candidates are tried at all by the end, if all answers are good,
/// and of equal ones the one that leaves fewest bytes.
/// Records that lie in one another cannot share a batch, so that a chain of them in one unit gets
/// one a round; what matters is that it does not also keep others waiting.
[[nodiscard]] std::vector<PlannedBatch> plan_round(std::span<const Candidate> candidates,
                                                   std::span<const Finding> findings,
                                                   const Containment& holders,
                                                   const ProofOptions& options,
                                                   std::uint32_t rounds_left);

/// The batch that tries these candidates in the unit.
[[nodiscard]] PlannedBatch make_batch(std::uint32_t unit, std::vector<std::size_t> members,
                                      std::span<const Candidate> candidates,
                                      std::span<const Finding> findings);

/// True if the candidate has been tried in as many units as the options ask for.
[[nodiscard]] bool is_decided(const Candidate& candidate, const ProofOptions& options);

}  // namespace snug
