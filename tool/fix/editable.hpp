// Which files a fix may change.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.hpp"
#include "model/finding.hpp"
#include "model/model.hpp"

namespace snug {

class EditableFiles {
 public:
  /// `root` is the project's root. What lies in one of the `build_folders` is made by programs.
  EditableFiles(const std::string& root, const std::vector<std::string>& build_folders,
                const Model& model);

  /// Why the file is not changed, as a clause; empty if it may be: a file of its own below the root
  /// (behind symbolic links too), that no program made, and that can be replaced.
  [[nodiscard]] std::string bar(const std::string& file) const;

  /// The name that stands for all names of a file that the model knows: the first one. A file that
  /// it does not know keeps its name.
  [[nodiscard]] std::string real_name(const std::string& file) const;

  /// The file itself, behind all symbolic links.
  [[nodiscard]] static std::string behind_links(const std::string& file);

 private:
  std::string root_;
  std::vector<std::string> build_folders_;
  std::map<std::string, std::string> names_;  ///< Known name to the first one of the same file.
};

/// Refuses the fixes that edit a file which a program made: what makes it has to change. They keep
/// what was proven of them, but no edit. Each file is read once.
void refuse_generated(std::vector<Finding>& findings, const Files& files);

/// As a clause, that a program made the text: it says so in a comment near its beginning, or #line
/// directives map it to another file. Empty for text that a person wrote.
[[nodiscard]] std::string_view why_generated(const std::string& text);

}  // namespace snug
