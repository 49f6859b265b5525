// Runs the snug that was just built, as a user does, on files in a folder of the test's own.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/process.hpp"

namespace snug::test {

/// A new folder that is removed at the end.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  [[nodiscard]] std::string path(std::string_view name = "") const;
  /// Writes a file, with its folders; returns its path.
  std::string write(std::string_view name, std::string_view text) const;
  [[nodiscard]] std::string read(std::string_view name) const;
  /// Writes compile_commands.json for these files with these flags.
  void write_database(const std::vector<std::string>& files,
                      const std::vector<std::string>& flags = {"-std=c++20"}) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace snug::test
