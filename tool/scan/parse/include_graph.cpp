#include "scan/parse/include_graph.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/files.hpp"
#include "scan/command/driver.hpp"

namespace snug {
namespace {

namespace fs = std::filesystem;

std::string_view skip_blanks(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

/// The name that one line includes; empty if it includes nothing.
std::string_view included_name(std::string_view line) {
  line = skip_blanks(line);
  if (!line.starts_with('#')) return {};
  line = skip_blanks(line.substr(1));
  static constexpr auto words =
      std::to_array<std::string_view>({"include_next", "include", "import"});
  for (const std::string_view word : words) {
    if (!line.starts_with(word)) continue;
    line = skip_blanks(line.substr(word.size()));
    if (line.empty() || (line[0] != '"' && line[0] != '<')) return {};
    const std::size_t end = line.find(line[0] == '<' ? '>' : '"', 1);
    return end == std::string_view::npos ? std::string_view() : line.substr(1, end - 1);
  }
  return {};
}

/// The folders and forced includes that the flags name.
struct SearchPath {
  std::vector<std::string> folders;
  std::vector<std::string> forced;
};

SearchPath search_path_of(const FrontEndCommand& command) {
  static constexpr auto names =
      std::to_array<std::string_view>({"-isystem", "-iquote", "-idirafter", "-I"});
  SearchPath result;
  std::vector<std::string_view> flags;  // without what only says who reads the next one
  for (const std::string& flag : command.arguments) {
    if (flag != "-Xclang") flags.emplace_back(flag);
  }
  for (std::size_t at = 0; at < flags.size(); ++at) {
    const std::string_view flag = flags[at];
    if ((flag == "-include" || flag == "-imacros") && at + 1 < flags.size()) {
      result.forced.emplace_back(flags[++at]);
      continue;
    }
    const auto name = std::find_if(names.begin(), names.end(), [&](std::string_view one) {
      return flag.starts_with(one) && flag.size() > one.size();
    });
    if (name != names.end()) result.folders.emplace_back(flag.substr(name->size()));
  }
  return result;
}

}  // namespace

std::vector<std::string> included_names(std::string_view text) {
  std::vector<std::string> names;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view name = included_name(text.substr(0, end));
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) {
      names.emplace_back(name);
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return names;
}

const std::vector<std::string>& IncludeGraph::names_in(const std::string& path) {
  const auto known = names_.find(path);
  if (known != names_.end()) return known->second;
  return names_.emplace(path, included_names(files_.read(path).value_or(""))).first->second;
}

bool IncludeGraph::is_file(const std::string& path) {
  const auto known = exists_.find(path);
  if (known != exists_.end()) return known->second;
  std::error_code error;
  return exists_.emplace(path, fs::is_regular_file(path, error)).first->second;
}

std::set<std::string> IncludeGraph::reachable(const FrontEndCommand& command) {
  const SearchPath search = search_path_of(command);
  std::set<std::string> seen;
  std::vector<std::string> open{command.file};
  const auto follow = [&](const std::string& name, const std::string& includer) {
    std::vector<std::string> folders{fs::path(includer).parent_path().string()};
    folders.insert(folders.end(), search.folders.begin(), search.folders.end());
    // Every match is followed: which of them #include_next means is not worth knowing here.
    for (const std::string& folder : folders) {
      std::string path = normal_path(name, folder);
      if (is_file(path) && path != command.file && seen.insert(path).second) {
        open.push_back(std::move(path));
      }
      if (name.starts_with('/')) break;
    }
  };
  for (const std::string& name : search.forced) follow(name, command.directory + "/x");
  while (!open.empty()) {
    const std::string path = std::move(open.back());
    open.pop_back();
    for (const std::string& name : names_in(path)) follow(name, path);
  }
  return seen;
}

}  // namespace snug
