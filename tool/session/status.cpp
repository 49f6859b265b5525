#include "session/status.hpp"

#include <algorithm>

namespace snug {

ExitStatus units_status(const Model& model, const Options& options) {
  std::size_t ok = 0, failed = 0;
  for (const Unit& unit : model.units) {
    ok += unit.status == UnitStatus::Ok ? 1 : 0;
    failed += unit.status != UnitStatus::Ok && unit.status != UnitStatus::Skipped ? 1 : 0;
  }
  const bool lost = ok == 0 || (failed != 0 && !options.keep_going);
  return lost ? ExitStatus::Failed : ExitStatus::Ok;
}

ExitStatus check_status(const Model& model, std::span<const Finding> findings,
                        const Options& options) {
  const ExitStatus units = units_status(model, options);
  if (units != ExitStatus::Ok || options.fail_on == FailOn::Never ||
      !options.write_baseline.empty()) {
    return units;
  }
  const Level least = options.fail_on == FailOn::Note ? Level::Note : Level::Warning;
  const bool any = std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
    return finding.level >= least && finding.state != FindingState::Known;
  });
  return any ? ExitStatus::Findings : ExitStatus::Ok;
}

}  // namespace snug
