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

std::string configuration_path(const ProjectSpec& spec, const std::vector<std::string>& sources) {
  if (!spec.config.empty()) return normal_path(spec.config, spec.current_folder);
  const std::string folder = find_root({sources}, [](const std::string& path) {
    return path.ends_with("/.snug.toml") && is_file(path);
  });
  const std::string path = fmt::format("{}/{}", folder, file_name);
  return !folder.empty() && is_file(path) ? path : std::string();
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

Configuration find_configuration(const ProjectSpec& spec, const std::vector<std::string>& sources,
                                 const Files& files) {
  const std::string path = configuration_path(spec, sources);
  if (path.empty()) return {};
  Configuration configuration = read_configuration(read_file(files, path), path, known_checks());
  try {
    (void)select_checks(all_checks(), configuration.checks);
  } catch (const Error& error) {
    throw Error(fmt::format("{}: {}", place_text(configuration.checks_at), error.what()));
  }
  return configuration;
}

CheckPlan settled(CheckPlan plan, const Configuration& configuration) {
  if (!plan.checks) plan.checks = configuration.checks;
  for (const auto& [name, value] : configuration.options) {
    plan.options.try_emplace(name, value);
  }
  if (!plan.level) plan.level = configuration.level.value_or(plan.usual_level);
  if (!plan.fail_on) {
    const std::string word = configuration.fail_on.value_or("warning");
    plan.fail_on = word == "note"    ? FailOn::Note
                   : word == "never" ? FailOn::Never
                                     : FailOn::Warning;
  }
  if (plan.fail_on == FailOn::Note) plan.level = Level::Note;
  return plan;
}

std::vector<std::string> all_excludes(const ProjectSpec& spec, const Configuration& configuration,
                                      const std::string& root) {
  std::vector<std::string> excludes = spec.meaning.excludes;
  const std::string folder = configuration.folder();
  for (const std::string& glob : configuration.excludes) {
    const bool same = folder == root || glob.find('/') == std::string::npos;
    excludes.push_back(same ? glob : literal_glob(folder) + "/" + glob);
  }
  return excludes;
}

}  // namespace snug
