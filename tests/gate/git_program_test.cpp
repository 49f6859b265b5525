// Nothing of a repository is run: one case for each way in which its settings name a program.
#include "gate/git_program.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "base/error.hpp"
#include "gate/git_changes.hpp"
#include "support/program.hpp"

using namespace snug;
using namespace snug::test;
using Words = std::vector<std::string>;

namespace {

/// A repository with one commit and one changed line, and a program that leaves a trace.
struct Repository : ScratchFolder {
  Repository() {
    const std::string text =
        "#!/bin/sh\ntouch '" + path("trace") + "'\n[ \"$1\" = clean ] && cat\nexit 0\n";
    ::chmod(write("evil", text).c_str(), 0755);
    write("work/a.hpp", "1\n2\n3\n");
    git({"init", "-q", "-b", "main"});
    git({"config", "user.name", "A"});
    git({"config", "user.email", "a@b"});
    git({"add", "-A"});
    git({"commit", "-q", "-m", "one"});
    write("work/a.hpp", "1\nzwei\n3\n");
  }

  [[nodiscard]] std::string work() const { return path("work"); }
  [[nodiscard]] std::string evil() const { return path("evil"); }
  [[nodiscard]] bool traced() const { return std::filesystem::exists(path("trace")); }
  void forget() const { std::filesystem::remove(path("trace")); }

  ProgramResult try_git(Words words, const std::string& folder = "work") const {
    words.insert(words.begin(), "git");
    ProgramOptions options;
    options.directory = path(folder);
    return run_program(words, options);
  }

  void git(Words words, const std::string& folder = "work") const {
    const ProgramResult result = try_git(std::move(words), folder);
    INFO(result.err);
    REQUIRE(result.ok());
  }

  void config(const std::string& key, const std::string& value) const {
    git({"config", key, value});
  }

  void attributes(const std::string& text) const { write("work/.git/info/attributes", text); }
};

/// An object that is not there.
const std::string missing = "1234567890123456789012345678901234567890";

void promise(const Repository& repository, const std::string& url) {
  repository.config("core.repositoryformatversion", "1");
  repository.config("extensions.partialClone", "origin");
  repository.config("remote.origin.promisor", "true");
  repository.config("remote.origin.url", url);
}

struct Trap {
  std::string name;
  void (*set)(const Repository&);
  Words spring;                   ///< What makes git run the program, unless it is kept from that.
  std::string revision = "HEAD";  ///< That the lines are compared with.
};

const std::vector<Trap> traps = {
    {"monitor of the file system",
     [](const Repository& r) { r.config("core.fsmonitor", r.evil()); },
     {"status"}},
    {"clean filter",
     [](const Repository& r) {
       r.config("filter.x.clean", r.evil() + " clean");
       r.config("filter.x.required", "true");
       r.attributes("*.hpp filter=x\n");
     },
     {"diff"}},
    {"filter process",
     [](const Repository& r) {
       r.config("filter.x.process", r.evil());
       r.attributes("*.hpp filter=x\n");
     },
     {"diff"}},
    {"filter with a strange name",
     [](const Repository& r) {
       r.config("filter.a=b.clean", r.evil() + " clean");
       r.write("work/.gitattributes", "*.hpp filter=a=b\n");
     },
     {"diff", "HEAD"}},
    {"filter of an attributes file elsewhere",
     [](const Repository& r) {
       r.config("core.attributesFile", r.write("attributes", "*.hpp filter=x\n"));
       r.config("include.path",
                r.write("more", "[filter \"x\"]\n\tclean = \"" + r.evil() + " clean\"\n"));
     },
     {"diff"}},
    {"diff driver",
     [](const Repository& r) {
       r.config("diff.x.command", r.evil());
       r.attributes("*.hpp diff=x\n");
     },
     {"diff"}},
    {"external diff", [](const Repository& r) { r.config("diff.external", r.evil()); }, {"diff"}},
    {"text conversion",
     [](const Repository& r) {
       r.config("diff.x.textconv", r.evil());
       r.attributes("*.hpp diff=x\n");
     },
     {"diff"}},
    {"hook",
     [](const Repository& r) {
       std::filesystem::copy(r.evil(), r.path("work/.git/hooks/post-index-change"));
       r.write("work/b.hpp", "1\n");
     },
     {"add", "b.hpp"}},
    {"hooks elsewhere",
     [](const Repository& r) {
       std::filesystem::create_directory(r.path("hooks"));
       std::filesystem::copy(r.evil(), r.path("hooks/post-index-change"));
       r.config("core.hooksPath", r.path("hooks"));
       r.write("work/b.hpp", "1\n");
     },
     {"add", "b.hpp"}},
    {"missing object over ssh",
     [](const Repository& r) {
       promise(r, "ssh://localhost/x");
       r.config("core.sshCommand", r.evil());
     },
     {"cat-file", "-e", missing},
     missing},
    {"missing object over a transport of its own",
     [](const Repository& r) {
       promise(r, "ext::" + r.evil());
       r.config("protocol.ext.allow", "always");
     },
     {"cat-file", "-e", missing},
     missing},
    {"missing object from a program beside",
     [](const Repository& r) {
       promise(r, r.work());
       r.config("remote.origin.uploadpack", r.evil());
     },
     {"cat-file", "-e", missing},
     missing},
    {"missing object through a proxy",
     [](const Repository& r) {
       promise(r, "git://localhost/x");
       r.config("core.gitProxy", r.evil());
     },
     {"cat-file", "-e", missing},
     missing},
    {"pager", [](const Repository& r) { r.config("core.pager", r.evil()); }, {}},
    {"pager of the command", [](const Repository& r) { r.config("pager.diff", r.evil()); }, {}},
    {"aliases",
     [](const Repository& r) {
       for (const char* name : {"diff", "rev-parse", "ls-files", "config", "merge-base"}) {
         r.config(std::string("alias.") + name, "!" + r.evil());
       }
     },
     {}},
    {"credential helper",
     [](const Repository& r) {
       promise(r, "https://localhost:1/x");
       r.config("credential.helper", "!" + r.evil());
     },
     {},
     missing},
    {"submodule with settings of its own",
     [](const Repository& r) {
       std::filesystem::create_directory(r.path("work/sub"));
       r.git({"init", "-q"}, "work/sub");
       r.write("work/sub/b.hpp", "1\n");
       r.git({"add", "-A"}, "work/sub");
       r.git({"-c", "user.name=A", "-c", "user.email=a@b", "commit", "-q", "-m", "s"}, "work/sub");
       r.git({"-c", "advice.addEmbeddedRepo=false", "add", "sub"});
       r.git({"commit", "-q", "-m", "two", "sub"});
       r.git({"config", "core.fsmonitor", r.evil()}, "work/sub");
       r.write("work/sub/b.hpp", "2\n");
     },
     {"diff"}},
};

}  // namespace

