// What the flags of a compile command mean to the front end.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scan/command/driver_options.hpp"

namespace snug {

/// A compile command, taken apart.
struct CommandFlags {
  std::string compiler;  ///< As the command names it, wrappers (ccache, ...) removed.
  CompilerKind kind = CompilerKind::Gcc;  ///< Whose command line it is: name or --driver-mode=.
  bool cxx = false;                       ///< The driver compiles .c files as C++.
  bool no_standard_includes = false;      ///< -nostdinc
  std::vector<std::string> kept;    ///< For the front end, in order; paths absolute, values joined.
  std::vector<std::string> query;   ///< Of them, those that change a compiler's implicit paths.
  std::vector<std::string> unsafe;  ///< -B and -specs=: they let the compiler run other programs.
  std::string language;             ///< Of -x, else empty. -x none is empty.
  std::string target;               ///< Of --target or -target, else empty.
  std::string standard;             ///< Of -std= or -ansi, else empty.
  std::vector<std::string> notes;   ///< Sentences: what was dropped and could matter.
  std::vector<std::string> sources;  ///< The C and C++ files among the inputs, absolute.
  std::string precompiled;  ///< The text that a precompiled header of -include-pch was made of.
};

/// Takes a command apart. REQUIRES: response files are expanded. Relative paths start at
/// `directory`. Outputs, dependency files, linking, inputs, -Werror and plugins are left out.
[[nodiscard]] CommandFlags take_apart(const std::vector<std::string>& arguments,
                                      const std::string& directory);

/// The folders that -I, -iquote and /I of a command name, absolute; no response file is read.
[[nodiscard]] std::vector<std::string> include_folders(const std::vector<std::string>& arguments,
                                                       const std::string& directory);

/// The -D flag that a value of GCC's --param stands for; empty for the many that define no macro.
[[nodiscard]] std::string macro_of_parameter(std::string_view value);

/// True if the flag can change how a type is laid out. Warnings, optimisation, debug information
/// and code generation cannot.
[[nodiscard]] bool changes_layout(std::string_view flag);

/// True for a flag that speaks of one processor family (-m64, -march=, -mfpu=): it has no meaning
/// for another target.
[[nodiscard]] bool is_machine_flag(std::string_view flag);

}  // namespace snug
