#include "base/process.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <filesystem>

#include "base/error.hpp"
#include "support/temp_folder.hpp"

namespace snug::test {
namespace {

std::string script(const TempFolder& folder, const std::string& name, const std::string& text) {
  const std::string path = folder.write(name, "#!/bin/sh\n" + text);
  std::filesystem::permissions(path, std::filesystem::perms(0755));
  return path;
}

TEST_CASE("both streams and the exit status come back") {
  const TempFolder folder;
  const std::string path = script(folder, "p", "echo out; echo err >&2; exit 3\n");
  const ProgramResult result = run_program({path});
  CHECK(result.out == "out\n");
  CHECK(result.err == "err\n");
  CHECK(result.exit_status == 3);
  CHECK_FALSE(result.ok());
}

TEST_CASE("arguments are passed as they are: no shell sees them") {
  const ProgramResult result = run_program({"printf", "%s|", "a b", "$HOME", "*", "'\"`;"});
  CHECK(result.out == "a b|$HOME|*|'\"`;|");
  CHECK(result.ok());
}

TEST_CASE("standard input is empty, folder and environment are those asked for") {
  const TempFolder folder;
  ProgramOptions options;
  options.directory = folder.path();
  options.environment = {"SNUG_TEST=x=y"};
  const std::string path = script(folder, "p", "cat; pwd; echo $SNUG_TEST\n");
  CHECK(run_program({path}, options).out == folder.path() + "\nx=y\n");
}

TEST_CASE("output beyond the limit is lost, and nothing blocks") {
  ProgramOptions options;
  options.max_output = 1000;
  const ProgramResult result =
      run_program({"dd", "if=/dev/zero", "bs=1024", "count=1024", "status=none"}, options);
  CHECK(result.out.size() == 1000);
  CHECK(result.ok());
}

TEST_CASE("a program that does not end is killed with everything it started") {
  const TempFolder folder;
  ProgramOptions options;
  options.timeout = std::chrono::milliseconds(200);
  const auto start = std::chrono::steady_clock::now();
  SECTION("while it writes nothing") {
    const ProgramResult result = run_program({"sleep", "60"}, options);
    CHECK(result.timed_out);
    CHECK(result.signal == SIGKILL);
  }
  SECTION("with closed streams") {
    const std::string path = script(folder, "p", "exec >&- 2>&-\nexec sleep 60\n");
    CHECK(run_program({path}, options).timed_out);
  }
  SECTION("while a grandchild holds the streams") {
    const std::string path = script(folder, "p", "sleep 60 & exit 0\n");
    CHECK(run_program({path}, options).timed_out);
  }
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
}

TEST_CASE("a program that crashes is told by its signal") {
  const TempFolder folder;
  const ProgramResult result = run_program({script(folder, "p", "kill -SEGV $$\n")});
  CHECK(result.exit_status == -1);
  CHECK(result.signal == SIGSEGV);
}

TEST_CASE("what cannot be started is an error") {
  const TempFolder folder;
  CHECK_THROWS_WITH(run_program({"no-such-program-here"}), "no-such-program-here: no such program");
  CHECK_THROWS_AS(run_program({}), Error);
  const std::string text = folder.write("text", "no program");
  CHECK_THROWS_AS(run_program({text}), Error);
  const std::string broken = folder.write("broken", "#!/no/such/interpreter\n");
  std::filesystem::permissions(broken, std::filesystem::perms(0755));
  CHECK_THROWS_WITH(run_program({broken}), Catch::Contains("cannot run"));
}

TEST_CASE("programs are found as a shell finds them") {
  CHECK(find_program("sh").ends_with("/sh"));
  CHECK(find_program("/bin/sh") == "/bin/sh");
  CHECK(find_program("/bin/no-such").empty());
  CHECK(find_program("").empty());
  CHECK(find_program("sh", 100).empty());
}

}  // namespace
}  // namespace snug::test
