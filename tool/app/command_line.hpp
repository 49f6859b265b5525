// From the words of the command line to Options.
#pragma once

#include <string>
#include <vector>

#include "app/commands.hpp"

namespace snug {

/// Parses what follows `snug COMMAND`. Throws Error, with "did you mean" for unknown options.
[[nodiscard]] Options parse_options(const Command& command, std::vector<std::string> words);

/// Runs the program: words are argv without the program's name. Throws Error for anything that
/// cannot be done.
ExitStatus run(const std::vector<std::string>& words, Console& console);

}  // namespace snug
