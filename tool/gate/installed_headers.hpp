// Which files of a project its build installs: those are offered to others.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "base/files.hpp"

namespace snug {

/// Absolute, lexically normal paths.
struct InstalledFiles {
  std::set<std::string> files;
  std::set<std::string> folders;  ///< With everything below. Without a slash at the end.

  [[nodiscard]] bool contains(const std::string& file) const;
};

/// Reads what CMake (cmake_install.cmake and the scripts that it includes) or Meson
/// (meson-info/intro-installed.json) wrote into a build folder. Empty where there is nothing that
/// can be read: an install rule may be wrong, but is no reason to stop. O(text).
[[nodiscard]] InstalledFiles installed_files(const std::string& build_folder, const Files& files);

/// The paths that `file(INSTALL ...)` commands of a CMake script name, and the scripts that it
/// includes.
struct InstallScript {
  InstalledFiles installed;
  std::set<std::string> includes;
};
[[nodiscard]] InstallScript read_install_script(std::string_view text);

}  // namespace snug
