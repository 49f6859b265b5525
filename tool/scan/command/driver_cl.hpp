// The command line of cl.exe and clang-cl.
#pragma once

#include <string>
#include <vector>

#include "scan/command/driver_flags.hpp"

namespace snug {

/// Reads the words behind the compiler into `flags`: `kept` is for the front end in its cl mode,
/// values joined, paths absolute. Outputs, linking and precompiled headers (their text is in the
/// code) are left out; whatever is not known here is kept, and the front end says what it ignores.
void read_cl(const std::vector<std::string>& words, const std::string& directory,
             CommandFlags& flags);

}  // namespace snug
