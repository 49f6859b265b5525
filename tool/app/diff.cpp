// `snug diff`: two runs side by side.
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <filesystem>
#include <ostream>

#include "app/commands.hpp"
#include "app/output.hpp"
#include "app/run.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "gate/compare_runs.hpp"
#include "report/diff.hpp"
#include "report/paths.hpp"
#include "scan/model_file.hpp"
#include "session/root.hpp"

namespace snug {
namespace {

/// A model names files by their absolute paths; below its root they are told as a report does.
void make_relative(Model& model) {
  std::vector<std::string> sources;
  for (const Unit& unit : model.units) sources.push_back(unit.file);
  const std::string root = find_root({sources}, [](const std::string& path) {
    std::error_code error;
    return std::filesystem::exists(path, error);
  });
  for (Record& record : model.records) {
    record.where.file = percent_encoded(relative_path(record.where.file, root));
  }
}

RunResult read_run(const std::string& path, const Console& console) {
  const std::string bytes = read_file(normal_path(path, console.current_folder));
  if (!is_model_file(bytes)) return read_report(bytes, path);
  RunResult run;
  run.name = path;
  run.model = model_from_bytes(bytes, path);
  make_relative(run.model);
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
