// `snug fix`: the pipeline, one step a line.
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <filesystem>
#include <memory>
#include <ostream>
#include <utility>

#include "app/commands.hpp"
#include "app/fix_report.hpp"
#include "app/output.hpp"
#include "base/error.hpp"
#include "base/unified_diff.hpp"
#include "fix/editable.hpp"
#include "fix/replacements.hpp"
#include "report/paths.hpp"
#include "report/report.hpp"
#include "session/check_selection.hpp"
#include "session/configure.hpp"
#include "session/fix_rounds.hpp"
#include "session/status.hpp"
#include "session/version.hpp"

namespace snug {
namespace {

/// All units of the database are read, whichever files are to be fixed: any of them may use what
/// changes.
FixScope widen(Project& project, const Options& options) {
  FixScope scope;
  for (const CompileCommand& command : project.commands) scope.sources.push_back(command.file);
  if (!project.parts.empty()) {
    scope.sources.clear();
  } else if (project.database.empty()) {
    scope.only_files = scope.sources;
  } else if (options.arguments.empty()) {
    scope.sources.clear();
  } else {
    scope.headers = std::exchange(project.scan.only_headers, {});
    if (!scope.headers.empty()) scope.sources.clear();
    project.commands = load_database(project.database).commands;
  }
  return scope;
}

/// Ends what a run before this one began, and says so.
void recover(FileSet& files, Console& console) {
  const auto recovery = files.recover();
  if (!recovery) return;
  fmt::print(console.err, "snug: an earlier run was cut off; {} {} file{}\n",
             recovery->finished ? "finished the edits of" : "took back the edits of",
             recovery->files.size(), recovery->files.size() == 1 ? "" : "s");
  for (const std::string& file : recovery->foreign) {
    fmt::print(console.err, "snug: {} has changed since then and was left alone\n", file);
  }
}

void print_diff(const FixRun& run, const std::string& root, const Options& options,
                Console& console) {
  std::string patch;
  for (const FileChange& change : run.changes) {
    patch += unified_diff(relative_path(change.path, root), change.before, change.after);
  }
  write_as_is(options, console, patch);
}

void tell_units(const FixRun& run, const Project& project, const Options& options,
                Console& console) {
  Report report;
  report.tool = tool_info();
  report.root = project.scan.root;
  report.model = &run.model;
  report.current_folder = console.current_folder;
  write_unit_problems(report, color_on_errors(options, console), console.err);
}

ExitStatus end_status(const FixRun& run, const Options& options) {
  const ExitStatus units = units_status(run.model, options);
  if (units != ExitStatus::Ok) return units;
  return has_open_ends(run) || (options.dry_run && !run.changes.empty()) ? ExitStatus::Findings
                                                                         : ExitStatus::Ok;
}

}  // namespace

ExitStatus run_fix(const Options& asked, Console& console) {
  validate_options(all_checks(), asked.check_options);
  (void)select_checks(all_checks(), asked.checks);  // what is misspelt is told before the scan
  check_output(asked, console);
  Project project = load_project(asked, asked.arguments, console);
  const Options options = settled(asked, project.configuration);
  FixScope scope = widen(project, options);
  scope.checks = select_checks(all_checks(), options.checks);

  const bool writes = !options.dry_run && options.export_replacements.empty();
  const std::string root = EditableFiles::behind_links(project.scan.root);
  RealDisk disk;
  std::unique_ptr<FileSet> files;
  if (writes) {
    files = std::make_unique<FileSet>(root, disk);
    recover(*files, console);
  } else if (has_unfinished_set(root)) {
    throw Error(
        fmt::format("{}: an earlier 'snug fix' was cut off; run 'snug fix' without "
                    "--dry-run once, to end it",
                    root));
  }

  // Beyond this point only memory changes.
  const FixRun run = run_fix_rounds(project, scope, options, console);
  tell_units(run, project, options, console);
  if (units_status(run.model, options) != ExitStatus::Ok) {
    fmt::print(console.err,
               "snug: nothing was changed: units could not be read, and may use what would change "
               "(--keep-going fixes what they cannot use)\n");
    return ExitStatus::Failed;
  }

  // Beyond this point everything has been compiled.
  FixEnd end{writes, options.verbose, project.scan.root, console.current_folder};
  if (!options.export_replacements.empty()) {
    write_file_atomically(normal_path(options.export_replacements, console.current_folder),
                          replacements_yaml(run.changes));
  }
  if (options.dry_run) print_diff(run, root, options, console);
  if (writes && !run.changes.empty()) files->replace(run.changes);
  write_fix_report(run, end, writes ? console.out : console.err);
  return end_status(run, options);
}

}  // namespace snug
