// Which units the FILES of a command line mean.
#pragma once

#include <string>
#include <vector>

#include "scan/command/compile_database.hpp"
#include "scan/parse/scan.hpp"

namespace snug {

struct Selection {
  std::vector<CompileCommand> commands;
  std::vector<std::string> headers;  ///< Absolute; for ScanOptions::only_headers.
};

/// Without files: every command of the database. A source file selects each of its commands, a
/// folder every unit below it, a header one unit that includes it (the likeliest by name and
/// folder, and only if the front end confirms it). Headers restrict the report, see
/// Selection::headers; they do so only if nothing but headers is asked for.
/// Throws Error for a file that does not exist or is in no unit, with "did you mean".
[[nodiscard]] Selection select_commands(const CompileDatabase& database,
                                        const std::vector<std::string>& files,
                                        const ScanOptions& options, DriverCache& cache);

}  // namespace snug
