// `snug show`: the layout of types, drawn.
#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

#include "app/commands.hpp"
#include "app/output.hpp"
#include "app/run.hpp"
#include "app/show_layouts.hpp"
#include "app/status.hpp"
#include "base/error.hpp"
#include "session/check_selection.hpp"

namespace snug {
namespace {

using Words = std::vector<std::string>;

/// An argument that exists as a file, or looks like one, is no type.
bool names_file(const std::string& word) {
  constexpr std::array<std::string_view, 18> ends = {
      ".c",   ".cc",  ".cpp", ".cxx", ".c++", ".C", ".h",  ".hh",  ".hpp",
      ".hxx", ".h++", ".H",   ".ixx", ".cu",  ".m", ".mm", ".inl", ".snug"};
  std::error_code error;
  return std::any_of(ends.begin(), ends.end(),
                     [&](std::string_view end) { return word.ends_with(end); }) ||
         std::filesystem::exists(word, error);
}

struct Arguments {
  Words types, files;
};

Arguments split(const Words& words) {
  Arguments arguments;
  for (const std::string& word : words) {
    (names_file(word) ? arguments.files : arguments.types).push_back(word);
  }
  if (arguments.types.empty()) {
    throw Error("'snug show' needs the name of a type (for example: snug show Order -p build)");
  }
  return arguments;
}

/// The types on the target of the compile commands, each with its better order.
ExitStatus show_one_target(const Options& options, const Arguments& arguments, Console& console) {
  Run run(options, arguments.files, console);
  const Model& model = run.session.model();
  run.tell_units(model);
  const ExitStatus status = units_status(model, options);
  if (status == ExitStatus::Failed && model.records.empty()) {
    return status;  // the units have been named; no type can be found
  }
  const NamedRecords found =
      records_named(arguments.types, model, run.session.files(), console.current_folder);
  std::vector<Finding> findings = run.session.orders(options.check);
  keep_about(found.all, findings);
  const Proven proven = run.session.prove(std::move(findings), options.proof);
  tell_proof_problems(proven, run.session.project(), run.events);
  write_layouts(found, proven.run.findings, run);
  run.tell_timings(&proven.run);
  return status;
}

ExitStatus show_targets(const Options& options, const Arguments& arguments, Console& console) {
  if (options.printing.format == Format::Json) {
    throw Error("--targets has no JSON form; ask for one --target at a time");
  }
  std::vector<Model> models;
  ExitStatus status = ExitStatus::Ok;
  for (const std::string& target : options.targets) {
    Options for_target = options;
    for_target.project.meaning.target = target;
    Run run(for_target, arguments.files, console);
    if (!run.session.project().parts.empty()) {
      throw Error("parts (*.snug) were read for one target; --targets needs the sources");
    }
    models.push_back(run.session.model());
    status = std::max(status, run.finish(models.back()));
  }
  write_targets(arguments.types, models, options, console);
  return status;
}

}  // namespace

ExitStatus run_show(const Options& options, Console& console) {
  const Arguments arguments = split(options.arguments);
  validate_options(all_checks(), options.check.options);
  return options.targets.empty() ? show_one_target(options, arguments, console)
                                 : show_targets(options, arguments, console);
}

}  // namespace snug
