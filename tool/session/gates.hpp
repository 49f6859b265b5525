// What a finding has to get past before it fails a run: marks in the source, frozen layouts, the
// lines that changed, the baseline.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/check.hpp"
#include "gate/baseline.hpp"
#include "gate/configuration/read_rules.hpp"
#include "gate/git_changes.hpp"
#include "report/report.hpp"
#include "session/events.hpp"
#include "session/plans.hpp"
#include "session/project.hpp"

namespace snug {

struct Gates {
  MarkedFiles marks;
  std::optional<Baseline> baseline;
  std::optional<ChangedLines> changes;
  std::size_t ignored = 0;                   ///< Findings that marks silenced.
  std::size_t untouched = 0;                 ///< Findings on what did not change.
  std::size_t below_level = 0;               ///< Findings below --level.
  std::size_t bundled = 0;                   ///< Findings in code of others.
  std::vector<std::string> bundled_folders;  ///< That it lies in; sorted.
};

/// Reads the baseline and, if the root is known already, what changed: both before the long scan.
/// Throws Error if one of them cannot be read.
[[nodiscard]] Gates open_gates(const CheckPlan& plan, const Project& project, const Files& files);

/// Reads the marks of the project's files and puts the rules into the model. Throws Error if the
/// baseline is for another target.
void read_rules(Gates& gates, Model& model, const Project& project, const CheckPlan& plan,
                const Files& files);

/// Before the proof: levels of the configuration, marks, frozen layouts, types that are written
/// twice, code of others and of tests, changed lines, the least level. REQUIRES: a settled plan.
void pass_gates(Gates& gates, std::vector<Finding>& findings, const Model& model,
                const Project& project, std::span<const Check* const> checks, const CheckPlan& plan,
                const Files& files);

/// Makes fixes of types `abi` that code outside of the project may know.
void respect_others(const Model& model, const Project& project, const Files& files,
                    std::vector<Finding>& findings);

/// After the proof: what the baseline knows, and what it knows that is gone.
[[nodiscard]] GateCounts judge(const Gates& gates, std::vector<Finding>& findings,
                               const Model& model, const Project& project,
                               std::span<const Check* const> checks, const CheckPlan& plan,
                               Events& events);

/// Findings, and the layouts of frozen records, in the form that --baseline reads.
[[nodiscard]] std::string baseline_text(const Model& model, std::span<const Finding> findings);

}  // namespace snug
