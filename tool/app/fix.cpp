// `snug fix`: the pipeline, one step a line.
#include <fmt/format.h>

#include <memory>

#include "app/commands.hpp"
#include "app/fix_report.hpp"
#include "app/output.hpp"
#include "app/run.hpp"
#include "app/status.hpp"
#include "base/error.hpp"
#include "base/file_set.hpp"
#include "fix/editable.hpp"

namespace snug {
namespace {

/// Ends what a run before this one began, and says so.
void recover(FileSet& files, Events& events) {
  const auto recovery = files.recover();
  if (!recovery) return;
  events.tell(fmt::format("an earlier run was cut off; {} {} file{}",
                          recovery->finished ? "finished the edits of" : "took back the edits of",
                          recovery->files.size(), recovery->files.size() == 1 ? "" : "s"));
  for (const std::string& file : recovery->foreign) {
    events.tell(fmt::format("{} has changed since then and was left alone", file));
  }
}

/// The files below the root, ready to be replaced all or none; null if nothing is to be written.
std::unique_ptr<FileSet> open_files(bool writes, const std::string& root, Disk& disk,
                                    Events& events) {
  if (writes) {
    auto files = std::make_unique<FileSet>(root, disk);
    recover(*files, events);
    return files;
  }
  if (has_unfinished_set(root)) {
    throw Error(
        fmt::format("{}: an earlier 'snug fix' was cut off; run 'snug fix' without "
                    "--dry-run once, to end it",
                    root));
  }
  return nullptr;
}

}  // namespace

ExitStatus run_fix(const Options& options, Console& console) {
  (void)chosen_checks(options.check, false);  // what is misspelt is told before the scan
  Options all = options;
  all.project.all_units = true;
  Run run(all, options.arguments, console);
  // Where the sources of parts are is known when they are read.
  if (!run.session.project().parts.empty()) (void)run.session.model();
  const bool writes = !options.writing.dry_run && options.writing.replacements.empty();
  const std::string root = EditableFiles::behind_links(run.session.project().scan.root);
  RealDisk disk;
  const std::unique_ptr<FileSet> files = open_files(writes, root, disk, run.events);

  // Beyond this point only memory changes.
  const FixRun fixed = run.session.fix({options.check, options.safety, options.failing.keep_going});
  const ExitStatus units = run.finish(fixed.model);
  if (units != ExitStatus::Ok) {
    run.events.tell(
        "nothing was changed: units could not be read, and may use what would change (--keep-going "
        "fixes what they cannot use)");
    return units;
  }

  // Beyond this point everything has been compiled.
  if (!writes) write_edits(fixed, root, options, console);
  if (writes && !fixed.changes.empty()) files->replace(fixed.changes);
  const FixEnd end{writes, options.printing.verbose, run.session.project().scan.root,
                   console.current_folder};
  write_fix_report(fixed, end, writes ? console.out : console.err);
  return fix_status(fixed, options);
}

}  // namespace snug
