// Which files a unit may include, read from the text alone: fast, and a superset of the truth but
// for computed includes. The front end has the last word.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.hpp"

namespace snug {

struct FrontEndCommand;

/// The names between the quotes or brackets of the `#include`, `#include_next` and `#import` lines
/// of a text, and of `__has_include` nothing. In order; each once.
[[nodiscard]] std::vector<std::string> included_names(std::string_view text);

/// Reads each file once, for any number of units.
class IncludeGraph {
 public:
  /// REQUIRES: the files outlive it.
  explicit IncludeGraph(const Files& files) : files_(files) {}

  /// Every file that the unit may include, itself excluded. Folders of the flags are searched, the
  /// compiler's implicit ones are not: their headers do not include those of a project. Absolute.
  [[nodiscard]] std::set<std::string> reachable(const FrontEndCommand& command);

 private:
  const std::vector<std::string>& names_in(const std::string& path);
  bool is_file(const std::string& path);

  const Files& files_;
  std::map<std::string, std::vector<std::string>> names_;
  std::map<std::string, bool> exists_;
};

}  // namespace snug
