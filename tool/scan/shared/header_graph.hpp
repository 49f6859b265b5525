// Which standard headers units include, as far as the texts tell.
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/files.hpp"
#include "scan/command/driver.hpp"

namespace snug {

/// A set of standard headers, by their places in standard_headers().
using HeaderSet = std::bitset<512>;

/// Where a command looks for headers.
struct SearchFolders {
  std::vector<std::string> own;     ///< Of flags.
  std::vector<std::string> system;  ///< The compiler's, in order; empty: not known.
};
[[nodiscard]] SearchFolders search_folders(const std::vector<std::string>& arguments);

/// The texts of units that look for headers in the same folders. Each file is read once. Conditions
/// are not evaluated: a header counts as included wherever a directive spells its name.
class HeaderGraph {
 public:
  /// REQUIRES: the files outlive it.
  HeaderGraph(const Files& files, SearchFolders folders)
      : files_(files), folders_(std::move(folders)) {}

  /// The standard headers that the file and the project's own headers behind it include, in the
  /// order in which a preprocessor meets them. O(bytes) the first time, then O(directives).
  [[nodiscard]] std::vector<std::uint32_t> headers_of(const std::string& file);
  /// True if one of these texts chooses what the standard headers declare.
  [[nodiscard]] bool chooses_features(const std::string& file);

 private:
  /// What a directive of a text of the project includes.
  struct Inclusion {
    std::uint32_t header = 0;  ///< A standard header ...
    std::string path;          ///< ... or, if not empty, a file.
  };
  const std::vector<Inclusion>& inclusions(const std::string& path);
  /// Calls `meet(inclusion)` for each directive, each file once.
  template <class Meet>
  void walk(const std::string& file, Meet&& meet);
  bool is_file(const std::string& path);
  bool is_in_system(const std::string& name);

  const Files& files_;
  SearchFolders folders_;
  std::unordered_map<std::string, bool> exists_;
  std::unordered_map<std::string, std::vector<Inclusion>> inclusions_;
  std::unordered_set<std::string> choosing_;  ///< Files that choose features.
};

}  // namespace snug
