// What is to be read: compile commands, or models that were read before.
#pragma once

#include <string>
#include <vector>

#include "gate/configuration.hpp"
#include "model/model.hpp"
#include "scan/compile_database.hpp"
#include "scan/scan.hpp"
#include "session/console.hpp"
#include "session/options.hpp"
#include "session/stopwatch.hpp"

namespace snug {

struct Project {
  std::string database;  ///< Path; empty without one.
  std::vector<CompileCommand> commands;
  std::vector<std::string> named;  ///< FILES of the command line that are sources, absolute.
  std::vector<std::string> parts;  ///< Model files to read instead of scanning.
  ScanOptions scan;
  Configuration configuration;  ///< Of parts: empty until they are read.
};

/// Finds commands and root for the files of the command line. Throws Error if there is nothing to
/// read.
[[nodiscard]] Project load_project(const Options& options, const std::vector<std::string>& files,
                                   Console& console);

/// Scans the commands in workers, or reads the parts, and merges. The root of parts is found from
/// the units that they hold.
[[nodiscard]] Model read_model(Project& project, const Options& options, Console& console,
                               Stopwatch& stopwatch);

/// Keeps the K-th of N parts of the commands, the same ones whatever the order of the database.
void keep_shard(Project& project, const Shard& shard);

}  // namespace snug
