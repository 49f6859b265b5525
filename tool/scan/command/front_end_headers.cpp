// Finding the headers that belong to the front end (stddef.h, intrinsics): they must be those of
// the libclang that is loaded, as they use its builtins.
#include <clang-c/Index.h>
#include <dlfcn.h>
#include <fmt/core.h>

#include <filesystem>
#include <vector>

#include "base/error.hpp"
#include "scan/command/driver.hpp"

namespace snug {
namespace {

namespace fs = std::filesystem;

bool has_headers(const fs::path& folder) {
  std::error_code error;
  return fs::is_regular_file(folder / "include" / "stddef.h", error);
}

/// The folder that the loaded libclang lies in, links resolved. Empty if it is linked statically
/// or cannot be told.
fs::path library_folder() {
  Dl_info info{};
  if (::dladdr(reinterpret_cast<const void*>(&clang_getClangVersion), &info) == 0 ||
      info.dli_fname == nullptr) {
    return {};
  }
  std::error_code error;
  const fs::path library = fs::canonical(info.dli_fname, error);
  return error ? fs::path() : library.parent_path();
}

/// Where LLVM, Linux distributions and wheels put the headers for a library in `folder`.
std::vector<fs::path> places(const fs::path& folder, const std::string& version) {
  const std::string major = version.substr(0, version.find('.'));
  std::vector<fs::path> result;
  for (const char* home : {"clang", "../lib/clang", "../lib64/clang", "../../lib/clang"}) {
    result.push_back(folder / home / major);
    result.push_back(folder / home / version);
  }
  result.push_back(folder / ("../llvm-" + major) / "lib" / "clang" / major);
  result.push_back(fs::path("/usr/lib/llvm-" + major) / "lib" / "clang" / major);
  return result;
}

}  // namespace

std::string resource_directory() {
  const std::string version = front_end_version();
  const fs::path folder = library_folder();
  for (const fs::path& place : places(folder, version)) {
    if (has_headers(place)) return place.lexically_normal().string();
  }
  if (has_headers(SNUG_CLANG_RESOURCE_DIR)) return SNUG_CLANG_RESOURCE_DIR;
  throw Error(
      fmt::format("the builtin headers of libclang {} (lib/clang/{}/include/stddef.h) are "
                  "neither beside the library in '{}' nor in '{}'; install the package "
                  "that has them (Debian: libclang-common-{}-dev)",
                  version, version.substr(0, version.find('.')), folder.string(),
                  SNUG_CLANG_RESOURCE_DIR, version.substr(0, version.find('.'))));
}

const std::string& DriverCache::builtin_folder() {
  if (builtin_folder_.empty()) builtin_folder_ = resource_directory();
  return builtin_folder_;
}

}  // namespace snug
