// `snug check`: the pipeline, one step a line.
#include <fmt/format.h>

#include "app/check_report.hpp"
#include "app/commands.hpp"
#include "app/run.hpp"
#include "app/status.hpp"
#include "base/error.hpp"
#include "base/files.hpp"

namespace snug {
namespace {

/// A baseline of a part of the findings would call the others new.
void refuse_contradictions(const Options& options) {
  if (options.check.staged && !options.check.since.empty()) {
    throw Error("--staged and --since exclude each other: one compares the index, one the disk");
  }
  if (options.writing.baseline.empty()) return;
  if (!options.writing.proof_plan.empty() || options.check.staged) {
    throw Error(fmt::format("{} and --write-baseline exclude each other: nothing would be in it",
                            options.check.staged ? "--staged" : "--plan"));
  }
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

ProofPlan with_paths(ProofPlan plan, const Console& console) {
  for (std::string& path : plan.answers) path = normal_path(path, console.current_folder);
  return plan;
}

/// --plan: the proofs are left to others.
ExitStatus write_plan(const Checked& checked, const ProofPlan& plan, Run& run) {
  std::size_t count = 0;
  const std::string bytes = run.session.plan_proofs(checked, plan, count);
  write_file_atomically(normal_path(run.options.writing.proof_plan, run.console.current_folder),
                        bytes);
  const ExitStatus status = run.finish(run.session.model());
  run.events.tell(fmt::format("{}: {} unit{} to compile again for {} finding{}",
                              run.options.writing.proof_plan, count, count == 1 ? "" : "s",
                              checked.findings.size(), checked.findings.size() == 1 ? "" : "s"));
  return status;
}

}  // namespace

ExitStatus run_check(const Options& options, Console& console) {
  (void)chosen_checks(options.check, options.project.meaning.layout_only);
  refuse_contradictions(options);
  Run run(options, options.arguments, console);
  Checked checked = run.session.check(options.check);
  const ProofPlan proof = with_paths(options.proof, console);
  if (!options.writing.proof_plan.empty()) return write_plan(checked, proof, run);
  const Judged judged = run.session.judge(checked, proof);

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
