#include "gate/git_changes.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "support/program.hpp"

using namespace snug;
using namespace snug::test;

namespace {

void git(const ScratchFolder& folder, std::vector<std::string> words) {
  words.insert(words.begin(),
               {"git", "-c", "user.name=A", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"});
  ProgramOptions options;
  options.directory = folder.path();
  const ProgramResult result = run_program(words, options);
  INFO(result.err);
  REQUIRE(result.ok());
}

std::string git_error(const std::string& folder, const std::string& revision) {
  try {
    (void)changed_since(folder, revision);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a diff gives the lines that it adds and the places where it takes away") {
  const ChangedLines changes = parse_diff(
      "diff --git a/a.hpp b/a.hpp\n--- a/a.hpp\n+++ b/a.hpp\n"
      "@@ -3,0 +4,2 @@ struct A\n+++ b/fake.hpp\n+@@ -1 +1 @@\n"
      "@@ -9,2 +11,0 @@\n-one\n-two\n"
      "@@ -20 +20 @@\n-x\n+y\n\\ No newline at end of file\n"
      "--- a/with blank.hpp\t\n+++ b/with blank.hpp\t\n@@ -1 +1 @@\n-a\n+b\n"
      "+++ \"b/caf\\303\\251 \\\"q\\\".hpp\"\n@@ -1 +1 @@\n-a\n+b\n"
      "--- a/gone.hpp\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n",
      "/p");
  REQUIRE(changes.files().size() == 3);
  CHECK(changes.files().at("/p/a.hpp") == std::vector<LineRange>{{4, 5}, {12, 11}, {20, 20}});
  CHECK(changes.files().contains("/p/with blank.hpp"));
  CHECK(changes.files().contains("/p/caf\xc3\xa9 \"q\".hpp"));
  CHECK(changes.touch("/p/a.hpp", 5, 5));
  CHECK(!changes.touch("/p/a.hpp", 6, 10));
  CHECK(changes.touch("/p/a.hpp", 8, 12));   // around the lines that were taken away
  CHECK(!changes.touch("/p/a.hpp", 8, 11));  // ends right before them
  CHECK(!changes.touch("/p/a.hpp", 12, 19));
}

TEST_CASE("nonsense is no diff") {
  CHECK(parse_diff("@@ -1 +1 @@\n+++ \n@@ -x +y @@\n@@ -1,2\n+++ b/\"\n", "/p").files().size() ==
        0);
  const ChangedLines huge = parse_diff("+++ b/a\n@@ -1 +4294967295,4294967295 @@\n", "/p");
  CHECK(huge.touch("/p/a", 4294967295U, 4294967295U));
}

TEST_CASE("what changed since a revision: edited, staged, renamed and unknown files") {
  const ScratchFolder folder;
  git(folder, {"init", "-q", "-b", "main"});
  folder.write("a b.hpp", "1\n2\n3\n");
  folder.write("old.hpp", "1\n2\n3\n4\n5\n6\n7\n8\n");
  folder.write(".gitignore", "ignored.hpp\n");
  git(folder, {"add", "-A"});
  git(folder, {"commit", "-q", "-m", "one"});
  folder.write("a b.hpp", "1\nzwei\n3\n");
  git(folder, {"mv", "old.hpp", "new.hpp"});
  folder.write("sub/unknown.hpp", "1\n");
  folder.write("ignored.hpp", "1\n");
  const ChangedLines changes = changed_since(folder.path(), "HEAD");
  CHECK(changes.touch(folder.path("a b.hpp"), 2, 2));
  CHECK(!changes.touch(folder.path("a b.hpp"), 3, 3));
  CHECK(!changes.touch(folder.path("new.hpp"), 1, 8));
  CHECK(changes.touch(folder.path("sub/unknown.hpp"), 1, 1));
  CHECK(!changes.touch(folder.path("ignored.hpp"), 1, 1));

  // In a folder below, paths are still right and what lies outside is left out.
  const ChangedLines below = changed_since(folder.path("sub"), "HEAD");
  CHECK(below.touch(folder.path("sub/unknown.hpp"), 1, 1));
  CHECK(below.files().size() == 1);
}

TEST_CASE("three dots mean since the branch left") {
  const ScratchFolder folder;
  git(folder, {"init", "-q", "-b", "main"});
  folder.write("a.hpp", "1\n");
  folder.write("b.hpp", "1\n");
  git(folder, {"add", "-A"});
  git(folder, {"commit", "-q", "-m", "one"});
  git(folder, {"checkout", "-q", "-b", "topic"});
  folder.write("a.hpp", "2\n");
  git(folder, {"commit", "-q", "-a", "-m", "topic"});
  git(folder, {"checkout", "-q", "main"});
  folder.write("b.hpp", "2\n");
  git(folder, {"commit", "-q", "-a", "-m", "main"});
  git(folder, {"checkout", "-q", "topic"});
  CHECK(changed_since(folder.path(), "main").files().size() == 2);
  const ChangedLines since = changed_since(folder.path(), "main...");
  CHECK(since.files().size() == 1);
  CHECK(since.touch(folder.path("a.hpp"), 1, 1));
}

TEST_CASE("no repository and no such revision are told apart") {
  const ScratchFolder outside;
  CHECK(git_error(outside.path(), "HEAD").find("is in no git repository") != std::string::npos);
  const ScratchFolder folder;
  git(folder, {"init", "-q"});
  CHECK(git_error(folder.path(), "nowhere").find("git knows no such revision") !=
        std::string::npos);
  CHECK(git_error(folder.path(), "--help").find("git knows no such revision") != std::string::npos);
}
