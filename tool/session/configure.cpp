#include "session/configure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/error.hpp"
#include "base/files.hpp"
#include "session/check_selection.hpp"
#include "session/root.hpp"

namespace snug {
namespace {

constexpr std::string_view file_name = ".snug.toml";

bool is_file(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error);
}

std::string configuration_path(const Options& options, const std::vector<std::string>& sources,
                               const Console& console) {
  if (!options.config.empty()) return normal_path(options.config, console.current_folder);
  const std::string folder = find_root({sources}, [](const std::string& path) {
    return path.ends_with("/.snug.toml") && is_file(path);
  });
  const std::string path = fmt::format("{}/{}", folder, file_name);
  return !folder.empty() && is_file(path) ? path : std::string();
}

bool given(const Options& options, std::string_view name) {
  return std::find(options.given.begin(), options.given.end(), name) != options.given.end();
}

/// The bytes of a folder's name as a glob that matches nothing else.
std::string literal_glob(const std::string& path) {
  std::string glob;
  for (const char c : path) {
    if (c == '*' || c == '?' || c == '[' || c == '\\') glob += '\\';
    glob += c;
  }
  return glob;
}

}  // namespace

std::vector<KnownCheck> known_checks() {
  std::vector<KnownCheck> known;
  for (const Check* check : all_checks()) {
    KnownCheck one{std::string(check->id), {}};
    for (const CheckOption& option : check->options) one.options.emplace_back(option.name);
    known.push_back(std::move(one));
  }
  return known;
}

Configuration find_configuration(const Options& options, const std::vector<std::string>& sources,
                                 const Console& console) {
  const std::string path = configuration_path(options, sources, console);
  if (path.empty()) return {};
  Configuration configuration = read_configuration(read_file(path), path, known_checks());
  try {
    (void)select_checks(all_checks(), configuration.checks);
  } catch (const Error& error) {
    throw Error(fmt::format("{}: {}", place_text(configuration.checks_at), error.what()));
  }
  return configuration;
}

Options settled(Options options, const Configuration& configuration) {
  if (!given(options, "--checks")) options.checks = configuration.checks;
  for (const auto& [name, value] : configuration.options) {
    options.check_options.try_emplace(name, value);
  }
  if (!given(options, "--level") && configuration.level) options.level = *configuration.level;
  if (!given(options, "--fail-on") && configuration.fail_on) {
    options.fail_on = *configuration.fail_on == "note"    ? FailOn::Note
                      : *configuration.fail_on == "never" ? FailOn::Never
                                                          : FailOn::Warning;
  }
  if (options.fail_on == FailOn::Note) options.level = Level::Note;
  return options;
}

std::vector<std::string> all_excludes(const Options& options, const Configuration& configuration,
                                      const std::string& root) {
  std::vector<std::string> excludes = options.excludes;
  const std::string folder = configuration.folder();
  for (const std::string& glob : configuration.excludes) {
    const bool same = folder == root || glob.find('/') == std::string::npos;
    excludes.push_back(same ? glob : literal_glob(folder) + "/" + glob);
  }
  return excludes;
}

}  // namespace snug
