// What the next commit will hold, whatever is on the disk.
#include <catch2/catch.hpp>

#include <filesystem>

#include "base/process.hpp"
#include "support/program.hpp"

using namespace snug;
using namespace snug::test;
using Words = std::vector<std::string>;

namespace {

const std::string wasteful = "struct Wide { char a; long b; char c; };\nWide wide[90];\n";
const std::string tight = "struct Wide { long b; char a; char c; };\nWide wide[90];\n";

struct Repository : ScratchFolder {
  Repository() {
    write("a.cpp", tight);
    write("b.cpp", "struct Old { char a; long b; char c; };\nOld old[90];\n");
    write_database({"a.cpp", "b.cpp"});
    git({"init", "-q", "."});
    git({"add", "a.cpp", "b.cpp"});
  }
  void git(Words words, const Words& environment = {}) const {
    words.insert(words.begin(), {"git", "-c", "user.name=A", "-c", "user.email=a@b", "-c",
                                 "core.hooksPath=" + path("hooks")});
    ProgramOptions options;
    options.directory = path();
    options.environment = environment;
    options.timeout = std::chrono::seconds(300);
    const ProgramResult result = run_program(words, options);
    INFO(result.err);
    REQUIRE(result.ok());
  }
  [[nodiscard]] ProgramResult check(Words words = {}) const {
    words.insert(words.begin(), {SNUG_PROGRAM, "check", "--staged"});
    ProgramOptions options;
    options.directory = path();
    options.timeout = std::chrono::seconds(300);
    return run_program(words, options);
  }
};

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the staged text is checked, and only what it touches") {
  const Repository project;
  // Before the first commit everything is new.
  CHECK(contains(project.check().out, "'Old' wastes"));
  project.git({"commit", "-q", "-m", "first"});
  CHECK(project.check().exit_status == 0);

  project.write("a.cpp", wasteful);  // on the disk alone
  CHECK(project.check().exit_status == 0);
  project.git({"add", "a.cpp"});
  CHECK(project.check().exit_status == 1);
  project.write("a.cpp", tight);  // mended on the disk, but not staged
  const ProgramResult result = project.check();
  CHECK(result.exit_status == 1);
  CHECK(contains(result.out, "a.cpp:1:8: warning: 'Wide' wastes"));
  CHECK(contains(result.out, "fix (safe)"));
  CHECK_FALSE(contains(result.out, "'Old'"));
  std::filesystem::remove(project.path("a.cpp"));
  CHECK(project.check().exit_status == 2);  // the front end opens main files by itself
  project.write("a.cpp", "not C++ at all\n");
  CHECK(project.check().out == result.out);
}

TEST_CASE("nothing of the repository runs while the index is read") {
  const Repository project;
  project.git({"commit", "-q", "-m", "first"});
  const std::string trace = project.path("trace");
  project.write("run.sh", "#!/bin/sh\ntouch " + trace + "\ncat\n");
  std::filesystem::permissions(project.path("run.sh"), std::filesystem::perms::all);
  project.write(".gitattributes", "*.cpp filter=spy diff=spy\n");
  for (const char* key : {"core.fsmonitor", "filter.spy.clean", "filter.spy.smudge",
                          "filter.spy.process", "diff.spy.command", "diff.spy.textconv",
                          "diff.external", "core.pager", "core.sshCommand"}) {
    project.git({"config", key, project.path("run.sh")});
  }
  project.write("a.cpp", wasteful);
  CHECK(project.check().exit_status == 0);
  CHECK_FALSE(std::filesystem::exists(trace));
}

TEST_CASE("in a hook the index is that of the commit that is being made") {
  const Repository project;
  project.git({"commit", "-q", "-m", "first"});
  project.write("hooks/pre-commit", "#!/bin/sh\n" SNUG_PROGRAM " check --staged > " +
                                        project.path("told") + "\nexit 0\n");
  std::filesystem::permissions(project.path("hooks/pre-commit"), std::filesystem::perms::all);
  project.write("a.cpp", wasteful);
  project.git({"commit", "-q", "-a", "-m", "second"});
  CHECK(contains(project.read("told"), "'Wide' wastes"));
}

TEST_CASE("staged texts need a repository and exclude a revision") {
  const ScratchFolder folder;
  folder.write("a.cpp", tight);
  folder.write_database({"a.cpp"});
  ProgramOptions options;
  options.directory = folder.path();
  const ProgramResult outside = run_program({SNUG_PROGRAM, "check", "--staged"}, options);
  CHECK(outside.exit_status == 2);
  CHECK(contains(outside.err, "in no git repository"));
  CHECK(run_program({SNUG_PROGRAM, "check", "--staged", "--since", "HEAD"}, options).exit_status ==
        2);
}
