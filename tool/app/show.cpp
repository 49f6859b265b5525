// `snug show`: the layout of types, drawn.
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <ostream>
#include <string>

#include "app/commands.hpp"
#include "app/output.hpp"
#include "base/error.hpp"
#include "gate/interfaces.hpp"
#include "report/draw.hpp"
#include "report/report.hpp"
#include "session/better_order.hpp"
#include "session/check_selection.hpp"
#include "session/configure.hpp"
#include "session/gates.hpp"
#include "session/project.hpp"
#include "session/proving.hpp"
#include "session/status.hpp"
#include "session/type_match.hpp"
#include "session/version.hpp"

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

DrawOptions draw_options(const Options& options, const Console& console) {
  return {color_on_output(options, console), console.width, console.current_folder};
}

/// The records that a type names, or an Error that tells what else there is.
std::vector<const Record*> records_named(const std::string& type, const Model& model) {
  std::vector<const Record*> records = matching_records(type, model);
  if (records.empty()) {
    throw Error(fmt::format("no record is named '{}'{} ('snug list' names those of the project)",
                            type, type_hint(type, model)));
  }
  return records;
}

/// Findings about these records with their fixes proven.
std::vector<Finding> proven_orders(const std::vector<const Record*>& records, const Model& model,
                                   const Project& project, const Options& options,
                                   const Files& files, Console& console) {
  std::vector<Finding> findings =
      padding_findings(model, files, options.check_options, project.configuration.thread_entries);
  const auto shrinks = [&](const Finding& finding) {
    return std::any_of(records.begin(), records.end(), [&](const Record* record) {
      return shrinking_fix(*record, std::span(&finding, 1)) != nullptr;
    });
  };
  const auto concerns = [&](const Finding& finding) {
    return std::any_of(records.begin(), records.end(), [&](const Record* record) {
      return finding.where == record->where || shrinks(finding);
    });
  };
  std::erase_if(findings, [&](const Finding& finding) { return !concerns(finding); });
  Proven proven = prove(std::move(findings), model, project, options);
  tell_proof_problems(proven, project, console);
  std::erase_if(proven.run.findings, [&](const Finding& finding) { return !shrinks(finding); });
  return std::move(proven.run.findings);
}

void draw_type(const std::string& type, const std::vector<const Record*>& records,
               const Model& model, std::span<const Finding> findings, const DrawOptions& draw,
               std::ostream& out) {
  if (records.size() > 1) {
    fmt::print(out, "'{}' names {} records; ask for one of them:\n\n", type, records.size());
    draw_matches(records, draw, out);
    return;
  }
  const Record& record = *records.front();
  const SuggestedFix* fix = shrinking_fix(record, findings);
  const std::optional<Record> moved =
      fix != nullptr ? reordered(record, model, fix->promise.order) : std::nullopt;
  const BetterOrder better = {moved.value_or(Record()), fix};
  draw_record(record, model, moved ? &better : nullptr, draw, out);
}

/// A report of these records alone, for other programs.
void write_records(const std::vector<const Record*>& records, const Model& model,
                   std::vector<Finding> findings, const Project& project, std::ostream& out) {
  Model only;
  only.abi = model.abi;
  only.units = model.units;
  only.file_hashes = model.file_hashes;
  for (const Record* record : records) {
    only.records.push_back(*record);
    only.records.back().reported = true;
  }
  std::sort(only.records.begin(), only.records.end(),
            [](const Record& a, const Record& b) { return a.id < b.id; });
  const auto same = [](const Record& a, const Record& b) { return a.id == b.id; };
  only.records.erase(std::unique(only.records.begin(), only.records.end(), same),
                     only.records.end());
  write_json({tool_info(), project.scan.root, &only, std::move(findings), "", nullptr, {}}, out);
}

