// What a unit includes is wanted before anything is parsed, to tell which units may share a
// compiled header. It only has to be likely: the front end says afterwards what was included.
//
// 1. Directives are read line by line, with names between quotes and angle brackets.
// 2. A name in a folder of the flags, or beside the text, is a file of the project and followed;
// else
//    it may be a standard header, if the system has one of that name.
#include "scan/shared/header_graph.hpp"

#include <algorithm>
#include <filesystem>
#include <unordered_set>

#include "base/disk.hpp"
#include "known/std_headers.hpp"
#include "scan/parse/include_graph.hpp"

namespace snug {

SearchFolders search_folders(const std::vector<std::string>& arguments) {
  SearchFolders result;
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    const std::string& word = arguments[at];
    const bool internal = word == "-internal-isystem" || word == "-internal-externc-isystem";
    if (internal && at + 2 < arguments.size()) {
      result.system.push_back(arguments[at + 2]);
      continue;
    }
    for (const std::string_view flag : {"-I", "-iquote", "-isystem", "-idirafter"}) {
      if (!word.starts_with(flag)) continue;
      if (word.size() > flag.size()) {
        result.own.push_back(word.substr(flag.size()));
      } else if (at + 1 < arguments.size()) {
        result.own.push_back(arguments[at + 1]);
      }
      break;
    }
  }
  return result;
}

bool HeaderGraph::is_file(const std::string& path) {
  const auto known = exists_.find(path);
  if (known != exists_.end()) return known->second;
  std::error_code error;
  return exists_.emplace(path, std::filesystem::is_regular_file(path, error)).first->second;
}

const std::vector<HeaderGraph::Inclusion>& HeaderGraph::inclusions(const std::string& path) {
  const auto known = inclusions_.find(path);
  if (known != inclusions_.end()) return known->second;
  std::vector<Inclusion> result;
  const std::string text = files_.read(path).value_or("");
  if (snug::chooses_features(text)) choosing_.insert(path);
  for (const std::string& name : included_names(text)) {
    std::string own;
    std::vector<std::string> folders{folder_of(path)};
    folders.insert(folders.end(), folders_.own.begin(), folders_.own.end());
    for (const std::string& folder : folders) {
      std::string there = normal_path(name, folder);
      if (is_file(there)) {
        own = std::move(there);
        break;
      }
    }
    const auto header = static_cast<std::uint32_t>(standard_header(name));
    if (!own.empty()) {
      result.push_back({0, std::move(own)});
    } else if (header < standard_headers().size() && is_in_system(name)) {
      result.push_back({header, ""});
    }
  }
  return inclusions_.emplace(path, std::move(result)).first->second;
}

template <class Meet>
void HeaderGraph::walk(const std::string& file, Meet&& meet) {
  std::unordered_set<std::string> seen{file};
  struct Open {
    const std::vector<Inclusion>* inclusions;
    std::size_t next;
  };
  std::vector<Open> open{{&inclusions(file), 0}};
  while (!open.empty()) {
    Open& top = open.back();
    if (top.next == top.inclusions->size()) {
      open.pop_back();
      continue;
    }
    const Inclusion& inclusion = (*top.inclusions)[top.next++];
    meet(inclusion);
    if (!inclusion.path.empty() && seen.insert(inclusion.path).second) {
      open.push_back({&inclusions(inclusion.path), 0});
    }
  }
}

std::vector<std::uint32_t> HeaderGraph::headers_of(const std::string& file) {
  std::vector<std::uint32_t> headers;
  HeaderSet met;
  walk(file, [&](const Inclusion& inclusion) {
    if (!inclusion.path.empty() || met.test(inclusion.header)) return;
    headers.push_back(inclusion.header);
    met.set(inclusion.header);
  });
  return headers;
}

bool HeaderGraph::chooses_features(const std::string& file) {
  (void)inclusions(file);
  bool found = choosing_.contains(file);
  walk(file, [&](const Inclusion& inclusion) {
    if (inclusion.path.empty()) return;
    (void)inclusions(inclusion.path);
    found = found || choosing_.contains(inclusion.path);
  });
  return found;
}

bool HeaderGraph::is_in_system(const std::string& name) {
  return std::any_of(folders_.system.begin(), folders_.system.end(),
                     [&](const auto& folder) { return is_file(normal_path(name, folder)); });
}

}  // namespace snug
