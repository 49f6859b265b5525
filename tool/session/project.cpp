#include "session/project.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>
#include <tuple>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/visible_text.hpp"
#include "scan/command/distinct_commands.hpp"
#include "scan/command/driver_flags.hpp"
#include "scan/command/recorded_commands.hpp"
#include "scan/command/select.hpp"
#include "scan/command/unit_sources.hpp"
#include "session/configure.hpp"
#include "session/no_database.hpp"
#include "session/parts.hpp"
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

/// Path of the database that -p names or that is found; empty if there is none.
std::string database_path(const ProjectSpec& spec, const Files& files) {
  if (!spec.build.empty()) {
    const std::string path = normal_path(spec.build, spec.current_folder);
    std::error_code error;
    const std::string database =
        fs::is_directory(path, error) ? path + "/compile_commands.json" : path;
    if (exists(database)) return database;
    if (auto recorded = recorded_commands_in(path)) return *recorded;
    throw Error(
        fmt::format("{}: there is no such file; -p needs the folder of "
                    "compile_commands.json\n{}",
                    database, no_database_text(path, files, exists)));
  }
  const std::string start = spec.files.empty()
                                ? spec.current_folder
                                : normal_path(spec.files.front(), spec.current_folder);
  return find_database(start).value_or("");
}

std::size_t count_below(const std::vector<std::string>& sources, const std::string& root) {
  return static_cast<std::size_t>(std::count_if(
      sources.begin(), sources.end(),
      [&](const std::string& source) { return root == "/" || source.starts_with(root + "/"); }));
}

/// The folder of --root: where the name is a link, the spelling that the sources have.
std::string named_root(const ProjectSpec& spec, const std::vector<std::string>& sources) {
  const std::string root = normal_path(spec.meaning.root, spec.current_folder);
  std::error_code error;
  if (!fs::is_directory(root, error)) {
    throw Error(fmt::format("--root {}: there is no such folder", root));
  }
  const std::string real = fs::canonical(root, error).string();
  return error || count_below(sources, root) >= count_below(sources, real) ? root : real;
}

std::string chosen_root(const ProjectSpec& spec, const RootClues& clues, Events& events) {
  if (!spec.meaning.root.empty()) return named_root(spec, clues.sources);
  const bool all_reported = spec.meaning.system_headers;
  const std::string root = find_root(clues, exists);
  if (root.empty()) {
    if (!all_reported && !clues.sources.empty()) {
      events.tell(
          "all sources are in system folders, so nothing of them is reported; --root DIR or "
          "--system-headers changes that");
    }
    return spec.current_folder;
  }
  const std::size_t outside = clues.sources.size() - count_below(clues.sources, root);
  if (outside != 0 && !all_reported) {
    events.tell(
        fmt::format("{} of {} sources are outside the project root {}; nothing of them is reported "
                    "(--root DIR chooses another root)",
                    outside, clues.sources.size(), root));
  }
  return root;
}

