// Commands of a database that only write somewhere else than another one.
#pragma once

#include <cstddef>
#include <vector>

#include "scan/command/compile_database.hpp"

namespace snug {

/// Removes each command that compiles the same file with the same words in the same folder as one
/// before it, but for the names of what it writes (-o, -MF, -MT, -MQ, -MJ, /Fo). Broken ones stay.
/// Returns how many were removed. O(n log n) in the length of the commands.
std::size_t remove_same_commands(std::vector<CompileCommand>& commands);

}  // namespace snug
