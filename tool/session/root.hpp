// The project root: what lies below it is reported.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace snug {

/// Tells whether a file or folder exists.
using Exists = std::function<bool(const std::string& path)>;

/// What speaks for where a project lies. Paths are absolute and normal.
struct RootClues {
  std::vector<std::string> sources;
  std::vector<std::string> include_folders = {};  ///< Of -I and -iquote, not of -isystem.
  std::string build_folder = {};                  ///< That of the compile database; may be empty.
};

/// The nearest folder above the sources with .snug.toml or .git, else the deepest folder that holds
/// every source (most of them, if only / or a system folder holds all) and the project's own
/// include folders, never / or a system folder. Empty if there is no such folder. An include folder
/// is the project's own if it lies beside the sources, or where sources and build folder have their
/// place, but never because of a folder that holds everybody's files (a home folder, /tmp).
[[nodiscard]] std::string find_root(const RootClues& clues, const Exists& exists);

/// A folder of the operating system, or one that holds everybody's files.
[[nodiscard]] bool is_system_folder(const std::string& folder);

}  // namespace snug
