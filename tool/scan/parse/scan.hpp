// From compile commands to one model: every unit is parsed in a worker process of its own.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "known/known.hpp"
#include "model/model.hpp"
#include "scan/command/compile_database.hpp"

namespace snug {

/// What changes the model of a unit, beside its command and the texts.
struct ScanMeaning {
  std::string root;                        ///< Records and code below it are reported. Absolute.
  std::vector<std::string> excludes;       ///< Globs relative to the root, or absolute.
  std::vector<std::string> named_files;    ///< Of the command line: reported wherever they lie.
  std::vector<std::string> only_headers;   ///< If not empty: report only what these files declare.
  std::vector<std::string> query_drivers;  ///< Globs of compilers that may be run.
  std::string target;                      ///< Triple; empty: what the command asks for.
  std::uint32_t cache_line = 0;            ///< Bytes; 0: the target's.
  bool system_headers = false;
  bool layout_only = false;
  /// What is known of libraries and of the project's own types. Never null.
  std::shared_ptr<const KnownNames> known = KnownNames::built_in();
};

class HeldUnit;        // scan/parse/held_unit.hpp
struct SharingReport;  // scan/shared/header_sharing.hpp

/// What bounds or speeds up the work and changes no model.
struct ScanLimits {
  unsigned jobs = 0;  ///< 0: all cores.
  /// Standard headers are read once for units that share them (scan/shared/header_sharing.hpp).
  bool share_headers = true;
  std::chrono::seconds timeout{0};    ///< Per unit; 0: none.
  std::uint64_t memory_limit_mb = 0;  ///< Per unit; 0: default_memory_limit() of workers.hpp.
  /// Null, or a preamble for a scan without bodies, whose result is not kept.
  HeldUnit* held = nullptr;
  SharingReport* sharing = nullptr;  ///< Null, or gets how units were read.
};

struct ScanOptions : ScanMeaning, ScanLimits {
  const Files* files = &disk_files();  ///< Where all text comes from. Never null.
};

/// How far a scan has come.
struct ScanProgress {
  std::size_t done = 0;   ///< Units, from 1 on.
  std::size_t kept = 0;   ///< Of these: models of another run. They all come first.
  std::size_t total = 0;  ///< Units.
};

/// Called in the parent after each unit.
using Progress = std::function<void(const ScanProgress& progress, const std::string& file)>;

/// Scans every command and merges. Units that fail are in the model with their reason; nothing is
/// thrown for them. The result does not depend on the order of the commands or on `jobs`.
[[nodiscard]] Model scan_all(const std::vector<CompileCommand>& commands,
                             const ScanOptions& options, const Progress& progress = {});

struct FrontEndCommand;  // scan/command/driver.hpp
class DriverCache;

/// The commands of the front end, sorted; those of one file with the same layout-relevant flags
/// count once.
[[nodiscard]] std::vector<FrontEndCommand> translate(const std::vector<CompileCommand>& commands,
                                                     const ScanOptions& options,
                                                     DriverCache& cache);

/// The same as scan_all() for commands that have been translated.
[[nodiscard]] Model scan_units(std::vector<FrontEndCommand> commands, const ScanOptions& options,
                               const Progress& progress = {});

/// Parses one unit in this process. Pure: the same command, options and files give the same model.
/// This is what the workers run; see clang::parse() of scan/parse/parse.hpp. Defined in unit.cpp.
[[nodiscard]] Model scan_unit(const FrontEndCommand& command, const ScanOptions& options);

/// The same for a command that has not been translated yet: adapt(), then the above. For tests.
/// Defined in scan.cpp.
[[nodiscard]] Model scan_unit(const CompileCommand& command, const ScanOptions& options);

/// The version of the front end that is loaded, "22.1.8".
[[nodiscard]] std::string front_end_version();

}  // namespace snug