TEST_CASE("nothing that a repository names is run to compare its files") {
  for (const Trap& trap : traps) {
    DYNAMIC_SECTION(trap.name) {
      const Repository repository;
      trap.set(repository);
      if (!trap.spring.empty()) {
        repository.forget();
        (void)repository.try_git(trap.spring);
        CHECK(repository.traced());  // else this trap tests nothing
      }
      repository.forget();
      ChangedLines changes;
      try {
        changes = changed_since(repository.work(), trap.revision);
      } catch (const Error& error) {
        INFO(error.what());
        CHECK(trap.revision == missing);
      }
      CHECK(!repository.traced());
      CHECK(changes.touch(repository.path("work/a.hpp"), 2, 2) == (trap.revision == "HEAD"));
    }
  }
}

TEST_CASE("a program that the environment names for git is not run") {
  const Repository repository;
  ::setenv("GIT_EXTERNAL_DIFF", repository.evil().c_str(), 1);
  (void)repository.try_git({"diff"});
  CHECK(repository.traced());
  repository.forget();
  const ChangedLines changes = changed_since(repository.work(), "HEAD");
  ::unsetenv("GIT_EXTERNAL_DIFF");
  CHECK(!repository.traced());
  CHECK(changes.touch(repository.path("work/a.hpp"), 2, 2));
}

TEST_CASE("a bare repository that lies in a tree as plain files is none") {
  const Repository repository;
  repository.write("work/inner/HEAD", "ref: refs/heads/main\n");
  repository.write("work/inner/refs/x", "");
  repository.write("work/inner/objects/x", "");
  repository.write("work/inner/config",
                   "[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n"
                   "\tfsmonitor = \"" +
                       repository.evil() + "\"\n");
  (void)repository.try_git({"status"}, "work/inner");
  CHECK(repository.traced());
  repository.forget();
  CHECK_THROWS_AS(changed_since(repository.path("work/inner"), "HEAD"), Error);
  CHECK(!repository.traced());
}

TEST_CASE("line ends and ignored files are compared as the repository asks for") {
  const Repository repository;
  repository.config("core.autocrlf", "true");
  repository.write("work/a.hpp", "1\r\nzwei\r\n3\r\n");
  repository.config("core.excludesFile", repository.write("ignored", "*.gen\n"));
  repository.write("work/.git/info/exclude", "*.tmp\n");
  repository.write("work/x.gen", "1\n");
  repository.write("work/x.tmp", "1\n");
  const ChangedLines changes = changed_since(repository.work(), "HEAD");
  CHECK(changes.files().size() == 1);
  CHECK(!changes.touch(repository.path("work/a.hpp"), 1, 1));
  CHECK(changes.touch(repository.path("work/a.hpp"), 2, 2));
}

TEST_CASE("a split index, a linked work tree and sha256 are read") {
  SECTION("split index") {
    const Repository repository;
    repository.git({"update-index", "--split-index"});
    CHECK(changed_since(repository.work(), "HEAD").files().size() == 1);
  }
  SECTION("linked work tree") {
    const Repository repository;
    repository.git({"worktree", "add", "-q", repository.path("linked")});
    repository.write("linked/a.hpp", "eins\n2\n3\n");
    const ChangedLines changes = changed_since(repository.path("linked"), "main");
    CHECK(changes.touch(repository.path("linked/a.hpp"), 1, 1));
    CHECK(!changes.touch(repository.path("linked/a.hpp"), 2, 3));
  }
  SECTION("sha256") {
    const ScratchFolder folder;
    const auto git = [&](Words words) {
      words.insert(words.begin(), {"git", "-c", "user.name=A", "-c", "user.email=a@b"});
      ProgramOptions options;
      options.directory = folder.path();
      REQUIRE(run_program(words, options).ok());
    };
    git({"init", "-q", "--object-format=sha256"});
    folder.write("a.hpp", "1\n");
    git({"add", "-A"});
    git({"commit", "-q", "-m", "one"});
    folder.write("a.hpp", "2\n");
    CHECK(changed_since(folder.path(), "HEAD").files().size() == 1);
  }
}

TEST_CASE("the temporary git folder goes with the comparison") {
  const ScratchFolder temporary;
  ::setenv("TMPDIR", temporary.path().c_str(), 1);
  {
    const Repository repository;
    (void)changed_since(repository.work(), "HEAD");
  }
  CHECK(std::filesystem::is_empty(temporary.path()));
  ::unsetenv("TMPDIR");
}
