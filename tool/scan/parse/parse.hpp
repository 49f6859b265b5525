// Parsing one unit with libclang: flags that the front end does not know do not stop it.
// Only files in scan/ may include this.
#pragma once

#include <string>
#include <vector>

#include "base/files.hpp"
#include "scan/command/driver.hpp"
#include "scan/parse/clang.hpp"

namespace snug {
class HeldUnit;  // scan/parse/held_unit.hpp
}

namespace snug::clang {

/// Of a parse that layouts are read from: no bodies.
inline constexpr unsigned layout_flags =
    CXTranslationUnit_VisitImplicitAttributes | CXTranslationUnit_SkipFunctionBodies;

struct Parsed {
  TranslationUnit unit;               ///< Null if the front end could not be started.
  std::vector<std::string> problems;  ///< Notes of the command, flags dropped, then errors.
  bool failed = false;                ///< An error in the code, or no unit.
};

/// Parses with `flags` (CXTranslationUnit_Flags). A flag without which the front end starts (an
/// unknown -march=, for example) is dropped and told. Errors are told as "file:line:column: text",
/// at most 20 of them. Texts of `files` that are not as on the disk are handed to the front end.
/// `held`: null, or a unit that is used up if it was parsed with the same command; see there.
[[nodiscard]] Parsed parse(CXIndex index, const FrontEndCommand& command, unsigned flags,
                           const Files& files = disk_files(), HeldUnit* held = nullptr);

/// The command without what only messages need: the analyses behind -Wall and -Wthread-safety and
/// the search for names that were meant cost up to 5 % of a unit. Errors stay.
[[nodiscard]] FrontEndCommand without_warnings(FrontEndCommand command);

/// True if the diagnostic says that the front end does not know a flag: it goes on without it.
[[nodiscard]] bool is_about_flag(CXDiagnostic diagnostic);

/// An index for a worker: a crash of the front end ends the process instead of being caught, so
/// that it is told as what it is. REQUIRES: called in a worker, or nothing else uses the index.
[[nodiscard]] Index worker_index();

/// The same for units behind compiled headers: what these declare is no part of the unit's own.
[[nodiscard]] Index shared_headers_index();

/// The same for units with a compiled preamble, which stays in memory.
[[nodiscard]] Index preamble_index();

}  // namespace snug::clang
