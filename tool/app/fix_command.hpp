// The command that applies what a report suggests.
#pragma once

#include <string>

#include "app/options.hpp"

namespace snug {

/// `snug fix` with the FILES, database, configuration and flags of a run of `snug check`, quoted
/// for a shell. Empty where `fix` cannot do it: for parts, which carry no sources.
[[nodiscard]] std::string fix_command(const Options& options);

}  // namespace snug
