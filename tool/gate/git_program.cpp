#include "gate/git_program.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <filesystem>

#include "base/error.hpp"
#include "base/files.hpp"

namespace snug {
namespace {

namespace fs = std::filesystem;

/// Switches off what a repository's settings can start, for commands that have to read them. The
/// command line has the last word.
constexpr auto safe_settings = std::to_array<std::string_view>(
    {"core.fsmonitor=false", "core.hooksPath=/dev/null", "core.pager=cat",
     "core.alternateRefsCommand=", "core.sshCommand=false",
     "core.askPass=", "credential.helper=", "protocol.allow=never", "safe.bareRepository=explicit",
     "gc.auto=0", "maintenance.auto=false", "submodule.recurse=false", "log.showSignature=false"});

/// What says how names and line ends are compared. No value of these names a program.
constexpr std::string_view compared_settings =
    "^core\\.(autocrlf|eol|filemode|symlinks|ignorecase|precomposeunicode|excludesfile|trustctime|"
    "checkstat)$";

ProgramOptions git_options(const std::string& folder) {
  ProgramOptions options;
  options.directory = folder;
  options.timeout = std::chrono::minutes(5);
  options.max_output = std::size_t{1} << 31U;
  options.hidden = "GIT_";
  // A protocol that does not exist: none is allowed, whatever a remote is called.
  options.environment = {"GIT_ALLOW_PROTOCOL=none",
                         "GIT_NO_LAZY_FETCH=1",
                         "GIT_NO_REPLACE_OBJECTS=1",
                         "GIT_OPTIONAL_LOCKS=0",
                         "GIT_TERMINAL_PROMPT=0",
                         "GIT_PAGER=cat",
                         "GIT_ASKPASS=",
                         "GIT_ATTR_NOSYSTEM=1",
                         "LC_ALL=C"};
  return options;
}

ProgramResult run_git(const std::vector<std::string>& words, const ProgramOptions& options,
                      const auto& settings) {
  std::vector<std::string> all{"git", "--no-pager", "--no-replace-objects", "--no-optional-locks"};
  for (const std::string_view setting : settings) {
    all.emplace_back("-c");
    all.emplace_back(setting);
  }
  all.insert(all.end(), words.begin(), words.end());
  ProgramResult result = run_program(all, options);
  if (result.timed_out) {
    throw Error(fmt::format("git {} did not end in 5 minutes", words.front()));
  }
  return result;
}

/// Gives our git folder a file of the other one, if it is there.
void lend(const fs::path& file, const fs::path& as) {
  std::error_code error;
  if (fs::exists(file, error)) fs::create_symlink(file, as, error);
}

/// The parts of an index that was split.
void lend_shared_index(const fs::path& from, const fs::path& to) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(from, error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("sharedindex.")) lend(entry.path(), to / name);
  }
}

/// `git commit FILE` and `commit -a` run hooks with an index of their own, beside the usual one.
/// Only one that lies there counts: it is data, and of this repository.
fs::path index_of(GitIndex index, const fs::path& own_folder, const std::string& top) {
  const fs::path usual = own_folder / "index";
  const char* const named = index == GitIndex::OfHook ? std::getenv("GIT_INDEX_FILE") : nullptr;
  if (named == nullptr || *named == '\0') return usual;
  std::error_code error;
  const fs::path path = fs::weakly_canonical(normal_path(named, top), error);
  const fs::path folder = fs::canonical(own_folder, error);
  const bool inside = !error && path.parent_path() == folder && fs::is_regular_file(path, error);
  return inside ? path : usual;
}

}  // namespace

std::string what_git_said(const ProgramResult& result) {
  const std::string first = result.err.substr(0, result.err.find('\n'));
  return first.empty() ? std::string() : fmt::format(" (git: {})", first);
}

ProgramResult GitRepository::run(const std::vector<std::string>& words) const {
  return run_git(words, git_options(folder_), safe_settings);
}

std::string GitRepository::ask(const std::vector<std::string>& words,
                               std::string_view failure) const {
  ProgramResult result = run(words);
  if (!result.ok()) throw Error(fmt::format("{}{}", failure, what_git_said(result)));
  if (result.out.ends_with('\n')) result.out.pop_back();
  return std::move(result.out);
}

std::vector<std::string> GitRepository::settings() const {
  const std::string listed =
      run({"config", "--null", "--get-regexp", std::string(compared_settings)})
          .out;  // fails if none is set
  std::vector<std::string> settings;
  for (std::size_t begin = 0; begin < listed.size();) {
    const std::size_t end = std::min(listed.find('\0', begin), listed.size());
    std::string setting = listed.substr(begin, end - begin);
    begin = end + 1;
    // A key without a value means true, here as for git.
    if (const std::size_t line = setting.find('\n'); line != std::string::npos) setting[line] = '=';
    settings.push_back(std::move(setting));
  }
  return settings;
}

GitComparison::GitComparison(const GitRepository& repository, GitIndex index)
    : folder_(repository.folder()), settings_(repository.settings()) {
  const std::string why = fmt::format("{}: cannot be compared", folder_);
  const auto where = [&](std::string_view what) {
    return repository.ask({"rev-parse", "--path-format=absolute", std::string(what)}, why);
  };
  const std::string top = where("--show-toplevel");
  const fs::path own_folder = where("--absolute-git-dir");
  const fs::path common = where("--git-common-dir");
  const std::string format = repository.ask({"rev-parse", "--show-object-format"}, why);
  settings_.emplace_back("core.quotePath=false");
  settings_.emplace_back("core.fsmonitor=false");

  const fs::path own = own_.path();
  fs::create_directories(own / "refs");
  fs::create_directories(own / "info");
  write_file_atomically(own / "HEAD", "ref: refs/heads/none\n");
  write_file_atomically(own / "config",
                        fmt::format("[core]\n\trepositoryformatversion = 1\n\tbare = false\n"
                                    "[extensions]\n\tobjectFormat = {}\n",
                                    format));
  lend(common / "info" / "exclude", own / "info" / "exclude");
  lend(common / "info" / "attributes", own / "info" / "attributes");
  lend(own_folder / "info" / "sparse-checkout", own / "info" / "sparse-checkout");
  lend_shared_index(own_folder, own);
  environment_ = {"GIT_CONFIG_NOSYSTEM=1",
                  "GIT_CONFIG_GLOBAL=/dev/null",
                  "GIT_DIR=" + own_.path(),
                  "GIT_WORK_TREE=" + top,
                  "GIT_OBJECT_DIRECTORY=" + (common / "objects").string(),
                  "GIT_INDEX_FILE=" + index_of(index, own_folder, top).string()};
}

ProgramResult GitComparison::run(const std::vector<std::string>& words) const {
  ProgramOptions options = git_options(folder_);
  options.environment.insert(options.environment.end(), environment_.begin(), environment_.end());
  return run_git(words, options, settings_);
}

}  // namespace snug
