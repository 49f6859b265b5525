// Completion scripts for shells, made from the tables of commands, options and checks.
#pragma once

#include <string>
#include <string_view>

namespace snug {

/// The script for bash, zsh or fish. Throws Error for any other shell.
[[nodiscard]] std::string completions(std::string_view shell);

}  // namespace snug
