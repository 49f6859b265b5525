#include "app/root.hpp"

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

std::string find_root(const std::vector<std::string>& sources, const Exists& exists) {
  const std::string common = common_folder(sources);
  std::string marked;
  for_each_folder(common + "/source", [&](const std::string& folder) {
    if (marked.empty() && !is_system_folder(folder) &&
        (exists(folder + "/.snug.toml") || exists(folder + "/.git"))) {
      marked = folder;
    }
  });
  return marked.empty() ? common : marked;
}

}  // namespace snug