/// Names the units that could not be analysed.
void tell_units(const Model& model, const Project& project, const Options& options,
                Console& console) {
  const Report report = {
      tool_info(), project.scan.root, &model, {}, console.current_folder, nullptr, {}};
  write_unit_problems(report, color_on_errors(options, console), console.err);
}

/// The types on the target of the compile commands, each with its better order.
ExitStatus show_one_target(const Options& asked, const Arguments& arguments, Console& console) {
  Stopwatch stopwatch;
  Project project = load_project(asked, arguments.files, console);
  Model model = read_model(project, asked, console, stopwatch);
  const Options options = settled(asked, project.configuration);
  tell_units(model, project, options, console);
  const ExitStatus status = units_status(model, options);
  if (status == ExitStatus::Failed && model.records.empty()) {
    return status;  // the units have been named; no type can be found
  }
  std::vector<std::vector<const Record*>> found;
  std::vector<const Record*> all;
  for (const std::string& type : arguments.types) {
    found.push_back(records_named(type, model));
    all.insert(all.end(), found.back().begin(), found.back().end());
  }
  const DiskFiles files;
  read_rules(model, project, files);
  std::vector<Finding> findings = proven_orders(all, model, project, options, files, console);
  respect_others(model, project, findings);
  stopwatch.lap("prove");
  write_output(options, console, [&](std::ostream& out) {
    if (options.format == Format::Json) {
      return write_records(all, model, findings, project, out);
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
      out << (i == 0 ? "" : "\n");
      draw_type(arguments.types[i], found[i], model, findings, draw_options(options, console), out);
    }
  });
  if (options.timings) {
    stopwatch.print(console.err);
  }
  return status;
}

/// The record that a type names on a target: the only match, or the one with the same name as on
/// the first target. Null if there is none.
const Record* record_on(const std::string& type, const Model& model, std::string& name) {
  const std::vector<const Record*> records = matching_records(name.empty() ? type : name, model);
  if (records.empty()) {
    return nullptr;
  }
  if (records.size() > 1) {
    std::vector<std::string> names;
    for (const Record* record : records) {
      names.push_back(record->name);
    }
    throw Error(fmt::format("'{}' names {} records ({}); --targets needs one", type, records.size(),
                            fmt::join(names, ", ")));
  }
  name = records.front()->name;
  return records.front();
}

ExitStatus show_targets(const Options& options, const Arguments& arguments, Console& console) {
  if (options.format == Format::Json) {
    throw Error("--targets has no JSON form; ask for one --target at a time");
  }
  Stopwatch stopwatch;
  std::vector<Model> models;
  ExitStatus status = ExitStatus::Ok;
  for (const std::string& target : options.targets) {
    Options for_target = options;
    for_target.target = target;
    Project project = load_project(for_target, arguments.files, console);
    if (!project.parts.empty()) {
      throw Error("parts (*.snug) were read for one target; --targets needs the sources");
    }
    models.push_back(read_model(project, for_target, console, stopwatch));
    tell_units(models.back(), project, options, console);
    status = std::max(status, units_status(models.back(), options));
  }
  write_output(options, console, [&](std::ostream& out) {
    for (std::size_t i = 0; i < arguments.types.size(); ++i) {
      std::vector<TargetLayout> layouts;
      std::string name;
      for (const Model& model : models) {
        layouts.push_back({&model, record_on(arguments.types[i], model, name)});
      }
      if (name.empty()) {
        throw Error(fmt::format("no record is named '{}' on any of the targets{}",
                                arguments.types[i], type_hint(arguments.types[i], models.front())));
      }
      out << (i == 0 ? "" : "\n");
      draw_targets(layouts, draw_options(options, console), out);
    }
  });
  return status;
}

}  // namespace

ExitStatus run_show(const Options& options, Console& console) {
  const Arguments arguments = split(options.arguments);
  validate_options(all_checks(), options.check_options);
  check_output(options, console);
  return options.targets.empty() ? show_one_target(options, arguments, console)
                                 : show_targets(options, arguments, console);
}

}  // namespace snug
