// What the compiler's answer to a batch means for each fix in it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "fix/candidates.hpp"
#include "fix/plan_proofs.hpp"
#include "model/proof.hpp"

namespace snug {

/// Candidates that are to be tried again in a unit, without the others of their batch.
struct Retry {
  std::vector<std::size_t> candidates;  ///< Sorted.
  std::uint32_t unit = 0;
  unsigned losses = 0;  ///< Batches with all of them that gave no answer.
};

/// Enters the answer into the candidates of the batch. A fix holds only by an answer with which
/// nothing is wrong, and falls only by one to a batch of its own: an error of one fix hides those
/// of others, or makes new ones. A batch in which something is wrong is parted: those that the
/// compiler's words may be about from the others where that can be told, else in halves.
/// `losses`: as in Retry, of the batch. Returns the parts.
[[nodiscard]] std::vector<Retry> apply_answer(const PlannedBatch& planned, unsigned losses,
                                              const ProofAnswer& answer,
                                              std::span<Candidate> candidates,
                                              std::span<const Finding> findings, const Model& model,
                                              const Containment& holders);

}  // namespace snug
