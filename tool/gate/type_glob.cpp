// A name becomes a path: the `::` between components a slash, every other slash (of a file in the
// name of an unnamed type) a byte that no name has. Then it is a matter of path globs.
#include "gate/type_glob.hpp"

#include <string>
#include <vector>

#include "base/glob.hpp"

namespace snug {
namespace {

constexpr char no_slash = '\x01';

/// The name as a path; `::` inside brackets stay as they are.
std::string as_path(std::string_view name, std::vector<std::size_t>* starts) {
  std::string path;
  int depth = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    depth += c == '<' || c == '(' ? 1 : c == '>' || c == ')' ? -1 : 0;
    if (depth <= 0 && c == ':' && i + 1 < name.size() && name[i + 1] == ':') {
      path += '/';
      if (starts != nullptr) starts->push_back(path.size());
      ++i;
    } else {
      path += c == '/' ? no_slash : c;
    }
  }
  return path;
}

}  // namespace

bool type_glob_matches(std::string_view glob, std::string_view name) {
  const bool anchored = glob.starts_with("::");
  if (anchored) glob.remove_prefix(2);
  const std::string pattern = as_path(glob, nullptr);
  std::vector<std::size_t> starts = {0};
  const std::string path = as_path(name, &starts);
  if (anchored) return glob_matches(pattern, path);
  for (const std::size_t start : starts) {
    if (glob_matches(pattern, std::string_view(path).substr(start))) return true;
  }
  return false;
}

}  // namespace snug
