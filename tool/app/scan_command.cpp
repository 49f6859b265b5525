// `snug scan`: read now, check later or elsewhere.
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <ostream>

#include "app/commands.hpp"
#include "app/output.hpp"
#include "base/error.hpp"
#include "report/report.hpp"
#include "scan/model_file.hpp"
#include "session/project.hpp"
#include "session/status.hpp"
#include "session/version.hpp"

namespace snug {

ExitStatus run_scan(const Options& options, Console& console) {
  if (options.output.empty()) {
    throw Error("'snug scan' needs -o PART.snug, the file to write");
  }
  check_output(options, console);
  Stopwatch stopwatch;
  Project project = load_project(options, options.arguments, console);
  keep_shard(project, options.shard);
  stopwatch.lap("load");
  const Model model = read_model(project, options, console, stopwatch);
  write_as_is(options, console, to_bytes(model));

  const Report report = {
      tool_info(), project.scan.root, &model, {}, console.current_folder, nullptr, {}};
  write_unit_problems(report, color_on_errors(options, console), console.err);
  if (options.timings) {
    stopwatch.print(console.err);
  }
  const bool empty_shard = project.commands.empty() && project.parts.empty();
  return empty_shard ? ExitStatus::Ok : units_status(model, options);
}

}  // namespace snug
