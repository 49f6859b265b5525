// Diffs, with git as the judge.
#include "base/unified_diff.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "base/files.hpp"
#include "base/process.hpp"
#include "support/temp_folder.hpp"

namespace snug::test {
namespace {

/// What `git apply` makes of the file.
std::string applied(const std::string& name, const std::string& before, const std::string& after) {
  const TempFolder folder;
  const std::string file = folder.write(name, before);
  const std::string patch = folder.write("p", unified_diff(name, before, after));
  ProgramOptions options;
  options.directory = folder.path();
  options.environment = {"GIT_CEILING_DIRECTORIES=" + folder.path() + "/.."};
  const auto result = run_program(
      {"git", "-c", "core.autocrlf=false", "-c", "core.whitespace=cr-at-eol", "apply", patch},
      options);
  INFO(read_file(patch));
  INFO(result.err);
  CHECK(result.ok());
  return read_file(file);
}

void check(const std::string& before, const std::string& after, const std::string& name = "a.hpp") {
  CHECK(applied(name, before, after) == after);
}

}  // namespace

TEST_CASE("git applies what changed, whatever the line ends") {
  check("a\nb\nc\n", "a\nc\nb\n");
  check("a\r\nb\r\nc\r\n", "b\r\na\r\nc\r\n");
  check("a\r\nb\nc", "b\na\r\nc");
  check("a\nb", "a\nc");
  check("a\nb\n", "a\nb");
  check("a\nb", "a\nb\n");
  check("a\nb", "b\na");
  check("a\n", "a\n\n");
  check("\xEF\xBB\xBFint a;\nint b;\n", "\xEF\xBB\xBFint b;\nint a;\n");
}

TEST_CASE("git finds files with unusual names") {
  check("a\nb\n", "b\na\n", "with space.hpp");
  check("a\nb\n", "b\na\n",
        "d/gr\xc3\xb6\xc3\x9f"
        "e.hpp");
  check("a\nb\n", "b\na\n", "quote\"s\\.hpp");
}

TEST_CASE("git applies random changes") {
  std::mt19937 random(7);
  for (int round = 0; round < 40; ++round) {
    std::string before, after;
    const char* const ends[] = {"\n", "\r\n"};
    for (int line = 0; line < 60; ++line) {
      const std::string text = std::to_string(random() % 20) + ends[random() % 8 == 0 ? 1 : 0];
      if (random() % 10 != 0) before += text;
      if (random() % 10 != 0) after += text;
    }
    if (random() % 3 == 0 && !before.empty()) before.pop_back();
    if (random() % 3 == 0 && !after.empty()) after.pop_back();
    if (before == after || before.empty() || after.empty()) continue;
    check(before, after);
  }
}

TEST_CASE("equal texts differ in nothing") {
  CHECK(unified_diff("a", "x\n", "x\n").empty());
}

}  // namespace snug::test
