// Which word of a command is the compiler.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace snug {

/// The index of the compiler behind launchers (ccache, distcc, env, nice, ...), their options and
/// their VAR=value settings. A launcher without a command behind it is taken for the compiler.
/// REQUIRES: the command is not empty.
[[nodiscard]] std::size_t compiler_word(const std::vector<std::string>& arguments);

}  // namespace snug
