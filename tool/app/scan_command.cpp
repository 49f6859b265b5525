// `snug scan`: read now, check later or elsewhere.
#include <algorithm>
#include <ostream>

#include "app/commands.hpp"
#include "app/output.hpp"
#include "app/run.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "report/report.hpp"
#include "session/project.hpp"
#include "session/version.hpp"

namespace snug {
namespace {

/// A name as make reads it.
std::string make_name(const std::string& path) {
  std::string name;
  for (const char c : path) {
    if (c == ' ' || c == '#' || c == '\\') name += '\\';
    if (c == '$') name += '$';
    name += c;
  }
  return name;
}

/// The files that the part was made from, as a rule. A file that is never there makes the next
/// build scan again where a unit could not be analysed.
std::string depfile_text(const std::string& part, const Model& model, const Project& project) {
  std::vector<std::string> inputs = inputs_of(model);
  if (!project.configuration.file.empty()) inputs.push_back(project.configuration.file);
  const bool failed = std::any_of(model.units.begin(), model.units.end(), [](const Unit& unit) {
    return unit.status != UnitStatus::Ok && unit.status != UnitStatus::Skipped;
  });
  if (failed) inputs.push_back(part + ".not-analysed");
  std::string text = make_name(part) + ":";
  for (const std::string& input : inputs) text += " \\\n  " + make_name(input);
  return text + "\n";
}

}  // namespace

ExitStatus run_scan(const Options& options, Console& console) {
  const bool readable = options.printing.format == Format::Json;
  if (options.printing.output.empty() && !readable) {
    throw Error("'snug scan' needs -o PART.snug, the file to write");
  }
  const std::string& depfile = options.writing.depfile;
  if (!depfile.empty() && (options.printing.output.empty() || options.printing.output == "-")) {
    throw Error("--depfile needs the name of the part: -o PART.snug, not -o -");
  }
  Run run(options, options.arguments, console);
  const Model& model = run.session.model();
  const Project& project = run.session.project();
  if (readable) {
    const Report report = {tool_info(), project.scan.root, &model, {}, "", nullptr, {}};
    write_output(options, console, [&](std::ostream& out) { write_json(report, out); });
  } else {
    write_as_is(options, console, run.session.part());
  }
  if (!depfile.empty()) {
    const std::string part = normal_path(options.printing.output, console.current_folder);
    write_file_atomically(normal_path(depfile, console.current_folder),
                          depfile_text(part, model, project));
  }
  const ExitStatus status = run.finish(model);
  const bool empty_shard = project.commands.empty() && project.parts.empty();
  return empty_shard || !depfile.empty() ? ExitStatus::Ok : status;
}

}  // namespace snug
