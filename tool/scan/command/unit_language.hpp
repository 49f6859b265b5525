// The language that a command compiles a file as.
#pragma once

#include <string>

#include "scan/command/driver_flags.hpp"

namespace snug {

/// The language for the front end's -x; empty if the file is not C, C++ or Objective-C.
[[nodiscard]] std::string language_for(const std::string& file, const CommandFlags& flags);

}  // namespace snug
