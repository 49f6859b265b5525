// What the checks found in another run, where nothing that they look at has changed.
//
// Checks are functions of the model, of the rules that marks and the configuration make, of their
// options, of what is known about libraries, and of the texts that they read. All but the texts
// is the question; the texts are named in the answer, which counts if they are what they were.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "analysis/check.hpp"
#include "base/kept_files.hpp"
#include "model/finding.hpp"
#include "model/model.hpp"
#include "scan/parse/scan.hpp"
#include "session/kept_results.hpp"

namespace snug {

/// Stands for all that a run of these checks depends on, but for texts and for a profile.
[[nodiscard]] std::string findings_question(std::span<const Check* const> checks,
                                            const OptionValues& options, const Model& model,
                                            const ScanOptions& scan);

/// The kept findings, or those of `run`, which are kept then. REQUIRES: `run` reads files only
/// through `texts`.
[[nodiscard]] std::vector<Finding> kept_findings(KeptResults& kept, const std::string& question,
                                                 const KeptFiles& texts,
                                                 const std::function<std::vector<Finding>()>& run);

}  // namespace snug
