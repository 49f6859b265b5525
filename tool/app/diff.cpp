// `snug diff`: two runs side by side.
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <ostream>

#include "app/commands.hpp"
#include "app/output.hpp"
#include "app/run.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "gate/compare_runs.hpp"
#include "report/diff.hpp"
#include "report/paths.hpp"
#include "scan/parts/part_file.hpp"

namespace snug {
namespace {

/// A part as a report tells it: paths relative to its root.
Model model_of_part(const std::string& bytes, const std::string& path) {
  const std::string root = part_facts(bytes, path).root;
  Model model = part_at(bytes, path, root).model;
  for (Record& record : model.records) {
    record.where.file = percent_encoded(relative_path(record.where.file, root));
  }
  return model;
}

RunResult read_run(const std::string& path, const Console& console) {
  const std::string bytes = read_file(normal_path(path, console.current_folder));
  if (!is_part_file(bytes)) return read_report(bytes, path);
  RunResult run;
  run.name = path;
  run.model = model_of_part(bytes, path);
  return run;
}

void tell_missing(const RunTotals& totals, const std::string& name, std::ostream& err) {
  if (totals.units_failed == 0) return;
  fmt::print(err,
             "snug: {}: {} unit{} could not be analysed; records that only they see are "
             "missing\n",
             name, totals.units_failed, totals.units_failed == 1 ? "" : "s");
}

bool fails(const RunDiff& diff, const Options& options) {
  const bool grew = diff.count(RecordDiff::Kind::Grew) != 0;
  return (options.failing.growth && grew) ||
         (options.failing.new_findings && !diff.new_findings.empty());
}

}  // namespace

ExitStatus run_diff(const Options& options, Console& console) {
  if (options.arguments.size() != 2) {
    throw Error(fmt::format("'snug diff' needs OLD and NEW, two reports or models, not {} file{}",
                            options.arguments.size(), options.arguments.size() == 1 ? "" : "s"));
  }
  check_output(options, console);
  keep_inputs(outputs_of(options), console.current_folder,
              {normal_path(options.arguments[0], console.current_folder),
               normal_path(options.arguments[1], console.current_folder)});
  const RunResult before = read_run(options.arguments[0], console);
  const RunResult after = read_run(options.arguments[1], console);
  const RunDiff diff = compare_runs(before, after);
  if (options.failing.new_findings && !diff.has_findings) {
    throw Error("--fail-on finding needs two reports; models (*.snug) know no findings");
  }
  const DiffReport report = {options.arguments[0], options.arguments[1], &diff};
  write_output(options, console, [&](std::ostream& out) {
    switch (options.printing.diff_format) {
      case DiffFormat::Text:
        return write_diff_text(report, color_on_output(options, console), out);
      case DiffFormat::Json:
        return write_diff_json(report, out);
      case DiffFormat::Markdown:
        return write_diff_markdown(report, out);
    }
  });
  tell_missing(diff.before, options.arguments[0], console.err);
  tell_missing(diff.after, options.arguments[1], console.err);
  return fails(diff, options) ? ExitStatus::Findings : ExitStatus::Ok;
}

}  // namespace snug
