// Parsing one unit with libclang: flags that the front end does not know do not stop it.
// Only files in scan/ may include this.
#pragma once

#include <string>
#include <vector>

#include "base/files.hpp"
#include "scan/command/driver.hpp"
#include "scan/parse/clang.hpp"

namespace snug::clang {

struct Parsed {
  TranslationUnit unit;               ///< Null if the front end could not be started.
  std::vector<std::string> problems;  ///< Notes of the command, flags dropped, then errors.
  bool failed = false;                ///< An error in the code, or no unit.
};

/// Parses with `flags` (CXTranslationUnit_Flags). A flag without which the front end starts (an
/// unknown -march=, for example) is dropped and told. Errors are told as "file:line:column: text",
/// at most 20 of them. Texts of `files` that are not as on the disk are handed to the front end.
[[nodiscard]] Parsed parse(CXIndex index, const FrontEndCommand& command, unsigned flags,
                           const Files& files = disk_files());

/// True if the diagnostic says that the front end does not know a flag: it goes on without it.
[[nodiscard]] bool is_about_flag(CXDiagnostic diagnostic);

/// An index for a worker: a crash of the front end ends the process instead of being caught, so
/// that it is told as what it is. REQUIRES: called in a worker, or nothing else uses the index.
[[nodiscard]] Index worker_index();

}  // namespace snug::clang
