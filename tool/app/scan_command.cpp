// `snug scan`: read now, check later or elsewhere.
#include "app/commands.hpp"
#include "app/output.hpp"
#include "app/run.hpp"
#include "base/error.hpp"

namespace snug {

ExitStatus run_scan(const Options& options, Console& console) {
  if (options.printing.output.empty()) {
    throw Error("'snug scan' needs -o PART.snug, the file to write");
  }
  Run run(options, options.arguments, console);
  const Model& model = run.session.model();
  write_as_is(options, console, run.session.part());
  const ExitStatus status = run.finish(model);
  const Project& project = run.session.project();
  const bool empty_shard = project.commands.empty() && project.parts.empty();
  return empty_shard ? ExitStatus::Ok : status;
}

}  // namespace snug
