// The lines that changed since a revision of git.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/source.hpp"

namespace snug {

/// Lines of a file as it is now, from 1, both ends included. Where lines were taken away between
/// the lines n and n + 1, `first` is n + 1 and `last` is n.
struct LineRange {
  std::uint32_t first = 1;
  std::uint32_t last = 1;
  bool operator==(const LineRange&) const = default;
};

class ChangedLines {
 public:
  void add(const std::string& file, LineRange lines) { files_[file].push_back(lines); }
  /// Every line of the file.
  void add_whole(const std::string& file);

  /// True if a line from `first` to `last` changed, or lines between them were taken away.
  [[nodiscard]] bool touch(const std::string& file, std::uint32_t first, std::uint32_t last) const;
  /// The same for a place in the source; for one without an end, its line.
  [[nodiscard]] bool touch(const SourceRange& where) const;

  [[nodiscard]] const std::map<std::string, std::vector<LineRange>>& files() const {
    return files_;
  }

 private:
  std::map<std::string, std::vector<LineRange>> files_;
};

/// What changed below `folder` (absolute) between the revision and the files as they are: staged or
/// not, and files that git does not know yet unless it ignores them. `REV...` means since the
/// current branch left REV (their merge base). Throws Error if there is no git, no repository or no
/// such revision.
[[nodiscard]] ChangedLines changed_since(const std::string& folder, const std::string& revision);

/// Reads `git diff --unified=0`; paths are put behind `folder` and a slash. What is no diff is
/// passed over.
[[nodiscard]] ChangedLines parse_diff(std::string_view diff, const std::string& folder);

}  // namespace snug
