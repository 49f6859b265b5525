#include "session/no_database.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <vector>

namespace snug {
namespace {

namespace fs = std::filesystem;

/// How a build system writes a database.
struct BuildSystem {
  std::string_view name;
  std::string_view command;
  std::array<std::string_view, 4> files = {};  ///< By which it is known.
};

constexpr auto build_systems = std::to_array<BuildSystem>(
    {{"CMake", "cmake -B build -DCMAKE_EXPORT_COMPILE_COMMANDS=ON", {"CMakeLists.txt"}},
     {"Meson", "meson setup build", {"meson.build"}},
     {"Ninja", "ninja -t compdb > compile_commands.json", {"build.ninja"}},
     {"Bazel",
      "bazel run @hedron_compile_commands//:refresh_all",
      {"MODULE.bazel", "WORKSPACE", "WORKSPACE.bazel", "BUILD.bazel"}},
     {"make",
      "make clean; make CC=\"snug cc cc\" CXX=\"snug cc c++\"",
      {"Makefile", "makefile", "GNUmakefile", "configure"}},
     {"any other", "bear -- BUILD COMMAND (Debian package bear)"}});

/// The nearest folder at or above `folder` for which `test` holds.
template <class Test>
std::optional<std::string> nearest(const std::string& folder, const Test& test) {
  for (fs::path at = folder;; at = at.parent_path()) {
    if (test(at.string())) return at.string();
    if (at == at.parent_path() || is_system_folder(at.string())) return std::nullopt;
  }
}

/// A folder with CMakeCache.txt: this one or one of its build folders.
std::optional<std::string> configured_in(const std::string& folder, const Exists& exists) {
  if (exists(folder + "/CMakeCache.txt")) return folder;
  std::vector<std::string> found;
  std::error_code error;
  fs::directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    const bool build = name.starts_with("build") || name.starts_with("cmake-build") ||
                       name == "out" || name.starts_with("_build");
    if (build && exists(entry->path().string() + "/CMakeCache.txt")) {
      found.push_back(entry->path().string());
    }
  }
  if (found.empty()) return std::nullopt;
  return *std::min_element(found.begin(), found.end());
}

/// The value of an entry of CMakeCache.txt; empty if it has none.
std::string cache_entry(const std::string& text, std::string_view name) {
  std::size_t at = text.find(fmt::format("\n{}:", name));
  if (at == std::string::npos) return "";
  at = text.find('=', at);
  const std::size_t end = text.find('\n', at);
  return at == std::string::npos ? "" : text.substr(at + 1, end - at - 1);
}

std::string configured_text(const std::string& build, const Files& files) {
  const std::string text = files.read(build + "/CMakeCache.txt").value_or("");
  const std::string generator = cache_entry(text, "CMAKE_GENERATOR");
  const bool writes = generator.empty() || generator.find("Ninja") != std::string::npos ||
                      generator.find("Makefiles") != std::string::npos;
  if (!writes) {
    return fmt::format(
        "\n  {} was configured for {}, which writes none; configure another folder with -G Ninja:"
        "\n    cmake -B build-ninja -G Ninja -DCMAKE_EXPORT_COMPILE_COMMANDS=ON\n",
        build, generator);
  }
  return fmt::format(
      "\n  {} was configured without it. Switch it on:"
      "\n    cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON {}\n",
      build, build);
}

/// Headers below a folder that has no sources, if it has any.
std::vector<fs::path> headers_alone(const std::string& folder) {
  constexpr std::array<std::string_view, 5> header_ends = {".hpp", ".h", ".hh", ".hxx", ".h++"};
  constexpr std::array<std::string_view, 5> source_ends = {".cpp", ".c", ".cc", ".cxx", ".c++"};
  constexpr std::size_t most_entries = 5000;
  const auto is_one_of = [](const auto& ends, const fs::path& path) {
    return std::find(ends.begin(), ends.end(), path.extension().string()) != ends.end();
  };
  std::vector<fs::path> headers;
  std::error_code error;
  std::size_t seen = 0;
  fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied,
                                         error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (++seen > most_entries || is_one_of(source_ends, entry->path())) return {};
    if (is_one_of(header_ends, entry->path())) {
      headers.push_back(entry->path().lexically_relative(folder));
    }
  }
  std::sort(headers.begin(), headers.end());
  return headers;
}

/// How to look at a library that is headers alone.
std::string headers_text(const std::string& folder) {
  const std::vector<fs::path> headers = headers_alone(folder);
  if (headers.empty()) return "";
  const fs::path& first = headers.front();
  const auto beside = std::count_if(headers.begin(), headers.end(), [&](const fs::path& path) {
    return path.parent_path() == first.parent_path() && path.extension() == first.extension();
  });
  const fs::path files =
      beside == 1 ? first : first.parent_path() / ("*" + first.extension().string());
  const std::string include = first.has_parent_path() ? first.begin()->string() : ".";
  return fmt::format(
      "\n  A library of headers alone needs none; name them and their flags:"
      "\n    snug check {} -- {}-I{}"
      "\n  Templates count where something instantiates them: name a test or an example, too.\n",
      files.string(), first.extension() == ".h" ? "" : "-std=c++20 ", include);
}

bool is_of(const BuildSystem& system, const std::string& folder, const Exists& exists) {
  return std::any_of(system.files.begin(), system.files.end(), [&](std::string_view file) {
    return !file.empty() && exists(fmt::format("{}/{}", folder, file));
  });
}

}  // namespace

std::string no_database_text(const std::string& folder, const Files& files, const Exists& exists) {
  std::string text = fmt::format(
      "no compile_commands.json in {}, above it or in build*/ there. It records how each file is "
      "compiled.\n",
      folder);
  const auto around =
      nearest(folder, [&](const std::string& at) { return configured_in(at, exists).has_value(); });
  if (around) text += configured_text(*configured_in(*around, exists), files);
  const auto project = nearest(folder, [&](const std::string& at) {
    return std::any_of(build_systems.begin(), build_systems.end(),
                       [&](const BuildSystem& system) { return is_of(system, at, exists); });
  });
  if (!project) text += headers_text(folder);
  std::string here, elsewhere;
  for (const BuildSystem& system : build_systems) {
    std::string& list = project && is_of(system, *project, exists) ? here : elsewhere;
    list += fmt::format("    {:<10} {}\n", system.name, system.command);
  }
  if (!here.empty()) {
    text += fmt::format("\n  To get one in {}:\n{}\n  With other build systems:\n", *project, here);
  } else {
    text += "\n  To get one:\n";
  }
  text += elsewhere;
  return text +
         "\n  Then run snug there again, or name its folder with -p DIR. Without one, name files "
         "and flags:\n    snug check FILE... -- -std=c++20 -Iinclude";
}

}  // namespace snug
