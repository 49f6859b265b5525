// `snug check`: the pipeline, one step a line.
#include "app/check_report.hpp"
#include "app/commands.hpp"
#include "app/run.hpp"
#include "app/status.hpp"
#include "base/error.hpp"

namespace snug {
namespace {

/// A baseline of a part of the findings would call the others new.
void refuse_partial_baseline(const Options& options) {
  if (options.writing.baseline.empty()) return;
  if (!options.check.since.empty()) {
    throw Error(
        "--since and --write-baseline exclude each other: a baseline of a part of the findings "
        "would call the others new");
  }
  if (options.printing.top != 0) {
    throw Error(
        "--top and --write-baseline exclude each other: a baseline of the first findings would "
        "call the others new");
  }
}

}  // namespace

ExitStatus run_check(const Options& options, Console& console) {
  (void)chosen_checks(options.check, options.project.meaning.layout_only);
  Run run(options, options.arguments, console);
  refuse_partial_baseline(options);
  Checked checked = run.session.check(options.check);
  const Judged judged = run.session.judge(checked, options.proof);

  // Beyond this point nothing is computed.
  const Model& model = run.session.model();
  const ExitStatus status =
      check_status(model, judged.proven.run.findings, *checked.plan.fail_on, options);
  publish(run, checked, judged, status);
  tell_proof_problems(judged.proven, run.session.project(), run.events);
  tell_dropped(judged.proven.run, run.events);
  run.tell_timings(&judged.proven.run);
  return status;
}

}  // namespace snug
