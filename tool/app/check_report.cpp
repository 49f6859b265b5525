#include "app/check_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "app/fix_command.hpp"
#include "app/output.hpp"
#include "app/status.hpp"
#include "base/kept_files.hpp"
#include "report/formats/formats.hpp"
#include "session/better_order.hpp"
#include "session/version.hpp"

namespace snug {
namespace {

/// What the checks mean, for formats that say it.
std::vector<Rule> rules_of(const std::vector<const Check*>& checks) {
  std::vector<Rule> rules;
  for (const Check* check : checks) {
    rules.push_back({std::string(check->id), std::string(check->summary), std::string(check->doc)});
  }
  return rules;
}

/// Puts the findings into the order asked for and keeps the first --top of them.
void rank(Report& report, const Printing& printing) {
  std::vector<Finding>& findings = report.findings;
  std::stable_sort(findings.begin(), findings.end(),
                   printing.order == FindingOrder::Value ? worth_before : report_before);
  if (printing.top == 0 || findings.size() <= printing.top) return;
  report.gates.beyond_top = findings.size() - printing.top;
  findings.resize(printing.top);
}

void write(const Report& report, const Options& options, Console& console) {
  write_output(options, console, [&](std::ostream& out) {
    const bool person = console.out_is_terminal && options.printing.output.empty();
    const TextStyle style = {color_on_output(options, console), options.printing.diffs,
                             person ? console.width : 0U};
    format_spec(options.printing.format).write(report, style, out);
  });
  const bool color = color_on_errors(options, console);
  write_unit_problems(report, color, console.err);
  write_summary(report, color, console.err);
}

/// Writes the baseline that --write-baseline asks for, unless units failed.
void write_baseline(const Report& report, const Options& options, Run& run) {
  if (options.writing.baseline.empty()) return;
  const std::size_t count = report.findings.size();
  if (units_status(*report.model, options) != ExitStatus::Ok) {
    run.events.tell(fmt::format(
        "{} was not written: units could not be analysed, and their findings would be missing "
        "(--keep-going writes it without them)",
        options.writing.baseline));
    return;
  }
  write_file_atomically(normal_path(options.writing.baseline, run.console.current_folder),
                        baseline_text(*report.model, report.findings));
  run.events.tell(fmt::format("{}: baseline written: {} finding{}", options.writing.baseline, count,
                              count == 1 ? "" : "s"));
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

}  // namespace

void publish(Run& run, const Checked& checked, const Judged& judged, ExitStatus status) {
  const Options& options = run.options;
  const KeptFiles texts(run.session.files());
  Report report = {
      tool_info(),
      run.session.project().scan.root,
      &run.session.model(),
      judged.proven.run.findings,
      run.console.current_folder,
      &texts,
      options.printing.timings ? run.events.stopwatch().timings() : std::vector<Timing>()};
  report.gates = judged.counts;
  rank(report, options.printing);
  report.rules = rules_of(checked.checks);
  report.fix_command = fix_command(options);
  report.source_url = options.printing.source_url;
  if (format_spec(options.printing.format).drawings) {
    report.better = better_orders(*report.model, report.findings);
  }
  report.exit_status = static_cast<int>(status);
  write(report, options, run.console);
  run.events.step("write");
  write_baseline(report, options, run);
}

void tell_dropped(const ProofRun& proof, Events& events) {
  for (const DroppedFix& dropped : proof.dropped) {
    events.detail(fmt::format("{}: {} ({}): {}", dropped.tried ? "rejected" : "left out",
                              dropped.title, dropped.record, dropped.reason));
  }
  const auto untried = static_cast<std::size_t>(
      std::count_if(proof.dropped.begin(), proof.dropped.end(),
                    [](const DroppedFix& dropped) { return !dropped.tried; }));
  events.detail(fmt::format("{} rejected by the compiler, {}{} again",
                            counted(proof.dropped.size() - untried, "fix", "fixes"),
                            untried == 0 ? std::string() : fmt::format("{} not tried, ", untried),
                            counted(proof.reparses, "unit compiled", "units compiled")));
}

}  // namespace snug
