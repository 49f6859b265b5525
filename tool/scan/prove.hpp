// Ask the compiler: edited buffers are parsed again in workers, and the sizes that come out are
// told.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/text_edit.hpp"
#include "model/finding.hpp"
#include "model/model.hpp"
#include "scan/compile_database.hpp"
#include "scan/scan.hpp"

namespace snug {

/// A set of edits to try in one unit.
struct ProofJob {
  CompileCommand command;
  std::vector<TextEdit> edits;          ///< Not overlapping; of any files the unit reads.
  std::vector<std::string> record_ids;  ///< Whose sizes are wanted.
};

/// What the compiler says that it did not say before the edits.
struct ProofDiagnostic {
  std::string message;
  SourceRange where;  ///< In the file as edited.
  bool error = false;
  std::vector<std::string> record_ids;  ///< Records that the place or its notes refer to.
};

struct ProofAnswer {
  std::string problem;  ///< Not empty: the unit could not be parsed at all (crash, limit); nothing
                        ///< else is set.
  std::vector<ProofDiagnostic> new_diagnostics;
  std::vector<SizeChange>
      sizes;  ///< Every record that was asked for and every other one whose size changed.
  std::uint64_t original_diagnostics = 0;
};

/// Runs the jobs in workers (jobs, timeout and memory limit of the options). One answer a job, in
/// order.
[[nodiscard]] std::vector<ProofAnswer> run_proofs(const std::vector<ProofJob>& jobs,
                                                  const Model& model, const ScanOptions& options);

}  // namespace snug
