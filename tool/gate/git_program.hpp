// git as a reader of revisions that runs nothing of the repository that it reads.
//
// The settings of a repository name programs: filters of the work tree, diff drivers, hooks, a file
// system monitor, transports with their helpers and proxies, pagers, credential helpers. A list of
// all of them would be out of date with the next release of git. So its settings are read where
// nothing but names of revisions is resolved, with everything switched off that can be; the work
// tree is compared in a repository of our own that borrows objects and index:
//
// 1. GitRepository asks the repository where it lies, what a revision is called and which of a
// short
//    list of settings it has that say how file names and line ends are compared. No command of this
//    step looks at the work tree. Objects that a partial clone lacks are not fetched.
// 2. GitComparison makes an empty git folder with those settings alone, for the same work tree,
// with
//    the objects and the index of the repository. Drivers that .gitattributes names are nothing
//    there, as no setting defines them; those of the user and the system are not read.
//
// GIT_* variables of the environment are not passed on in either.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/process.hpp"
#include "base/temporary_folder.hpp"

namespace snug {

/// " (git: what it said)", or nothing.
[[nodiscard]] std::string what_git_said(const ProgramResult& result);

/// The repository that a folder lies in.
class GitRepository {
 public:
  explicit GitRepository(std::string folder) : folder_(std::move(folder)) {}

  /// What a command prints, without the line break at the end. Throws Error with the failure and
  /// what git said. REQUIRES: a command that does not read the work tree.
  [[nodiscard]] std::string ask(const std::vector<std::string>& words,
                                std::string_view failure) const;

  /// Of the settings that say how files are compared those that are set: "core.eol=lf".
  [[nodiscard]] std::vector<std::string> settings() const;

  [[nodiscard]] const std::string& folder() const { return folder_; }

 private:
  [[nodiscard]] ProgramResult run(const std::vector<std::string>& words) const;

  std::string folder_;
};

/// Which index is compared.
enum class GitIndex : std::uint8_t {
  OfRepository,
  OfHook,  ///< In a hook of git the one of the commit that is being made, else as above.
};

/// A repository of our own over the work tree, the objects and the index of another one. Its git
/// folder is a temporary one, which goes with it.
class GitComparison {
 public:
  /// Throws Error if the repository has no work tree, or if no temporary folder can be made.
  explicit GitComparison(const GitRepository& repository, GitIndex index = GitIndex::OfRepository);
  GitComparison(const GitComparison&) = delete;
  GitComparison& operator=(const GitComparison&) = delete;

  /// Runs a command that reads the work tree, in the folder of the repository that was given.
  [[nodiscard]] ProgramResult run(const std::vector<std::string>& words) const;

 private:
  std::string folder_;
  std::vector<std::string> settings_;
  TemporaryFolder own_{"snug-git"};  ///< The git folder.
  std::vector<std::string> environment_;
};

}  // namespace snug
