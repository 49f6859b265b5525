#include "gate/staged.hpp"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/process.hpp"
#include "gate/git_program.hpp"

namespace snug {
namespace {

GitRepository repository_of(const std::string& folder) {
  if (find_program("git").empty()) {
    throw Error("--staged needs git, and there is no git in PATH");
  }
  GitRepository git(folder);
  (void)git.ask({"rev-parse", "--show-toplevel"},
                fmt::format("--staged: {} is in no git repository", folder));
  return git;
}

std::string top_of(const GitRepository& git) {
  return git.ask({"rev-parse", "--path-format=absolute", "--show-toplevel"},
                 "--staged: there is no work tree");
}

/// A file whose text on the disk is not the staged one.
struct Unstaged {
  std::string blob;
  std::string path;  ///< Relative to the folder of the comparison.
};

/// Reads `git diff --raw -z`: ":100644 100644 <blob> <blob> M", NUL, path, NUL.
std::vector<Unstaged> parse_raw(std::string_view text) {
  std::vector<Unstaged> files;
  while (!text.empty()) {
    const std::size_t head_end = text.find('\0');
    if (head_end == std::string_view::npos) break;
    const std::string_view head = text.substr(0, head_end);
    text.remove_prefix(head_end + 1);
    const std::size_t path_end = text.find('\0');
    if (path_end == std::string_view::npos) break;
    const std::string_view path = text.substr(0, path_end);
    text.remove_prefix(path_end + 1);
    const bool regular = head.starts_with(":100");
    const std::size_t begin = head.find(' ', head.find(' ') + 1);
    const std::size_t end = begin == std::string_view::npos ? begin : head.find(' ', begin + 1);
    if (!regular || end == std::string_view::npos || head.ends_with('U')) continue;
    files.push_back({std::string(head.substr(begin + 1, end - begin - 1)), std::string(path)});
  }
  return files;
}

/// A tree without files, as a repository of this format calls it.
std::string empty_tree(const GitRepository& git) {
  const std::string format = git.ask({"rev-parse", "--show-object-format"}, "--staged");
  return format == "sha256" ? "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"
                            : "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
}

/// What the commit is made upon; before the first one, nothing.
std::string base_of(const GitRepository& git) {
  try {
    return git.ask({"rev-parse", "--verify", "--quiet", "--end-of-options", "HEAD^{commit}"}, "");
  } catch (const Error&) {
    return empty_tree(git);
  }
}

}  // namespace

std::map<std::string, std::string> staged_texts(const std::string& folder) {
  const std::string top = top_of(repository_of(folder));
  const GitRepository git(top);
  const GitComparison comparison(git, GitIndex::OfHook);
  const ProgramResult listed =
      comparison.run({"diff", "--raw", "-z", "--abbrev=64", "--no-renames", "--no-ext-diff",
                      "--no-textconv", "--ignore-submodules=all"});
  if (!listed.ok()) throw Error(fmt::format("git diff failed{}", what_git_said(listed)));
  std::map<std::string, std::string> texts;
  for (const Unstaged& file : parse_raw(listed.out)) {
    ProgramResult blob = comparison.run({"cat-file", "blob", file.blob});
    if (!blob.ok()) {
      throw Error(fmt::format("--staged: {} cannot be read from the index{}", file.path,
                              what_git_said(blob)));
    }
    texts.emplace(normal_path(file.path, top), std::move(blob.out));
  }
  return texts;
}

ChangedLines staged_lines(const std::string& folder) {
  const GitRepository git = repository_of(folder);
  const std::string base = base_of(git);
  const GitComparison comparison(git, GitIndex::OfHook);
  const ProgramResult diff =
      comparison.run({"diff", "--cached", "--unified=0", "--inter-hunk-context=0", "--no-color",
                      "--no-ext-diff", "--no-textconv", "--relative", "--find-renames",
                      "--src-prefix=a/", "--dst-prefix=b/", "--ignore-submodules=all", base, "--"});
  if (!diff.ok()) throw Error(fmt::format("git diff --cached failed{}", what_git_said(diff)));
  return parse_diff(diff.out, folder);
}

}  // namespace snug
