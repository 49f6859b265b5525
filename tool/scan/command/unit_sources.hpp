// The sources that a project's people wrote, behind those that a build system makes of them.
#pragma once

#include <string>
#include <vector>

namespace snug {

/// What a unit of a database stands for: the files that a source of a unity build includes, none
/// for the empty source with which CMake compiles a precompiled header, else the file itself.
/// Reads only files whose names say that a build system made them.
[[nodiscard]] std::vector<std::string> sources_of_unit(const std::string& file);

}  // namespace snug
