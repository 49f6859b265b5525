// What the place of a finding says of its worth: code that was copied in from elsewhere is mended
// there, and a byte of a test costs nobody anything.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/files.hpp"
#include "model/model.hpp"
#include "model/test_files.hpp"

namespace snug {

/// True for files of tests and benchmarks, by the names of the file and of its folders. `path` is
/// relative to the root of the project.
[[nodiscard]] bool is_test_file(std::string_view path);

/// Those of the model's files. `root`: of the project, absolute; files outside of it are none.
[[nodiscard]] TestFiles test_files_of(const Model& model, std::string_view root);

/// Tells code of others that lies in the project.
class BundledCode {
 public:
  /// `root`: of the project, absolute. `globs`: folders and files that are bundled, relative to it,
  /// in place of the usual names; nothing: the usual ones (third_party, vendor, external, deps ...,
  /// and folders with a licence or a repository of their own). REQUIRES: `files` outlives it.
  BundledCode(std::string root, std::optional<std::vector<std::string>> globs, const Files& files)
      : root_(std::move(root)), globs_(std::move(globs)), files_(files) {}

  /// The outermost bundled folder (or file) that holds the file, relative to the root; empty if it
  /// is the project's own. `path` is absolute. Each folder is looked at once.
  [[nodiscard]] std::string folder_of(std::string_view path);

 private:
  [[nodiscard]] bool is_bundled(const std::string& folder);

  std::string root_;
  std::optional<std::vector<std::string>> globs_;
  const Files& files_;
  std::unordered_map<std::string, bool> known_;  ///< Folders, relative to the root.
};

}  // namespace snug