RootClues clues_of(const std::vector<CompileCommand>& commands) {
  RootClues clues;
  std::set<std::string> folders;
  for (const CompileCommand& command : commands) {
    if (command.broken.empty()) {
      std::vector<std::string> sources = sources_of_unit(command.file);
      clues.sources.insert(clues.sources.end(), std::make_move_iterator(sources.begin()),
                           std::make_move_iterator(sources.end()));
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

/// Takes the root, and finds the configuration above the sources.
void settle(Project& project, const RootClues& clues, const ProjectSpec& spec, std::string root) {
  project.scan.root = std::move(root);
  project.configuration = find_configuration(spec, clues.sources, *project.scan.files);
  project.scan.excludes = all_excludes(spec, project.configuration, project.scan.root);
  project.scan.known = std::make_shared<const KnownNames>(project.configuration.known);
}

std::vector<std::string> paths_of(const ProjectSpec& spec) {
  std::vector<std::string> paths;
  for (const std::string& file : spec.files) {
    paths.push_back(normal_path(file, spec.current_folder));
  }
  return paths;
}

/// The FILES as paths; throws Error that names each one that is missing.
std::vector<std::string> existing(const ProjectSpec& spec) {
  std::vector<std::string> paths = paths_of(spec);
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (!exists(paths[i])) {
      missing.push_back(fmt::format("{}: there is no such file", visible_text(spec.files[i])));
    }
  }
  if (!missing.empty()) {
    throw Error(fmt::format("{}", fmt::join(missing, "\n")));
  }
  return paths;
}

std::vector<std::string> sources_of(const std::vector<CompileCommand>& commands) {
  std::vector<std::string> sources;
  for (const CompileCommand& command : commands) sources.push_back(command.file);
  return sources;
}

void load_loose_files(Project& project, const ProjectSpec& spec, Events& events) {
  const std::vector<std::string> flags = spec.flags.value_or(std::vector<std::string>());
  project.scan.named_files = existing(spec);
  project.commands = commands_for_files(project.scan.named_files, flags, spec.current_folder);
  project.scope.sources = sources_of(project.commands);
  project.scope.only_files = project.scope.sources;
  const RootClues clues = clues_of(project.commands);
  settle(project, clues, spec, chosen_root(spec, clues, events));
}

void load_from_database(Project& project, const ProjectSpec& spec, DriverCache& cache,
                        Events& events) {
  CompileDatabase database = load_database(project.database);
  const std::size_t all = database.commands.size();
  if (const std::size_t same = remove_same_commands(database.commands); same != 0) {
    events.tell(fmt::format(
        "{} of {} compile commands repeat{} another one with other output files; each is read once",
        same, all, same == 1 ? "s" : ""));
  }
  RootClues clues = clues_of(database.commands);
  clues.build_folder = fs::path(database.path).parent_path().string();
  settle(project, clues, spec, chosen_root(spec, clues, events));
  project.scan.named_files = paths_of(spec);
  Selection selection = select_commands(database, project.scan.named_files, project.scan, cache);
  if (!spec.all_units) {
    project.commands = std::move(selection.commands);
    project.scan.only_headers = std::move(selection.headers);
    return;
  }
  project.commands = database.commands;
  project.scope.headers = std::move(selection.headers);
  const bool some = !spec.files.empty() && project.scope.headers.empty();
  if (some) project.scope.sources = sources_of(selection.commands);
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

void tell(const Project& project, Events& events) {
  if (!project.scan.root.empty()) {
    events.detail(fmt::format("root {}", project.scan.root));
  }
  if (!project.configuration.file.empty()) {
    events.detail(fmt::format("configuration {}", project.configuration.file));
  }
  if (!project.database.empty()) {
    events.detail(fmt::format("database {}", project.database));
  }
  for (const std::string& part : project.parts) {
    events.detail(fmt::format("part {}", part));
  }
  events.detail(fmt::format("{} compile command{}", project.commands.size(),
                            project.commands.size() == 1 ? "" : "s"));
}

/// Keeps the K-th of N parts of the commands, the same ones whatever the order of the database.
void keep_shard(Project& project, const Shard& shard) {
  if (shard.count == 1) return;
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

}  // namespace

Project load_project(const ProjectSpec& spec, const Files& files, DriverCache& cache,
                     Events& events) {
  Project project;
  project.current_folder = spec.current_folder;
  static_cast<ScanMeaning&>(project.scan) = spec.meaning;
  static_cast<ScanLimits&>(project.scan) = spec.limits;
  project.scan.files = &files;
  if (std::find(spec.files.begin(), spec.files.end(), "") != spec.files.end()) {
    throw Error("one of the FILES has an empty name");
  }
  const auto parts = std::count_if(spec.files.begin(), spec.files.end(), is_part);
  for (const std::string& file : spec.files) {
    if (!is_part(file)) project.named.push_back(normal_path(file, spec.current_folder));
  }
  if (parts != 0) {
    if (static_cast<std::size_t>(parts) != spec.files.size()) {
      throw Error(
          "parts (*.snug) and source files cannot be read in one run; scan the files first");
    }
    project.parts = existing(spec);
  } else if (spec.flags) {
    if (spec.files.empty()) {
      throw Error("flags after '--' need FILES before them");
    }
    load_loose_files(project, spec, events);
  } else if (project.database = database_path(spec, files); !project.database.empty()) {
    load_from_database(project, spec, cache, events);
  } else if (!spec.files.empty()) {
    load_loose_files(project, spec, events);
  } else {
    throw Error(no_database_text(spec.current_folder, files, exists));
  }
  keep_inputs(spec.outputs, spec.current_folder, inputs_of(project));
  tell(project, events);
  keep_shard(project, spec.shard);
  return project;
}

Model read_parts(Project& project, const ProjectSpec& spec, Events& events, Origins* origins) {
  const std::string named =
      spec.meaning.root.empty() ? "" : normal_path(spec.meaning.root, spec.current_folder);
  std::error_code error;
  if (!named.empty() && !fs::is_directory(named, error)) {
    throw Error(fmt::format("--root {}: there is no such folder", named));
  }
  JoinedParts parts = join_parts(project.parts, [&](const PartFacts& part) {
    std::string place = place_of(part, named, spec.current_folder, exists);
    if (place != part.root) {
      events.detail(fmt::format("scanned in {}, read in {}", part.root, place));
    }
    return place;
  });
  const RootClues clues = clues_of(parts.model);
  const bool as_scanned = named.empty() && !parts.root.empty();
  settle(project, clues, spec, as_scanned ? parts.root : chosen_root(spec, clues, events));
  const std::string known = project.scan.known->digest();
  if (std::any_of(parts.knowledge.begin(), parts.knowledge.end(),
                  [&](const std::string& other) { return other != known; })) {
    events.tell(
        "the parts were scanned with other [[known]] tables than .snug.toml has now, or by another "
        "snug; scan again for findings that depend on them");
  }
  if (origins != nullptr) *origins = std::move(parts.origins);
  return std::move(parts.model);
}

void keep_inputs(const std::vector<OutputFile>& outputs, const std::string& current_folder,
                 const std::vector<std::string>& inputs) {
  for (const OutputFile& output : outputs) {
    const std::string path = normal_path(output.name, current_folder);
    std::error_code error;
    if (!fs::is_regular_file(path, error)) continue;
    for (const std::string& input : inputs) {
      if (input != path && !fs::equivalent(input, path, error)) continue;
      throw Error(
          fmt::format("{} {}: this file is read by the run and is not overwritten; name "
                      "another one",
                      output.option, output.name));
    }
  }
}

std::vector<std::string> inputs_of(const Model& model) {
  std::vector<std::string> inputs;
  for (const auto& [path, hash] : model.file_hashes) inputs.push_back(path);
  return inputs;
}

}  // namespace snug
