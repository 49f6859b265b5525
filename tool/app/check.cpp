// `snug check`: the pipeline, one step a line.
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <ostream>

#include "app/commands.hpp"
#include "app/fix_command.hpp"
#include "app/output.hpp"
#include "app/profile.hpp"
#include "fix/unread_units.hpp"
#include "report/formats.hpp"
#include "session/better_order.hpp"
#include "session/check_selection.hpp"
#include "session/configure.hpp"
#include "session/gates.hpp"
#include "session/project.hpp"
#include "session/proving.hpp"
#include "session/status.hpp"
#include "session/version.hpp"

namespace snug {
namespace {

std::vector<const Check*> chosen_checks(const Options& options) {
  validate_options(all_checks(), options.check_options);
  std::vector<const Check*> checks = select_checks(all_checks(), options.checks);
  if (options.layout_only) {
    std::erase_if(checks, [](const Check* check) { return check->needs_bodies; });
  }
  return checks;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

void tell_dropped(const ProofRun& proof, Console& console) {
  for (const DroppedFix& dropped : proof.dropped) {
    fmt::print(console.err, "snug: {}: {} ({}): {}\n", dropped.tried ? "rejected" : "left out",
               dropped.title, dropped.record, dropped.reason);
  }
  const auto untried = static_cast<std::size_t>(
      std::count_if(proof.dropped.begin(), proof.dropped.end(),
                    [](const DroppedFix& dropped) { return !dropped.tried; }));
  fmt::print(console.err, "snug: {} rejected by the compiler, {}{} again\n",
             counted(proof.dropped.size() - untried, "fix", "fixes"),
             untried == 0 ? std::string() : fmt::format("{} not tried, ", untried),
             counted(proof.reparses, "unit compiled", "units compiled"));
}

/// What the checks mean, for formats that say it.
std::vector<Rule> rules_of(const std::vector<const Check*>& checks) {
  std::vector<Rule> rules;
  for (const Check* check : checks) {
    rules.push_back({std::string(check->id), std::string(check->summary), std::string(check->doc)});
  }
  return rules;
}

/// Puts the findings into the order asked for and keeps the first --top of them.
void rank(Report& report, const Options& options) {
  std::vector<Finding>& findings = report.findings;
  std::stable_sort(findings.begin(), findings.end(),
                   options.order == FindingOrder::Value ? worth_before : report_before);
  if (options.top == 0 || findings.size() <= options.top) return;
  report.gates.beyond_top = findings.size() - options.top;
  findings.resize(options.top);
}

void publish(const Report& report, const Options& options, Console& console) {
  write_output(options, console, [&](std::ostream& out) {
    const TextStyle style = {color_on_output(options, console), options.diffs};
    format_spec(options.format).write(report, style, out);
  });
  const bool color = color_on_errors(options, console);
  write_unit_problems(report, color, console.err);
  write_summary(report, color, console.err);
}

}  // namespace

ExitStatus run_check(const Options& asked, Console& console) {
  (void)chosen_checks(asked);  // what is misspelt is told before the scan
  check_output(asked, console);
  Stopwatch stopwatch;
  Project project = load_project(asked, asked.arguments, console);
  Gates gates = open_gates(asked, project, console);
  const std::vector<ProfiledType> profiled = open_profile(asked, console);
  stopwatch.lap("load");
  Model model = read_model(project, asked, console, stopwatch);
  const Options options = settled(asked, project.configuration);
  const std::vector<const Check*> checks = chosen_checks(options);

  // Beyond this point the parsed code is plain data.
  const DiskFiles files;
  read_rules(gates, model, project, options, files);
  const AccessProfile profile = matched_profile(profiled, model, options, console);
  std::vector<Finding> findings = run_checks(checks, model, files, options.check_options, profile,
                                             project.configuration.thread_entries);
  stopwatch.lap("check");

  // Beyond this point every finding is known; what is not reported costs no proof.
  pass_gates(gates, findings, model, project, checks, options);
  Proven proven = prove(std::move(findings), model, project, options);
  ProofRun& proof = proven.run;
  respect_unread_units(model, proof.findings);
  stopwatch.lap("prove");

  // Beyond this point nothing is computed.
  const GateCounts counts = judge(gates, proof.findings, model, project, checks, options, console);
  Report report = {tool_info(),
                   project.scan.root,
                   &model,
                   std::move(proof.findings),
                   console.current_folder,
                   &files,
                   options.timings ? stopwatch.timings() : std::vector<Timing>()};
  report.gates = counts;
  report.gates.contradicted = proof.contradicted.size();
  const ExitStatus status = check_status(model, report.findings, options);
  rank(report, options);
  report.rules = rules_of(checks);
  report.fix_command = fix_command(asked);
  if (format_spec(options.format).drawings) {
    report.better = better_orders(model, report.findings);
  }
  report.exit_status = static_cast<int>(status);
  publish(report, options, console);
  stopwatch.lap("write");
  write_baseline(model, report.findings, options, console);
  tell_proof_problems(proven, project, console);
  if (options.verbose) {
    tell_dropped(proof, console);
  }
  if (options.timings) {
    stopwatch.print(console.err);
  }
  return status;
}

}  // namespace snug
