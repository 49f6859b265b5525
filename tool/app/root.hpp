// The project root: what lies below it is reported.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace snug {

/// Tells whether a file or folder exists.
using Exists = std::function<bool(const std::string& path)>;

/// The nearest folder above the sources with .snug.toml or .git, else the deepest folder that holds
/// every source (most of them, if only / or a system folder holds all), never / or a system folder.
/// Empty if there is no such folder. Paths are absolute and normal.
[[nodiscard]] std::string find_root(const std::vector<std::string>& sources, const Exists& exists);

/// A folder of the operating system, or one that holds everybody's files.
[[nodiscard]] bool is_system_folder(const std::string& folder);

}  // namespace snug
