// What is to be read: compile commands, or models that were read before.
#pragma once

#include <string>
#include <vector>

#include "base/files.hpp"
#include "gate/configuration/configuration.hpp"
#include "model/model.hpp"
#include "model/origins.hpp"
#include "scan/command/compile_database.hpp"
#include "scan/command/driver.hpp"
#include "scan/parse/scan.hpp"
#include "session/events.hpp"
#include "session/plans.hpp"

namespace snug {

/// Which findings `fix` is asked for.
struct FixScope {
  std::vector<std::string> sources;  ///< Empty with `headers`: all. Main files of units.
  std::vector<std::string> headers;
  /// Not empty: only these files may be changed, since other units were not read.
  std::vector<std::string> only_files;
};

struct Project {
  std::string current_folder;  ///< Absolute.
  std::string database;        ///< Path; empty without one.
  std::vector<CompileCommand> commands;
  std::vector<std::string> named;  ///< FILES of the command line that are sources, absolute.
  std::vector<std::string> parts;  ///< Model files to read instead of scanning.
  FixScope scope;                  ///< What FILES choose; with ProjectSpec::all_units.
  ScanOptions scan;
  Configuration configuration;  ///< Of parts: empty until they are read.
};

/// Finds commands and root for the FILES. Throws Error if there is nothing to read, or if the run
/// is to write one of its inputs. REQUIRES: the files outlive the project.
[[nodiscard]] Project load_project(const ProjectSpec& spec, const Files& files, DriverCache& cache,
                                   Events& events);

/// Reads and merges the parts where their sources are now; root and configuration are known
/// afterwards. `origins`: null, or gets those of the model.
[[nodiscard]] Model read_parts(Project& project, const ProjectSpec& spec, Events& events,
                               Origins* origins = nullptr);

/// Throws Error if a file that the run is to write is one of its inputs, under whatever name.
void keep_inputs(const std::vector<OutputFile>& outputs, const std::string& current_folder,
                 const std::vector<std::string>& inputs);

/// The files of the project that the units read.
[[nodiscard]] std::vector<std::string> inputs_of(const Model& model);

}  // namespace snug
