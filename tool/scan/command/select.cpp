// How the unit for a header is found:
//
// 1. The text of every unit and of the headers it includes is read for #include lines; units that
//    cannot reach the header are out.
// 2. The others are ranked: same name without its ending, then nearest folder, then by path.
// 3. The front end parses them in that order, without function bodies, until one is seen to include
//    the header; usually that is the first.
#include "scan/command/select.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <tuple>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/spelling.hpp"
#include "scan/command/driver.hpp"
#include "scan/parse/clang.hpp"
#include "scan/parse/include_graph.hpp"
#include "scan/parse/parse.hpp"
#include "scan/parse/workers.hpp"

namespace snug {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_tries = 16;  // Units that are parsed to find one for a header.

std::string real_path(const std::string& path) {
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  return error ? path : real.string();
}

bool is_below(const std::string& path, const std::string& folder) {
  return folder == "/" ||
         (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
}

/// Folders that one has to leave and enter to get from one file to the other.
std::size_t distance(const std::string& a, const std::string& b) {
  const fs::path from = fs::path(a).parent_path();
  const fs::path to = fs::path(b).parent_path();
  const auto [left, right] = std::mismatch(from.begin(), from.end(), to.begin(), to.end());
  return static_cast<std::size_t>(std::distance(left, from.end()) + std::distance(right, to.end()));
}

/// In a worker: true if the front end opens the header while it reads the unit.
bool includes(const FrontEndCommand& command, const std::string& header, const Files& files) {
  const clang::Index index = clang::worker_index();
  const clang::Parsed parsed =
      clang::parse(index.get(), command,
                   CXTranslationUnit_SkipFunctionBodies | CXTranslationUnit_KeepGoing, files);
  if (parsed.unit == nullptr) return false;
  struct Search {
    std::string directory;
    std::string header;
    bool found = false;
  } search{command.directory, real_path(header), false};
  clang_getInclusions(
      parsed.unit.get(),
      [](CXFile file, CXSourceLocation*, unsigned, CXClientData data) {
        auto& wanted = *static_cast<Search*>(data);
        const std::string path =
            normal_path(clang::to_string(clang_getFileName(file)), wanted.directory);
        wanted.found = wanted.found || path == wanted.header || real_path(path) == wanted.header;
      },
      &search);
  return search.found;
}

/// Answers questions about the units of one database.
class Selector {
 public:
  Selector(const CompileDatabase& database, const ScanOptions& options, DriverCache& cache)
      : database_(database), options_(options), cache_(cache), graph_(*options.files) {}

  /// Commands of the file itself, or of every unit below it.
  [[nodiscard]] std::vector<std::size_t> commands_of(const std::string& path) const {
    std::vector<std::size_t> result;
    const std::string real = real_path(path);
    for (std::size_t at = 0; at < database_.commands.size(); ++at) {
      const std::string& file = database_.commands[at].file;
      if (file == path || is_below(file, path) || real_path(file) == real) result.push_back(at);
    }
    return result;
  }

  /// A unit that includes the header.
  [[nodiscard]] std::optional<std::size_t> unit_for(const std::string& header) {
    const std::vector<std::size_t> candidates = ranked(header);
    const std::size_t tries = std::min(candidates.size(), most_tries);
    WorkerLimits limits = limits_of(options_);
    limits.jobs = 1;
    for (std::size_t at = 0; at < tries; ++at) {
      const FrontEndCommand& command = commands()[candidates[at]];
      bool found = false;
      run_in_workers(
          1,
          [&](std::size_t) {
            return std::string(includes(command, header, *options_.files) ? "y" : "n");
          },
          limits, [&](std::size_t, const TaskOutcome& outcome) { found = outcome.bytes == "y"; });
      if (found) return candidates[at];
    }
    return std::nullopt;
  }

  /// Every file that the database leads to, for "did you mean".
  [[nodiscard]] std::vector<std::string> known_files(bool with_headers) {
    std::set<std::string> files;
    for (const CompileCommand& command : database_.commands) {
      if (command.broken.empty()) files.insert(command.file);
    }
    if (with_headers) {
      for (const FrontEndCommand& command : commands()) files.merge(graph_.reachable(command));
    }
    return {files.begin(), files.end()};
  }

 private:
  const std::vector<FrontEndCommand>& commands() {
    if (!commands_.empty()) return commands_;
    for (const CompileCommand& command : database_.commands) {
      commands_.push_back(adapt(command, options_, cache_));
    }
    return commands_;
  }

  std::vector<std::size_t> ranked(const std::string& header) {
    const std::string real = real_path(header);
    std::vector<std::size_t> candidates;
    for (std::size_t at = 0; at < commands().size(); ++at) {
      const FrontEndCommand& command = commands()[at];
      if (!command.failure.empty() || !command.skipped.empty()) continue;
      const std::set<std::string> files = graph_.reachable(command);
      const bool reaches = files.contains(header) || files.contains(real) ||
                           std::any_of(files.begin(), files.end(), [&](const std::string& file) {
                             return fs::path(file).filename() == fs::path(header).filename() &&
                                    real_path(file) == real;
                           });
      if (reaches) candidates.push_back(at);
    }
    const auto rank = [&](std::size_t at) {
      const FrontEndCommand& command = commands_[at];
      const bool other_name = fs::path(command.file).stem() != fs::path(header).stem();
      return std::tuple(other_name, distance(command.file, header), command.file,
                        command.flags_key);
    };
    std::sort(candidates.begin(), candidates.end(),
              [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
    return candidates;
  }

  const CompileDatabase& database_;
  const ScanOptions& options_;
  DriverCache& cache_;
  std::vector<FrontEndCommand> commands_;
  IncludeGraph graph_;
};

/// The known file whose name is nearest to that of a file that does not exist.
std::string hint_for(const std::string& path, const std::vector<std::string>& known) {
  std::vector<std::string> names;
  for (const std::string& file : known) names.push_back(fs::path(file).filename().string());
  const std::string wanted = fs::path(path).filename().string();
  const auto nearest = nearest_word(wanted, names);
  if (!nearest) return "";
  std::string best;
  for (std::size_t at = 0; at < known.size(); ++at) {
    const bool nearer = best.empty() || distance(known[at], path) < distance(best, path);
    if (names[at] == *nearest && nearer) best = known[at];
  }
  return fmt::format("; did you mean '{}'?", best);
}

/// Why there is no unit for a file.
std::string refusal(const std::string& path, const CompileDatabase& database, Selector& selector) {
  std::error_code error;
  if (!fs::exists(path, error)) {
    return fmt::format("{}: no such file{}", path, hint_for(path, selector.known_files(true)));
  }
  if (fs::is_directory(path, error)) {
    return fmt::format("{}: no unit of {} is in this folder", path, database.path);
  }
  if (!fs::is_regular_file(path, error)) return fmt::format("{}: not a regular file", path);
  if (language_of(path) == Language::C || language_of(path) == Language::Cxx) {
    return fmt::format("{}: not a unit of {}{}; flags after '--' are used instead of the database",
                       path, database.path, hint_for(path, selector.known_files(false)));
  }
  return fmt::format("{}: no unit of {} includes this file", path, database.path);
}

}  // namespace

Selection select_commands(const CompileDatabase& database, const std::vector<std::string>& files,
                          const ScanOptions& options, DriverCache& cache) {
  Selection selection;
  if (files.empty()) {
    selection.commands = database.commands;
    return selection;
  }
  Selector selector(database, options, cache);
  std::set<std::size_t> chosen;
  std::vector<std::string> refusals;
  bool only_headers = true;
  for (const std::string& file : files) {
    const std::string path = normal_path(file, fs::current_path().string());
    const std::vector<std::size_t> own = selector.commands_of(path);
    chosen.insert(own.begin(), own.end());
    only_headers = only_headers && own.empty();
    if (!own.empty()) continue;
    std::error_code error;
    const auto unit =
        fs::is_regular_file(path, error) ? selector.unit_for(path) : std::optional<std::size_t>();
    if (!unit) {
      refusals.push_back(refusal(path, database, selector));
      continue;
    }
    chosen.insert(*unit);
    selection.headers.push_back(path);
  }
  if (!refusals.empty()) throw Error(fmt::format("{}", fmt::join(refusals, "\n")));
  if (!only_headers) selection.headers.clear();
  for (const std::size_t at : chosen) selection.commands.push_back(database.commands[at]);
  return selection;
}

}  // namespace snug
