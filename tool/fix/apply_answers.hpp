// What the compiler's answer to a batch means for each fix in it.
#pragma once

#include <span>

#include "fix/candidates.hpp"
#include "fix/plan_proofs.hpp"
#include "model/proof.hpp"

namespace snug {

/// Enters the answer into the candidates of the batch. A diagnostic counts against the one fix in
/// whose edits it stands, or whose records (or what contains them) it refers to. Where it may be
/// about several, or about none in particular, those are left unsettled and kept apart from then
/// on.
void apply_answer(const PlannedBatch& planned, const ProofAnswer& answer,
                  std::span<Candidate> candidates, std::span<const Finding> findings,
                  const Model& model, const Containment& holders);

}  // namespace snug
