// Headers that the text of a build offers to others, where no build folder says so.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.hpp"

namespace snug {

/// The names of headers ("lmdb.h", "net/http.h") that install rules of a Makefile or of Automake
/// name: the recipe lines with `install`, and the variables that end in `_HEADERS`, except noinst_
/// and check_. Variables are put in. O(text).
[[nodiscard]] std::set<std::string> headers_of_makefile(std::string_view text);

/// Likewise of a CMakeLists.txt: install(...), PUBLIC_HEADER and FILE_SET.
[[nodiscard]] std::set<std::string> headers_of_cmake(std::string_view text);

/// Likewise of a meson.build: install_headers(...).
[[nodiscard]] std::set<std::string> headers_of_meson(std::string_view text);

/// The headers that a document tells its readers to include: `#include <name.h>` in a README.
[[nodiscard]] std::set<std::string> headers_of_document(std::string_view text);

/// Asks the build files and the README between a header and the root of its project. Each file is
/// read once. REQUIRES: the files outlive it.
class InstallRules {
 public:
  InstallRules(std::string root, const Files& files) : root_(std::move(root)), files_(files) {}

  /// "Makefile" and the like, relative to the root, if one of them offers the header; else empty.
  [[nodiscard]] std::string offers(const std::string& header) const;

 private:
  struct Folder {
    std::vector<std::pair<std::string, std::set<std::string>>> files;  ///< By their names.
  };
  const Folder& folder(const std::string& path) const;

  std::string root_;
  const Files& files_;
  mutable std::map<std::string, Folder> known_;
};

}  // namespace snug
