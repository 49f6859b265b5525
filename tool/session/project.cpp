#include "session/project.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <ostream>
#include <set>
#include <tuple>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/visible_text.hpp"
#include "model/merge.hpp"
#include "scan/driver_flags.hpp"
#include "scan/model_file.hpp"
#include "scan/select.hpp"
#include "session/configure.hpp"
#include "session/outputs.hpp"
#include "session/progress.hpp"
#include "session/root.hpp"

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

std::size_t count_below(const std::vector<std::string>& sources, const std::string& root) {
  return static_cast<std::size_t>(std::count_if(
      sources.begin(), sources.end(),
      [&](const std::string& source) { return root == "/" || source.starts_with(root + "/"); }));
}

/// The folder of --root: where the name is a link, the spelling that the sources have.
std::string named_root(const Options& options, const std::vector<std::string>& sources,
                       const Console& console) {
  const std::string root = normal_path(options.root, console.current_folder);
  std::error_code error;
  if (!fs::is_directory(root, error)) {
    throw Error(fmt::format("--root {}: there is no such folder", root));
  }
  const std::string real = fs::canonical(root, error).string();
  return error || count_below(sources, root) >= count_below(sources, real) ? root : real;
}

std::string chosen_root(const Options& options, const RootClues& clues, Console& console) {
  if (!options.root.empty()) {
    return named_root(options, clues.sources, console);
  }
  const std::string root = find_root(clues, exists);
  if (root.empty()) {
    if (!options.system_headers && !clues.sources.empty()) {
      fmt::print(console.err,
                 "snug: all sources lie in system folders, so nothing of them is reported; --root "
                 "DIR or --system-headers changes that\n");
    }
    return console.current_folder;
  }
  const std::size_t outside = clues.sources.size() - count_below(clues.sources, root);
  if (outside != 0 && !options.system_headers) {
    fmt::print(console.err,
               "snug: {} of {} sources are outside the project root {}; nothing of them is "
               "reported (--root DIR chooses another root)\n",
               outside, clues.sources.size(), root);
  }
  return root;
}

RootClues clues_of(const std::vector<CompileCommand>& commands) {
  RootClues clues;
  std::set<std::string> folders;
  for (const CompileCommand& command : commands) {
    if (command.broken.empty()) {
      clues.sources.push_back(command.file);
      std::vector<std::string> named = include_folders(command.arguments, command.directory);
      folders.insert(std::make_move_iterator(named.begin()), std::make_move_iterator(named.end()));
    }
  }
  clues.include_folders.assign(folders.begin(), folders.end());
  return clues;
}

RootClues clues_of(const Model& model) {
  RootClues clues;
  for (const Unit& unit : model.units) {
    clues.sources.push_back(unit.file);
  }
  return clues;
}

/// Finds the root and the configuration above the sources.
void settle(Project& project, const Options& options, const RootClues& clues, Console& console) {
  project.scan.root = chosen_root(options, clues, console);
  project.configuration = find_configuration(options, clues.sources, console);
  project.scan.excludes = all_excludes(options, project.configuration, project.scan.root);
}

/// The files as paths; throws Error that names each one that is missing.
std::vector<std::string> existing(const std::vector<std::string>& files, const Console& console) {
  std::vector<std::string> paths;
  std::vector<std::string> missing;
  for (const std::string& file : files) {
    paths.push_back(normal_path(file, console.current_folder));
    if (!exists(paths.back())) {
      missing.push_back(fmt::format("{}: there is no such file", visible_text(file)));
    }
  }
  if (!missing.empty()) {
    throw Error(fmt::format("{}", fmt::join(missing, "\n")));
  }
  return paths;
}

void load_loose_files(Project& project, const Options& options,
                      const std::vector<std::string>& files, Console& console) {
  const std::vector<std::string> flags = options.flags.value_or(std::vector<std::string>());
  project.scan.named_files = existing(files, console);
  project.commands = commands_for_files(project.scan.named_files, flags, console.current_folder);
  settle(project, options, clues_of(project.commands), console);
}

void load_from_database(Project& project, const Options& options,
                        const std::vector<std::string>& files, Console& console) {
  const CompileDatabase database = load_database(project.database);
  RootClues clues = clues_of(database.commands);
  clues.build_folder = fs::path(database.path).parent_path().string();
  settle(project, options, clues, console);
  std::vector<std::string> paths;
  for (const std::string& file : files) {
    paths.push_back(normal_path(file, console.current_folder));
  }
  project.scan.named_files = paths;
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
  for (const std::string& file : files) {
    if (!is_part(file)) project.named.push_back(normal_path(file, console.current_folder));
  }
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
    settle(project, options, clues_of(model), console);
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
