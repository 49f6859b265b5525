// Ask the compiler: edited buffers are parsed again in workers, and the sizes that come out are
// told.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/text_edit.hpp"
#include "model/finding.hpp"
#include "model/model.hpp"
#include "model/proof.hpp"
#include "scan/parse/scan.hpp"

namespace snug {

class Keeper;  // scan/parse/keeper.hpp

/// A set of edits to try in one unit.
struct ProofJob {
  /// Index into Model::units: how it is parsed, and whose layouts the sizes are compared with.
  std::uint32_t unit = 0;
  std::vector<TextEdit> edits;          ///< Not overlapping; of any files the unit reads.
  std::vector<std::string> record_ids;  ///< Whose sizes are wanted.
};

/// Runs the jobs in workers (jobs, timeout and memory limit of the options), with the commands of
/// the scan. One answer a job, in order. A keeper's answers are taken where it has them; it has to
/// know the parts of the model.
[[nodiscard]] std::vector<ProofAnswer> run_proofs(const std::vector<ProofJob>& jobs,
                                                  const Model& model, const ScanOptions& options,
                                                  Keeper* keeper = nullptr);

}  // namespace snug
