#include "session/root.hpp"

#include <algorithm>
#include <map>
#include <string_view>

namespace snug {
namespace {

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return "";
  return slash == 0 ? "/" : path.substr(0, slash);
}

/// Calls `visit` for each folder above `path` from the nearest to the one below /.
template <class Visit>
void for_each_folder(const std::string& path, const Visit& visit) {
  for (std::string folder = parent_of(path); folder.size() > 1; folder = parent_of(folder)) {
    visit(folder);
  }
}

/// The deepest folder that is no system folder and holds more of the sources than any other.
std::string common_folder(const std::vector<std::string>& sources) {
  std::map<std::string, std::size_t> held;
  for (const std::string& source : sources) {
    for_each_folder(source, [&](const std::string& folder) {
      if (!is_system_folder(folder)) {
        ++held[folder];
      }
    });
  }
  std::string best;
  std::size_t best_count = 0;
  for (const auto& [folder, count] : held) {
    if (count > best_count || (count == best_count && folder.size() > best.size())) {
      best = folder;
      best_count = count;
    }
  }
  return best;
}

bool is_at_or_below(const std::string& path, const std::string& folder) {
  return path == folder || (path.starts_with(folder) && path[folder.size()] == '/');
}

/// The deepest folder that holds both.
std::string joined(std::string folder, const std::string& path) {
  while (!folder.empty() && folder != "/" && !is_at_or_below(path, folder)) {
    folder = parent_of(folder);
  }
  return folder;
}

/// A folder that holds more than one project.
bool is_shared(const std::string& folder) {
  if (folder.empty() || is_system_folder(folder)) {
    return true;
  }
  const std::string parent = parent_of(folder);
  return parent == "/" || parent == "/home" || parent == "/Users";
}

/// The folder of the sources, widened so that it holds the project's own include folders.
std::string with_include_folders(const std::string& common, const RootClues& clues) {
  std::string place = parent_of(common);  // where siblings lie
  if (!clues.build_folder.empty()) {
    const std::string around = joined(common, clues.build_folder);
    if (!is_shared(around)) {
      place = place.starts_with(around) ? around : place;
    }
  }
  if (is_shared(common) || is_shared(place)) {
    return common;
  }
  std::string root = common;
  for (const std::string& folder : clues.include_folders) {
    if (is_at_or_below(folder, place) && folder != place) {
      root = joined(root, folder);
    }
  }
  return root;
}

}  // namespace

bool is_system_folder(const std::string& folder) {
  constexpr std::string_view alone[] = {"/",        "/usr",   "/usr/local", "/usr/share",
                                        "/usr/src", "/home",  "/opt",       "/var",
                                        "/mnt",     "/media", "/srv",       "/run"};
  constexpr std::string_view with_all_below[] = {
      "/usr/include",   "/usr/lib", "/usr/lib32", "/usr/lib64",
      "/usr/libx32",    "/lib",     "/lib64",     "/usr/local/include",
      "/usr/local/lib", "/bin",     "/sbin",      "/etc",
      "/usr/bin",       "/proc",    "/sys",       "/dev"};
  return std::find(std::begin(alone), std::end(alone), folder) != std::end(alone) ||
         std::any_of(std::begin(with_all_below), std::end(with_all_below),
                     [&](std::string_view system) {
                       return folder == system ||
                              (folder.starts_with(system) && folder[system.size()] == '/');
                     });
}

std::string find_root(const RootClues& clues, const Exists& exists) {
  const std::string common = common_folder(clues.sources);
  std::string marked;
  for_each_folder(common + "/source", [&](const std::string& folder) {
    if (marked.empty() && !is_system_folder(folder) &&
        (exists(folder + "/.snug.toml") || exists(folder + "/.git"))) {
      marked = folder;
    }
  });
  return marked.empty() ? with_include_folders(common, clues) : marked;
}

}  // namespace snug
