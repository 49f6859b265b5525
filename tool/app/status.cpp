#include "app/status.hpp"

#include <algorithm>

#include "session/unit_status.hpp"

namespace snug {

ExitStatus units_status(const Model& model, const Options& options) {
  return units_analysed(model, options.failing.keep_going) ? ExitStatus::Ok : ExitStatus::Failed;
}

ExitStatus check_status(const Model& model, std::span<const Finding> findings, FailOn fail_on,
                        const Options& options) {
  const ExitStatus units = units_status(model, options);
  if (units != ExitStatus::Ok || fail_on == FailOn::Never || !options.writing.baseline.empty()) {
    return units;
  }
  const Level least = fail_on == FailOn::Note ? Level::Note : Level::Warning;
  const bool any = std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
    return finding.level >= least && finding.state != FindingState::Known;
  });
  return any ? ExitStatus::Findings : ExitStatus::Ok;
}

}  // namespace snug
