// Asking a compiler for what it does not write into the database: target, default language
// standard, implicit include paths.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scan/command/driver.hpp"
#include "scan/command/driver_options.hpp"

namespace snug {

/// What the name of a compiler tells: "/opt/x/aarch64-linux-gnu-g++-12".
struct CompilerName {
  CompilerKind kind = CompilerKind::Gcc;
  bool cxx = false;  ///< Compiles .c files as C++.
  bool ordinary =
      false;           ///< cc, c++, gcc, g++, clang, clang++ with a target before or version after.
  std::string target;  ///< The prefix, or empty.
};
[[nodiscard]] CompilerName compiler_name(const std::string& path);

/// The named compiler if it may run: an ordinary name in a system folder, or a match of one of the
/// globs (a matching path, or a matching bare name). Else the nearest of its kind that may.
[[nodiscard]] ChosenCompiler choose_compiler(const std::string& named, const std::string& directory,
                                             const std::vector<std::string>& globs);

/// Asks. `language` is "c" or "c++". Flags that the compiler does not know are left out in a second
/// try. Never throws.
[[nodiscard]] DriverFacts ask_compiler(const std::string& path, const std::string& language,
                                       const std::vector<std::string>& flags, Runner& runner);

/// Reads the two streams of `-E -v -dM`. For tests, and for ask_compiler.
[[nodiscard]] DriverFacts read_answer(const std::string& macros, const std::string& messages);

}  // namespace snug
