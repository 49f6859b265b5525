#include "scan/command/unit_sources.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "base/files.hpp"

namespace snug {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char one) {
    return static_cast<char>(one >= 'A' && one <= 'Z' ? one + ('a' - 'A') : one);
  });
  return text;
}

/// The name between quotes of a line `#include "name"`, else empty.
std::string_view included(std::string_view line) {
  const auto skip = [&](std::string_view word) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    const bool there = line.starts_with(word);
    if (there) line.remove_prefix(word.size());
    return there;
  };
  if (!skip("#") || !skip("include") || !skip("\"")) return "";
  const std::size_t end = line.find('"');
  return end == std::string_view::npos ? "" : line.substr(0, end);
}

std::vector<std::string> included_files(const std::string& file) {
  const std::string text = disk_files().read(file).value_or("");
  const std::string folder = std::filesystem::path(file).parent_path().string();
  std::vector<std::string> files;
  for (std::size_t begin = 0, end = 0; begin < text.size(); begin = end + 1) {
    end = std::min(text.find('\n', begin), text.size());
    const std::string_view name = included(std::string_view(text).substr(begin, end - begin));
    if (!name.empty()) files.push_back(normal_path(std::string(name), folder));
  }
  return files;
}

}  // namespace

std::vector<std::string> sources_of_unit(const std::string& file) {
  const std::string name = lower(std::filesystem::path(file).filename().string());
  // CMake: Unity/unity_0_cxx.cxx; Meson: name-unity0.cpp.
  if (name.find("unity") != std::string::npos) {
    std::vector<std::string> files = included_files(file);
    if (!files.empty()) return files;
  }
  const bool header =
      name.starts_with("cmake_pch") && file.find("/CMakeFiles/") != std::string::npos;
  return header ? std::vector<std::string>() : std::vector<std::string>{file};
}

}  // namespace snug
