// The folder that a unit is parsed in.
#pragma once

#include <filesystem>
#include <string>

namespace snug {

/// Relative names in the unit start at its folder. REQUIRES: no other thread opens files.
class InDirectory {
 public:
  explicit InDirectory(const std::string& directory) {
    std::error_code error;
    before_ = std::filesystem::current_path(error);
    std::filesystem::current_path(directory, error);
  }
  InDirectory(const InDirectory&) = delete;
  InDirectory& operator=(const InDirectory&) = delete;
  ~InDirectory() {
    std::error_code ignored;
    std::filesystem::current_path(before_, ignored);
  }

 private:
  std::filesystem::path before_;
};

}  // namespace snug
