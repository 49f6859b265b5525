#include "app/project.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <tuple>

#include "app/configure.hpp"
#include "app/output.hpp"
#include "app/progress.hpp"
#include "app/root.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "model/merge.hpp"
#include "scan/model_file.hpp"
#include "scan/select.hpp"

namespace snug {
namespace {

namespace fs = std::filesystem;

bool exists(const std::string& path) {
  std::error_code error;
  return fs::exists(path, error);
}

bool is_part(const std::string& file) {
  return file.ends_with(".snug");
}

ScanOptions scan_options(const Options& options) {
  ScanOptions scan;
  scan.query_drivers = options.query_drivers;
  scan.target = options.target;
  scan.cache_line = options.cache_line;
  scan.system_headers = options.system_headers;
  scan.layout_only = options.layout_only;
  scan.jobs = options.jobs;
  scan.timeout = options.timeout;
  scan.memory_limit_mb = options.memory_limit_mb;
  return scan;
}

/// Path of the database that -p names or that is found; empty if there is none.
std::string database_path(const Options& options, const std::vector<std::string>& files,
                          const Console& console) {
  if (!options.build.empty()) {
    const std::string path = normal_path(options.build, console.current_folder);
    std::error_code error;
    const std::string database =
        fs::is_directory(path, error) ? path + "/compile_commands.json" : path;
    if (!exists(database)) {
      throw Error(
          fmt::format("{}: there is no such file; -p needs the folder of "
                      "compile_commands.json (CMake writes it with "
                      "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON)",
                      database));
    }
    return database;
  }
  const std::string start =
      files.empty() ? console.current_folder : normal_path(files.front(), console.current_folder);
  return find_database(start).value_or("");
}

std::string chosen_root(const Options& options, const std::vector<std::string>& sources,
                        Console& console) {
  if (!options.root.empty()) {
    const std::string root = normal_path(options.root, console.current_folder);
    std::error_code error;
    if (!fs::is_directory(root, error)) {
      throw Error(fmt::format("--root {}: there is no such folder", root));
    }
    return root;
  }
  const std::string root = find_root(sources, exists);
  if (!root.empty()) {
    return root;
  }
  if (!options.system_headers) {
    fmt::print(
        console.err,
        "snug: all sources lie in system folders, so nothing of them is reported; --root DIR "
        "or --system-headers changes that\n");
  }
  return console.current_folder;
}

std::vector<std::string> sources_of(const std::vector<CompileCommand>& commands) {
  std::vector<std::string> sources;
  for (const CompileCommand& command : commands) {
    sources.push_back(command.file);
  }
  return sources;
}

std::vector<std::string> sources_of(const Model& model) {
  std::vector<std::string> sources;
  for (const Unit& unit : model.units) {
    sources.push_back(unit.file);
  }
  return sources;
}

/// Finds the root and the configuration above the sources.
void settle(Project& project, const Options& options, const std::vector<std::string>& sources,
            Console& console) {
  project.scan.root = chosen_root(options, sources, console);
  project.configuration = find_configuration(options, sources, console);
  project.scan.excludes = all_excludes(options, project.configuration, project.scan.root);
}

/// The files as paths; throws Error for the first that is missing.
std::vector<std::string> existing(const std::vector<std::string>& files, const Console& console) {
  std::vector<std::string> paths;
  for (const std::string& file : files) {
    paths.push_back(normal_path(file, console.current_folder));
    if (!exists(paths.back())) {
      throw Error(fmt::format("{}: there is no such file", file));
    }
  }
  return paths;
}

void load_loose_files(Project& project, const Options& options,
                      const std::vector<std::string>& files, Console& console) {
  const std::vector<std::string> flags = options.flags.value_or(std::vector<std::string>());
  project.commands = commands_for_files(existing(files, console), flags, console.current_folder);
  settle(project, options, sources_of(project.commands), console);
}

void load_from_database(Project& project, const Options& options,
                        const std::vector<std::string>& files, Console& console) {
  const CompileDatabase database = load_database(project.database);
  settle(project, options, sources_of(database.commands), console);
  std::vector<std::string> paths;
  for (const std::string& file : files) {
    paths.push_back(normal_path(file, console.current_folder));
  }
  Selection selection = select_commands(database, paths, project.scan);
  project.commands = std::move(selection.commands);
  project.scan.only_headers = std::move(selection.headers);
}

[[noreturn]] void nothing_to_read(const Console& console) {
  throw Error(fmt::format(
      "no compile_commands.json in {}, above it or in build*/ there; name its folder with -p DIR "
      "(CMake writes it with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON), or name FILES and flags: snug "
      "... FILE -- FLAGS",
      console.current_folder));
}

/// Every file of the command line and the database that the run reads.
std::vector<std::string> inputs_of(const Project& project) {
  std::vector<std::string> inputs = project.parts;
  for (const CompileCommand& command : project.commands) inputs.push_back(command.file);
  for (const std::string* one : {&project.database, &project.configuration.file}) {
    if (!one->empty()) inputs.push_back(*one);
  }
  return inputs;
}

/// The files of the project that the units read.
std::vector<std::string> inputs_of(const Model& model) {
  std::vector<std::string> inputs;
  for (const auto& [path, hash] : model.file_hashes) inputs.push_back(path);
  return inputs;
}

Model read_parts(const std::vector<std::string>& parts) {
  Merger merger;
  for (const std::string& part : parts) {
    merger.add(model_from_bytes(read_file(part), part));
  }
  return merger.finish();
}

void tell(const Project& project, Console& console) {
  if (!project.scan.root.empty()) {
    fmt::print(console.err, "snug: root {}\n", project.scan.root);
  }
  if (!project.configuration.file.empty()) {
    fmt::print(console.err, "snug: configuration {}\n", project.configuration.file);
  }
  if (!project.database.empty()) {
    fmt::print(console.err, "snug: database {}\n", project.database);
  }
  for (const std::string& part : project.parts) {
    fmt::print(console.err, "snug: part {}\n", part);
  }
  fmt::print(console.err, "snug: {} compile command{}\n", project.commands.size(),
             project.commands.size() == 1 ? "" : "s");
}

}  // namespace

Project load_project(const Options& options, const std::vector<std::string>& files,
                     Console& console) {
  Project project;
  project.scan = scan_options(options);
  if (std::find(files.begin(), files.end(), "") != files.end()) {
    throw Error("one of the FILES has an empty name");
  }
  const auto parts = std::count_if(files.begin(), files.end(), is_part);
  if (parts != 0) {
    if (static_cast<std::size_t>(parts) != files.size()) {
      throw Error(
          "parts (*.snug) and source files cannot be read in one run; scan the files first");
    }
    project.parts = existing(files, console);
  } else if (options.flags) {
    if (files.empty()) {
      throw Error("flags after '--' need FILES before them");
    }
    load_loose_files(project, options, files, console);
  } else if (project.database = database_path(options, files, console); !project.database.empty()) {
    load_from_database(project, options, files, console);
  } else if (!files.empty()) {
    load_loose_files(project, options, files, console);
  } else {
    nothing_to_read(console);
  }
  keep_inputs(options, console, inputs_of(project));
  if (options.verbose) {
    tell(project, console);
  }
  return project;
}

Model read_model(Project& project, const Options& options, Console& console, Stopwatch& stopwatch) {
  if (!project.parts.empty()) {
    Model model = read_parts(project.parts);
    settle(project, options, sources_of(model), console);
    keep_inputs(options, console, inputs_of(model));
    stopwatch.lap("read");
    return model;
  }
  ProgressLine line(console.err, shows_progress(options, console), console.width, "scanning");
  Model model = scan_all(project.commands, project.scan,
                         [&](std::size_t done, std::size_t total, const std::string& file) {
                           line.update(done, total, file);
                         });
  keep_inputs(options, console, inputs_of(model));
  stopwatch.lap("scan");
  return model;
}

void keep_shard(Project& project, const Shard& shard) {
  const auto order = [](const CompileCommand& a, const CompileCommand& b) {
    return std::tie(a.file, a.directory, a.arguments) < std::tie(b.file, b.directory, b.arguments);
  };
  std::sort(project.commands.begin(), project.commands.end(), order);
  std::vector<CompileCommand> kept;
  for (std::size_t i = shard.index - 1; i < project.commands.size(); i += shard.count) {
    kept.push_back(std::move(project.commands[i]));
  }
  project.commands = std::move(kept);
}

}  // namespace snug
